"""Which row stands for a day is decided by the check: every form that shows a place shows the judged one.

Every pair of 提供区分 on one date, unreadable and blank included, and triples of those that decide, under each reading
of A-14. A client for each first row, a date for each second and third; each row has times of its own.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from typing import Any

import pytest

from tests.forms import made
from zaitaku_xl.forms import plan
from zaitaku_xl.forms.facts import OfficeFacts
from zaitaku_xl.forms.official_record import Blank, written
from zaitaku_xl.made import MadeSheet
from zaitaku_xl.model import Place

UNREAD = "要確認"
WORDS = ("通所", "在宅", "訪問", "施設外", "欠席", "休", "#N/A", "")
DECIDING = ("通所", "在宅", "施設外", "#N/A")
USES = ("通所", "在宅", "訪問", "施設外")
TIMES = (("9:00", "10:30"), ("11:00", "12:30"), ("13:00", "14:30"))
MIXES = [(), *((word,) for word in WORDS), *product(DECIDING, repeat=2)]  # what stands beside the first row
CLIENTS = {f"利用者{number}": word for number, word in enumerate(WORDS)}
each_reading = pytest.mark.parametrize("reading", ["通所", "在宅"])
each_client = pytest.mark.parametrize("client", CLIENTS)


@dataclass(frozen=True)
class Told:
    """A date: its 提供区分 row by row, and what the check made of them."""

    rows: tuple[str, ...]
    place: str  # 要確認 where the check could not place it

    @property
    def used(self) -> bool:
        return self.place in (*USES, UNREAD)

    @property
    def times(self) -> tuple[str, str]:
        """From the first begin to the last end of the judged place's rows; of a day with no place only where it has one row."""
        if not self.used:
            return "", ""
        if self.place == UNREAD:
            return TIMES[0] if len(self.rows) == 1 else (UNREAD, UNREAD)
        at = [TIMES[nth] for nth, word in enumerate(self.rows) if word == self.place]
        return at[0][0], at[-1][1]


def rows_of(client: str) -> dict[date, tuple[str, ...]]:
    return {date(2026, 1, number): (CLIENTS[client], *others) for number, others in enumerate(MIXES, 1)}


@cache
def source(reading: str) -> plan.Source:
    entries, plans = [], []
    for client in CLIENTS:
        for day, places in rows_of(client).items():
            for place, (start, end) in zip(places, TIMES, strict=False):
                remark = "在宅支援" if place == "在宅" else ""
                entries.append(
                    {"氏名": client, "日付": str(day), "提供区分": place, "開始": start, "終了": end, "備考": remark}
                )
            plans.append({"氏名": client, "日付": str(day), "予定区分": "休", "変更理由": "変更"})
    weekly = [{"氏名": client, "対象開始": "2026-01-01", "対象終了": "2026-01-31"} for client in CLIENTS]
    return made.source({
        "設定": {"対象年月": "2026-01", "A-14": reading}, "日報": entries, "予定": plans, "週評価": weekly, "月評価": [],
        "利用者台帳": [{"氏名": client, "受給者証番号": f"{n:010}"} for n, client in enumerate(CLIENTS, 1)],
    })  # fmt: skip


@cache
def judged(reading: str, client: str) -> dict[date, Told]:
    rows = rows_of(client)
    results = [result for result in source(reading).report.days if result.client == client]
    assert [result.day for result in results] == list(rows)
    places = {result.day: result.place if result.place in list(Place) else UNREAD for result in results}
    return {day: Told(rows[day], place) for day, place in places.items()}


def sheets_of(reading: str, client: str, form: str) -> tuple[MadeSheet, ...]:
    data = source(reading)
    return plan.sheets(data, plan.keys(data, plan.forms_named(form), client))


def sheet_of(reading: str, client: str, form: str) -> MadeSheet:
    (sheet,) = sheets_of(reading, client, form)
    return sheet


def by_day(sheet: MadeSheet) -> dict[date, list[Any]]:
    """The rows of a table that begin with a day of the month."""
    lines = [[cell.value if cell else "" for cell in row] for row in sheet.rows]
    return {date(2026, 1, line[0]): line for line in lines if isinstance(line[0], int)}


def counts(days: dict[date, Told]) -> Counter[str]:
    return Counter(told.place for told in days.values())


def test_both_readings_differ_and_leave_days_without_a_place() -> None:
    attend, home = (
        counts({(c, d): told for c in CLIENTS for d, told in judged(reading, c).items()})
        for reading in ("通所", "在宅")
    )
    assert attend["在宅"] < home["在宅"]
    assert 0 < attend[UNREAD] < home[UNREAD]


@each_reading
@each_client
def test_the_service_record_has_the_times_and_the_words_of_the_judged_place(reading: str, client: str) -> None:
    lines = by_day(sheet_of(reading, client, "service_record"))
    for day, told in judged(reading, client).items():
        line = lines[day]
        assert line[2] == (UNREAD if told.place == UNREAD else ""), told
        assert tuple(line[3:5]) == told.times, told
        assert ("在宅支援" in line[-1]) == (told.place == "在宅"), told
        assert line[-3] == (1 if told.place == "施設外" else ""), told  # 施設外支援


@each_reading
@each_client
def test_the_office_s_own_blank_gets_the_same(reading: str, client: str) -> None:
    columns = {name: n for n, name in enumerate(("日付", "サービス提供の状況", "開始時間", "終了時間", "備考"), 1)}
    data = source(reading)
    key = plan.Key("service_record", client, "2026-01")
    facts = plan.month_facts(data, key)
    assert facts
    places: dict[int, dict[int, Any]] = {}
    for each in written(facts, Blank("様式", 1, columns, {}, {n: n for n in range(1, 32)}, 31)):
        places.setdefault(each.row, {})[each.column] = each.value
    for day, told in judged(reading, client).items():
        line = places.get(day.day, {})
        assert line.get(2) == (UNREAD if told.place == UNREAD else None), told
        assert (line.get(3, ""), line.get(4, "")) == told.times, told
        assert ("在宅支援" in line.get(5, "")) == (told.place == "在宅"), told


@each_reading
@each_client
def test_the_monthly_summary_shows_and_counts_the_judged_places(reading: str, client: str) -> None:
    sheet = sheet_of(reading, client, "monthly_summary")
    lines, days = by_day(sheet), judged(reading, client)
    assert {day: line[2] for day, line in lines.items()} == {day: told.place for day, told in days.items() if told.used}
    assert {day: tuple(line[3:5]) for day, line in lines.items()} == {d: t.times for d, t in days.items() if t.used}
    count = counts(days)
    words = [f"{place} {count[place]}日" for place in ("在宅", "通所")]
    words += [f"{place} {count[place]}日" for place in ("訪問", "施設外", UNREAD) if count[place]]
    assert "　".join(words) in made.cells(sheet).values()


@each_reading
def test_the_table_of_days_counts_the_judged_places(reading: str) -> None:
    data = source(reading)
    (sheet,) = plan.sheets(data, plan.keys(data, plan.forms_named("day_count")))
    lines = [[cell.value if cell else "" for cell in row] for row in sheet.rows]
    headings = lines[sheet.heading_row - 1]
    for client in CLIENTS:
        count = counts(judged(reading, client))
        (line,) = (dict(zip(headings, line, strict=True)) for line in lines if client in line)
        assert {place: line[place] or 0 for place in USES} == {place: count[place] for place in USES}
        unplaced = f"提供区分の読めない日が{count[UNREAD]}日あります。"
        assert (unplaced in line["確かめること"]) == bool(count[UNREAD])


@each_reading
@each_client
def test_the_evidence_and_the_daily_record_are_of_the_days_that_are_or_may_be_at_home(
    reading: str, client: str
) -> None:
    days = judged(reading, client)
    at_home = {day: told for day, told in days.items() if told.place in ("在宅", UNREAD)}
    assert [day for sheet in sheets_of(reading, client, "evidence") for day in by_day(sheet)] == list(at_home)
    lines = [line for sheet in sheets_of(reading, client, "daily_record") for line in made.lines(sheet)]
    heads = [n for n, line in enumerate(lines) if line[0] == "実施日"]
    blocks = Counter(lines[n][1] for n in heads)
    for day, told in days.items():
        wanted = sum(row in ("在宅", "#N/A", "") for row in told.rows) if day in at_home else 0
        assert blocks[f"令和8年1月{day.day}日（{made.WEEKDAYS[day.weekday()]}）"] == wanted, told
    for n in heads:
        told = days[date(2026, 1, int(lines[n][1].split("月")[1].split("日")[0]))]
        assert (UNREAD in lines[n + 1]) == (told.place == UNREAD), told


@each_reading
@each_client
def test_the_schedule_says_how_the_day_was_used_instead(reading: str, client: str) -> None:
    lines = by_day(sheet_of(reading, client, "schedule"))
    for day, told in judged(reading, client).items():
        said = [cell for cell in lines[day] if cell in (*WORDS[:6], UNREAD)]
        assert said == (["休"] if told.place == "休" else ["休", told.place]), told


@each_reading
@each_client
def test_the_weekly_review_lists_each_day_once_under_its_judged_place(reading: str, client: str) -> None:
    days = judged(reading, client)
    words = []
    for place in (*USES, UNREAD):
        listed = [f"1/{day.day}" for day, told in days.items() if told.place == place]
        words += [f"{place} {len(listed)}日（{'・'.join(listed)}）"] if listed else []
    assert ["期間中の利用", "　".join(words)] in made.lines(sheet_of(reading, client, "weekly_review"))


@each_reading
@each_client
def test_the_report_of_a_term_counts_the_judged_places(reading: str, client: str) -> None:
    lines = made.lines(sheet_of(reading, client, "term_report"))
    count = counts(judged(reading, client))
    (line,) = (line for line in lines if line[0] == "令和8年1月" and len(line) > 2)
    wanted = [count[place] for place in ("在宅", "通所", "訪問", "施設外", "欠席")]
    assert line[1:7] == [*wanted, sum(count[place] for place in USES)]
    told = f"{UNREAD}: 提供区分の読めない日が{count[UNREAD]}日あります。どの列にも数えていません。"
    assert ([told] in lines) == bool(count[UNREAD])


def test_forms_take_the_very_days_that_were_judged() -> None:
    data = source("在宅")
    wholes = {whole.person.name: whole for whole in data.report.wholes}
    facts = OfficeFacts(data.log, data.report, data.law)
    for client in facts.clients:
        for month in client.months:
            taken = [day.scope for day in month.days]
            assert all(a is b for a, b in zip(taken, wholes[client.person.name].days, strict=True))
