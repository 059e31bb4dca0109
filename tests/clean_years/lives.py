"""Kinds of variety in what happens to a client."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from random import Random

from tests.clean_years import words
from tests.clean_years.books import Book, Row
from tests.clean_years.kinds import of_client
from tests.clean_years.office import Client, EntryChange, Office, Year, contact, term
from tests.clean_years.opening import FIRST, LAST, MONTHS, days, month_end, weekday


def _month(office: Office) -> date:
    """Some month of the year that has whole weeks enough."""
    return office.rng.choice([date(year, month, 1) for year, month in MONTHS if month not in (1, 5, 8, 12)])


def _days_of(office: Office, first: date) -> list[date]:
    return [day for day in days(first, month_end(first.year, first.month)) if office.open_on(day)]


def _at_home(office: Office, client: Client, first: date) -> list[date]:
    return [day for day in _days_of(office, first) if weekday(day) in client.home]


def _each_month() -> Iterator[date]:
    for year, month in MONTHS:
        yield date(year, month, 1)


def _begins(office: Office, client: Client, day: date) -> None:
    client.first = day
    client.terms = [term(office, day)]
    client.decisions = [{"支給決定開始": day, "支給決定終了": day + timedelta(days=900)}]


@of_client
def new_client_mid_month(office: Office, client: Client) -> None:
    first = _month(office)
    _begins(office, client, next(day for day in _days_of(office, first) if day.day >= 10))


@of_client
def new_client_in_the_last_week(office: Office, client: Client) -> None:
    _begins(office, client, date(2026, 1, 29))
    client.places[date(2026, 1, 29)] = "通所"
    client.places[date(2026, 1, 30)] = "在宅"


@of_client
def leaving_client_mid_month(office: Office, client: Client) -> None:
    client.last = next(day for day in _days_of(office, _month(office)) if day.day >= 16)


@of_client
def leaving_client_on_the_fifth(office: Office, client: Client) -> None:
    client.last = date(2026, 6, 5)
    client.places[date(2026, 6, 4)] = "通所"


def _absent(office: Office, client: Client, first: date, count: int, **other: object) -> None:
    chosen = office.rng.sample(_at_home(office, client, first), count)
    client.absences += [{"欠席日": day, **other} for day in sorted(chosen)]


@of_client
def absences_with_addition(office: Office, client: Client) -> None:
    for first in _each_month():
        _absent(office, client, first, office.rng.choice((0, 1, 2, 4)), 加算算定="有")


@of_client
def absences_told_the_opening_day_before(office: Office, client: Client) -> None:
    for first in _each_month():
        _absent(office, client, first, 1, 加算算定="○", _opening_days_before=1)


@of_client
def absences_without_addition(office: Office, client: Client) -> None:
    for first in _each_month():
        _absent(office, client, first, office.rng.choice((0, 1, 3)), 加算算定=office.rng.choice((None, "無", "×")))


@of_client
def known_absence_not_claimed(office: Office, client: Client) -> None:
    """Told a week before and noted briefly: no addition, nothing asked."""
    for first in _each_month():
        _absent(office, client, first, 1, 加算算定=None, 理由="家族の法事", 相談援助内容=None, 次回予定日=None)
    for row in client.absences:
        row["連絡日"] = row["欠席日"] - timedelta(days=8)


@of_client
def long_stay_in_hospital(office: Office, client: Client) -> None:
    first = _month(office)
    for day in days(first.replace(day=6), first.replace(day=21)):
        client.places[day] = ""


@of_client
def a_month_without_any_use(office: Office, client: Client) -> None:
    first = _month(office)
    for day in days(first, month_end(first.year, first.month)):
        client.places[day] = ""


@of_client
def a_month_at_the_office_only(office: Office, client: Client) -> None:
    for day in _at_home(office, client, _month(office)):
        client.places[day] = "通所"


@of_client
def half_days_in_both_places(office: Office, client: Client) -> None:
    for first in _each_month():
        client.halves.add(office.rng.choice(_at_home(office, client, first)))


@of_client
def mornings_only(office: Office, client: Client) -> None:
    client.hours, client.rest, client.closing = (time(9, 30), time(12)), None, -30


@of_client
def afternoons_only(office: Office, client: Client) -> None:
    client.hours, client.rest, client.closing = (time(13), time(15, 30)), None, -30


@of_client
def short_days(office: Office, client: Client) -> None:
    client.hours, client.rest, client.closing = (time(10), time(11, 20)), None, 5


@of_client
def weeks_mixed_by_turns(office: Office, client: Client) -> None:
    for first in _each_month():
        for day in _at_home(office, client, first):
            if day.isocalendar().week % 2 and weekday(day) in "水金":
                client.places[day] = "通所"


@of_client
def one_day_at_home_a_week(office: Office, client: Client) -> None:
    client.home, client.commute = "金", "月火水木"


@of_client
def fully_at_home_with_visits(office: Office, client: Client) -> None:
    client.home, client.commute, client.weekly, client.monthly = "月火水木金", "", "電話", "訪問"
    if client.town == "岡崎市":  # whose text wants the monthly evaluation at the office
        client.town = "豊岡市"


@of_client
def two_days_a_week(office: Office, client: Client) -> None:
    client.home, client.commute = "月", "木"


@of_client
def pattern_changed_in_april(office: Office, client: Client) -> None:
    for day in days(date(2026, 4, 1), LAST):
        if office.open_on(day):
            client.places[day] = {"月": "在宅", "火": "通所", "水": "通所", "木": "在宅", "金": "在宅"}.get(
                weekday(day), ""
            )


@of_client
def weekly_by_telephone(office: Office, client: Client) -> None:
    client.weekly = "電話"


@of_client
def weekly_by_ict(office: Office, client: Client) -> None:
    client.weekly, client.weekly_word = "ICT", office.rng.choice(("ICT", "ビデオ", "チャット"))


@of_client
def weekly_by_visit(office: Office, client: Client) -> None:
    client.weekly = "訪問"


@of_client
def weekly_by_commute_on_the_day_itself(office: Office, client: Client) -> None:
    client.weekly = "通所"


@of_client
def weekly_on_the_next_opening_day(office: Office, client: Client) -> None:
    client.late_weekly = True


@of_client
def weekly_periods_cut_at_the_month(office: Office, client: Client) -> None:
    client.cut_weeks, client.weekly = True, "電話"


@of_client
def one_commute_for_week_and_month(office: Office, client: Client) -> None:
    client.weekly, client.monthly = "通所", "通所"
    client.home, client.commute = "月火木金", "水"


@of_client
def approval_renewed_mid_month(office: Office, client: Client) -> None:
    start = date(2025, office.rng.randint(2, 11), office.rng.randint(9, 20))
    client.terms = [term(office, start), term(office, start.replace(year=2026))]


@of_client
def approval_of_six_months(office: Office, client: Client) -> None:
    starts = (date(2025, 9, 1), date(2026, 3, 1), date(2026, 9, 1))
    client.terms = [term(office, start, 6) for start in starts]


@of_client
def decision_renewed_mid_month(office: Office, client: Client) -> None:
    change = date(2026, office.rng.randint(2, 10), 16)
    client.decisions = [
        {"支給決定開始": change.replace(year=2023), "支給決定終了": change - timedelta(days=1)},
        {"支給決定開始": change, "支給決定終了": change.replace(year=2029) - timedelta(days=1)},
    ]


@of_client
def decision_renewed_on_the_first(office: Office, client: Client) -> None:
    client.decisions = [
        {"支給決定開始": date(2023, 4, 1), "支給決定終了": date(2026, 3, 31)},
        {"支給決定開始": date(2026, 4, 1), "支給決定終了": date(2029, 3, 31)},
    ]


@of_client
def transition_until_the_next_renewal(office: Office, client: Client) -> None:
    renewal = date(2026, office.rng.randint(3, 11), 1)
    client.town = "長崎市"
    old = term(office, date(2025, 1, 1), 経過措置="有", 次回更新日=renewal)
    client.terms = [old, term(office, renewal)]


@of_client
def transition_without_a_renewal_day(office: Office, client: Client) -> None:
    client.town = "長崎市"
    client.terms = [term(office, date(2025, 1, 1), 経過措置="有"), term(office, date(2026, 8, 1))]


@of_client
def staff_visits_as_days_of_use(office: Office, client: Client) -> None:
    for first in _each_month():
        client.places[office.rng.choice(_at_home(office, client, first))] = "訪問"


@of_client
def helper_before_and_after(office: Office, client: Client) -> None:
    for first in _each_month():
        for day in office.rng.sample(_at_home(office, client, first), 4):
            client.services += [
                _service(day, "居宅介護", time(8, 30), client.hours[0]),
                _service(day, "居宅介護", client.hours[1], time(16, 30)),
            ]


def _service(day: date, kind: str, start: time, end: time) -> Row:
    return {"日付": day, "種別": kind, "開始": start, "終了": end, "費用負担": "給付"}


@of_client
def helper_in_the_break(office: Office, client: Client) -> None:
    for first in _each_month():
        day = office.rng.choice(_at_home(office, client, first))
        client.services.append(_service(day, "居宅介護", time(12), time(13)))


@of_client
def helper_at_night(office: Office, client: Client) -> None:
    for first in _each_month():
        for day in office.rng.sample(_at_home(office, client, first), 6):
            client.services.append(_service(day, "重度訪問介護", time(22), time(7)))


@of_client
def helper_on_other_days(office: Office, client: Client) -> None:
    for day in days(FIRST, LAST):
        if weekday(day) == "日":
            client.services.append(_service(day, "移動支援", time(10), time(12)))


@of_client
def nine_contacts(office: Office, client: Client) -> None:
    rng = Random(office.seed)

    def more(row: Row, day: date) -> None:
        if row["提供区分"] == "在宅":
            for n in range(7):
                at = time(10 + (20 + 35 * n) // 60, (20 + 35 * n) % 60)
                text = f"{rng.choice(words.ISSUES[:6])}ことを一緒に見直した（{n + 3}回目）"
                contact(row, at, rng.choice(("電話", "チャット")), "進捗確認", text, row["記録者"])

    client.changes.append(more)


def _methods(*by: str) -> EntryChange:
    def changed(row: Row, day: date) -> None:
        for number, method in enumerate(by, 1):
            if f"連絡{number}内容" in row:
                row[f"連絡{number}方法"] = method

    return changed


@of_client
def contacts_by_chat_and_mail(office: Office, client: Client) -> None:
    client.changes.append(_methods("チャット", "メール"))


@of_client
def contacts_by_video(office: Office, client: Client) -> None:
    client.changes.append(_methods("ビデオ", "電話"))


def _without_a_kind(row: Row, day: date) -> None:
    if row["提供区分"] == "在宅":
        row |= {"連絡1種別": None, "連絡2種別": None}


@of_client
def contacts_without_a_kind(office: Office, client: Client) -> None:
    def without_rest(row: Row, day: date) -> None:
        for n in (1, 2):
            if "休" in row.get(f"連絡{n}内容", ""):
                row[f"連絡{n}内容"] = f"進み具合を聞き、{day.day}番目の作業の直し方を助言した"

    client.changes += [without_rest, _without_a_kind]


@of_client
def contacts_without_a_kind_that_tell_to_rest(office: Office, client: Client) -> None:
    def rest(row: Row, day: date) -> None:
        if row["提供区分"] == "在宅" and day.day % 4 == 0:
            row["連絡2内容"] = f"仕上げた{day.day}件を聞き、ゆっくり休むよう伝えた"

    client.changes += [rest, _without_a_kind]


@of_client
def contacts_as_bullets_in_one_cell(office: Office, client: Client) -> None:
    def bullets(row: Row, day: date) -> None:
        if row["提供区分"] == "在宅":
            first, second = (f"{row[f'連絡{n}時刻']:%H:%M}　{row[f'連絡{n}内容']}" for n in (1, 2))
            row["連絡1内容"] = f"・{first}\n・{second}\n・全体をとおして、落ち着いて取り組めていた。"
            row["連絡1時刻"] = None
            for part in ("時刻", "方法", "種別", "内容", "職員"):
                row[f"連絡2{part}"] = None

    client.changes.append(bullets)


@of_client
def came_later_after_an_absence_call(office: Office, client: Client) -> None:
    chosen = {office.rng.choice(_at_home(office, client, first)) for first in _each_month()}

    def later(row: Row, day: date) -> None:
        if day in chosen and row["提供区分"] == "在宅":
            row |= {"開始": time(13), "終了": time(15, 30), "休憩開始": None, "休憩終了": None}
            row |= {"連絡1時刻": time(13, 5 + client.index), "連絡2時刻": time(15, 20 + client.index)}
            text = "頭痛のため午前は休むとのこと。午後から始める"
            contact(row, time(9, client.index), "電話", "欠席連絡", text, row["記録者"])

    client.changes.append(later)


@of_client
def nothing_special_in_condition(office: Office, client: Client) -> None:
    def nothing(row: Row, day: date) -> None:
        if "心身の状況" in row and day.day % 3:
            row["心身の状況"] = "特になし"

    client.changes.append(nothing)


@of_client
def work_outside_with_staff(office: Office, client: Client) -> None:
    for first in _each_month():
        for day in office.rng.sample(_at_home(office, client, first), 2):
            client.places[day] = "施設外就労"


@of_client
def support_outside(office: Office, client: Client) -> None:
    client.facts["施設外支援累計"] = 12
    for first in _each_month():
        client.places[office.rng.choice(_at_home(office, client, first))] = "施設外"

    def ticked(row: Row, day: date) -> None:
        if row["提供区分"] == "施設外":
            row["施設外支援"] = "○"

    client.changes.append(ticked)


@of_client
def more_days_by_a_notified_exception(office: Office, client: Client) -> None:
    client.facts |= {"特例開始": date(2026, 2, 1), "特例終了": date(2026, 4, 30), "特例日数": 65}
    for day in days(date(2026, 3, 1), date(2026, 3, 31)):
        if weekday(day) == "土":
            office.opened[day] = "土曜の開所"
            client.places[day] = "在宅"


@of_client
def at_home_on_a_holiday_that_is_open(office: Office, client: Client) -> None:
    for day in (date(2026, 2, 11), date(2026, 7, 20), date(2026, 11, 3)):
        office.opened[day] = "祝日の開所"
        client.places[day] = "在宅"


@of_client
def exception_with_the_towns_answer(office: Office, client: Client) -> None:
    year, month = office.rng.choice(MONTHS)
    client.waivers[year, month] = (
        "感染症の療養が続き訪問も通所もできず、市の障害福祉課に照会し、電話での評価でよいとの回答を得た"
    )


@of_client
def uses_another_office_too(office: Office, client: Client) -> None:
    client.home, client.commute = "月木", "火"
    client.facts["他事業所利用日数"] = 6


@of_client
def extended_standard_period(office: Office, client: Client) -> None:
    client.service, client.first = "就労移行支援", date(2024, 3, 1)
    client.facts |= {"標準利用期間満了日": date(2026, 2, 28), "延長満了日": date(2027, 2, 28)}


_NEAR = (
    "家族が入院したと聞き、無理のない量にした", "欠席した会議の議事録を読んでまとめた", "休みの日の過ごし方を話した",
    "休憩を取るよう伝えた", "体調不良はないとのこと", "通院は来週の予定とのこと", "入院していた友人の話を聞いた",
    "前日は欠席したが、今日は回復して予定どおり取り組んだ", "途中で休むことなく最後まで取り組んだ",
    "来週の水曜は通院のため休む予定と聞いた", "作業をしなかった部分はなく、全部を終えた",
)  # fmt: skip


@of_client
def words_that_only_sound_like_an_absence(office: Office, client: Client) -> None:
    rng = Random(office.seed)

    def near(row: Row, day: date) -> None:
        if row["提供区分"] == "在宅" and day.day % 4 == 1:
            row["支援記録"] += rng.choice(_NEAR)
            row["連絡2内容"] += f"。{rng.choice(_NEAR)}"

    client.changes.append(near)


@of_client
def questions_with_answers(office: Office, client: Client) -> None:
    def asked(row: Row, day: date) -> None:
        if row["提供区分"] == "在宅" and day.day % 5 == 0:
            row |= {"照会": "表の並べ替えのしかたが分からない", "照会対応": "画面を共有して手順を示した"}

    client.changes.append(asked)


_WHY_HE_CAME = (
    "本人の希望で通所し面談をした",
    "事業所の都合ではなく本人の通院のため、帰りに通所した",
    "納品物の受け渡しを本人が希望したため",
)


@of_client
def came_though_home_was_planned(office: Office, client: Client) -> None:
    for first in _each_month():
        day = office.rng.choice(_at_home(office, client, first))
        client.places[day], client.planned[day] = "通所", "在宅"

    def why(row: Row, day: date) -> None:
        if day in client.planned:
            row["変更理由"] = _WHY_HE_CAME[day.month % 3]

    client.changes.append(why)


@of_client
def visited_after_a_long_absence(office: Office, client: Client) -> None:
    first = _month(office)
    away = [day for day in _days_of(office, first) if 6 <= day.day <= 18]
    client.places |= dict.fromkeys(away[:-1], "") | {away[-1]: "訪問"}

    def billed(row: Row, day: date) -> None:
        if day == away[-1]:
            row |= {"訪問支援特別": "1時間", "訓練内容": "生活の立て直しの相談"}

    client.changes.append(billed)


@of_client
def work_told_in_detail(office: Office, client: Client) -> None:
    def detail(row: Row, day: date) -> None:
        if "訓練内容" in row:
            row["訓練内容"] += office.rng.choice(
                ("（顧客の台帳）", "（会報の原稿）", "、片付け", " 2時間", "（先週の続き）")
            )

    client.changes.append(detail)


@of_client
def the_residence_called_jitaku(office: Office, client: Client) -> None:
    """自宅 is what most people call 居宅."""

    def own_home(row: Row, day: date) -> None:
        if row["提供区分"] == "在宅":
            row["在宅場所"] = "自宅"

    client.changes.append(own_home)


@of_client
def moved_here_from_another_office(office: Office, client: Client) -> None:
    """The register keeps the term of the office before."""
    before = term(office, date(2025, 4, 1), 承認事業所="さくらワークス", 受給者証印字="在宅利用／（さくらワークス）")
    client.first = date(2026, 4, 1)
    client.terms = [before, term(office, date(2026, 4, 1))]


@of_client
def never_at_home(office: Office, client: Client) -> None:
    """Most clients of an office come every day: no approval, no evaluation is asked of them."""
    client.home, client.commute, client.terms = "", "月火水木金", []


@of_client
def approved_but_not_yet_at_home(office: Office, client: Client) -> None:
    client.home, client.commute = "", "月火水木"


@of_client
def left_long_ago(office: Office, client: Client) -> None:
    client.last = date(2025, 10, 31)
    client.terms = [term(office, date(2024, 11, 1))]
    client.decisions = [{"支給決定開始": date(2022, 11, 1), "支給決定終了": date(2025, 10, 31)}]


@of_client
def approval_replaced_before_it_ends(office: Office, client: Client) -> None:
    client.terms = [term(office, date(2025, 5, 1)), term(office, date(2026, 2, 16))]


@of_client
def told_two_opening_days_before(office: Office, client: Client) -> None:
    for first in _each_month():
        _absent(office, client, first, 1, 加算算定="有", _opening_days_before=2)


@of_client
def five_absences_of_which_four_are_claimed(office: Office, client: Client) -> None:
    first = date(2026, 10, 1)
    _absent(office, client, first, 5, 加算算定="有")
    client.absences[-1]["加算算定"] = None


@of_client
def service_changed_in_july(office: Office, client: Client) -> None:
    client.decisions = [
        {"サービス種別": "就労継続支援A型", "支給決定開始": date(2024, 7, 1), "支給決定終了": date(2026, 6, 30)},
        {"サービス種別": "就労継続支援B型", "支給決定開始": date(2026, 7, 1), "支給決定終了": date(2029, 6, 30)},
    ]
    client.terms = [term(office, date(2025, 7, 1)), term(office, date(2026, 7, 1))]


@of_client
def contact_just_before_the_start(office: Office, client: Client) -> None:
    def early(row: Row, day: date) -> None:
        if row["提供区分"] == "在宅":
            row["連絡1時刻"] = time(9, 10 + client.index)

    client.changes.append(early)


@of_client
def visited_by_staff_and_telephoned(office: Office, client: Client) -> None:
    def visited(row: Row, day: date) -> None:
        if row["提供区分"] == "在宅" and weekday(day) == client.home[0]:
            row |= {"連絡1方法": "訪問", "連絡1種別": "訪問", "連絡1時刻": time(10, client.index)}

    client.changes.append(visited)


@of_client
def achievement_as_a_number(office: Office, client: Client) -> None:
    """In percent or a grade, as forms with a box ask for it."""

    def graded(book: Book, year: Year, first: date) -> None:
        for sheet in ("週評価", "月評価"):
            for number, row in enumerate(book.of_client(sheet, client.name)):
                row["達成度"] = (80, "B", "70％", 4)[(number + first.month) % 4]

    office.changes.append(graded)
