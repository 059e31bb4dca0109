"""What a finding quotes stands apart from our words: no name and no typed text is ever inside a template."""

import pickle
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.logs import report
from tests.test_grouping import odd_months
from tests.test_properties import Draw, quick
from zaitaku_xl.finding import Finding
from zaitaku_xl.report import Report
from zaitaku_xl.sentence import Kind, Sentence, own, person, place, typed

MARK = "符丁"  # in no word of ours, in no text of law
NAMES = ("氏名", "フリガナ", "記録者", "評価者", "確認者", "受けた職員", "連絡者")
BLANK = {  # cells that are blank in most months and that rules look at
    "日報": ("備考", "変更理由", "食事", "照会", "訪問支援特別", "曜日", "終了", "提供区分", "施設外支援", "休憩開始"),
    "利用者台帳": ("受給者証番号", "支給決定市町村", "到達所要分", "支給量", "利用開始日", "支給決定終了"),
    "在宅承認": ("承認事業所", "計画メニュー", "承認開始", "承認終了", "更新書類提出日"),
    "週評価": ("方法", "実施日", "対象開始", "内容"),
    "月評価": ("方法", "場所", "例外理由", "実施日", "対象年月"),
    "予定": ("予定区分", "日付", "変更理由"),
    "他サービス": ("種別", "開始", "費用負担"),
}


@st.composite
def months_with_marks(draw: Draw) -> dict[str, Any]:
    """Months in which every name and text, and some cells of every other kind, hold the mark."""
    tables = deepcopy(draw(odd_months()))
    names = {row["氏名"]: f"{MARK}{row['氏名']}" for rows in _lists(tables) for row in rows if row.get("氏名")}
    tables["他サービス"] = [
        {"氏名": row["氏名"], "日付": row["日付"], "種別": "居宅介護", "開始": "10:00", "終了": "11:00"}
        for row in tables["日報"][::5]
    ]
    tables["チェックリスト"] = [
        {"氏名": name, "評価日": "2026-01-10", "項目": f"服薬管理{MARK}", "評価": 5, "評価者": "佐藤"} for name in names
    ]
    for rows in _lists(tables):
        for row in rows:
            row.update({heading: _marked(value, heading, names) for heading, value in row.items()})
    for sheet, headings in BLANK.items():
        rows = [row for row in tables.get(sheet, []) if isinstance(row, dict)]
        for row in draw(st.lists(st.sampled_from(rows), max_size=6, unique_by=id)) if rows else ():
            row[draw(st.sampled_from(headings))] = f"{MARK}{draw(st.sampled_from(('', '9.3', '人手不足', '在宅支援')))}"
    return tables


def _lists(tables: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    return (rows for rows in tables.values() if isinstance(rows, list) and rows and isinstance(rows[0], dict))


def _marked(value: object, heading: str, names: dict[str, str]) -> object:
    if heading == "氏名":
        return names.get(str(value), value)
    free = heading in ("訓練内容", "支援記録", "心身の状況", "内容", "例外理由", "変更理由", *NAMES)
    return f"{value}{MARK}" if free and isinstance(value, str) and value else value


def _words_of_ours(finding: Finding) -> str:
    spoken = [piece.text for _, piece in finding.sentence.pieces if piece.kind is Kind.OWN]
    return "".join([finding.sentence.template, *spoken, finding.remedy])


def _quoting(made: Report) -> list[Finding]:
    return [finding for finding in made.findings if MARK in finding.message]


@quick(150)
@given(tables=months_with_marks())
def test_no_name_and_no_typed_text_is_inside_our_words(tables: dict[str, Any]) -> None:
    made = report(tables)
    assert [finding.message for finding in made.findings if MARK in _words_of_ours(finding)] == []


def test_a_mark_in_a_cell_is_seen_where_the_message_quotes_it() -> None:
    seen: set[str] = set()

    @quick(60)
    @given(tables=months_with_marks())
    def judged(tables: dict[str, Any]) -> None:
        seen.update(finding.rule for finding in _quoting(report(tables)))

    judged()
    assert seen >= {"A09", "C01", "D08", "P01", "R01", "R05", "S04"}


def test_a_sentence_is_read_with_its_pieces() -> None:
    said = Sentence(
        "{who}の{sheet}に{text}とあります（{count}）",
        who=person("0123"),
        sheet=place("日報"),
        text=typed("済"),
        count=own("2回"),
    )
    assert str(said) == "「0123」の日報に「済」とあります（2回）"
    assert [piece.kind for _, piece in said.pieces] == [Kind.PERSON, Kind.PLACE, Kind.TYPED, Kind.OWN]
    assert str(said.followed_by("。")) == f"{said}。"


def test_a_sentence_of_our_words_alone_is_read_as_it_is() -> None:
    assert str(Sentence("{}も{0}も言葉です")) == "{}も{0}も言葉です"


def test_what_was_typed_is_never_taken_for_a_template() -> None:
    assert str(Sentence("記録が{text}です", text=typed("{text}{0}"))) == "記録が「{text}{0}」です"


def test_sentences_are_alike_sorted_and_kept_like_values() -> None:
    first, second = Sentence("{word}です", word=typed("ア")), Sentence("{word}です", word=typed("イ"))
    assert sorted([second, first]) == [first, second]
    assert pickle.loads(pickle.dumps(first)) == first != second
    assert len({first, Sentence("{word}です", word=typed("ア"))}) == 1
