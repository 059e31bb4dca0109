"""The built macro workbook in a real spreadsheet program: each button through its Sub, each formula through its function."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings as xw
from openpyxl.utils import get_column_letter

from tests.engine.fixtures import Opener
from tests.expected import expected_colours
from tests.test_live_book import colours, contents, json_of, said
from zaitaku_xl.addin.building import with_macros
from zaitaku_xl.entry import ribbon
from zaitaku_xl.finding import Verdict
from zaitaku_xl.sheets.result_sheet import SHEET


@pytest.fixture
def demo_with_macros(demo_file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "demo.xlsm"
    path.write_bytes(with_macros(demo_file.read_bytes()))
    return path


def test_every_button_clicked_in_the_built_workbook_does_what_the_command_line_says(
    opened: Opener, excel: xw.App, demo_file: Path, demo_with_macros: Path
) -> None:
    from tests.engine.vba import Macros

    body = json_of(demo_file)
    book = opened(demo_with_macros, macros=True)
    before = contents(book)
    macros = Macros(book.impl)
    block = next(f for f in body["findings"] if f["weight"] == "block" and f["cell"])
    clicked = []

    def click(button: str) -> None:
        macros.click(button)
        clicked.append(button)

    click("check_book")
    assert colours(book) == expected_colours(body)
    book.sheets[block["sheet"]].activate()
    book.sheets[block["sheet"]].range(block["cell"]).select()
    click("why")
    assert block["message"] in said(excel)
    here = excel.selection.address
    click("next_finding")
    assert excel.selection.address != here
    click("previous_finding")
    assert excel.selection.address == here
    click("check_person")
    own = {name: [each for each in body[name] if each["client"] == block["client"]] for name in ("days", "findings")}
    assert colours(book) == expected_colours(body | own)
    click("findings_list")
    assert excel.selection.sheet.name == SHEET
    click("clear_marks")
    assert contents(book) == before
    click("guide")
    click("check_folder")  # the person chooses none
    for button in sorted(ribbon.BUTTONS.keys() - set(clicked)):
        click(button)
    assert len(macros.commands) == len(clicked)
    assert set(clicked) == ribbon.BUTTONS.keys()
    assert "不具合" not in said(excel)


def tables_of(path: Path) -> list[str]:
    """The tables of the demo as a clerk selects them: from the heading row to the end, all columns."""
    book = openpyxl.load_workbook(path)
    areas = []
    for sheet in book:
        heading = next((row for row in range(1, 16) if {"氏名", "日付", "項目"} & _texts(sheet, row)), None)
        if heading and sheet.title != "はじめに":
            areas.append(f"{sheet.title}!$A${heading}:${get_column_letter(sheet.max_column)}${sheet.max_row}")
    return areas


def _texts(sheet: Any, row: int) -> set[object]:
    return {cell.value for cell in sheet[row]}


@pytest.fixture
def demo_with_formulas(demo_file: Path, tmp_path: Path) -> Path:
    """A workbook as an office would have it: the formulas typed in Excel's words beside each day of the demo."""
    body = json_of(demo_file)
    book = openpyxl.load_workbook(demo_file)
    tables = ",".join(tables_of(demo_file))
    sheet = book.create_sheet("式")
    for number, day in enumerate(body["days"], 1):
        sheet.cell(number, 1).value = f"=ZAITAKU_BILLABLE(日報!A{day['row']},日報!B{day['row']},{tables})"
    sheet["C1"] = f"=ZAITAKU_WHY(日報!A{body['days'][0]['row']},日報!B{body['days'][0]['row']},{tables})"
    sheet["C2"] = '=ZAITAKU_RULE("D01","長崎市")'
    sheet["C3"] = f"=ZAITAKU_WAREKI(日報!B{body['days'][0]['row']})"
    sheet["C4"] = "=ZAITAKU_BILLABLE(日報!A5,日報!B5)"
    book.save(tmp_path / "plain.xlsx")
    path = tmp_path / "formulas.xlsm"
    path.write_bytes(with_macros((tmp_path / "plain.xlsx").read_bytes()))
    return path


def test_every_formula_calculated_in_the_built_workbook_says_what_the_json_says(
    opened: Opener, demo_file: Path, demo_with_formulas: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.engine.vba import Macros, function_server

    body = json_of(demo_file)
    book = opened(demo_with_formulas, macros=True)
    Macros(book.impl, function_server(monkeypatch))
    sheet = book.sheets["式"]
    for area in (sheet.range("C1:C4"), sheet.range((1, 1), (len(body["days"]), 1))):
        area.impl.uno.setFormulaArray(area.impl.uno.getFormulaArray())  # at load the functions were not there yet
    answers = [row[0] for row in sheet.range((1, 1), (len(body["days"]), 1)).raw_value]
    assert answers == [Verdict(day["verdict"]).word for day in body["days"]]
    assert len(answers) > 100
    whole, rule, wareki, wrong = (sheet.range(f"C{row}").value for row in range(1, 5))
    assert whole.startswith(answers[0])
    assert rule.startswith("D01 連絡の回数不足")
    assert wareki.startswith("令和8年1月")
    assert wrong == "表がありません。日報などの表を、見出しの行から範囲に入れてください。"
    column = sheet.range((1, 5), (120, 5))
    entries = next(area for area in tables_of(demo_file) if area.startswith("日報"))
    others = [area for area in tables_of(demo_file) if area != entries]
    listed = ";".join(f"${area.replace('!', '.')}" for area in (entries, *others))
    column.impl.uno.setArrayFormula(f"=ZAITAKU_VERDICTS({listed})")
    heading = int(entries.partition("$A$")[2].partition(":")[0])
    beside = [row[0] for row in column.raw_value]
    assert beside[0] == "判定"
    assert [beside[day["row"] - heading] for day in body["days"]] == answers
