"""Q01 照会への対応 — a client's question without a recorded answer.

Asks      訓練で疑義が生じたときの照会に、随時、訪問や連絡で応じます。
Reading   照会に記載があり照会対応が空欄なら助言します。
Limits    応じた中身が十分かどうかは見ません。
Passes    1月6日の照会に「入力の手順の質問」、照会対応に「10:20に電話で説明」とあります。
Fails     1月6日の照会に質問がありますが、照会対応が空欄です。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Day, Days

_NONE = ("なし", "無し", "無", "特になし", "-", "－", "ー")  # typed to say that nothing was asked


def _with_a_question(days: Days, asked: bool) -> list[Day]:
    return [day for day in days.single if day.main.question is not None]


@rule(
    id="Q01",
    title="照会への対応",
    over=Day,
    clause="questions_answered",
    wakes=("entries.question",),
    needs=("entries.question", "entries.answer"),
    where=_with_a_question,
    remedy="いつ、どう応じたかを照会対応に書いてください。",
)
def question_unanswered(day: Day, asked: bool) -> Iterator[Flaw]:
    for entry in day.entries:
        if entry.question not in (None, *_NONE) and entry.answer is None and entry.row.clear_of("answer"):
            yield advice("照会に対する照会対応が空欄です", "answer", entry)
