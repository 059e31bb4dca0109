"""An office and its clients over a year, and the workbook it would have kept of each month.

Whatever a kind of variety (kinds.py) does not change is plain: five clients at most weekdays at home, an approval
and a decision that run, two contacts a day, an evaluation a week and one a month, absences told and recorded.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from tests.clean_years import words
from tests.clean_years.books import Book, Row
from tests.clean_years.opening import (
    FIRST,
    HOLIDAYS,
    LAST,
    SUMMER,
    TURN_OF_THE_YEAR,
    days,
    monday,
    month_end,
    months_on,
    weekday,
)  # fmt: skip
from tests.clean_years.words import Writer

AROUND = date(2025, 11, 24), date(2026, 12, 6)  # whole weeks around the year
USE = ("在宅", "通所", "訪問", "施設外", "施設外就労")
OFFICE = "ひかり作業所"
SERVICES = ("就労継続支援B型", "就労継続支援A型", "就労移行支援")

EntryChange = Callable[[Row, date], None]
BookChange = Callable[[Book, "Year", date], None]


@dataclass
class Client:
    """One client's year: the weekdays at home and at the office, and what departs from them."""

    name: str
    kana: str
    number: str
    born: date
    town: str
    service: str
    index: int  # among the clients: contacts of two are never at the same minute
    home: str = "月水木金"
    commute: str = "火"
    first: date = date(2024, 10, 1)
    last: date | None = None
    places: dict[date, str] = field(default_factory=dict)  # instead of the weekdays; "" for a day without use
    planned: dict[date, str] = field(default_factory=dict)  # where the plan was another than what was done
    weekly: str = "通所"
    late_weekly: bool = False
    monthly: str = "通所"
    both_at_once: bool = False
    hours: tuple[time, time] = (time(9, 30), time(15, 30))
    rest: tuple[time, time] | None = (time(12), time(13))
    closing: int = -69  # minutes from the end to the second contact
    halves: set[date] = field(default_factory=set)  # days at home in the morning, at the office in the afternoon
    cut_weeks: bool = False  # periods of the weekly evaluation end with the month
    weekly_word: str | None = None  # the method, as it is typed
    changes: list[EntryChange] = field(default_factory=list)
    terms: list[Row] = field(default_factory=list)
    decisions: list[Row] = field(default_factory=list)
    facts: Row = field(default_factory=dict)  # of 利用者台帳, beside the plain ones
    services: list[Row] = field(default_factory=list)
    absences: list[Row] = field(default_factory=list)
    waivers: dict[tuple[int, int], str] = field(default_factory=dict)  # months without evaluation, and why
    kinds: list[str] = field(default_factory=list)

    def used_by(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass
class Office:
    """One office's year. ``changes`` are made to each month's workbook at the end."""

    seed: int
    rng: Random
    town: str
    service: str
    clients: list[Client] = field(default_factory=list)
    name: str = OFFICE
    number: str = "4210000001"
    open_weekdays: str = "月火水木金"
    closed: dict[date, str] = field(default_factory=lambda: {**HOLIDAYS, **TURN_OF_THE_YEAR, **SUMMER})
    opened: dict[date, str] = field(default_factory=dict)  # days of use beside the usual ones
    changes: list[BookChange] = field(default_factory=list)
    settings: Row = field(default_factory=dict)
    kinds: list[str] = field(default_factory=list)

    def open_on(self, day: date) -> bool:
        return day in self.opened or (weekday(day) in self.open_weekdays and day not in self.closed)

    def next_open(self, day: date) -> date:
        day += timedelta(days=1)
        while not self.open_on(day):
            day += timedelta(days=1)
        return day

    def last_open(self, day: date) -> date:
        day -= timedelta(days=1)
        while not self.open_on(day):
            day -= timedelta(days=1)
        return day


def new_client(office: Office, index: int) -> Client:
    rng = office.rng
    taken = {client.name for client in office.clients}
    families = {name.split()[0] for name in taken}
    family = rng.choice([one for one in words.FAMILY if one not in families])
    client = Client(
        name=f"{family} {rng.choice(words.GIVEN)}",
        kana="ヤマダ ハナコ",
        number=f"42{office.seed % 1000:03}{index:02}{rng.randrange(1000):03}",
        born=date(rng.randint(1968, 2003), rng.randint(1, 12), rng.randint(1, 28)),
        town=office.town,
        service=office.service,
        index=index,
    )
    client.home, client.commute = rng.choice(
        (("月水木金", "火"), ("月火木金", "水"), ("火水金", "木"), ("月火水", "金"))
    )
    client.weekly = rng.choice(("通所", "通所", "電話"))
    start = rng.choice((date(2025, 5, 1), date(2025, 7, 1), date(2025, 10, 1), date(2025, 4, 1)))
    client.terms = [term(office, start), term(office, months_on(start, 12))]
    client.decisions = [{"支給決定開始": date(2024, 10, 1), "支給決定終了": date(2027, 9, 30)}]
    return client


def term(office: Office, start: date, months: int = 12, **other: Any) -> Row:
    """One term of approval, with papers in the order in which they are made."""
    return {
        "承認事業所": office.name,
        "承認開始": start,
        "承認終了": months_on(start, months) - timedelta(days=1),
        "決定日": start - timedelta(days=8),
        "受給者証印字": f"在宅利用／（{office.name}）",
        "アセスメント日": start - timedelta(days=40),
        "申出書日": start - timedelta(days=28),
        "同意署名日": start - timedelta(days=25),
        "計画記載日": start - timedelta(days=30),
        "計画メニュー": "、".join(words.MENU),
        **other,
    }


@dataclass
class Year:
    """What was recorded over the year, by sheet; each row under ``_day`` tells the day it belongs to."""

    office: Office
    rows: dict[str, list[Row]]
    home_days: dict[tuple[str, int, int], int]


def year_of(office: Office) -> Year:
    """Write down everything that happened."""
    writer = Writer(office.rng)
    rows: dict[str, list[Row]] = {name: [] for name in ("予定", "日報", "週評価", "月評価", "欠席時対応", "他サービス")}
    counted: dict[tuple[str, int, int], int] = {}
    for client in office.clients:
        entries = [_entry(office, client, writer, *told) for told in _lived(office, client)]
        for row in entries:
            for change in client.changes:
                change(row, row["_day"])
        _visits_told(client, entries, writer)
        rows["日報"] += [one for row in entries for one in _both_halves(client, row)]
        rows["予定"] += [one for row in entries for one in _plans(office, client, row)]
        rows["週評価"] += _weekly(office, client, entries, writer)
        rows["月評価"] += _monthly(office, client, entries, writer)
        rows["欠席時対応"] += [_absence(office, client, row, entries) for row in entries if row["提供区分"] == "欠席"]
        rows["他サービス"] += [{"氏名": client.name, "_day": row["日付"], **row} for row in client.services]
        for row in entries:
            key = client.name, row["_day"].year, row["_day"].month
            counted[key] = counted.get(key, 0) + (row["提供区分"] == "在宅" and row["_day"] not in client.halves)
    return Year(office, rows, counted)


def _lived(office: Office, client: Client) -> Iterator[tuple[date, str]]:
    absent = {row["欠席日"] for row in client.absences}
    for day in days(*AROUND):
        place = client.places.get(day, _usual(office, client, day))
        if client.used_by(day) and place:
            yield day, "欠席" if day in absent else place


def _usual(office: Office, client: Client, day: date) -> str:
    if not office.open_on(day):
        return ""
    if weekday(day) in client.home:
        return "在宅"
    return "通所" if weekday(day) in client.commute else ""


def _entry(office: Office, client: Client, writer: Writer, day: date, place: str) -> Row:
    row: Row = {"氏名": client.name, "_day": day, "日付": day, "曜日": weekday(day), "提供区分": place}
    if place not in USE:
        return row
    staff = words.STAFF[(client.index + day.toordinal()) % len(words.STAFF)]
    work = writer.rng.choice(list(words.MENU))
    row |= {"開始": client.hours[0], "終了": client.hours[1], "訓練内容": work, "支援記録": writer.support(work)}
    if client.rest:
        row |= {"休憩開始": client.rest[0], "休憩終了": client.rest[1]}
    row |= {"心身の状況": writer.rng.choice(words.CONDITION), "記録者": staff, "利用者確認": "済"}
    if place == "通所":
        row |= {"送迎往": "○", "送迎復": "○", "食事": "○"} if client.index % 2 else {}
    if place == "在宅":
        row |= {"在宅場所": "居宅", "開始確認方法": "電話", "終了確認方法": "メール", "備考": "在宅支援"}
        begin, end = _at(client.hours[0], 3), _at(client.hours[1], client.closing)
        shift = 5 * client.index + writer.rng.randrange(5)
        contact(row, _at(begin, shift), "電話", "開始確認", writer.opening(), staff)
        contact(row, _at(end, shift), "電話", "終了確認", writer.closing(), staff)
    return row


def contact(row: Row, at: Any, method: str | None, kind: str | None, content: str, staff: str | None) -> None:
    """Put a contact into the next place that is free."""
    number = next(n for n in range(1, 10) if f"連絡{n}内容" not in row)
    told = {"時刻": at, "方法": method, "種別": kind, "内容": content, "職員": staff}
    row.update({f"連絡{number}{part}": value for part, value in told.items()})


def _at(clock: time, minutes: int) -> time:
    return (datetime.combine(FIRST, clock) + timedelta(minutes=minutes)).time()


def _both_halves(client: Client, row: Row) -> list[Row]:
    """A day in both places has a row for each; it counts as a day at the office."""
    if row["_day"] not in client.halves:
        return [row]
    there = {key: row[key] for key in ("氏名", "_day", "日付", "曜日", "支援記録", "記録者", "利用者確認")}
    morning = row | {"終了": time(12), "休憩開始": None, "休憩終了": None, "備考": None}
    return [morning, there | {"提供区分": "通所", "開始": time(13), "終了": client.hours[1], "訓練内容": "封入"}]


def _plans(office: Office, client: Client, row: Row) -> list[Row]:
    day = row["_day"]
    place = _usual(office, client, day) or "在宅" if row["提供区分"] == "欠席" else row["提供区分"]
    plan = {"氏名": client.name, "_day": day, "日付": day, "予定区分": client.planned.get(day, place), "時間帯": "終日"}
    if day in client.halves:
        return [plan | {"時間帯": "午前"}, plan | {"予定区分": "通所", "時間帯": "午後"}]
    return [plan]


def _visits_told(client: Client, entries: list[Row], writer: Writer) -> None:
    """Where the weekly evaluation is by 訪問, one day at home of each week tells of the visit."""
    if client.weekly != "訪問" and client.monthly != "訪問":
        return
    for group in _weeks(entries):
        at_home = [row for row in group if row["提供区分"] == "在宅"]
        if at_home:
            contact(
                at_home[-1], time(10 + client.index % 3, 41), "訪問", "訪問", writer.middle(), at_home[-1]["記録者"]
            )


def _weeks(entries: list[Row]) -> list[list[Row]]:
    weeks: dict[date, list[Row]] = {}
    for row in entries:
        weeks.setdefault(monday(row["_day"]), []).append(row)
    return list(weeks.values())


def _weekly(office: Office, client: Client, entries: list[Row], writer: Writer) -> Iterator[Row]:
    for group in _weeks(entries):
        months = {row["_day"].month for row in group} if client.cut_weeks else {0}
        for month in sorted(months, key=lambda month: (month == 1, month)):
            part = [row for row in group if month in (0, row["_day"].month)]
            if any(row["提供区分"] == "在宅" for row in part):
                used = [row for row in part if row["提供区分"] in USE]
                yield _week(office, client, used, writer) | (_cut(part[0]["_day"]) if client.cut_weeks else {})


def _cut(day: date) -> Row:
    """The period of the week that holds *day*, cut at the ends of its month."""
    start, end = monday(day), monday(day) + timedelta(days=6)
    last = month_end(day.year, day.month)
    return {"対象開始": max(start, day.replace(day=1)), "対象終了": min(end, last)}


def _week(office: Office, client: Client, used: list[Row], writer: Writer) -> Row:
    start = monday(used[0]["_day"])
    at_home = [row["_day"] for row in used if row["提供区分"] == "在宅"]
    there = [row["_day"] for row in used if row["提供区分"] == "通所"]
    on_the_spot = client.weekly == "通所" and there
    method = "電話" if client.weekly == "通所" and not there else client.weekly
    done = there[-1] if on_the_spot else at_home[-1]
    following = office.next_open(start + timedelta(days=6))
    if client.late_weekly and following <= start + timedelta(days=13):  # the grace; not over the turn of the year
        method, done = "電話", following
    reviewer = words.STAFF[(client.index + done.toordinal()) % (len(words.STAFF) - 1)]
    return {
        "氏名": client.name,
        "_day": done,
        "_week": start,
        "対象開始": start,
        "対象終了": start + timedelta(days=6),
        "実施日": done,
        "方法": client.weekly_word or method,
        "内容": writer.review(),
        "達成度": writer.achieved(),
        "評価者": reviewer,
        "確認者": words.STAFF[-1],
    }


def _monthly(office: Office, client: Client, entries: list[Row], writer: Writer) -> Iterator[Row]:
    months: dict[tuple[int, int], list[Row]] = {}
    for row in entries:
        months.setdefault((row["_day"].year, row["_day"].month), []).append(row)
    for (year, month), group in months.items():
        if any(row["提供区分"] == "在宅" for row in group) and FIRST <= date(year, month, 1) <= LAST:
            yield _month(client, date(year, month, 1), group, writer)


def _month(client: Client, first: date, group: list[Row], writer: Writer) -> Row:
    row: Row = {"氏名": client.name, "_day": first, "対象年月": f"{first.year}-{first.month:02}"}
    if (why := client.waivers.get((first.year, first.month))) is not None:
        return row | {"例外理由": why}
    there = [one for one in group if one["提供区分"] == "通所"]
    visited = [one for one in group if "訪問" in (one["提供区分"], *(one.get(f"連絡{n}方法") for n in range(1, 10)))]
    if not there and not visited:
        visited = [next(one for one in reversed(group) if one["提供区分"] == "在宅")]
        contact(visited[0], time(11, client.index), "訪問", "訪問", writer.middle(), visited[0]["記録者"])
    by_visit = bool(visited) and (client.monthly == "訪問" or not there)
    held = visited[-1] if by_visit else there[len(there) // 2]
    return row | {
        "実施日": held["_day"],
        "方法": "訪問" if by_visit else "通所",
        "場所": "居宅" if by_visit else "事業所",
        "訓練目標": writer.rng.choice(words.GOALS),
        "達成度": writer.achieved(),
        "課題": writer.rng.choice(words.ISSUES),
        "継続の妥当性": writer.rng.choice(words.CONTINUING),
        "評価者": held["記録者"],
        "本人確認": "済",
    }


def _absence(office: Office, client: Client, row: Row, entries: list[Row]) -> Row:
    told = next(one for one in client.absences if one["欠席日"] == row["_day"])
    told_on = row["_day"]
    for _ in range(told.get("_opening_days_before", 0)):  # as the calendar is when all is known
        told_on = office.last_open(told_on)
    later = next((one["_day"] for one in entries if one["_day"] > row["_day"] and one["提供区分"] in USE), None)
    return {
        "氏名": client.name,
        "_day": row["_day"],
        "連絡日": told_on,
        "連絡時刻": time(8, 50 + client.index % 10),
        "連絡者": "本人",
        "受けた職員": words.STAFF[client.index % len(words.STAFF)],
        "理由": office.rng.choice(words.ILLNESS),
        "相談援助内容": office.rng.choice(words.ADVICE),
        "方法": "電話",
        "次回予定日": later or office.next_open(row["_day"]),
        **told,
    }


def book_of(year: Year, first: date) -> Book:
    """Return the workbook of one month, as it stood when the month was over."""
    office, end = year.office, month_end(first.year, first.month)
    clients = [client for client in office.clients if client.first <= end]
    known = {client.name for client in clients}
    tables = {
        "設定": [{"項目": item, "値": value} for item, value in _settings(office, first).items() if value is not None],
        "利用者台帳": [_registered(client, row) for client in clients for row in _known(client.decisions, "支給決定開始", end)],
        "在宅承認": [{"氏名": client.name, **_filed(row, end)} for client in clients for row in _known(client.terms, "承認開始", end)],
        "予定": [row for row in year.rows["予定"] if first <= row["_day"] <= end],
        "日報": [row for row in year.rows["日報"] if first <= row["_day"] <= end],
        "週評価": [row for row in year.rows["週評価"] if row["氏名"] in known and _touches(row["_week"], first, end)],
        "月評価": [row for row in year.rows["月評価"] if row["_day"] == first],
        "欠席時対応": [row for row in year.rows["欠席時対応"] if first <= row["_day"] <= end],
        "他サービス": [row for row in year.rows["他サービス"] if first <= row["_day"] <= end],
        "営業日": _calendar(office, first, end),
        "チェックリスト": [_checked(client) for client in clients],
        "貸与機器": [_lent(client) for client in clients],
    }  # fmt: skip
    tables = {name: [dict(row) for row in rows] for name, rows in tables.items()}
    for rows in tables.values():
        for row in rows:
            for key in [key for key in row if key.startswith("_")]:
                del row[key]
    book = Book.of(tables)
    for change in office.changes:
        change(book, year, first)
    return book


def _touches(week: date, first: date, end: date) -> bool:
    return week <= end and week + timedelta(days=6) >= first


def _known(rows: list[Row], start: str, end: date) -> list[Row]:
    return [row for row in rows if row[start] <= end]


def _filed(row: Row, end: date) -> Row:
    """Careful offices hand in the papers of the renewal early."""
    filed = row["承認終了"] - timedelta(days=100)
    return row | ({"更新書類提出日": filed} if filed <= end else {})


def _settings(office: Office, first: date) -> Row:
    return {
        "対象年月": f"{first.year}-{first.month:02}",
        "事業所番号": office.number,
        "事業所名": office.name,
        "サービス種別": office.service,
        "指定権者": office.town,
        "定員": 20,
        "週の始まり": "月",
        "営業曜日": office.open_weekdays,
        "運営規程の在宅記載日": date(2024, 4, 1),
        "緊急時対応手順の整備日": date(2024, 4, 1),
        "サービス提供開始": time(9),
        "サービス提供終了": time(16),
        "苦情受付窓口": "管理者 上田",
        "第三者評価日": date(2025, 2, 10),
        **office.settings,
    }


def _registered(client: Client, decision: Row) -> Row:
    row: Row = {
        "氏名": client.name,
        "フリガナ": client.kana,
        "受給者証番号": client.number,
        "生年月日": client.born,
        "支給決定市町村": client.town,
        "サービス種別": client.service,
        "契約支給量": "原則の日数",
        "支給量": "原則の日数",
        "利用開始日": client.first,
        "利用終了日": client.last,
        "到達所要分": 25,
        "到達手段": "車",
        "到達確認日": date(2025, 3, 3),
    }
    if client.service == "就労移行支援":
        row |= {"標準利用期間満了日": months_on(client.first, 24) - timedelta(days=1), "延長満了日": date(2027, 9, 30)}
    return row | decision | client.facts


def _calendar(office: Office, first: date, end: date) -> list[Row]:
    """The days that depart from the weekdays of opening, those of the weeks around the month among them."""
    rows: list[Row] = []
    for day in days(first - timedelta(days=7), end + timedelta(days=7)):
        if day in office.opened:
            rows.append({"日付": day, "区分": "営業", "理由": office.opened[day]})
        elif day in office.closed and weekday(day) in office.open_weekdays:
            rows.append({"日付": day, "区分": "休業", "理由": office.closed[day]})
    return rows


def _checked(client: Client) -> Row:
    return {
        "氏名": client.name,
        "評価日": max(client.first, date(2025, 10, 1)),
        "領域": "Ⅰ",
        "項目": "起床",
        "評価": 2,
        "評価者": words.STAFF[client.index % len(words.STAFF)],
    }


def _lent(client: Client) -> Row:
    return {"氏名": client.name, "品名": "ノートPC", "管理番号": f"PC-{client.index + 1:02}", "貸与日": client.first}
