"""S07 訪問支援特別加算の条件 — a visit addition without five days of absence before it, too often, or on a day at home.

Asks      訪問支援特別加算は、続けて5開所日以上利用がなかったあとの訪問に限り、月2回までとします。
Reading   日報の訪問支援特別に記載のある日を見ます。2回目は、1回目のあとにまた5開所日の空きが必要です。在宅の日には付きません。
          開所日は営業日のシートと営業曜日で数えます（営業曜日が空欄なら月曜から金曜）。
Limits    その利用者の最初の行がある月より前の利用は分からないため、月の初めからで足りないときは要確認とします。
Passes    最後の利用の1月8日から5開所日あいた1月16日に、訪問支援特別の記載があります。
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


@rule(
    id="S07",
    title="訪問支援特別加算の条件",
    over=Day,
    clause="visit_addition_gap",
    wakes=("entries.visit_support",),
    needs=("entries.visit_support",),
    remedy="当日の記録で確かめ、条件がそろわなければ「訪問支援特別」を空欄にし、この加算は請求しません。訪問の記録は残してください。",
)
def visit_addition(days: Days, asked: int) -> Iterator[Flaw]:
    claimed = [(day, row) for day, row in days.rows.holding("visit_support") if claims_visit(row)]
    for day, row in dict(reversed(claimed)).items():  # the first row of each day
        if day.at_home:
            yield breach(day, "在宅の日の「訪問支援特別」に記載があります。", at="visit_support", on=row)
        else:
            yield from _visited(day, row, asked)


def _visited(day: Day, row: Entry, asked: int) -> Iterator[Flaw]:
    dated = [(entry.day, entry) for entry in day.person.entries if entry.day]
    before = [(date, entry) for date, entry in dated if date < day.date]
    visits = [date for date, entry in before if claims_visit(entry)]
    nth = 1 + len({date for date in visits if date in Month.of(day.date)})
    if nth > _A_MONTH:
        yield breach(day, f"訪問支援特別加算が月{nth}回目です。月{_A_MONTH}回までです。", at="visit_support", on=row)
    uses = [date for date, entry in before if entry.place and entry.place.is_use]
    last = max([*uses, *visits], default=None)
    first = min(Month.of(date) for date, _ in dated).first  # from here on a day without a row is no use
    gap = day.calendar.open_days_between(last or first - timedelta(days=1), day.date)
    if gap >= asked:
        return
    if last is None:
        message = f"{on(day.date)}の前に続けて{asked}開所日以上あいているか、このブックでは判断できません。"
        remedy = f"前の月の利用を確かめてください。{asked}開所日以上あいていれば、このままでかまいません。"
        yield undecided(day, message, at="visit_support", on=row, remedy=remedy)
    else:
        message = f"前の利用・訪問から{gap}開所日です。続けて{asked}開所日以上あいていることが条件です。"
        yield breach(day, message, at="visit_support", on=row)


def claims_visit(entry: Entry) -> bool:
    """True when hours or a mark stand under 訪問支援特別; 0 and 無 say that there was none."""
    return bool(entry.visit_support) and entry.visit_support not in _NONE
