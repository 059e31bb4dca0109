"""D07 同じ文の支援記録 — the day's record says the same as another.

Asks      支援記録には、その日その利用者のことを書きます。
Reading   前の在宅の日のどれかと同じ文、ほかの利用者と同じ文に、ひと月に1度、日数とともに助言を付けます。ほかの利用者と同じ文なら、
          どちらが先かは分からないので、どちらにも付けます。「なし」「同上」だけの記録はD03が見ます。
Limits    文が違っていても写しのことがあり、同じでも正しいことがあります。
Passes    1月6日の支援記録が、その日の作業と助言を述べています。
Fails     1月7日の支援記録が、1月6日と同じ文です。
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from zaitaku_xl.finding import Flaw, advice
from zaitaku_xl.model import Entry, Month
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import cell_of, on
from zaitaku_xl.scopes import Book, Day, Days, MonthOfUse
from zaitaku_xl.scopes.silence import is_no_log
from zaitaku_xl.sentence import Sentence, person

_MOST = 5  # days that are shown one by one


class _Same(NamedTuple):
    """A record that is the same as another: of an earlier day of the client, or of somebody else."""

    day: Day
    entry: Entry
    other: Entry
    other_day: Day


@rule(
    id="D07",
    title="同じ文の支援記録",
    over=Book,
    clause="own_words",
    needs=("entries.support",),
    remedy="同じ支援だった日は、そのままでかまいません。その日だけの様子が記録から分かるときは、書き足しておくと安心です。",
)
def same_text(book: Book, asked: bool) -> Iterator[Flaw]:
    rows = Days([day for whole in book.people for day in whole.home_days]).rows_at_home
    words = _plain(list(filter(None, rows.values("support"))))
    if len(set(words)) == len(words):
        return  # each says something of its own
    said: dict[Day, list[tuple[Entry, str]]] = {}
    for (day, entry), its in zip(rows.holding("support"), words, strict=True):
        if its:
            said.setdefault(day, []).append((entry, its))
    same: dict[tuple[str, Month], list[_Same]] = {}
    for each in _same(said):
        same.setdefault((each.day.person.name, Month.of(each.day.date)), []).append(each)
    for whole in book.people:
        for month in whole.months:
            its_same = same.get((whole.person.name, month.month))
            if its_same:
                yield _of_a_month(month, its_same)


def _same(said: Mapping[Day, list[tuple[Entry, str]]]) -> Iterator[_Same]:
    """Yield each record that says what an earlier one of the client says, or one of somebody else."""
    first, second = _first_of_two(said)
    last: dict[tuple[str, str], tuple[Day, Entry]] = {}  # where the client said it last
    for day, rows in said.items():
        name = day.person.name
        for entry, its in rows:
            elsewhere = first[its] if first[its][0].person is not day.person else second.get(its)
            found = last.get((name, its)) or elsewhere
            if found and not is_no_log(entry.support):  # what says nothing is the same as nothing: D03
                yield _Same(day, entry, found[1], found[0])
        last |= {(name, its): (day, entry) for entry, its in reversed(rows)}


_Places = Mapping[str, tuple[Day, Entry]]


def _first_of_two(said: Mapping[Day, list[tuple[Entry, str]]]) -> tuple[_Places, _Places]:
    """Where each text stands first, and where it first stands with a second client."""
    first: dict[str, tuple[Day, Entry]] = {}
    second: dict[str, tuple[Day, Entry]] = {}
    for day, rows in said.items():
        for entry, its in rows:
            if first.setdefault(its, (day, entry))[0].person is not day.person:
                second.setdefault(its, (day, entry))
    return first, second


def _of_a_month(month: MonthOfUse, same: Sequence[_Same]) -> Flaw:
    days = dict.fromkeys(each.day.date for each in same)
    lines = [_line(each) for each in same[:_MOST]]
    if len(same) > _MOST:
        lines.append(Sentence(f"ほか{len(same) - _MOST}件"))
    message = Sentence("支援記録が、ほかの記録と同じ文です。").resting_on(lines)
    if len(days) > 1:
        message = Sentence(f"支援記録が、ほかの記録と同じ文の日が{len(days)}日あります。").resting_on(lines)
    return advice(month, message, at="support", on=same[0].entry, days=days)


def _line(each: _Same) -> Sentence:
    theirs = cell_of(each.other, "support")
    if each.other_day.person is each.day.person:
        return Sentence(f"{on(each.day.date)}：{on(each.other_day.date)}と同じ（{{theirs}}）", theirs=theirs)
    who = person(each.other_day.person.name)
    return Sentence(
        f"{on(each.day.date)}：{{who}}の{on(each.other_day.date)}と同じ（{{theirs}}）", who=who, theirs=theirs
    )


def _plain(texts: list[str]) -> list[str]:
    """Texts without blanks, full and half width alike, without a full stop at the end; all of them at once."""
    apart = "\0"  # which no cell of a workbook can hold
    joined = apart.join(texts)
    if joined.count(apart) >= len(texts):  # but one of a CSV file
        joined = apart.join([text.replace(apart, "") for text in texts])
    joined = "".join(unicodedata.normalize("NFKC", joined).split()) + apart
    while f"。{apart}" in joined or f".{apart}" in joined:
        joined = joined.replace(f"。{apart}", apart).replace(f".{apart}", apart)
    return joined.split(apart)[:-1] if texts else []
