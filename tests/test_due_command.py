"""`zaitaku-xl due`: who owes what by when, the same in the terminal, the sheet, the JSON, the page and the calendar."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.command import Run
from tests.lint import lint
from tests.months import month_of
from tests.test_due import _until
from tests.workbooks import saved
from zaitaku_xl.jobs.due import when_of
from zaitaku_xl.model import Month
from zaitaku_xl.results.due_files import _folded
from zaitaku_xl.sheets.due import SHEET, When

_DAY = date(2026, 1, 14)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    tables = _until(_DAY, contacts=1) | {"月評価": []}
    tables["設定"] = tables["設定"] | {"一日単価": 7000}
    whole = month_of("長崎市", "就労継続支援B型", Month(2026, 1))["日報"]
    tables["予定"] = [{"日付": row["日付"], "予定区分": row["提供区分"]} for row in whole if isinstance(row, dict)]
    return saved(tmp_path / "日報.xlsx", tables)


@pytest.fixture
def told(book: Path, run: Run) -> dict[str, Any]:
    ran = run("due", book, "--as-of", "2026-01-14", "--json", "-")
    assert ran.status == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_each_line_has_its_deadline_its_days_and_what_they_are_worth(told: dict[str, Any]) -> None:
    lines = {line["what"]: line for line in told["due"]}
    contact, month = lines["支援の連絡"], lines["月1回の評価"]
    assert (contact["due"], contact["days"], contact["yen"]) == ("2026-01-14", ["2026-01-14"], 7000)
    assert (month["due"], month["last_use"]) == ("2026-01-31", "2026-01-30")
    assert month["yen"] == 7000 * len(month["days"]) > 7000
    assert told["tool"]["as_of"] == "2026-01-14"


def test_what_can_be_done_for_the_shortest_time_comes_first(told: dict[str, Any]) -> None:
    assert [line["what"] for line in told["due"]] == ["支援の連絡", "週1回の評価", "月1回の評価"]
    assert [line["when"] for line in told["due"]] == ["today", "week", "month"]


def test_every_door_says_the_same(book: Path, tmp_path: Path, run: Run, told: dict[str, Any]) -> None:
    out, page, calendar = tmp_path / "out", tmp_path / "a.html", tmp_path / "a.ics"
    ran = run("due", book, "--as-of", "2026-01-14", "--out", out, "--html", page, "--ics", calendar)
    sheet = openpyxl.load_workbook(out / book.name)[SHEET]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(values_only=False)]
    text, events = page.read_text(encoding="utf-8"), _events(calendar.read_bytes().decode())
    for line, event in zip(told["due"], events, strict=True):
        day = date.fromisoformat(line["due"])
        assert any(line["what"] in row and line["message"] in row for row in cells)
        assert f"{day.month}月{day.day}日" in ran.out
        assert all(words in text for words in (line["what"], line["message"]))
        assert event["DTSTART;VALUE=DATE"] == f"{day:%Y%m%d}"
        assert line["what"] in event["SUMMARY"]
    assert lint(out / book.name) == []


def _events(text: str) -> list[dict[str, str]]:
    """Read a calendar the long way: lines unfolded, then by event."""
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = text.replace("\r\n ", "").split("\r\n")
    found: list[dict[str, str]] = []
    for line in lines:
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and ":" in line:
            found[-1].setdefault(*line.split(":", 1))
    return found


def test_a_term_that_ends_soon_is_told_and_one_that_was_filed_is_not(tmp_path: Path, run: Run) -> None:
    for filed, expected in ((None, ["在宅利用の期間の終わり"]), ("2026-01-10", [])):
        tables = _until(_DAY)
        tables["在宅承認"] = [{"承認開始": "2025-04-01", "承認終了": "2026-02-28", "更新書類提出日": filed}]
        path = saved(tmp_path / f"{filed}.xlsx", tables)
        body = json.loads(run("due", path, "--as-of", "2026-01-14", "--json", "-").out)
        assert [line["what"] for line in body["due"] if line["rule"] is None] == expected


def test_an_approval_that_goes_on_ends_for_nobody(tmp_path: Path, run: Run) -> None:
    tables = _until(_DAY)
    ended = {"承認開始": "2025-04-01", "承認終了": "2026-02-28"}
    tables["在宅承認"] = [ended, {"承認開始": "2026-03-01", "承認終了": None}]
    body = json.loads(run("due", saved(tmp_path / "a.xlsx", tables), "--as-of", "2026-01-14", "--json", "-").out)
    assert [line["what"] for line in body["due"] if line["rule"] is None] == []


def test_a_month_that_is_over_owes_nothing(tmp_path: Path, run: Run) -> None:
    path = saved(tmp_path / "a.xlsx", dict(month_of("長崎市", "就労継続支援B型", Month(2026, 1))))
    ran = run("due", path, "--as-of", "2027-01-14")
    assert (ran.status, "これからの期限はありません" in ran.out) == (0, True)


def test_a_book_that_cannot_be_judged_is_named(book: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "壊れた.xlsx").write_bytes(b"PK\x03\x04")
    ran = run("due", book, tmp_path / "壊れた.xlsx", "--as-of", "2026-01-14")
    assert (ran.status, "壊れた.xlsx" in ran.err) == (2, True)
    assert "支援の連絡" in ran.out


@pytest.mark.parametrize(
    ("due", "when"),
    [
        (date(2026, 1, 13), When.PAST),
        (date(2026, 1, 14), When.TODAY),
        (date(2026, 1, 18), When.WEEK),
        (date(2026, 1, 19), When.MONTH),
        (date(2026, 1, 31), When.MONTH),
        (date(2026, 2, 1), When.SOON),
    ],
    ids=str,
)
def test_how_soon(due: date, when: When) -> None:
    assert when_of(due, _DAY) is when


def test_a_line_of_a_calendar_is_cut_between_characters() -> None:
    line = "SUMMARY:" + "週1回の評価" * 20
    parts = list(_folded(line))
    assert "".join([parts[0], *(part[1:] for part in parts[1:])]) == line
    assert max(len(part.encode()) for part in parts) <= 75


def test_the_default_is_today(book: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Today(date):
        @classmethod
        def today(cls) -> "Today":
            return cls(2026, 1, 14)

    monkeypatch.setattr("zaitaku_xl.entry.due.date", Today)
    assert json.loads(run("due", book, "--json", "-").out)["tool"]["as_of"] == "2026-01-14"
