"""D07 支援記録の写し — the day's record says nothing, or the same as another.

Asks      支援記録には、その日その人のことを書きます。
Reading   「なし」「同上」「特記事項なし」などだけの記録は、何も書いていないのと同じです。前の記録の日と同じ文には助言を付けます。
          同じ日のほかの人と同じ文なら、どちらが写しかは分からないので、どの人にも助言を付けます。
Limits    文が違っていても写しのことがあり、同じでも正しいことがあります。
Passes    1月6日の支援記録が、その日の作業と助言を述べています。
Fails     1月6日の支援記録が「同上」だけです。
"""

import unicodedata
from collections.abc import Iterator
from datetime import date

from zaitaku_xl.finding import Flaw, advice, breach
from zaitaku_xl.model import Entry
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import on
from zaitaku_xl.scopes import Book, Day, Days
from zaitaku_xl.sentence import Sentence, typed

_SAYS_NOTHING = frozenset(
    [
        "なし",
        "無し",
        "同上",
        "〃",
        "″",
        "同じ",
        "特になし",
        "特記事項なし",
        "特記なし",
        "変わりなし",
        "異常なし",
        "-",
        "ー",
        "―",
    ]
)


@rule(
    id="D07",
    title="支援記録の写し",
    over=Book,
    clause="own_words",
    needs=("entries.support",),
    remedy="その日に実際に行った支援を、記録や職員への確認にもとづいて書いてください。",
)
def same_text(book: Book, asked: bool) -> Iterator[Flaw]:
    rows = Days([day for whole in book.people for day in whole.home_days]).rows_at_home
    words = _plain(list(filter(None, rows.values("support"))))
    different = set(words)
    if len(different) == len(words) and _SAYS_NOTHING.isdisjoint(different):
        return  # each says something of its own
    said: dict[Day, list[tuple[Entry, str]]] = {}
    writers: dict[tuple[date, str], set[str]] = {}
    for (day, entry), its in zip(rows.holding("support"), words, strict=True):
        if its:
            said.setdefault(day, []).append((entry, its))
            writers.setdefault((day.date, its), set()).add(day.person.name)
    before: Day | None = None
    for day, its_rows in said.items():
        same_client = before is not None and before.person is day.person
        earlier = [its for _, its in said[before]] if before and same_client else []
        for entry, its in its_rows:
            yield from _compared(day, entry, its, earlier, len(writers[day.date, its]) > 1)
        before = day


def _compared(day: Day, entry: Entry, words: str, before: list[str], others_too: bool) -> Iterator[Flaw]:
    if words in _SAYS_NOTHING:
        yield breach(day, Sentence("支援記録が{record}だけです", record=typed(entry.support)), at="support", on=entry)
    elif words in before:
        yield advice(day, f"{on(day.date)}の支援記録が前の在宅の日と同じ文です", at="support", on=entry)
    elif others_too:
        yield advice(day, f"{on(day.date)}の支援記録がほかの方と同じ文です", at="support", on=entry)


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
