"""`template --into`: the sheets that a book lacks, in a copy of it: the office's from birth, and nothing filled in but names."""

import zipfile
from datetime import date, time
from pathlib import Path

import openpyxl
import pytest

from tests.command import Run
from tests.lint import lint
from zaitaku_xl.book import layout
from zaitaku_xl.jobs import Asked, check_file

_OURS = {layout.SETTINGS_SHEET, *(table.sheet for table in layout.TABLES)} - {layout.ENTRIES.sheet}


def _book(path: Path, *sheets: str) -> Path:
    book = openpyxl.Workbook()
    log = book.active
    assert log is not None
    log.title = "支援日誌"
    log.append(["お名前", "日にち", "本日の利用", "から", "まで", "訓練内容", "様子"])
    for name in ("山田 花子", "佐藤 次郎"):
        for day in (5, 6):
            log.append([name, date(2026, 1, day), "在宅", time(10), time(15), f"封入{day}", f"落ち着いていた{day}"])
    for sheet in sheets:
        book.create_sheet(sheet).append(["氏名", "支給決定市町村"])
    book.save(path)
    return path


@pytest.fixture
def copy(tmp_path: Path, run: Run) -> Path:
    ran = run("template", "--into", str(_book(tmp_path / "日誌.xlsx")), "--out", str(tmp_path / "写し.xlsx"))
    assert ran.status == 0, ran.err
    assert "氏名2人" in ran.out
    return tmp_path / "写し.xlsx"


def test_every_sheet_that_lacks_is_added_and_sound(copy: Path) -> None:
    assert lint(copy) == []
    assert set(openpyxl.load_workbook(copy).sheetnames) == {"支援日誌", *_OURS}


def test_nothing_is_filled_in_but_the_names_of_the_log(copy: Path) -> None:
    book = openpyxl.load_workbook(copy)
    clients = [
        [cell.value for cell in row if cell.value is not None] for row in book["利用者台帳"].iter_rows(min_row=5)
    ]
    assert [row for row in clients if row] == [["山田 花子"], ["佐藤 次郎"]]
    for name in sorted(_OURS - {"設定", "利用者台帳"}):
        assert [cell.value for row in book[name].iter_rows(min_row=5) for cell in row if cell.value is not None] == []
    assert [row[1].value for row in book["設定"].iter_rows(min_row=5) if row[1].value is not None] == []


def test_the_names_are_offered_where_they_are_asked_for(copy: Path) -> None:
    lists = [guard.formula1 for guard in openpyxl.load_workbook(copy)["在宅承認"].data_validations.dataValidation]
    assert any("利用者台帳" in str(formula) for formula in lists)


def test_the_offices_own_sheets_are_untouched_and_the_new_ones_stay(copy: Path, tmp_path: Path, run: Run) -> None:
    run("check", str(copy), "--out", str(tmp_path / "印"))
    run("clear", str(tmp_path / "印" / copy.name), "--out", str(tmp_path / "消した"))
    parts = []
    for path in (copy, tmp_path / "消した" / copy.name):
        with zipfile.ZipFile(path) as package:
            parts.append({name: package.read(name) for name in package.namelist()})
    assert parts[0] == parts[1]
    with zipfile.ZipFile(tmp_path / "日誌.xlsx") as before:
        assert before.read("xl/worksheets/sheet1.xml") == parts[0]["xl/worksheets/sheet1.xml"]


def test_the_log_is_read_as_before(copy: Path, tmp_path: Path) -> None:
    places = [
        [(day.client, day.day, day.place) for day in report.days]
        for path in (tmp_path / "日誌.xlsx", copy)
        if (report := check_file(path, path.name, Asked()).report)
    ]
    assert len(places[0]) == 4
    assert places[0] == places[1]


def test_a_sheet_that_is_there_is_not_added_again(tmp_path: Path, run: Run) -> None:
    book, out = _book(tmp_path / "日誌.xlsx", "利用者台帳"), tmp_path / "写し.xlsx"
    ran = run("template", "--into", str(book), "--out", str(out))
    assert (ran.status, "氏名" in ran.out) == (0, False)
    assert openpyxl.load_workbook(out).sheetnames.count("利用者台帳") == 1


def test_a_whole_book_lacks_nothing(tmp_path: Path, run: Run) -> None:
    run("template", "--out", str(tmp_path / "記入用.xlsx"), "--month", "2026-01")
    ran = run("template", "--into", str(tmp_path / "記入用.xlsx"), "--out", str(tmp_path / "写し.xlsx"))
    assert (ran.status, (tmp_path / "写し.xlsx").exists()) == (2, False)


def test_nothing_is_written_over(copy: Path, tmp_path: Path, run: Run) -> None:
    before = copy.read_bytes()
    assert run("template", "--into", str(tmp_path / "日誌.xlsx"), "--out", str(copy)).status == 2
    assert copy.read_bytes() == before
