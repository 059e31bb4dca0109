"""A09 事業所の都合 — a day at home for the office's convenience.

Asks      事業所の都合で在宅にした日は、在宅の利用として認められません。
Reading   在宅の日の変更理由（日報、なければ予定）に「事業所都合」「職員不足」「休業」などの言葉があれば、事業所の都合と読みます。
Limits    言葉だけを見ます。別の言い方の都合は分かりません。
Passes    1月6日の在宅は予定のとおりで、変更理由は空欄です。
Fails     1月6日の在宅の変更理由が「職員不足のため」です。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.ruling.reasons import is_the_offices, reasons_given
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Day, Days
from zaitaku_xl.sentence import Sentence, typed


@rule(
    id="A09",
    title="事業所の都合",
    over=Day,
    clause="as_planned",
    wakes=("entries.reason", "plans.reason"),
    uses=("entries.reason",),
    remedy="事業所の都合による在宅の日は請求できません。理由の記録が正しいか確かめてください。",
)
def office_convenience(days: Days, asked: list[str]) -> Iterator[Flaw]:
    for day, given in reasons_given(days):
        if is_the_offices(given.reason or "", asked):
            yield breach(
                day, Sentence("変更理由{reason}は事業所の都合です", reason=typed(given.reason)), at="reason", on=given
            )
