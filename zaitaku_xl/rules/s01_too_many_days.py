"""S01 利用日数の超過 — more days of use in a month than the client may have.

Asks      一人の1か月の利用日数を、原則の日数（その月の日数から8日を引いた日数）または支給量までとします。
Reading   通所・在宅・訪問・施設外の日を合わせ、他事業所利用日数を足します。支給量が数ならその数、空欄か「原則の日数」なら原則の日数です。
          利用日数特例の期間の月は、期間の合計が特例日数を超えたときだけ要確認にします。どの日を外すかは選びません。
Limits    特例の期間のうちブックにない月の日数は数えられません。
Passes    2026年1月の利用が、31日から8日を引いた23日です。
Fails     2026年1月の利用が24日です。
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from zaitaku_xl.finding import Flaw, undecided
from zaitaku_xl.model import Client, Month
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import MonthOfUse
from zaitaku_xl.sentence import Sentence, measured, own

_DECIDING = ("allowance", "special_from", "special_to", "special_days", "other_office_days")


@rule(
    id="S01",
    title="利用日数の超過",
    over=MonthOfUse,
    clause="days_of_use",
    rests_on=("A-15",),
    remedy="支給量と「利用日数に係る特例」の届出を確かめてください。超えるときの扱いは、請求の前に{town}に相談してください。",
)
def too_many_days(months: Sequence[MonthOfUse], asked: int) -> Iterator[Flaw]:
    for month in months:
        client = month.person.client_on(month.home_days[-1].date)
        if client and not client.row.clear_of(*_DECIDING):
            continue
        elsewhere = int(client.other_office_days or 0) if client else 0
        special = _special_days(client, month)
        if special is not None and client and client.special_from and client.special_to:
            used = sum(client.special_from <= day <= client.special_to for day in month.use_dates)
            words, limit = "利用日数特例の期間", special
        else:
            used = len(month.use_dates & _dates_of(month.month))
            words, limit = f"{month.month.month}月", _limit(client, month, asked)
        if used + elsewhere > limit:
            message = Sentence(
                "{words}の利用日数（通所・在宅などの合計）が{days}日です。上限は{limit}日です。",
                words=own(words),
                days=measured(used + elsewhere),
                limit=measured(limit),
            )
            yield undecided(month, message)


@lru_cache(maxsize=64)
def _dates_of(month: Month) -> frozenset[date]:
    ordinals = range(month.first.toordinal(), month.after.first.toordinal())
    return frozenset(map(date.fromordinal, ordinals))


def _limit(client: Client | None, month: MonthOfUse, asked: int) -> float:
    return client.allowance if client and client.allowance is not None else month.month.days - asked


def _special_days(client: Client | None, month: MonthOfUse) -> float | None:
    """The total of a 利用日数特例 whose period holds this month, else None."""
    if client is None or not client.special_from or not client.special_to:
        return None
    return client.special_days if client.special_from <= month.month.first <= client.special_to else None
