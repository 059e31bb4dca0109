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

from zaitaku_xl.finding import Flaw, Weight
from zaitaku_xl.model import Entry
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import on
from zaitaku_xl.scopes import Book, Day

_SAYS_NOTHING = frozenset((
    "なし", "無し", "同上", "〃", "″", "同じ", "特になし", "特記事項なし", "特記なし", "変わりなし", "異常なし", "-", "ー", "―",
))  # fmt: skip


@rule(
    id="D07",
    title="支援記録の写し",
    over=Book,
    clause="own_words",
    needs=("entries.support",),
    remedy="その日に実際に行った支援を、記録や職員への確認にもとづいて書いてください。",
)
def same_text(book: Book, asked: bool) -> Iterator[Flaw]:
    days = [day for whole in book.people for day in whole.home_days]
    words = _plain([entry.support for day in days for entry in day.entries if entry.support])
    different = set(words)
    if len(different) == len(words) and _SAYS_NOTHING.isdisjoint(different):
        return  # each says something of its own
    records = [(day, entry) for day in days for entry in day.home_rows if entry.support]
    words = _plain([entry.support or "" for _, entry in records])
    said: dict[Day, list[tuple[Entry, str]]] = {}
    writers: dict[tuple[object, str], set[str]] = {}
    for (day, entry), its in zip(records, words, strict=True):
        if its:
            said.setdefault(day, []).append((entry, its))
            writers.setdefault((day.date, its), set()).add(day.person.name)
    before: tuple[Day, list[tuple[Entry, str]]] | None = None
    for day, its_rows in said.items():
        earlier = [its for _, its in before[1]] if before and before[0].person is day.person else []
        for entry, its in its_rows:
            yield from _compared(day, entry, its, earlier, len(writers[day.date, its]) > 1)
        before = day, its_rows


def _compared(day: Day, entry: Entry, words: str, before: list[str], others_too: bool) -> Iterator[Flaw]:
    days = frozenset({day.date})
    if words in _SAYS_NOTHING:
        yield Flaw(f"支援記録が「{entry.support}」だけです", "support", entry, days=days, of=day.person)
    elif words in before:
        message = f"{on(day.date)}の支援記録が前の在宅の日と同じ文です"
        yield Flaw(message, "support", entry, Weight.ADVISE, days, of=day.person)
    elif others_too:
        message = f"{on(day.date)}の支援記録がほかの方と同じ文です"
        yield Flaw(message, "support", entry, Weight.ADVISE, days, of=day.person)


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
