"""The form buttons in a real spreadsheet program: the sheets are those that a closed file gets, and live beside the marks."""

import subprocess
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from tests import tools
from tests.engine.fixtures import Opener
from tests.forms import made
from zaitaku_xl.entry import ribbon
from zaitaku_xl.jobs import Asked, clear_file
from zaitaku_xl.jobs.forms import Wanted, make_forms

NAMES = ("青木 さくら", "髙﨑 𠮷乃")
RECORD = f"実績記録票_{NAMES[0]}"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """An office of two clients, one of whom has a day that may not be billed."""
    days = [{"氏名": name, "日付": f"2026-01-{day:02}", "提供区分": "在宅"} for name in NAMES for day in (6, 8)]
    days[0]["連絡"] = []
    return made.workbook(
        tmp_path,
        {
            "日報": days,
            "利用者台帳": [{"氏名": name, "受給者証番号": f"000000000{n}"} for n, name in enumerate(NAMES, 1)],
        },
    )


def names(book: xw.Book) -> list[str]:
    return [sheet.name for sheet in book.sheets]


def values(path: Path, sheet: str) -> made.Cells:
    return made.cells_in(openpyxl.load_workbook(path)[sheet])


def saved(book: xw.Book, folder: Path) -> Path:
    path = folder / "saved.xlsx"
    book.save(str(path))
    return path


def test_the_button_makes_what_the_command_line_makes(opened: Opener, small: Path, tmp_path: Path) -> None:
    book = opened(small)
    ribbon.run("service_record")
    live = saved(book, tmp_path)
    closed = tmp_path / "closed" / small.name
    make_forms(small, Asked(), Wanted("service_record"), closed)
    sheets = [name for name in openpyxl.load_workbook(closed).sheetnames if name.startswith("実績記録票")]
    assert len(sheets) == 2
    for name in sheets:
        assert values(live, name) == values(closed, name)


def test_the_person_is_told_how_many_and_which_are_unfinished(opened: Opener, excel: xw.App, small: Path) -> None:
    opened(small)
    ribbon.run("service_record")
    (said,) = excel.impl.said
    assert "様式を2枚作りました" in said
    assert "うち1枚" in said
    assert "見直し未了" in said


def test_forms_stay_through_check_next_and_list_and_go_with_the_marks(opened: Opener, small: Path) -> None:
    book = opened(small)
    office = names(book)
    ribbon.run("service_record")
    forms = names(book)[len(office) :]
    ribbon.run("check_book")
    assert names(book) == [*office, "点検結果", *forms]
    ribbon.run("next_finding")
    ribbon.run("findings_list")
    assert book.sheets.active.name == "点検結果"
    ribbon.run("service_record")
    assert sorted(names(book)) == sorted([*office, "点検結果", *forms])
    ribbon.run("clear_marks")
    assert names(book) == office


def test_a_form_edited_in_the_program_is_left_and_named(opened: Opener, excel: xw.App, small: Path) -> None:
    book = opened(small)
    ribbon.run("service_record")
    book.sheets[RECORD].range("Q20").value = "本人に確認"
    ribbon.run("service_record")
    assert book.sheets[RECORD].range("Q20").value == "本人に確認"
    assert names(book).count(RECORD) == 1
    assert RECORD in excel.impl.said[-1]
    ribbon.run("check_book")
    assert book.sheets[RECORD].range("Q20").value == "本人に確認"


def test_forms_of_the_button_are_taken_off_by_the_command_line(opened: Opener, small: Path, tmp_path: Path) -> None:
    book = opened(small)
    office = names(book)
    ribbon.run("check_book")
    ribbon.run("service_record")
    path = saved(book, tmp_path)
    assert clear_file(path, path) == ()
    assert openpyxl.load_workbook(path).sheetnames == office


def test_the_pdf_holds_the_forms_and_nothing_else(opened: Opener, excel: xw.App, small: Path) -> None:
    book = opened(small)
    ribbon.run("print_pdf")
    assert "先に" in excel.impl.said[-1]
    ribbon.run("service_record")
    visible = [sheet.visible for sheet in book.sheets]
    ribbon.run("print_pdf")
    pdf = Path(book.fullname).with_name("book_様式.pdf")
    assert str(pdf) in excel.impl.said[-1]
    told = subprocess.run(
        [tools.needs("pdftotext"), "-layout", pdf, "-"], capture_output=True, text=True, check=True
    ).stdout
    pages = told.split("\f")[:-1]
    assert len(pages) == 2
    assert all("就労" in page and "提供実績記録票" in page for page in pages)
    assert [sheet.visible for sheet in book.sheets] == visible


def test_a_workbook_whose_list_of_sheets_is_protected_is_told_so(opened: Opener, excel: xw.App, small: Path) -> None:
    book = opened(small)
    office = names(book)
    book.impl.uno.protect("")
    ribbon.run("service_record")
    assert names(book) == office
    assert "構成が保護されている" in excel.impl.said[-1]
