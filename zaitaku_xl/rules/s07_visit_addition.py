"""S07 訪問支援特別加算 — a visit addition without five days of absence before it, too often, or on a day at home.

Asks      訪問支援特別加算は、続けて5営業日以上利用がなかったあとの訪問に限り、月2回までとします。
Reading   日報の訪問支援特別に記載のある日を見ます。2回目は、1回目のあとにまた5営業日の空きが要ります。在宅の日には付きません。
          営業日は営業日のシートと営業曜日で数えます（営業曜日が空欄なら月曜から金曜）。
Limits    ブックの最初の日より前の利用は分からないため、そこまで空いているときは要確認とします。
Passes    最後の利用の1月8日から5営業日あいた1月16日に、訪問支援特別の記載があります。
Fails     1月8日に通所し、翌日の1月9日に訪問支援特別の記載があります。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, breach, undecided
from zaitaku_xl.model import Month
from zaitaku_xl.rules.rule import rule
from zaitaku_xl.rules.words import on
from zaitaku_xl.scopes import Day

_A_MONTH = 2


@rule(
    id="S07",
    title="訪問支援特別加算",
    over=Day,
    clause="visit_addition_gap",
    wakes=("entries.visit_support",),
    needs=("entries.visit_support",),
    remedy="加算の条件がそろわない日は、訪問支援特別の欄に何も書かないでください。",
)
def visit_addition(day: Day, asked: int) -> Iterator[Flaw]:
    claimed = [entry for entry in day.entries if entry.visit_support]
    if not claimed:
        return
    entry = claimed[0]
    if day.at_home:
        yield breach("在宅の日に訪問支援特別の記載があります", at="visit_support", on=entry)
        return
    earlier = [e.day for e in day.person.entries if e.day and e.day < day.date and e.visit_support]
    nth = 1 + len({d for d in earlier if d in Month.of(day.date)})
    if nth > _A_MONTH:
        yield breach(f"訪問支援特別加算が月{nth}回目です（{_A_MONTH}回まで）", at="visit_support", on=entry)
    since = [e.day for e in day.person.entries if e.day and e.day < day.date and e.place and e.place.is_use]
    last = max([*since, *earlier], default=None)
    first = min(e.day for e in day.person.entries if e.day)
    gap = day.calendar.open_days_between(last or first, day.date)
    if last is None and gap < asked:
        yield undecided(
            f"{on(day.date)}の前に{asked}営業日の空きがあるか、ブックの記録では分かりません",
            at="visit_support",
            on=entry,
        )
    elif last is not None and gap < asked:
        yield breach(
            f"前の利用か訪問から{gap}営業日しか空いていません（{asked}営業日以上）", at="visit_support", on=entry
        )
