"""Defects of 設定, 利用者台帳 and 在宅承認."""

from datetime import date, timedelta
from typing import Any

from tests.defects.defect import TRAINING, Case, defect


@defect("A01:block")
def approval_missing(case: Case) -> None:
    case.remove("在宅承認", case.one("在宅承認"))


@defect("A01:block", of=(date(2026, 1, 15), date(2026, 10, 1), date(2027, 10, 1)))
def approval_starts_later(case: Case, day: date) -> None:
    case.one("在宅承認")["承認開始"] = day


@defect("A01:block", of=(date(2026, 1, 15), date(2025, 12, 31)))
def approval_ends_earlier(case: Case, day: date) -> None:
    case.one("在宅承認")["承認終了"] = day


@defect()
def approval_with_start_and_end_swapped(case: Case) -> None:
    row = case.one("在宅承認")
    row["承認開始"], row["承認終了"] = row["承認終了"], row["承認開始"]


@defect("A01:undecided", "P01", of=("8.10.1", "2026/2/30", "未定"))
def approval_date_unreadable(case: Case, typed: str) -> None:
    case.one("在宅承認")["承認開始"] = typed


@defect("A01", "P02", of=("承認開始", "承認終了"))
def approval_date_blank(case: Case, heading: str) -> None:
    case.one("在宅承認")[heading] = None


@defect("A02:block")
def approval_for_another_office(case: Case) -> None:
    case.one("在宅承認")["承認事業所"] = "さくらワークス"


@defect("A02:undecided", of=("第二ひかり作業所", "ひかり作業所南", "ひかる作業所", "ひかり作業処"))
def approval_for_an_office_of_nearly_that_name(case: Case, typed: str) -> None:
    case.one("在宅承認")["承認事業所"] = typed


@defect("A02", "P02")
def approval_without_an_office(case: Case) -> None:
    case.one("在宅承認")["承認事業所"] = None


@defect("A03:fix", of=("同意署名日", "計画記載日"))
def paper_later_than_the_first_home_day(case: Case, heading: str) -> None:
    case.one("在宅承認")[heading] = date(2026, 2, 20)


@defect("A03", of=("同意署名日", "計画記載日"))
def paper_without_a_date(case: Case, heading: str) -> None:
    case.one("在宅承認")[heading] = None


@defect(clause="A-32")
def decision_later_than_home_days(case: Case) -> None:
    case.one("在宅承認")["決定日"] = date(2026, 1, 25)


@defect("A04")
def renewal_not_prepared(case: Case) -> None:
    case.one("在宅承認").update({"承認終了": date(2026, 2, 28), "更新書類提出日": None})


@defect(clause="A-11")
def transition_that_cannot_be(case: Case) -> None:
    case.one("在宅承認")["経過措置"] = "有"


@defect("A01:undecided", "P02:undecided", of=("松屋 健", "松尾 建"), clause="A-33")
def approval_under_a_misspelt_name(case: Case, typed: str) -> None:
    case.one("在宅承認")["氏名"] = typed
    case.place.client, case.place.day = "松尾 健", None


@defect("A11")
def assessment_without_a_date(case: Case) -> None:
    case.one("在宅承認")["アセスメント日"] = None


@defect("A10", of=("アセスメント日", "申出書日"))
def papers_out_of_order(case: Case, heading: str) -> None:
    row = case.one("在宅承認")
    row[heading] = row["決定日"] + timedelta(days=3)


@defect("A12", of=(None, "在宅利用／（さくらワークス）", "有"))
def stamp_missing_or_of_another(case: Case, typed: str | None) -> None:
    case.one("在宅承認")["受給者証印字"] = typed


@defect("C05", of=(date(2036, 9, 30), date(2062, 9, 30)))
def approval_of_many_years(case: Case, day: date) -> None:
    case.one("在宅承認")["承認終了"] = day


@defect("D08", "P02")
def plan_without_a_menu(case: Case) -> None:
    case.one("在宅承認")["計画メニュー"] = None


@defect("A05:block", of=(61, 75))
def too_far_to_come_in_time(case: Case, minutes: int) -> None:
    case.one("利用者台帳")["到達所要分"] = minutes


@defect("A05", "P02")
def minutes_left_blank(case: Case) -> None:
    case.one("利用者台帳")["到達所要分"] = None


@defect("C05", "A05", of=(0, 1000))
def minutes_that_cannot_be_meant(case: Case, minutes: int) -> None:
    case.one("利用者台帳")["到達所要分"] = minutes


@defect(
    "S13:block",
    of=(("支給決定終了", date(2026, 1, 20)), ("支給決定開始", date(2026, 1, 12)), ("支給決定終了", date(2024, 9, 30))),
)
def decision_that_does_not_cover_the_month(case: Case, told: tuple[str, date]) -> None:
    case.one("利用者台帳")[told[0]] = told[1]


@defect("S13", "P02", of=("支給決定開始", "支給決定終了"))
def decision_without_a_date(case: Case, heading: str) -> None:
    case.one("利用者台帳")[heading] = None


@defect("S13", of=(("利用開始日", date(2026, 1, 20)), ("利用終了日", date(2026, 1, 20))))
def contract_that_does_not_cover_the_month(case: Case, told: tuple[str, date]) -> None:
    case.one("利用者台帳")[told[0]] = told[1]


@defect("R05:fix", of=("420070112", "42007011234", 420070112, "42OO701123"))
def certificate_number_of_other_length(case: Case, typed: object) -> None:
    case.one("利用者台帳")["受給者証番号"] = typed


@defect("R05")
def certificate_number_blank(case: Case) -> None:
    case.one("利用者台帳")["受給者証番号"] = None


@defect(clause="imagination")
def two_clients_with_one_number(case: Case) -> None:
    other = case.book.of_client("利用者台帳", case.other)[0]["受給者証番号"]
    case.one("利用者台帳")["受給者証番号"] = other


@defect("P02:undecided", of=("長埼市", "長崎", "長畸市"), clause="CONTRACT 3")
def town_one_character_off(case: Case, typed: str) -> None:
    case.one("利用者台帳")["支給決定市町村"] = typed


@defect("P02", of=(None, "架空市", "さいはて町"))
def town_unknown_or_blank(case: Case, typed: str | None) -> None:
    case.one("利用者台帳")["支給決定市町村"] = typed
    case.place.client = None


@defect("P02:undecided", clause="A-31")
def service_unknown(case: Case) -> None:
    case.book["設定"].remove(case.book.setting("サービス種別"))
    case.one("利用者台帳")["サービス種別"] = None


@defect("S10:block", "P02")
def standard_period_over(case: Case) -> None:
    case.one("利用者台帳").update({"サービス種別": "就労移行支援", "標準利用期間満了日": date(2026, 1, 14)})


@defect("S10", "P02", "P01")
def standard_period_unknown(case: Case) -> None:
    case.one("利用者台帳").update({"サービス種別": "就労移行支援", "標準利用期間満了日": None, "延長満了日": None})


@defect("C02", service=TRAINING)
def older_than_sixty_five(case: Case) -> None:
    case.one("利用者台帳")["生年月日"] = date(1955, 3, 3)


@defect("P02", "A01")
def client_missing_from_the_register(case: Case) -> None:
    case.remove("利用者台帳", case.one("利用者台帳"))
    case.place.client = "松尾 健"


@defect("P02:undecided", "P02", of=("契約が二重",))
def client_twice_in_the_register(case: Case, _: str) -> None:
    case.add("利用者台帳", case.one("利用者台帳") | {"到達所要分": 70})


@defect("S01:undecided", of=(10, "10日", "5日/月"))
def allowance_smaller_than_the_use(case: Case, typed: object) -> None:
    case.one("利用者台帳")["支給量"] = typed


@defect("P01", of=("多め", "要相談"))
def allowance_unreadable(case: Case, typed: str) -> None:
    case.one("利用者台帳")["支給量"] = typed


@defect("S01", "C05")
def days_at_another_office_exceed(case: Case) -> None:
    case.one("利用者台帳")["他事業所利用日数"] = 15


def _setting(case: Case, told: tuple[str, Any]) -> None:
    case.setting(*told)


@defect("A06:fix", of=(None, date(2026, 1, 20)))
def rules_of_the_office_without_home_use(case: Case, value: object) -> None:
    case.setting("運営規程の在宅記載日", value)
    case.anywhere()


@defect("A07:undecided", of=(None, date(2026, 1, 20)))
def no_procedure_for_emergencies(case: Case, value: object) -> None:
    case.setting("緊急時対応手順の整備日", value)
    case.anywhere()


@defect("C04", of=("苦情受付窓口", "第三者評価日"), service=TRAINING)
def no_complaint_contact(case: Case, item: str) -> None:
    case.setting(item, None)
    case.anywhere()


@defect("R05:fix", of=("421000001", "42100000011"))
def office_number_of_other_length(case: Case, value: object) -> None:
    case.setting("事業所番号", value)


@defect(
    "P01",
    of=(
        ("営業曜日", "平日たぶん"),
        ("週の始まり", "水"),
        ("サービス種別", "B型など"),
        ("対象年月", "今月"),
        ("対象年月", "2026-13"),
    ),
)
def setting_unreadable(case: Case, told: tuple[str, str]) -> None:
    _setting(case, told)


@defect("P02", "empty", of=("2026-02", "2025-01", "2025-12"), clause="issue: nothing judged")
def month_judged_is_another(case: Case, month: str) -> None:
    case.setting("対象年月", month)
    case.anywhere()


@defect(of=("営業日曜", "A-99", "事業所名称"))
def setting_of_an_unknown_name(case: Case, item: str) -> None:
    case.add("設定", {"項目": item, "値": "月火水木金"})


@defect("A02", "P02")
def office_without_a_name(case: Case) -> None:
    case.setting("事業所名", None)
    case.anywhere()
