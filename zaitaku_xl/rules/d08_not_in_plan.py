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
from zaitaku_xl.sentence import Sentence, typed


@rule(
    id="D08",
    title="計画にない訓練",
    over=Day,
    clause="menu",
    wakes=("approvals.menu",),
    needs=("entries.training", "approvals", "approvals.menu"),
    remedy="訓練内容の書き方を計画のメニューと合わせるか、計画の見直しを検討してください。",
)
def not_in_plan(days: Days, asked: bool) -> Iterator[Flaw]:
    for client, its in days.at_home_by_client:
        menus = [(term, _menu(term.approval.menu)) for term in client.terms if term.approval.menu]
        for day in its if menus else ():
            menu = [word for term, words in menus if term.covers(day.date) for word in words]
            if menu:
                yield from _of_another_kind(day, menu)


def _of_another_kind(day: Day, menu: list[str]) -> Iterator[Flaw]:
    for entry in day.home_rows:
        if entry.training and not any(word in _plain(entry.training) for word in menu):
            yield advice(
                day,
                Sentence("訓練内容{training}が計画のメニューにありません", training=typed(entry.training)),
                at="training",
                on=entry,
            )


def _menu(words: str | None) -> list[str]:
    return [_plain(word) for word in re.split(r"[、,，・/／;\n]+", words or "") if _plain(word)]


def _plain(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split()).casefold()
