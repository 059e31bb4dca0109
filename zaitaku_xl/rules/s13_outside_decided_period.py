"""S13 支給決定・契約の期間外 — a day at home outside the decided period or the contract.

Asks      支給決定の期間と、事業所との契約（利用開始日から利用終了日）の中の日を請求します。
Reading   両端の日を含みます。利用終了日が空欄なら続いているものとします。支給決定の開始か終了が空欄なら要確認です。
          期間ごとに行があれば、どれかの行に入る日はよいとします。
Limits    根拠の条文は確かめていません。
Passes    支給決定が1月31日までで、在宅の日は1月30日です。
Fails     支給決定が1月15日までですが、1月16日が在宅です。
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import takewhile

from zaitaku_xl.finding import Flaw, breach, undecided
from zaitaku_xl.model import Client
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import dated
from zaitaku_xl.scopes import Whole

_STARTS = {"decided_from": "支給決定開始", "used_from": "利用開始日"}
_ENDS = {"decided_to": "支給決定終了", "used_to": "利用終了日"}
_NEEDED = ("decided_from", "decided_to")


@rule(
    id="S13",
    title="支給決定・契約の期間外",
    over=Whole,
    clause="decided_period",
    needs=("clients",),
    looks_in=("clients",),
    uses=tuple(f"clients.{field}" for field in _STARTS | _ENDS),
    remedy="受給者証の支給決定期間と契約の日を確かめてください。期間の外の日は請求しません。",
)
def outside_decided_period(wholes: Sequence[Whole], asked: bool) -> Iterator[Flaw]:
    for whole in wholes:
        client = whole.person.client
        if client is None:
            continue
        if len(whole.person.clients) > 1:
            yield from _outside_each(whole)
            continue
        for field, heading in (_STARTS | _ENDS).items():
            bound = getattr(client, field)
            if bound:
                days = _days_beyond(whole, bound, field)
                if days:
                    yield _outside(whole, client, field, bound, days)
            elif field in _NEEDED and field in client.row.columns and field not in client.row.unread:
                remedy = "受給者証で確かめて入力してください。確かめるまで請求を控えます。"
                yield undecided(whole, f"{heading}が空欄です。", at=field, on=client, remedy=remedy)


def _outside_each(whole: Whole) -> Iterator[Flaw]:
    """Of several rows, a period each: a day that one of them holds lies inside."""
    rows = whole.person.clients
    outside = [day.date for day in whole.home_days if not any(_holds_for_certain(row, day.date) for row in rows)]
    may_hold = {day: row for day in outside for row in reversed(rows) if _open_bounds(row) and row.holds(day)}
    open_days = [day for day in outside if day in may_hold]
    if open_days:
        row = may_hold[open_days[0]]
        field = _open_bounds(row)[0]
        message = f"{(_STARTS | _ENDS)[field]}が空欄か読み取れず、期間の中の在宅かどうか判断できません。"
        yield undecided(
            whole,
            message,
            at=field,
            on=row,
            days=open_days,
            remedy="受給者証で確かめて入力してください。確かめるまで請求を控えます。",
        )
    days = [day for day in outside if day not in may_hold]
    if days:
        message = f"どの行の支給決定・契約の期間にも入らない在宅の日があります（{len(days)}日）。"
        yield breach(whole, message, at="decided_to", on=whole.person.client_on(days[0]), days=days)


def _open_bounds(row: Client) -> list[str]:
    """What is not known of its period: 支給決定 from or to that is blank, and bounds that cannot be read."""
    return [
        field
        for field in _STARTS | _ENDS
        if field in row.row.unread or (field in _NEEDED and getattr(row, field) is None)
    ]


def _holds_for_certain(row: Client, day: date) -> bool:
    return not _open_bounds(row) and row.holds(day)


def _days_beyond(whole: Whole, bound: date, field: str) -> list[date]:
    """The days at home, which are in order, before a start or after an end."""
    if field in _STARTS:
        return [day.date for day in takewhile(lambda day: day.date < bound, whole.home_days)]
    return [day.date for day in takewhile(lambda day: day.date > bound, reversed(whole.home_days))]


def _outside(whole: Whole, client: Client, field: str, bound: date, days: list[date]) -> Flaw:
    what = "支給決定" if field in _NEEDED else "契約"
    edge, side = ("から", "前") if field in _STARTS else ("まで", "後")
    message = f"{what}の期間（{dated(bound)}{edge}）より{side}に、在宅の日が{len(days)}日あります。"
    return breach(whole, message, at=field, on=client, days=days)
