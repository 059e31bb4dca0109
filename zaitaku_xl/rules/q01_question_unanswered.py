"""Q01 照会への対応の記録もれ — a client's question without a recorded answer.

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


@rule(
    id="Q01",
    title="照会への対応の記録もれ",
    over=Day,
    clause="questions_answered",
    wakes=("entries.question",),
    needs=("entries.question", "entries.answer"),
    remedy="いつ、だれが、どう応じたか、分かることを入力しておくと安心です。",
)
def question_unanswered(days: Days, asked: bool) -> Iterator[Flaw]:
    for day, row in days.rows.holding("question"):
        if row.question not in _NONE and row.answer is None and row.row.clear_of("answer"):
            yield advice(day, "「照会」に入力がありますが、「照会対応」が空欄です。", at="answer", on=row)
