"""Defects of contacts."""

from datetime import time

from tests.defects.defect import Case, defect

_PARTS = ("時刻", "方法", "種別", "内容", "職員")


def _blank(row: dict, number: int) -> None:
    row.update({f"連絡{number}{part}": None for part in _PARTS})


@defect("D01:block", of=(1, 2))
def contact_removed(case: Case, number: int) -> None:
    _blank(case.home(), number)


@defect("D01:block")
def both_contacts_removed(case: Case) -> None:
    row = case.home()
    _blank(row, 1)
    _blank(row, 2)


@defect("D01:undecided", "D02:fix", of=(1, 2))
def contact_without_time(case: Case, number: int) -> None:
    case.home()[f"連絡{number}時刻"] = None


@defect("D01:undecided", "D02:fix", of=(1, 2))
def contact_without_content(case: Case, number: int) -> None:
    case.home()[f"連絡{number}内容"] = None


@defect("D02:fix", of=(1, 2))
def contact_without_staff(case: Case, number: int) -> None:
    case.home()[f"連絡{number}職員"] = None


@defect(
    "D01:undecided",
    of=("応答なし", "不在", "連絡つかず", "特になし", "なし", "-", "同上", "不在のため応答なし"),
    clause="A-34",
)
def contact_that_says_nothing(case: Case, words: str) -> None:
    case.home()["連絡2内容"] = words


@defect("D01:block")
def one_contact_recorded_twice(case: Case) -> None:
    row = case.home()
    for part in _PARTS:
        row[f"連絡2{part}"] = row[f"連絡1{part}"]


@defect("D01:block", of=("事務連絡",))
def contact_of_another_kind(case: Case, kind: str) -> None:
    case.home()["連絡2種別"] = kind


@defect("D01", "D04")
def absence_contact_among_two(case: Case) -> None:
    case.home().update({"連絡1種別": "欠席連絡", "連絡1内容": "体調不良のため休むとのこと"})


@defect("D04:block")
def mere_absence_claimed_as_a_home_day(case: Case) -> None:
    row = case.home()
    _blank(row, 2)
    row |= {"連絡1種別": "欠席連絡", "連絡1内容": "本日体調不良で休みます", "訓練内容": None, "支援記録": None}


@defect("D01:undecided", "D02", clause="8.1 D02")
def absence_told_under_a_blank_kind(case: Case) -> None:
    case.home().update({"連絡2種別": None, "連絡2内容": "今日は頭痛がするので休みますとのこと"})


@defect("D06", of=(time(3, 20), time(20, 30)))
def contact_far_outside_the_hours(case: Case, at: time) -> None:
    case.home()["連絡2時刻"] = at


@defect("D06")
def contacts_ten_minutes_apart(case: Case) -> None:
    case.home().update({"連絡1時刻": time(9, 40), "連絡2時刻": time(9, 50)})


@defect("P01:undecided", of=("9.3", "25:10", "午後", "15:75", "９時頃"), clause="6.2")
def contact_time_unreadable(case: Case, typed: str) -> None:
    case.home()["連絡2時刻"] = typed


@defect("P01", of=("雑談", "その他いろいろ"))
def contact_kind_unknown(case: Case, typed: str) -> None:
    case.home()["連絡2種別"] = typed


@defect("P01", of=("のろし",))
def contact_method_unknown(case: Case, typed: str) -> None:
    case.home()["連絡2方法"] = typed


@defect("D01:undecided", of=("ログイン", "ログイン確認", "✓", "○"), clause="A-9, A-37")
def login_stamp_instead_of_a_contact(case: Case, typed: str) -> None:
    case.home().update({"連絡2内容": typed, "連絡2方法": "その他", "連絡2職員": None})


@defect("Q02:fix")
def contact_by_the_client_to_himself(case: Case) -> None:
    case.home()["連絡1職員"] = case.client


@defect("Q02")
def one_staff_with_two_clients_at_once(case: Case) -> None:
    row = case.home()
    for number in (1, 2):
        other = next(r for r in case.book.of_client("日報", case.other) if r["日付"] == row["日付"])
        row |= {f"連絡{number}職員": other[f"連絡{number}職員"], f"連絡{number}時刻": other[f"連絡{number}時刻"]}


@defect("D18")
def every_contact_by_mail(case: Case) -> None:
    for row in case.book.of_client("日報", case.client):
        if row["提供区分"] == "在宅":
            row |= {"連絡1方法": "メール", "連絡2方法": "メール"}
    case.of_client()


@defect("D16", "D07")
def contacts_in_the_same_words_all_month(case: Case) -> None:
    for row in case.book.of_client("日報", case.client):
        if row["提供区分"] == "在宅":
            row |= {"連絡1内容": "作業開始の確認", "連絡2内容": "作業終了の確認"}
    case.of_client()


@defect("D16", "D01")
def both_contacts_in_the_same_words(case: Case) -> None:
    row = case.home()
    row["連絡2内容"] = row["連絡1内容"]


@defect("D01:undecided", "D01:block", clause="6.3-2")
def bullets_of_which_one_has_no_time(case: Case) -> None:
    row = case.home()
    _blank(row, 2)
    row |= {"連絡1時刻": None, "連絡1内容": "・9:35　電話で体調を確かめた。\n・全体をとおして、落ち着いて取り組めた。"}


@defect("D01", "D02", clause="A-36")
def contact_time_typed_into_the_next_place(case: Case) -> None:
    row = case.home()
    row["連絡3時刻"], row["連絡2時刻"] = row["連絡2時刻"], None
