"""Defects of the rows of 日報."""

from datetime import date, time, timedelta

from tests.clean_years.books import Formula
from tests.defects.defect import TRAINING, Case, Place, defect


@defect("P02:undecided", clause="issue: rows outside the month")
def date_typed_a_year_early(case: Case) -> None:
    row = case.home()
    row["日付"] = row["日付"].replace(year=2025)


@defect("P02", "R06", of=(2, 11, 12))
def date_typed_in_another_month(case: Case, month: int) -> None:
    row = case.home()
    row["日付"] = date(2026, month, 9)


@defect("P01", of=("1/32", "8.1.5", "26/1/5", "2026/13/5", "来週", "#N/A"), clause="6.1")
def date_unreadable(case: Case, typed: str) -> None:
    case.home()["日付"] = Formula("=NA()", typed) if typed.startswith("#") else typed


@defect("R06")
def day_recorded_twice(case: Case) -> None:
    row = case.home()
    case.add("日報", row | {"訓練内容": "封入", "支援記録": "別の用紙に書いた控えを写した"})


@defect("R06", of=("日", "火"))
def weekday_wrong(case: Case, typed: str) -> None:
    row = case.home()
    row["曜日"] = typed if row["曜日"] != typed else "土"


@defect("R06")
def weekdays_of_the_month_before(case: Case) -> None:
    for row in case.book["日報"]:
        row["曜日"] = "月火水木金土日"[(row["日付"] - timedelta(days=31)).weekday()]
    case.anywhere()


@defect("D03:block", of=("訓練内容", "支援記録"))
def log_left_blank(case: Case, heading: str) -> None:
    case.home()[heading] = None


@defect(
    "D03:undecided",
    "D15",
    of=(
        ("訓練内容", "未実施"), ("訓練内容", "なし"), ("訓練内容", "体調不良のため未実施"), ("支援記録", "特になし"), ("支援記録", "同上"),
        ("支援記録", "〃"), ("支援記録", "-"), ("訓練内容", "－"),
    ),
    clause="A-34",
)  # fmt: skip
def log_that_says_nothing(case: Case, told: tuple[str, str]) -> None:
    case.home()[told[0]] = told[1]


@defect(
    "D15",
    of=(
        "本日は入院中", "前夜に入院したため病院にいる", "終日寝ていて作業はできなかった", "本日は休み", "体調不良で何もできず、欠席扱い",
        "作業は行わなかった",
    ),
)  # fmt: skip
def words_of_the_day_deny_it(case: Case, words: str) -> None:
    case.home()["支援記録"] = words


@defect("D07")
def support_copied_from_an_earlier_day(case: Case) -> None:
    first = case.home(2)
    case.home(7)["支援記録"] = first["支援記録"]


@defect("D07")
def support_copied_from_another_client(case: Case) -> None:
    row = case.home()
    row["支援記録"] = next(one["支援記録"] for one in case.book.of_client("日報", case.other) if one.get("支援記録"))


@defect("D07", "D16")
def support_the_same_all_month(case: Case) -> None:
    for row in case.book.of_client("日報", case.client):
        if row["提供区分"] == "在宅":
            row["支援記録"] = "集中して作業に取り組んだ。"
    case.of_client()


@defect("D16")
def support_the_same_as_the_training(case: Case) -> None:
    row = case.home()
    row["支援記録"] = row["訓練内容"]


@defect("D05:fix", of=(("開始", time(16, 30)), ("終了", time(9)), ("終了", time(3, 30)), ("開始", time(21, 30))))
def end_before_start(case: Case, told: tuple[str, time]) -> None:
    case.home()[told[0]] = told[1]


@defect("D05:fix", of=("開始", "終了"))
def hours_left_blank(case: Case, heading: str) -> None:
    case.home()[heading] = None


@defect("P01", of=("9.3", "9.30", "13.5", "朝", "9:3O"), clause="6.2")
def hours_unreadable(case: Case, typed: str) -> None:
    case.home()["開始"] = typed


@defect("D05", "P01", of=("#REF!", "#VALUE!"), clause="8.1 P01")
def error_in_a_cell(case: Case, error: str) -> None:
    case.home()["終了"] = Formula("=NA()", error)


@defect(of=((time(9, 30), time(15, 30)), (time(13), time(12)), (time(7), time(8)), (time(12), None)), clause="8.1 S04")
def break_that_cannot_be_meant(case: Case, told: tuple[time, time]) -> None:
    case.home().update({"休憩開始": told[0], "休憩終了": told[1]})


@defect("D09")
def condition_left_blank(case: Case) -> None:
    case.home()["心身の状況"] = None


@defect("D10", of=("開始確認方法", "終了確認方法"), service=TRAINING)
def confirmation_left_blank(case: Case, heading: str) -> None:
    case.home()[heading] = None


@defect("D08")
def training_that_is_not_in_the_plan(case: Case) -> None:
    case.home()["訓練内容"] = "調理実習"


@defect("D11")
def recorder_left_blank(case: Case) -> None:
    case.home()["記録者"] = None


@defect("D12")
def confirmation_of_the_client_left_blank(case: Case) -> None:
    case.home()["利用者確認"] = None


@defect("D13", of=("実家", "病院", "短期入所先", "喫茶店"), clause="A-17")
def place_that_is_no_residence(case: Case, where: str) -> None:
    case.home()["在宅場所"] = where


@defect("D14", of=((time(9, 30), time(10)), (time(6), time(15, 30)), (time(9, 30), time(21))))
def hours_that_are_implausible(case: Case, told: tuple[time, time]) -> None:
    row = case.home()
    row |= {"開始": told[0], "終了": told[1], "休憩開始": None, "休憩終了": None}
    row |= {"連絡1時刻": told[0], "連絡2時刻": told[1]}


@defect("R01:fix", of=(None, "在宅", "在宅 支援あり", "在宅支緩"))
def remark_missing(case: Case, typed: str | None) -> None:
    case.home()["備考"] = typed


@defect("R02:fix")
def remark_on_a_day_at_the_office(case: Case) -> None:
    case.there()["備考"] = "在宅支援"


@defect("S05", "S06", "S12", of=("食事", "送迎往", "送迎復", "医療連携", "通勤訓練", "体験利用", "緊急時受入"))
def addition_on_a_home_day(case: Case, heading: str) -> None:
    case.home()[heading] = "○"


@defect("S08:fix")
def support_outside_on_a_home_day(case: Case) -> None:
    case.home()["施設外支援"] = "○"


@defect("S07:addition")
def visit_addition_on_a_home_day(case: Case) -> None:
    case.home()["訪問支援特別"] = "1時間"


@defect("P01", "P02", of=(None, "△", "?", "在宅か通所", "自"))
def place_blank_or_unknown(case: Case, typed: str | None) -> None:
    case.home()["提供区分"] = typed


@defect("P01", "P02", of=("氏名", "日付"))
def row_without_name_or_date(case: Case, heading: str) -> None:
    row = case.home()
    row[heading] = None
    case.place.client = None


@defect("P02:undecided", "A01:undecided", of=("松屋 健", "松尾 建", "松尾 健一", "末尾 健"), clause="A-33")
def name_misspelt_on_one_day(case: Case, typed: str) -> None:
    case.home()["氏名"] = typed


@defect("P02", "A01")
def row_of_somebody_unknown(case: Case) -> None:
    case.home()["氏名"] = "大空 翼"


@defect("S03:fix")
def absence_with_hours(case: Case) -> None:
    row = next(one for one in case.book.of_client("日報", case.client) if one["提供区分"] == "欠席")
    case.at("日報", row).update({"開始": time(9, 30), "終了": time(15, 30)})


@defect("S11:fix", of=(date(2026, 1, 12), date(2026, 1, 18)))
def home_on_a_closed_day(case: Case, day: date) -> None:
    row = case.home() | {"日付": day, "曜日": "月火水木金土日"[day.weekday()]}
    row |= {"支援記録": "休みの日にも進めたいとの希望で行い、仕上がりを一緒に見た"}
    case.add("日報", row)


@defect("S01:undecided")
def more_days_than_allowed(case: Case) -> None:
    row = case.home()
    for day in (3, 4, 10, 11, 12, 17, 18):
        case.add("日報", row | {"日付": date(2026, 1, day), "曜日": None, "支援記録": f"{day}日の分を進めた"})


@defect("Q01", clause="エ")
def question_without_answer(case: Case) -> None:
    case.home()["照会"] = "表の並べ替えのしかたが分からない"


@defect("D17")
def planned_day_without_a_row(case: Case) -> None:
    case.remove("日報", case.home())


@defect("D05", "P01", "P02")
def row_with_nothing_but_the_place(case: Case) -> None:
    row = case.home()
    for heading in list(row):
        if heading not in ("氏名", "日付", "曜日", "提供区分"):
            row[heading] = None


@defect("A08")
def commute_recorded_as_home_day(case: Case) -> None:
    row = case.there(2)
    home = case.home()
    row |= {key: home[key] for key in home if key.startswith("連絡")} | {"提供区分": "在宅", "備考": "在宅支援"}
    case.at("日報", row)


@defect("W04:fix", "M01")
def day_of_the_reviews_recorded_as_absence(case: Case) -> None:
    done = case.book.of_client("月評価", case.client)[0]["実施日"]
    row = next(one for one in case.book.of_client("日報", case.client) if one["日付"] == done)
    for heading in list(row):
        if heading not in ("氏名", "日付", "曜日", "提供区分"):
            row[heading] = None
    case.at("日報", row)["提供区分"] = "欠席"


@defect(clause="issue: no non-blank row unaccounted for")
def words_beside_the_table(case: Case) -> None:
    row = case.home()
    case.book.sheets["日報"].headings.append("")
    row[""] = "この日は在宅ではなく病院"
    case.place = Place("日報", case.place.row, case.client, case.place.day)


@defect("P01", "P02", "D05", of=("9:30～15:30", "930-1530"), clause="6.2")
def range_typed_into_the_start(case: Case, typed: str) -> None:
    case.home().update({"開始": typed, "終了": None})
