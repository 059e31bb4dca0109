"""Defects of the weekly and monthly evaluations."""

from datetime import date, timedelta

from tests.defects.defect import Case, defect


@defect("W01:block", of=(0, 1, 2))
def weekly_missing(case: Case, week: int) -> None:
    case.remove("週評価", case.one("週評価", week))


@defect("W01:block")
def weekly_dated_two_weeks_later(case: Case) -> None:
    row = case.one("週評価", 1)
    row |= {"実施日": row["実施日"] + timedelta(days=14), "対象開始": None, "対象終了": None}


@defect("P01", "W01", "P02", "W02")
def weekly_dated_a_year_early(case: Case) -> None:
    row = case.one("週評価", 2)
    row["実施日"] = row["実施日"].replace(year=2025)


@defect("W02", "P01", "W01", of=("実施日", "方法", "内容", "評価者"))
def weekly_incomplete(case: Case, heading: str) -> None:
    case.one("週評価", 2)[heading] = None


@defect("W03", "P01", of=("その他", "手紙"))
def weekly_by_a_method_not_allowed(case: Case, method: str) -> None:
    case.one("週評価", 2)["方法"] = method


@defect("W02", "W01:undecided", of=("なし", "特になし", "同上", "〃", "未実施"), clause="A-34")
def weekly_that_says_nothing(case: Case, words: str) -> None:
    case.one("週評価", 2)["内容"] = words


@defect("W04:fix")
def weekly_by_commute_on_a_home_day(case: Case) -> None:
    row = case.one("週評価", 2)
    row["実施日"] += timedelta(days=1)
    case.at("週評価", row)


@defect("W04:advise")
def weekly_by_a_visit_nobody_made(case: Case) -> None:
    row = case.one("週評価", 2)
    row |= {"方法": "訪問", "実施日": row["実施日"] + timedelta(days=1)}
    case.at("週評価", row)


@defect("W04")
def weekly_by_visit_on_a_day_at_the_office(case: Case) -> None:
    case.one("週評価", 2)["方法"] = "訪問"


@defect("W01:undecided", "P02:undecided", of=("松屋 健", "松尾 建", "松尾 健一"), clause="A-33")
def weekly_under_a_misspelt_name(case: Case, typed: str) -> None:
    row = case.one("週評価", 2)
    row["氏名"] = typed


@defect("W06")
def weekly_in_the_words_of_the_week_before(case: Case) -> None:
    words = case.one("週評価", 1)["内容"]
    case.one("週評価", 2)["内容"] = words


@defect("W06")
def weekly_confirmed_by_its_writer(case: Case) -> None:
    row = case.one("週評価", 2)
    row["確認者"] = row["評価者"]


@defect(clause="A-4")
def weekly_period_that_ends_before_it_begins(case: Case) -> None:
    row = case.one("週評価", 2)
    row["対象開始"], row["対象終了"] = row["対象終了"], row["対象開始"]


@defect("W01", "W02", clause="A-4")
def weekly_period_of_another_week(case: Case) -> None:
    row = case.one("週評価", 2)
    row |= {"対象開始": date(2026, 2, 2), "対象終了": date(2026, 2, 8)}


@defect("W01", clause="A-4")
def weekly_held_three_weeks_late(case: Case) -> None:
    row = case.one("週評価", 1)
    row |= {"実施日": row["対象終了"] + timedelta(days=20), "方法": "電話"}


@defect("P01", of=("1/32", "8.1.13"))
def weekly_date_unreadable(case: Case, typed: str) -> None:
    case.one("週評価", 2)["実施日"] = typed


@defect("M01:block")
def monthly_missing(case: Case) -> None:
    case.remove("月評価", case.one("月評価"))
    case.place.day = None


@defect("M02:block", of=("ICT", "電話", "ビデオ", "メール", "その他"))
def monthly_by_a_method_not_allowed(case: Case, method: str) -> None:
    case.one("月評価")["方法"] = method
    case.place.day = None


@defect("M02", "P01", of=("Zoom", "オンライン"))
def monthly_by_a_named_program(case: Case, method: str) -> None:
    case.one("月評価")["方法"] = method
    case.place.day = None


@defect("M01:block", of=(date(2026, 2, 3), date(2025, 1, 13), date(2026, 1, 18)))
def monthly_on_a_day_without_use(case: Case, day: date) -> None:
    case.one("月評価")["実施日"] = day
    case.place.day = None


@defect("M01")
def monthly_on_the_day_of_an_absence(case: Case) -> None:
    absent = case.book.of_client("欠席時対応", case.client)[0]["欠席日"]
    case.one("月評価")["実施日"] = absent
    case.place.day = None


@defect("M01", of=("2025-12", "2026-02"))
def monthly_for_another_month(case: Case, month: str) -> None:
    case.one("月評価")["対象年月"] = month
    case.place.day = None


@defect("W04:fix")
def monthly_by_commute_on_a_home_day(case: Case) -> None:
    row = case.one("月評価")
    row["実施日"] += timedelta(days=1)
    case.at("月評価", row)


@defect("W04")
def monthly_by_visit_at_home_on_a_day_at_the_office(case: Case) -> None:
    case.one("月評価").update({"方法": "訪問", "場所": "居宅"})


@defect("M03:fix", of=("居宅", "喫茶店", None))
def monthly_at_a_place_that_does_not_fit(case: Case, place: str | None) -> None:
    case.one("月評価")["場所"] = place


@defect("M04:fix", of=("訓練目標", "達成度", "評価者"))
def monthly_incomplete(case: Case, heading: str) -> None:
    case.one("月評価")[heading] = None


@defect(
    "M04",
    "M01:undecided",
    of=(("達成度", "なし"), ("訓練目標", "特になし"), ("達成度", "未実施"), ("達成度", "同上")),
    clause="A-34",
)
def monthly_that_says_nothing(case: Case, told: tuple[str, str]) -> None:
    case.one("月評価")[told[0]] = told[1]


@defect("M06")
def monthly_without_continuing(case: Case) -> None:
    case.one("月評価")["継続の妥当性"] = None


@defect("M01:block", "M01:undecided", of=("なし", "特になし", "-", "〃"), clause="A-34")
def waiver_without_a_reason(case: Case, words: str) -> None:
    row = case.one("月評価")
    row.update(dict.fromkeys((key for key in row if key not in ("氏名", "対象年月")), None))
    row["例外理由"] = words
    case.place.day = None


@defect("M01:undecided", "P02:undecided", of=("松屋 健", "松尾 建"), clause="A-33")
def monthly_under_a_misspelt_name(case: Case, typed: str) -> None:
    case.one("月評価")["氏名"] = typed
    case.place.client, case.place.day = "松尾 健", None


@defect("P01", "M01", of=("実施日",))
def monthly_without_a_day(case: Case, heading: str) -> None:
    case.one("月評価")[heading] = None
    case.place.day = None
