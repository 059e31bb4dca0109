"""D08 計画にない訓練 — a training that is not in the plan's menu.

Asks      在宅の日の訓練は、個別支援計画のメニューから行います。
Reading   在宅承認の計画メニュー（「、」や改行で区切る）の言葉が訓練内容に含まれていればよいとします。メニューが空欄なら見ません。
Limits    言い方の違いだけのことがあります。
Passes    計画メニューに「データ入力」があり、1月6日の訓練内容が「データ入力」です。
Fails     計画メニューは「データ入力」だけですが、1月6日の訓練内容が「清掃」です。
"""

import re
import unicodedata
from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Day, Days


def _with_a_menu(days: Days, asked: bool) -> Iterator[Day]:
    for shared, its in days.home_by_client:
        if any(term.approval.menu for term in shared.terms):
            yield from its


@rule(
    id="D08",
    title="計画にない訓練",
    over=Day,
    clause="menu",
    wakes=("approvals.menu",),
    needs=("entries.training", "approvals", "approvals.menu"),
    where=_with_a_menu,
    remedy="訓練内容の書き方を計画のメニューと合わせるか、計画の見直しを検討してください。",
)
def not_in_plan(day: Day, asked: bool) -> Iterator[Flaw]:
    menu = [word for term in day.terms if term.covers(day.date) for word in _menu(term.approval.menu)]
    if not day.at_home or not menu:
        return
    for entry in day.home_rows:
        if entry.training and not any(word in _plain(entry.training) for word in menu):
            yield advice(f"訓練内容「{entry.training}」が計画のメニューにありません", "training", entry)


def _menu(words: str | None) -> list[str]:
    return [_plain(word) for word in re.split(r"[、,，・/／;\n]+", words or "") if _plain(word)]


def _plain(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split()).casefold()
