"""S02 欠席時対応加算の条件 — an addition claimed for an absence that does not meet its conditions.

Asks      欠席時対応加算は月4回まで、前々営業日から当日までの連絡と相談援助の記録がある、予定された日の欠席に限ります。
Reading   加算算定が有の行だけを見ます。月の5回目からを見直しにします。同じ日の欠席は、行がいくつあっても1回と数えます。欠席日が空欄なら要確認です。
          営業日は営業日のシートと営業曜日で数えます（営業曜日が空欄なら
          月曜から金曜）。予定のシートがあれば、その日に利用の予定があったことも求めます。日報に利用のある日には付きません。欠席の行そのものは問題にしません。
          前々営業日と当日の間の休みの日の連絡も数えます。営業日や予定に読み取れない行があるときは、そのために足りないとは言いません。
          営業日のシートがなければ、平日に休業した日（祝日など）が分からないので、前々営業日より早い連絡は要確認です。
Limits    急病などの事情が加算に当たるかどうかは判定しません。
Passes    1月9日の欠席の連絡を前の営業日の8日に受け、相談援助と次回予定日が書かれています。
Fails     1月の欠席時対応加算の5回目が1月28日にあります。
"""

from collections.abc import Iterator, Sequence

from zaitaku_xl.finding import Flaw, breach, undecided
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import cell_of, on
from zaitaku_xl.scopes import Missed
from zaitaku_xl.sentence import Sentence, own

_WHICH_DAY = "欠席の連絡の記録で確かめて、欠席日を入力してください。確かめるまでこの加算の請求を控えます。"
_ONCE = "どちらの行がその欠席の記録か確かめてください。1つの加算算定を残し、もう1つの加算は請求しません。"
_WHICH_DAYS_OPEN = (
    "間の日に休業した日（祝日など）があれば、営業日のシートに入力してください。確かめるまでこの加算の請求を控えます。"
)
_BLANK = "記録で確かめられれば入力してください。確かめられなければ加算算定の○を外し、記録は残してください。"
_PARTS = {
    "told_on": "連絡日",
    "told_by": "連絡者",
    "staff": "受けた職員",
    "reason": "理由",
    "advice": "相談援助内容",
    "next_on": "次回予定日",
}


@rule(
    id="S02",
    title="欠席時対応加算の条件",
    over=Missed,
    clause="absence_additions",
    needs=("absences", "absences.day", "absences.claimed"),
    uses=tuple(f"absences.{field}" for field in _PARTS),
    remedy="記録で確かめて、入力の誤りだけを直してください。条件がそろわなければ加算算定の○を外し、記録は残してください。",
)
def absence_addition(absences: Sequence[Missed], asked: int) -> Iterator[Flaw]:
    for missed in absences:
        absence = missed.absence
        if absence.day is None:
            message = "加算算定に○がありますが、欠席日が空欄です。どの日の欠席か判断できません。"
            yield undecided(missed, message, at="day", on=absence, remedy=_WHICH_DAY)
            continue
        if missed.repeats:
            message = "{day}の欠席の加算は、{before}の行にもあります。1回の欠席に加算は1回です。"
            said = Sentence(message, day=own(on(absence.day)), before=cell_of(missed.repeats, "day"))
            yield breach(missed, said, at="claimed", on=absence, remedy=_ONCE)
            continue
        if missed.nth > asked:
            message = f"欠席時対応加算の算定が月{missed.nth}回目です。月{asked}回までです。"
            yield breach(missed, message, at="claimed", on=absence)
        yield from _incomplete(missed)
        yield from _told_too_late(missed)
        yield from _not_an_absence(missed)


def _incomplete(missed: Missed) -> Iterator[Flaw]:
    absence = missed.absence
    for field, heading in _PARTS.items():
        there = field in absence.row.columns and field not in absence.row.unread
        if there and getattr(absence, field) is None:
            yield breach(missed, f"欠席時対応の{heading}が空欄です。", at=field, on=absence, remedy=_BLANK)
    if absence.next_on and absence.day and absence.next_on <= absence.day:
        message = f"次回予定日（{on(absence.next_on)}）が、欠席日と同じか、それより前です。"
        yield breach(missed, message, at="next_on", on=absence)


def _told_too_late(missed: Missed) -> Iterator[Flaw]:
    told, day = missed.absence.told_on, missed.absence.day
    if told is None or day is None:
        return
    too_early = told < missed.earliest
    if not too_early and told <= day:
        return
    if too_early and not missed.calendar_held:
        message = f"連絡を受けた日（{on(told)}）が2営業日前に当たるか、営業日のシートがないため判断できません。"
        yield undecided(missed, message, at="told_on", on=missed.absence, remedy=_WHICH_DAYS_OPEN)
    else:
        side = "欠席日の2営業日前より前" if too_early else "欠席日より後"
        message = f"欠席の連絡を受けた日（{on(told)}）が、{side}です。"
        yield breach(missed, message, at="told_on", on=missed.absence)


def _not_an_absence(missed: Missed) -> Iterator[Flaw]:
    absence = missed.absence
    day = on(absence.day) if absence.day else ""
    if missed.planned is not None and not missed.planned:
        yield breach(
            missed,
            f"{day}に利用の予定が見つかりません。予定のない日の欠席に加算は算定できません。",
            at="day",
            on=absence,
        )
    if missed.used:
        yield breach(
            missed,
            f"{day}は日報に{missed.used}の利用があります。利用のある日に欠席時対応加算は算定できません。",
            at="day",
            on=absence,
        )
