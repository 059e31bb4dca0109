"""P02: rows of 利用者台帳 for one client whose periods overlap and that say different things of it."""

from collections.abc import Iterator
from itertools import combinations

from zaitaku_xl.finding import Flaw, advice, breach
from zaitaku_xl.model import Client
from zaitaku_xl.scopes import Whole
from zaitaku_xl.sentence import Sentence, own, place

_HEADINGS = {
    "town": "支給決定市町村",
    "service": "サービス種別",
    "allowance": "支給量",
    "special_from": "特例開始",
    "special_to": "特例終了",
    "special_days": "特例日数",
    "other_office_days": "他事業所利用日数",
    "standard_until": "標準利用期間満了日",
    "extended_until": "延長満了日",
}
_BOUNDS = ("decided_from", "decided_to", "used_from", "used_to")
_WHICH = "受給者証で確かめ、期間か違うほうの記載を直してください。確かめるまで請求を控えます。"
_TWICE = "同じ期間の行は1つにしておくと安心です。"


def differing_rows(whole: Whole) -> Iterator[Flaw]:
    for one, other in combinations(whole.person.clients, 2):
        shared = [day.date for day in whole.home_days if one.holds(day.date) and other.holds(day.date)]
        differing = [heading for field, heading in _HEADINGS.items() if _differ(one, other, field)]
        if shared and differing and one.row.clear_of(*_BOUNDS) and other.row.clear_of(*_BOUNDS):
            message = _rows(one, other).followed_by(
                "は同じ利用者の重なる期間で、{what}が違います。", what=place("・".join(differing))
            )
            yield breach(whole, message, at="name", on=other, days=shared, remedy=_WHICH)
        elif shared and all(getattr(one, field) == getattr(other, field) for field in _BOUNDS):
            message = _rows(one, other).followed_by("は同じ利用者の同じ期間です。")
            yield advice(whole, message, at="name", on=other, days=(), remedy=_TWICE)


def _differ(one: Client, other: Client, field: str) -> bool:
    ours, theirs = getattr(one, field), getattr(other, field)
    return ours is not None and theirs is not None and ours != theirs


def _rows(one: Client, other: Client) -> Sentence:
    return Sentence(
        "{sheet}の{first}行目と{second}行目",
        sheet=place(one.row.sheet),
        first=own(str(one.row.number)),
        second=own(str(other.row.number)),
    )
