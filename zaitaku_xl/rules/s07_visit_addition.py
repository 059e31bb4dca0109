"""S07 訪問支援特別加算 — a visit addition without five days of absence before it, too often, or on a day at home.

Asks      訪問支援特別加算は、続けて5営業日以上利用がなかったあとの訪問に限り、月2回までとします。
Reading   日報の訪問支援特別に記載のある日を見ます。2回目は、1回目のあとにまた5営業日の空きが要ります。在宅の日には付きません。
          営業日は営業日のシートと営業曜日で数えます（営業曜日が空欄なら月曜から金曜）。
Limits    その人の最初の行がある月より前の利用は分からないため、月の初めからで足りないときは要確認とします。
Passes    最後の利用の1月8日から5営業日あいた1月16日に、訪問支援特別の記載があります。
Fails     1月8日に通所し、翌日の1月9日に訪問支援特別の記載があります。
"""

from collections.abc import Iterator
from datetime import timedelta

from zaitaku_xl.finding import Flaw, breach, undecided
from zaitaku_xl.model import Entry, Month
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import on
from zaitaku_xl.scopes import Day, Days

_A_MONTH = 2
_NONE = frozenset(("0", "０", "0.0", "×", "無", "なし", "-", "－", "ー"))


def _claiming(days: Days, asked: int) -> list[Day]:
    return [day for day in days.single if day.main.visit_support]


@rule(
    id="S07",
    title="訪問支援特別加算",
    over=Day,
    clause="visit_addition_gap",
    wakes=("entries.visit_support",),
    needs=("entries.visit_support",),
    where=_claiming,
    remedy="加算の条件がそろわない日は、訪問支援特別の欄に何も書かないでください。",
)
def visit_addition(day: Day, asked: int) -> Iterator[Flaw]:
    claimed = [entry for entry in day.entries if claims_visit(entry)]
    if not claimed:
        return
    entry = claimed[0]
    if day.at_home:
        yield breach("在宅の日に訪問支援特別の記載があります", at="visit_support", on=entry)
        return
    earlier = [e.day for e in day.person.entries if e.day and e.day < day.date and claims_visit(e)]
    nth = 1 + len({d for d in earlier if d in Month.of(day.date)})
    if nth > _A_MONTH:
        yield breach(f"訪問支援特別加算が月{nth}回目です（{_A_MONTH}回まで）", at="visit_support", on=entry)
    since = [e.day for e in day.person.entries if e.day and e.day < day.date and e.place and e.place.is_use]
    last = max([*since, *earlier], default=None)
    first = min(
        Month.of(e.day) for e in day.person.entries if e.day
    ).first  # from here on a day without a row is no use
    gap = day.calendar.open_days_between(last or first - timedelta(days=1), day.date)
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


def claims_visit(entry: Entry) -> bool:
    """True when hours or a mark stand under 訪問支援特別; 0 and 無 say that there was none."""
    return bool(entry.visit_support) and entry.visit_support not in _NONE
