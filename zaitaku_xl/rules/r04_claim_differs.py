"""R04 記録と請求データの食い違い — the claim file and the records do not tell the same days, times or remarks.

Asks      国保連へ出す請求データ（J611）の日・時刻・備考を、実績記録票（なければ日報）と合わせます。
Reading   受給者証番号で利用者を、日付で日を照合します。欠席時対応の行は利用の日に数えません。在宅の日の備考は「在宅支援」を含むかを
          見ます。請求データは --j611 で指定したときだけ見ます。
Limits    請求データを作ったり直したりはしません。
Passes    1月6日の在宅が請求データにもあり、備考に「在宅支援」とあります。
Fails     1月6日の在宅が請求データにありません。
"""

from collections.abc import Iterator, Sequence

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.model import ClaimLine, Month
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import clock, on
from zaitaku_xl.scopes import Day, Whole

_TOKEN = "在宅支援"  # the remark has no code of its own in the claim file


@rule(
    id="R04",
    title="記録と請求データの食い違い",
    over=Whole,
    clause="claim_agrees",
    remedy="記録と請求データのどちらが事実かを確かめ、違うほうを直してください。"
    "請求済みのときは、過誤申立てが必要か{town}に確かめてください。",
)
def claim_differs(wholes: Sequence[Whole], asked: bool) -> Iterator[Flaw]:
    for whole in wholes:
        if whole.claims is not None:
            yield from _claimed_otherwise(whole, whole.claims)


def _claimed_otherwise(whole: Whole, claims: Sequence[ClaimLine]) -> Iterator[Flaw]:
    used = {day.date: day for day in whole.days if day.place and day.place.is_use}
    if used and not claims:
        yield breach(whole, "請求データに、この利用者の行がありません。")
        return
    lines = {line.day: line for line in claims if line.day and not line.is_absence}
    months = {Month.of(day.date) for day in whole.days}
    for date_, day in sorted(used.items()):
        if date_ in lines:
            yield from _compared(whole, day, lines[date_])
        else:
            message = f"{on(date_)}の{day.place}が請求データにありません。"
            yield breach(whole, message, at="day", on=day.main, days=[date_])
    for date_ in sorted(lines):
        if date_ not in used and Month.of(date_) in months:
            yield breach(whole, f"{on(date_)}は請求データにありますが、日報に利用の記録がありません。", days=[])


def _compared(whole: Whole, day: Day, line: ClaimLine) -> Iterator[Flaw]:
    sheet_line = day.record_lines[0] if day.record_lines else None
    recorded = sheet_line or day.main
    for field, heading in (("start", "開始"), ("end", "終了")):
        ours = getattr(sheet_line, field) if sheet_line else day.begun_or_ended(field)
        theirs = getattr(line, field)
        if ours is not None and ours != theirs:
            says = clock(theirs) if theirs is not None else "空欄"
            message = f"{on(day.date)}の{heading}が、記録は{clock(ours)}、請求データは{says}です。"
            yield breach(whole, message, at=field, on=recorded, days=[day.date])
    claimed = _TOKEN in (line.remark or "")
    if claimed != day.at_home:
        says = "あります" if claimed else "ありません"
        message = f"{on(day.date)}は{day.place}ですが、請求データの備考に「{_TOKEN}」が{says}。"
        yield breach(whole, message, at="day", on=day.main, days=[day.date])
