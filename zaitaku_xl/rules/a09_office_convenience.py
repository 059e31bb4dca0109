"""A09 事業所の都合による在宅 — a day at home for the office's convenience.

Asks      事業所の都合で在宅にした日は、在宅利用として認められていません。
Reading   在宅の日の変更理由（日報、なければ予定）を、文ごとに読みます。「事業所の都合」「職員不足」など、ほかの意味に読めないことばが
          打ち消されずにあれば、事業所の都合と読みます。同じ文に本人の希望や事情もあるとき、「職員」「休業」「研修」「閉所」「送迎」などの
          ことばだけのときは、どちらか分からないので要確認です。「事業所の都合ではなく」のような打ち消しは問いません。
Limits    ことばの並びは在宅点検の目安です。別の言い方の都合は分かりません。
Passes    1月6日の在宅は予定のとおりで、変更理由は空欄です。
Fails     1月6日の在宅の変更理由が「職員不足のため」です。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, breach, undecided
from zaitaku_xl.ruling.reasons import Whose, reasons_given, whose
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Day, Days
from zaitaku_xl.sentence import Sentence, typed


@rule(
    id="A09",
    title="事業所の都合による在宅",
    over=Day,
    clause="as_planned",
    wakes=("entries.reason", "plans.reason"),
    uses=("entries.reason",),
    remedy="事業所の都合による在宅は、{town}が認めていません。この理由のとおりなら、この日は請求しません。"
    "理由を書き替えないでください。",
    when_open="だれの事情による変更かを当日の記録で確かめ、{town}に確かめるまで請求を控えます。理由を書き替えないでください。",
    when_advised="国の通知に定めはありません。事業所の都合による在宅の扱いを、{town}に確かめておくと安心です。"
    "理由を書き替えないでください。",
)
def office_convenience(days: Days, asked: list[str]) -> Iterator[Flaw]:
    for day, given in reasons_given(days):
        told = whose(given.reason or "", asked)
        if told is Whose.OFFICES:
            message = "変更理由に{reason}とあります。事業所の都合による在宅と読めます。"
            yield breach(day, Sentence(message, reason=typed(given.reason)), at="reason", on=given)
        elif told is Whose.UNCLEAR:
            message = "変更理由に{reason}とあります。事業所の都合による在宅か、記録だけでは判断できません。"
            yield undecided(day, Sentence(message, reason=typed(given.reason)), at="reason", on=given)
