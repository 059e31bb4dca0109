"""Defects of plans, absences, other services, the calendar and the smaller sheets."""

from datetime import date, time, timedelta

from tests.defects.defect import TRAINING, Case, Place, defect


def _service(case: Case, start: object, end: object, **other: object) -> None:
    row = case.home()
    told = {
        "氏名": case.client,
        "日付": row["日付"],
        "種別": "居宅介護",
        "開始": start,
        "終了": end,
        "費用負担": "給付",
    }
    case.add("他サービス", told | other)


@defect(
    "S04:block",
    of=((time(10), time(11)), (time(9), time(16)), (time(13), time(1)), (time(22), time(10)), (time(15), time(15, 45))),
)
def other_service_overlaps(case: Case, told: tuple[time, time]) -> None:
    _service(case, *told)
    if told[0] > time(20):  # it reaches into the next morning
        case.place.day = None


@defect("S04:undecided")
def overlapping_service_paid_by_the_office(case: Case) -> None:
    _service(case, time(10), time(11), 費用負担="事業所")


@defect("S04", "P01", of=((time(10), None), (None, time(11)), (None, None)))
def other_service_without_hours(case: Case, told: tuple[object, object]) -> None:
    _service(case, *told)


@defect("S04:undecided", "P02", of=("松屋 健", "松尾 建"), clause="A-33")
def overlapping_service_under_a_misspelt_name(case: Case, typed: str) -> None:
    _service(case, time(10), time(11), 氏名=typed)


@defect("P02", "P01")
def overlapping_service_of_nobody(case: Case) -> None:
    _service(case, time(10), time(11), 氏名=None)


@defect("P01", of=("10.3", "午前"))
def other_service_with_hours_unreadable(case: Case, typed: str) -> None:
    _service(case, typed, time(11))


@defect("P02", clause="issue: rows outside the month")
def other_service_dated_a_year_early(case: Case) -> None:
    _service(case, time(10), time(11))
    row = case.book["他サービス"][-1]
    row["日付"] = row["日付"].replace(year=2025)


@defect("S02:addition")
def fifth_absence_claimed(case: Case) -> None:
    model = case.one("欠席時対応")
    days = [row["日付"] for row in case.book.of_client("日報", case.client) if row["提供区分"] == "在宅"][5:9]
    for day in days:
        row = next(one for one in case.book.of_client("日報", case.client) if one["日付"] == day)
        for heading in [key for key in row if key not in ("氏名", "日付", "曜日")]:
            row[heading] = None
        row["提供区分"] = "欠席"
        case.add("欠席時対応", model | {"欠席日": day, "連絡日": day, "次回予定日": day + timedelta(days=7)})
    case.of_client()


@defect("S02:undecided", "S02", of=("有", "○"))
def claim_without_a_day_of_absence(case: Case, typed: str) -> None:
    case.one("欠席時対応").update({"欠席日": None, "加算算定": typed})


@defect("S02:addition")
def absence_claimed_twice(case: Case) -> None:
    case.add("欠席時対応", dict(case.one("欠席時対応")))


@defect("S02:addition", of=(5, 8))
def absence_told_long_before(case: Case, days: int) -> None:
    row = case.one("欠席時対応")
    row["連絡日"] = row["欠席日"] - timedelta(days=days)


@defect("S02")
def absence_told_afterwards(case: Case) -> None:
    row = case.one("欠席時対応")
    row["連絡日"] = row["欠席日"] + timedelta(days=1)


@defect("S02", of=("連絡日", "連絡者", "受けた職員", "理由", "相談援助内容", "次回予定日"))
def claimed_absence_incomplete(case: Case, heading: str) -> None:
    case.one("欠席時対応")[heading] = None


@defect("S02")
def next_day_not_after_the_absence(case: Case) -> None:
    row = case.one("欠席時対応")
    row["次回予定日"] = row["欠席日"]


@defect("S02", "S03", "S14")
def claimed_absence_on_a_home_day(case: Case) -> None:
    day = case.home()["日付"]
    case.one("欠席時対応").update({"欠席日": day, "連絡日": day, "次回予定日": day + timedelta(days=7)})


@defect("S02", "S14")
def claimed_absence_on_a_day_not_planned(case: Case) -> None:
    case.one("欠席時対応").update(
        {"欠席日": date(2026, 1, 24), "連絡日": date(2026, 1, 23), "次回予定日": date(2026, 1, 26)}
    )


@defect("S14")
def absence_without_its_record(case: Case) -> None:
    case.remove("欠席時対応", case.one("欠席時対応"))


@defect("S14", "S02")
def record_of_an_absence_without_its_row(case: Case) -> None:
    row = next(one for one in case.book.of_client("日報", case.client) if one["提供区分"] == "欠席")
    case.remove("日報", row)


@defect("S02", "P01", of=("はい?", "申請中"))
def claim_unreadable(case: Case, typed: str) -> None:
    case.one("欠席時対応")["加算算定"] = typed


@defect("P02:undecided", clause="A-27")
def plan_of_one_client_missing(case: Case) -> None:
    rows = case.book.sheets["予定"].rows
    case.book.sheets["予定"].rows = [row for row in rows if row["氏名"] != case.client]
    case.of_client()


def _planned(case: Case, place: str, reason: str | None) -> None:
    day = case.home()["日付"]
    plan = next(row for row in case.book.of_client("予定", case.client) if row["日付"] == day)
    plan["予定区分"] = place
    case.home()["変更理由"] = None
    row = next(one for one in case.book.of_client("日報", case.client) if one["日付"] == day)
    case.at("日報", row)["変更理由"] = reason


@defect("A08:block", of=("通所", "休"))
def home_though_another_place_was_planned(case: Case, place: str) -> None:
    _planned(case, place, None)


@defect("A08:undecided", of=("体調が悪いため", "大雪のため", "本人の希望"))
def home_for_a_reason_of_the_day(case: Case, reason: str) -> None:
    _planned(case, "通所", reason)


@defect(
    "A09:block",
    of=(
        "職員不足のため", "人員不足のため", "人手不足", "事業所の都合により", "職員が足りないため", "事業所を休業するため",
        "送迎車が足りないため在宅に変更", "職員の休みが重なったため",
    ),
)  # fmt: skip
def home_for_the_convenience_of_the_office(case: Case, reason: str) -> None:
    _planned(case, "通所", reason)


@defect(
    "A09:undecided",
    "A09:block",
    of=("職員研修のため", "閉所", "送迎の都合", "休業日のため", "職員の休みが重なったため"),
)
def home_for_a_loose_word(case: Case, reason: str) -> None:
    _planned(case, "通所", reason)


@defect("A08")
def plan_missing_for_one_home_day(case: Case) -> None:
    day = case.home()["日付"]
    rows = case.book.sheets["予定"].rows
    case.book.sheets["予定"].rows = [row for row in rows if (row["氏名"], row["日付"]) != (case.client, day)]


@defect("C05")
def two_plans_for_one_day(case: Case) -> None:
    row = case.one("予定", 6)
    case.add("予定", row | {"予定区分": "通所"})


@defect("P01", of=("△", "未定"))
def plan_unreadable(case: Case, typed: str) -> None:
    case.one("予定", 6)["予定区分"] = typed


@defect("S11:fix")
def closed_on_a_day_of_use(case: Case) -> None:
    day = case.home()["日付"]
    place = case.place
    case.add("営業日", {"日付": day, "区分": "休業", "理由": "研修"})
    case.place = Place("日報", place.row, place.client, day)


@defect("P01", of=("たぶん休み", "?"))
def opening_unreadable(case: Case, typed: str) -> None:
    case.at("営業日", case.book["営業日"][0])["区分"] = typed


@defect("C01", of=("意思表示", "服薬管理", "指示内容の理解"), service=TRAINING)
def checklist_rates_low(case: Case, item: str) -> None:
    area = {"意思表示": "Ⅱ", "服薬管理": "Ⅰ", "指示内容の理解": "Ⅲ"}[item]
    case.add(
        "チェックリスト", {"氏名": case.client, "評価日": date(2025, 12, 1), "領域": area, "項目": item, "評価": 5}
    )


@defect("P01", "C01", of=(9, "よい"), service=TRAINING)
def checklist_rating_that_cannot_be(case: Case, typed: object) -> None:
    case.one("チェックリスト").update({"領域": "Ⅱ", "項目": "意思表示", "評価": typed})


@defect("C03", service=TRAINING)
def nothing_lent(case: Case) -> None:
    case.remove("貸与機器", case.one("貸与機器"))


@defect("C03", service=TRAINING)
def lent_thing_given_back(case: Case) -> None:
    case.one("貸与機器")["返却日"] = date(2025, 12, 20)
    case.of_client()
