"""D08 計画にない訓練 — a training that is not in the plan's menu.

Asks      在宅の日の訓練は、個別支援計画のメニューから行います。
Reading   在宅承認の計画メニュー（「、」や改行で区切る）の言葉が訓練内容に含まれていればよいとします。メニューが空欄なら見ません。
Limits    言い方の違いだけのことがあります。
Passes    計画メニューに「データ入力」があり、1月6日の訓練内容が「データ入力」です。
Fails     計画メニューは「データ入力」だけですが、1月6日の訓練内容が「清掃」です。
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from zaitaku_xl.finding import Flaw, advice
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Approved, Day, Days, Times
from zaitaku_xl.sentence import Sentence, typed


@rule(
    id="D08",
    title="計画にない訓練",
    over=Day,
    clause="menu",
    wakes=("approvals.menu",),
    needs=("entries.training", "approvals", "approvals.menu"),
    remedy="記録は行ったとおりのままにしてください。続けて行う訓練なら、個別支援計画の見直しを検討しておくと安心です。",
)
def not_in_plan(days: Days, asked: bool) -> Iterator[Flaw]:
    for client, its in days.at_home_by_client:
        times = _times_of_menus(client.terms)
        for day in its if times else ():
            menu = [word for word, when in times.items() if day.date in when]
            if menu:
                yield from _of_another_kind(day, menu)


def _times_of_menus(terms: Sequence[Approved]) -> dict[str, Times]:
    """When each word stands in the menu of an approved plan: the same words come again from term to term."""
    terms_of: dict[str, list[Approved]] = {}
    for term in terms:
        for word in _menu(term.approval.menu):
            terms_of.setdefault(word, []).append(term)
    return {word: Times.covered(its) for word, its in terms_of.items()}


def _of_another_kind(day: Day, menu: list[str]) -> Iterator[Flaw]:
    for entry in day.home_rows:
        training = _plain(entry.training or "")
        if entry.training and not any(word in training for word in menu):
            yield advice(
                day,
                Sentence("訓練内容{training}が、計画のメニューに見つかりません。", training=typed(entry.training)),
                at="training",
                on=entry,
            )


def _menu(words: str | None) -> list[str]:
    return [_plain(word) for word in re.split(r"[、,，・/／;\n]+", words or "") if _plain(word)]


def _plain(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split()).casefold()
