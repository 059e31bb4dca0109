"""C01 チェックリストの要検討項目 — the latest checklist rates an item low that matters for training at home.

Asks      在宅での実施が妥当かを注意深く検討するとよい項目の評価を確かめます。
Reading   表4に当たる項目（服薬管理、体調不良時の対処、障害や症状の理解、感情のコントロール、意思表示、就労意欲・作業意欲、
          作業態度、指示内容の理解、文字）の最も新しい評価が4か5なら助言します。同じ日の行が2つあればどちらも見ます。評価日のない
          行は最も新しいかもしれないので、それも見ます。2段階の項目は表4にありません。
Limits    チェックリストは就労の可否を決めるものではありません。算定を止めることはありません。
Passes    1月10日のチェックリストの「服薬管理」の評価が2です。
Fails     1月10日のチェックリストの「意思表示」の評価が4です。
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from zaitaku_xl.finding import Flaw, advice
from zaitaku_xl.model import ChecklistItem
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Whole
from zaitaku_xl.sentence import Sentence, measured, typed

_WATCHED = (
    "服薬管理",
    "体調不良時",
    "障害や症状の理解",
    "障害や疾病の理解",
    "感情のコントロール",
    "意思表示",
    "就労への意欲",
    "就労意欲",
    "作業意欲",
    "作業に取り組む態度",
    "指示内容の理解",
    "文字",
)


@rule(
    id="C01",
    title="チェックリストの要検討項目",
    over=Whole,
    clause="checklist_concern",
    needs=("checklist", "checklist.item", "checklist.rating", "checklist.day"),
    remedy="医療や相談支援の関係者と話し合ったときは、記録しておくと安心です。",
)
def checklist_concern(wholes: Sequence[Whole], asked: int) -> Iterator[Flaw]:
    for whole in wholes:
        for items in _watched(whole.person.checklist):
            newest = max((item.day for item in items if item.day), default=None)
            for item in items:
                if item.day in (newest, None) and item.rating is not None and item.rating >= asked:
                    message = Sentence(
                        "チェックリスト{item}の評価が{rating}です。ハンドブックの表4で、在宅での実施をよく検討したい例に当たります。",
                        item=typed(item.item),
                        rating=measured(item.rating),
                    )
                    yield advice(whole, message, at="rating", on=item)


def _watched(checklist: Iterable[ChecklistItem]) -> Iterable[list[ChecklistItem]]:
    """The ratings of each item that is watched, but blank ones."""
    rated: dict[str, list[ChecklistItem]] = {}
    for item in checklist:
        name = _plain(item.item)
        blank = item.rating is None and item.row.clear_of("rating")
        if not blank and any(word in name for word in _WATCHED):
            rated.setdefault(name, []).append(item)
    return rated.values()


def _plain(words: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", words or "").split())
