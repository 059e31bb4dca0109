"""S02 欠席時対応加算 — an addition claimed for an absence that does not meet its conditions.

Asks      欠席時対応加算は月4回まで、前々営業日から当日までの連絡と相談援助の記録がある、予定された日の欠席に限ります。
Reading   加算算定が有の行だけを見ます。月の5回目からを指摘します。営業日は営業日のシートと営業曜日で数えます（営業曜日が空欄なら
          月曜から金曜）。予定のシートがあれば、その日に利用の予定があったことも求めます。日報に利用のある日には付きません。欠席の行そのものは問題にしません。
          前々営業日と当日の間の休みの日の連絡は認めます。営業日や予定に読めない行があるときは、そのために足りないとは言いません。
Limits    急病などの事情が加算に当たるかどうかは判定しません。
Passes    1月9日の欠席の連絡を前の営業日の8日に受け、相談援助と次回予定日が書かれています。
Fails     1月の欠席時対応加算の5回目が1月28日にあります。
"""

from collections.abc import Iterator, Sequence

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import on
from zaitaku_xl.scopes import Missed

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
    title="欠席時対応加算",
    over=Missed,
    clause="absence_additions",
    needs=("absences", "absences.day", "absences.claimed"),
    uses=tuple(f"absences.{field}" for field in _PARTS),
    remedy="加算の条件がそろわない行は、加算算定を付けずに記録だけを残してください。",
)
def absence_addition(absences: Sequence[Missed], asked: int) -> Iterator[Flaw]:
    for missed in absences:
        absence = missed.absence
        if missed.nth > asked:
            message = f"欠席時対応加算が月{missed.nth}回目です（{asked}回まで）"
            yield breach(missed, message, at="claimed", on=absence)
        yield from _incomplete(missed)
        yield from _told_too_late(missed)
        yield from _not_an_absence(missed)


def _incomplete(missed: Missed) -> Iterator[Flaw]:
    absence = missed.absence
    for field, heading in _PARTS.items():
        there = field in absence.row.columns and field not in absence.row.unread
        if there and getattr(absence, field) is None:
            yield breach(missed, f"欠席時対応の{heading}が空欄です", at=field, on=absence)
    if absence.next_on and absence.day and absence.next_on <= absence.day:
        message = f"次回予定日{on(absence.next_on)}が欠席日より後ではありません"
        yield breach(missed, message, at="next_on", on=absence)


def _told_too_late(missed: Missed) -> Iterator[Flaw]:
    absence = missed.absence
    if absence.told_on and absence.day and not missed.earliest <= absence.told_on <= absence.day:
        message = f"連絡日{on(absence.told_on)}が前々営業日から当日までの間にありません"
        yield breach(missed, message, at="told_on", on=absence)


def _not_an_absence(missed: Missed) -> Iterator[Flaw]:
    absence = missed.absence
    day = on(absence.day) if absence.day else ""
    if missed.planned is not None and not missed.planned:
        yield breach(missed, f"{day}に利用の予定がありません", at="day", on=absence)
    if missed.used:
        yield breach(missed, f"{day}は日報では{missed.used}です。欠席の加算は付きません", at="day", on=absence)
