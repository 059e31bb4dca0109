"""What a person reads is written as the list of words has it: no workshop words, finished sentences, remedies of their weight."""

import inspect
import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

import pytest

from tests.sentences import judged_cases, masked
from tests.words import literals
from zaitaku_xl.finding import Weight
from zaitaku_xl.rules import RULES
from zaitaku_xl.ruling.rule import Rule

# ---- the words of every literal

_BANNED = re.compile(
    "当方|私たち|疑義台帳|符号|決められません|休みました|在宅として請求|もとづ|この方|どなた|根拠未確認|追記してください"
)
_OF_RULES = re.compile(
    r"本文|読み方|重さ|なのに|しか[^。、]*ません|雛形|指摘|認めます|認めています|認められません|様式1～3"
)
_KANJI_COUNT = re.compile(r"[一二三四五六七八九十百]+(?=(?:回|週|か月|年|時間|分|桁|歳)(?![にかな]))")
_QUOTED = {  # words that stand in the papers themselves, or that clerks type, with the reason
    ("zaitaku_xl/law/readings.toml", "当方の基準"): "a word that offices typed under earlier versions",
}
_WORDS_TYPED = ("zaitaku_xl/law/words.toml", "workbook_templates/")  # how offices write, not how we do


def _file(place: str) -> str:
    return place.partition(":")[0]


def test_no_literal_holds_a_word_that_means_something_else_to_its_reader() -> None:
    found = [(place, words) for place, words in literals() if _BANNED.search(words)]
    assert [each for each in found if (_file(each[0]), each[1]) not in _QUOTED] == []


def test_the_rules_say_what_a_sheet_shows_in_words_of_the_matter() -> None:
    mine = [(place, words) for place, words in literals() if place.startswith("zaitaku_xl/rul")]
    mine = [each for each in mine if not each[0].startswith("zaitaku_xl/rule_texts")]
    assert mine
    assert [(place, _OF_RULES.findall(words)) for place, words in mine if _OF_RULES.search(words)] == []


def test_counts_are_in_figures() -> None:
    ours = [(place, words) for place, words in literals() if not place.startswith(_WORDS_TYPED)]
    found = [(place, words) for place, words in ours if _KANJI_COUNT.search(words.replace("十分", ""))]  # enough
    assert [each for each in found if each[1] not in _OLD_WORDS] == []


_OLD_WORDS = {"両方の月で一回"}  # a choice as offices have it in 設定: it is read for ever


# ---- the sentences that the cases bring about


class Said(NamedTuple):
    """A sentence without its evidence, and what to do, at a weight."""

    rule: str
    weight: Weight
    message: str
    remedy: str


@cache
def all_said() -> tuple[Said, ...]:
    found: dict[tuple[str, ...], Said] = {}
    for judged in judged_cases():
        for finding in judged.findings:
            message = finding.message.partition("\n")[0]
            key = (finding.rule, finding.weight, masked(message), masked(finding.remedy))
            found.setdefault(key, Said(finding.rule, finding.weight, message, finding.remedy))
    return tuple(found.values())


_ASIDE = re.compile(r"「[^「」]*」|（(?:[^（）]|（[^（）]*）)*）")


def _bare(words: str) -> str:
    """The words alone: what they quote and what stands in brackets is not counted."""
    return _ASIDE.sub("", words)


def test_every_sentence_is_finished_and_short() -> None:
    long = [said for said in all_said() if not _is_short(said.message, 50, 2)]
    assert long == []


def test_every_remedy_is_finished_and_short() -> None:
    assert [said for said in all_said() if not _is_short(said.remedy, 90, 3)] == []


def _is_short(words: str, most: int, sentences: int) -> bool:
    bare = _bare(words)
    return bare.endswith("。") and len(bare) <= most and bare.count("。") <= sentences


_NOT_CLAIMED = re.compile("請求できません|請求しません|算定できません")


def test_only_what_stops_a_day_or_an_addition_says_that_it_is_not_claimed() -> None:
    lighter = [said for said in all_said() if said.weight not in (Weight.BLOCK, Weight.ADDITION)]
    assert [said for said in lighter if _NOT_CLAIMED.search(said.message + said.remedy)] == []


def test_an_advice_never_asks_to_hold_a_claim_back() -> None:
    advised = [said for said in all_said() if said.weight is Weight.ADVISE]
    assert [said for said in advised if "請求を控え" in said.remedy] == []


def test_no_sentence_has_a_date_as_programs_write_it() -> None:
    assert [said for said in all_said() if re.search(r"\d{4}-\d\d-\d\d", said.message + said.remedy)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_title_is_no_sentence_and_begins_the_description(rule: Rule) -> None:
    assert not re.search(r"[。、]|です|ます", rule.title)
    told = inspect.getdoc(inspect.getmodule(rule.find)) or ""
    assert told.startswith(f"{rule.id} {rule.title} — ")


# ---- one remedy, one pattern of message

_SHOWS = {  # what a message says is the matter, the first that is in it; a remedy goes with one of them
    "空欄": re.compile("空欄|入力されていません|の行がありません|列がな"),
    "読み取れない": re.compile("判断できません|読み取れ"),
    "見つからない": re.compile("見つかりません|記録がありません|回分です"),
    "違う": re.compile("違い|日報は|日報が|とあります|より後|より前|重なって|ですが"),
}
_SEVERAL = {  # remedies that serve unlike messages, and why that is right
    "A01": "whatever lacks, the paper with the period is looked at first",
    "A08": "with a reason or without, the town is asked and no plan is changed backwards",
    "D05": "a time is blank or out of order: the records of the contacts tell both",
    "R03": "times that differ and days that lack are both compared with the records of the day",
    "R04": "the same, beside the claim file",
    "R01": "the remark is blank or another: the same four characters are typed",
    "S02": "each condition of the addition is looked up in the same record",
    "S13": "each bound of the period is printed on one certificate",
    "S10": "the same certificate",
    "S04": "what hides the hours is cleared by the records of both offices",
    "W01": "an evaluation that lacks or says nothing is looked for in one place",
    "W03": "a method that is blank or another is looked up in one record",
    "M01": "the same for the month",
    "M02": "the same for the month",
    "P02": "rows and columns that lack are mended in one way each sheet",
    "A02": "the same print is read for a blank and for another name",
    "A03": "a date later than the first day, whatever the date",
    "D04": "support or training that lacks: an absence either way",
    "D03": "a log that is blank or says nothing is looked up in the notes of the day",
    "W04": "the log has another place or no row of the day: both are compared with the records of the day",
    "A09": "where it is only advised, a clear reason and a loose word ask for the same",
    "D02": "whatever part of a contact lacks, the same record is looked up",
}


def _pattern(message: str) -> str:
    return next((name for name, shows in _SHOWS.items() if shows.search(message)), "ほか")


def test_a_remedy_goes_with_one_pattern_of_message() -> None:
    patterns: dict[tuple[str, str], set[str]] = defaultdict(set)
    for said in all_said():
        patterns[said.rule, masked(said.remedy)].add(_pattern(said.message))
    several = {rule for (rule, _), its in patterns.items() if len(its) > 1}
    assert several <= set(_SEVERAL)


def test_every_remedy_that_is_defended_belongs_to_a_rule() -> None:
    assert set(_SEVERAL) <= {rule.id for rule in RULES}
