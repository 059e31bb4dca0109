"""D07 支援記録の写し — the day's record says nothing, or the same as another.

Asks      支援記録には、その日その人のことを書きます。
Reading   「なし」「同上」「特記事項なし」などだけの記録は、何も書いていないのと同じです。前の記録の日と同じ文、同じ日のほかの人と
          同じ文には助言を付けます。
Limits    文が違っていても写しのことがあり、同じでも正しいことがあります。
Passes    1月6日の支援記録が、その日の作業と助言を述べています。
Fails     1月6日の支援記録が「同上」だけです。
"""

import unicodedata
from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, Weight
from zaitaku_xl.model import Entry, Person
from zaitaku_xl.rules.rule import rule
from zaitaku_xl.rules.words import on
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
    others: dict[tuple[object, str], Person] = {}
    for whole in book.people:
        before = ""
        for day in whole.home_days:
            for entry in day.home_rows:
                words = _plain(entry.support)
                if not words:
                    continue
                yield from _compared(day, entry, words, before, others)
                others.setdefault((day.date, words), whole.person)
                before = words


def _compared(
    day: Day, entry: Entry, words: str, before: str, others: dict[tuple[object, str], Person]
) -> Iterator[Flaw]:
    days = frozenset({day.date})
    if words in _SAYS_NOTHING:
        yield Flaw(f"支援記録が「{entry.support}」だけです", "support", entry, days=days, of=day.person)
    elif words == before:
        message = f"{on(day.date)}の支援記録が前の在宅の日と同じ文です"
        yield Flaw(message, "support", entry, Weight.ADVISE, days, of=day.person)
    elif others.get((day.date, words), day.person) is not day.person:
        message = f"{on(day.date)}の支援記録がほかの方と同じ文です"
        yield Flaw(message, "support", entry, Weight.ADVISE, days, of=day.person)


def _plain(words: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", words or "").split()).rstrip("。.")
