"""利用日数管理表: for each client and month the days that may be used, those that were, and those that are left.

Reading   the limit is 支給量 where 利用者台帳 has a number, else 原則の日数. In a month of a 利用日数特例 the limit holds for the whole
          period, so the month alone leaves nothing to subtract: 残 stays a dash.
Limits    which days are given up where there are too many is never chosen here.
"""

from collections import Counter
from collections.abc import Iterator

from zaitaku_xl.forms.facts import MonthFacts, OfficeFacts
from zaitaku_xl.forms.form import Form
from zaitaku_xl.forms.paper import (
    AS_LONG_AS_IT_TAKES,
    CENTRE,
    NUMBER,
    SMALL,
    TEXT,
    UNREAD,
    Paper,
    month_wareki,
    wareki,
)
from zaitaku_xl.forms.standing import standing
from zaitaku_xl.made import MadeSheet
from zaitaku_xl.model import Client, Place
from zaitaku_xl.paper import Value

HEADINGS = (
    "年月",
    "氏名",
    "受給者証番号",
    "原則の日数",
    "支給量",
    "通所",
    "在宅",
    "訪問",
    "施設外",
    "他事業所",
    "利用計",
    "残",
    "確かめること",
)
_WIDTHS = (12, 16, 14, 8, 10, 7, 7, 7, 7, 8, 8, 8, 36)
_STYLES = (CENTRE, TEXT, CENTRE, *(NUMBER,) * 9, TEXT)
_USES = (Place.ATTEND, Place.HOME, Place.VISIT, Place.OUTSIDE)
_ALLOWANCE = ("allowance", "special_from", "special_to", "special_days", "other_office_days")


def day_count(facts: OfficeFacts) -> Iterator[MadeSheet]:
    paper = Paper(_WIDTHS)
    paper.head(f"利用日数管理表（{facts.words}）", standing(facts))
    top = paper.headings(HEADINGS)
    months = [month for client in facts.clients for month in client.months]
    for month in sorted(months, key=lambda each: str(each.month)):
        paper.line(_row(month), _STYLES, 20)
    paper.across(
        "通所・在宅・訪問・施設外のうち1つを1日に数えます（施設外就労は通所に含めます）。他事業所の日数は利用者台帳の記載です。どの日を請求しないかは事業所が決めます。",
        SMALL,
    )
    yield paper.sheet("利用日数管理表", landscape=True, page=AS_LONG_AS_IT_TAKES, heading_row=top)


def _row(facts: MonthFacts) -> tuple[Value, ...]:
    clause = facts.of.clause("days_of_use", facts.month.first)
    usual = facts.month.days - int(clause.asked) if clause else None
    counts = Counter[Place | None](Place.ATTEND if day.place is Place.OUTSIDE_WORK else day.place for day in facts.days)
    client = facts.client
    elsewhere = int(client.other_office_days or 0) if client else 0
    used = sum(counts[place] for place in _USES) + elsewhere
    limit = client.allowance if client and client.allowance is not None else usual
    told, sure = _remarks(facts, client, counts[None])
    left: Value = "―" if limit is None or not sure else int(limit - used)
    return (
        month_wareki(facts.month.first).removesuffix("分"),
        facts.of.shown_name,
        facts.of.number,
        usual,
        _allowance(client),
        *(counts[place] or None for place in _USES),
        elsewhere or None,
        used,
        left,
        _joined(told, limit, used, sure),
    )


def _allowance(client: Client | None) -> Value:
    if client is None:
        return None
    if "allowance" in client.row.unread:
        return UNREAD
    return "原則" if client.allowance is None else int(client.allowance)


def _remarks(facts: MonthFacts, client: Client | None, unplaced: int) -> tuple[list[str], bool]:
    """Return what to look at, and whether what is left can be told at all."""
    told, sure = [], True
    if unplaced:
        told.append(f"提供区分の読めない日が{unplaced}日あります。")
        sure = False
    if client and not client.row.clear_of(*_ALLOWANCE):
        told.append("支給量・特例・他事業所の日数に読めない記載があります。")
        sure = False
    if (
        client
        and client.special_from
        and client.special_to
        and client.special_from <= facts.month.first <= client.special_to
    ):
        days = f"{client.special_days:g}日" if client.special_days is not None else "日数の記載なし"
        told.append(
            f"利用日数特例の期間です（{wareki(client.special_from)}から{wareki(client.special_to)}まで計{days}）。"
        )
        sure = False
    return told, sure


def _joined(told: list[str], limit: float | None, used: int, sure: bool) -> str:
    over = [f"{used - int(limit)}日多く利用しています。"] if sure and limit is not None and used > limit else []
    return "".join([*over, *told])


FORM = Form("day_count", "利用日数管理表", OfficeFacts, day_count)
