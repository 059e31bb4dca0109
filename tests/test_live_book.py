"""The open workbook: each button in a real spreadsheet program, and what it leaves is what the command line says."""

import json
import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings as xw
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill

from tests.engine.fixtures import Opener, copies_opened
from tests.expected import COLOURS, expected_colours
from tests.shape import as_json
from tests.tools import coloured_cells
from zaitaku_xl.a1 import address
from zaitaku_xl.addin import doctor
from zaitaku_xl.entry import ribbon
from zaitaku_xl.hosts.closed_book import ClosedBook
from zaitaku_xl.hosts.live.book import LiveBook, parts
from zaitaku_xl.hosts.writing.new_book import written
from zaitaku_xl.jobs import Asked, check_file, grids_of, judged
from zaitaku_xl.jobs.planning import marking_plan
from zaitaku_xl.law.clause import japanese_day
from zaitaku_xl.plan import Plan
from zaitaku_xl.sheets.demo import demo
from zaitaku_xl.sheets.result_sheet import SHEET

PREFIX = "【在宅点検】"
_WIDTHS = re.compile(r"^(照合番号 [0-9a-f]{16} [0-9a-f]{8}-\d+-\d+)(?:-\d+)+(?:\+[0-9a-f]{4})*$")
Cells = dict[tuple[str, str], str]


def json_of(path: Path) -> dict[str, Any]:
    return as_json(check_file(path, path.name, Asked()))


@pytest.fixture(scope="module")
def body(demo_file: Path) -> dict[str, Any]:
    return json_of(demo_file)


def colours(book: xw.Book) -> Cells:
    """Which cells our layer colours, read from the program itself."""
    found: Cells = {}
    for sheet in book.sheets:
        for rule in sheet.cells.conditional_formats:
            if rule.type == "custom" and "zaitaku_xl:" in rule.formula:
                red, green, blue = rule.fill_color
                for area in rule.impl.areas:
                    cells = sheet.range(area)
                    for row in range(cells.row, cells.row + cells.shape[0]):
                        for column in range(cells.column, cells.column + cells.shape[1]):
                            found[sheet.name, address(row, column)] = f"{red:02X}{green:02X}{blue:02X}"
    return found


def notes(book: xw.Book) -> Cells:
    return {
        (sheet.name, note.location.get_address(False, False)): note.text
        for sheet in book.sheets
        for note in sheet.notes
    }


def contents(book: xw.Book) -> dict[str, Any]:
    """Everything a person sees of the workbook: values, formulas, colours of rules, notes."""
    seen: dict[str, Any] = {sheet.name: (sheet.used_range.formula, sheet.used_range.address) for sheet in book.sheets}
    rules = sorted(
        (sheet.name, rule.type, rule.formula or "", rule.impl.areas)
        for sheet in book.sheets
        for rule in sheet.cells.conditional_formats
    )
    return seen | {"rules": rules, "notes": notes(book)}


def said(excel: xw.App) -> str:
    return "\n".join(excel.impl.said)


# ---- 点検


@dataclass
class Clicked:
    """A workbook with a rule and a note of the office's own: 点検 twice, then 色を消す, and what was there each time."""

    plain: Path
    saved: Path  # after the first click
    before: dict[str, Any]
    checked: dict[str, Any]
    checked_again: dict[str, Any]
    cleared: dict[str, Any]
    colours: Cells
    listed: list[list[Any]]
    last_sheet: str
    selected: tuple[str, str]
    said: str
    status: list[object]
    screen: list[bool]


@pytest.fixture(scope="module")
def clicked(excel: xw.App, demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Clicked:
    room = tmp_path_factory.mktemp("clicked")
    own = openpyxl.load_workbook(demo_file)
    fill = PatternFill(bgColor="FF00FF00", fill_type="solid")
    own["日報"].conditional_formatting.add("B5:B60", FormulaRule(formula=['$D5="在宅"'], fill=fill))
    own["日報"]["A1"].comment = Comment("題", "佐藤")
    own.save(room / "own.xlsx")
    with copies_opened(excel, room) as opener:
        book = opener(room / "own.xlsx")
        before = contents(book)
        book.sheets["日報"].activate()
        book.sheets["日報"].range("D7").select()
        ribbon.run("check_book")
        selected, told = (excel.selection.sheet.name, excel.selection.address), said(excel)
        status, screen = list(excel.impl.status), list(excel.impl.screen)
        book.save(room / "saved.xlsx")
        checked, shown = contents(book), colours(book)
        listed, last_sheet = book.sheets[SHEET].used_range.value, book.sheets[-1].name
        ribbon.run("check_book")
        checked_again = contents(book)
        ribbon.run("clear_marks")
        return Clicked(
            room / "own.xlsx", room / "saved.xlsx", before, checked, checked_again, contents(book), shown, listed,
            last_sheet, selected, told, status, screen,
        )  # fmt: skip


@pytest.fixture(scope="module")
def closed(clicked: Clicked) -> openpyxl.Workbook:
    """The same workbook marked as a closed file."""
    marked = clicked.plain.with_name("marked.xlsx")
    check_file(clicked.plain, "own.xlsx", Asked(), marked)
    return openpyxl.load_workbook(marked)


def test_the_button_colours_what_the_json_of_the_command_line_gives(clicked: Clicked, body) -> None:
    assert clicked.colours == expected_colours(body)


def test_what_the_program_shows_after_the_click_is_what_the_json_gives(clicked: Clicked, body) -> None:
    shown = coloured_cells(clicked.saved)
    ours = {
        (sheet, cell): colour
        for sheet, cells in shown.items()
        if sheet not in ("はじめに", SHEET)  # they show the colours themselves
        for cell, colour in cells.items()
        if colour in COLOURS.values()
    }
    assert ours == expected_colours(body)


def test_each_coloured_cell_has_the_note_that_a_closed_file_gets(clicked: Clicked, closed: openpyxl.Workbook) -> None:
    expected = {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in closed
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    assert clicked.checked["notes"] == expected
    assert expected.pop(("日報", "A1")) == "題"
    assert all(text.startswith(PREFIX) for text in expected.values())
    assert expected.keys() == clicked.colours.keys()


def _without_widths(row: list[object]) -> list[object]:
    """*row*, its stamp without what an open program sets by a measure and a printer of its own: widths, pages."""
    return [_WIDTHS.sub(r"\1", cell) if isinstance(cell, str) else cell for cell in row]


def test_the_list_is_the_one_a_closed_file_gets(clicked: Clicked, closed: openpyxl.Workbook) -> None:
    rows = [list(row) for row in closed[SHEET].iter_rows(values_only=True)]
    assert [_without_widths(row) for row in clicked.listed] == [_without_widths(row) for row in rows]
    assert clicked.last_sheet == SHEET


def test_the_clerk_stays_where_he_was_and_is_told_in_numbers(clicked: Clicked) -> None:
    assert clicked.selected == ("日報", "$D$7")
    assert "算定不可 14日" in clicked.said
    assert "「次へ」" in clicked.said
    assert "点検しています" in str(clicked.status[0])
    assert clicked.status[-1] is False
    assert clicked.screen == [False, True]


def test_a_second_check_of_an_unchanged_workbook_changes_nothing(clicked: Clicked) -> None:
    assert clicked.checked_again == clicked.checked
    assert clicked.checked != clicked.before


def test_rules_and_notes_of_the_office_stay_under_our_marks(clicked: Clicked) -> None:
    assert all(rule in clicked.checked["rules"] for rule in clicked.before["rules"])
    assert len(clicked.before["rules"]) > 1


def test_marks_taken_off_by_the_button_leave_the_workbook_as_it_was(clicked: Clicked) -> None:
    assert clicked.cleared == clicked.before


def test_marks_of_the_button_are_taken_off_by_the_command_line_after_saving(clicked: Clicked) -> None:
    assert len(ours_in(clicked.saved)) > 10
    cleared = ClosedBook.opened(clicked.saved).cleared()
    assert cleared.kept == ()
    bare = clicked.saved.with_name("bare.xlsx")
    bare.write_bytes(cleared.data)
    assert ours_in(bare) == []


def test_marks_of_the_command_line_are_taken_off_by_the_button(opened: Opener, demo_file: Path, tmp_path: Path) -> None:
    check_file(demo_file, "demo.xlsx", Asked(), tmp_path / "marked.xlsx")
    book = opened(tmp_path / "marked.xlsx")
    assert colours(book)
    ribbon.run("clear_marks")
    assert colours(book) == {}
    assert notes(book) == {}
    assert SHEET not in book.sheet_names


def ours_in(path: Path) -> list[str]:
    """What of ours a file still holds: sheets, notes, rules."""
    book = openpyxl.load_workbook(path)
    sheets = [sheet.title for sheet in book if str(sheet["A1"].value).startswith(PREFIX)]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment]
    noted = [cell.coordinate for cell in cells if cell.comment.text.startswith(PREFIX)]
    rules = [rule.formula[0] for s in book for own in s.conditional_formatting for rule in own.rules if rule.formula]
    return [*sheets, *noted, *(formula for formula in rules if "zaitaku_xl:" in formula)]


def test_a_workbook_that_was_never_saved_is_judged_like_any_other(
    opened: Opener, excel: xw.App, demo_file: Path
) -> None:
    book = opened(demo_file)
    new = excel.books.add()
    try:
        for sheet in book.sheets:
            new.impl.uno.Sheets.importSheet(book.impl.uno, sheet.name, new.sheets.count)
        new.set_mock_caller()
        assert LiveBook(new).folder is None
        ribbon.run("check_book")
        assert colours(new) == expected_colours(json_of(demo_file))
        assert colours(book) == {}
    finally:
        new.close()


# ---- the office's own


def test_a_note_or_thread_of_the_office_stays_and_the_finding_stands_in_the_list(
    opened: Opener, excel: xw.App, demo_file: Path, body
) -> None:
    from tests.engine import marks

    book = opened(demo_file)
    (sheet, cell), (other_sheet, other) = list(expected_colours(body))[:2]
    book.sheets[sheet].range(cell).add_note("ここは確認済み（佐藤）")
    at = book.sheets[other_sheet].range(other)
    marks.THREADS.append((other_sheet, at.row, at.column))
    ribbon.run("check_book")
    assert notes(book)[sheet, cell] == "ここは確認済み（佐藤）"
    assert (other_sheet, other) not in notes(book)
    assert colours(book) == expected_colours(body)
    assert "すでにメモのあるセルが2個あり" in said(excel)
    ribbon.run("clear_marks")
    assert notes(book) == {(sheet, cell): "ここは確認済み（佐藤）"}


def test_a_protected_sheet_is_named_and_left_alone(opened: Opener, excel: xw.App, demo_file: Path, body) -> None:
    book = opened(demo_file)
    ribbon.run("check_book")  # LibreOffice makes no new cell style once a sheet is protected
    ribbon.run("clear_marks")
    book.sheets["日報"].impl.uno.protect("")
    ribbon.run("check_book")
    assert not [cell for sheet, cell in colours(book) if sheet == "日報"]
    assert colours(book) == {cell: c for cell, c in expected_colours(body).items() if cell[0] != "日報"}
    assert "シート「日報」は保護されているため、色とメモを付けられません" in said(excel)
    assert SHEET in book.sheet_names


def test_marks_on_a_sheet_protected_since_are_named_when_they_cannot_be_taken_off(
    opened: Opener, excel: xw.App, demo_file: Path
) -> None:
    book = opened(demo_file)
    ribbon.run("check_book")
    book.sheets["日報"].impl.uno.protect("")
    ribbon.run("clear_marks")
    assert "シート「日報」は保護されているため、色とメモを消せません" in said(excel)
    assert {sheet for sheet, _ in colours(book)} == {"日報"}


def test_where_the_list_of_sheets_is_protected_colour_and_notes_come_alone(
    opened: Opener, excel: xw.App, demo_file: Path, body
) -> None:
    book = opened(demo_file)
    book.impl.uno.protect("")
    ribbon.run("check_book")
    assert colours(book) == expected_colours(body)
    assert SHEET not in book.sheet_names
    assert "ブックの構成が保護されているため作れません" in said(excel)


def test_a_list_that_somebody_edited_stays_and_the_next_one_stands_beside_it(
    opened: Opener, excel: xw.App, demo_file: Path
) -> None:
    book = opened(demo_file)
    ribbon.run("check_book")
    book.sheets[SHEET].range("M8").value = "済み（佐藤）"
    ribbon.run("check_book")
    assert [name for name in book.sheet_names if name.startswith(SHEET)] == [SHEET, f"{SHEET}2"]
    ribbon.run("clear_marks")
    assert [name for name in book.sheet_names if name.startswith(SHEET)] == [SHEET]
    assert f"「{SHEET}」は手で直されているため残しました。" in said(excel)


def test_a_plan_that_came_as_json_is_carried_out_and_a_sheet_it_replaces_goes_although_edited(
    opened: Opener, demo_file: Path, body
) -> None:
    book = opened(demo_file)
    ribbon.run("check_book")
    book.sheets[SHEET].range("M8").value = "済み（佐藤）"
    live = LiveBook(book)
    plan = replace(marking_plan(judged(grids_of(live)), live), replaced=(SHEET,))
    live.carry_out(Plan.from_json(json.loads(json.dumps(plan.as_json()))))
    assert colours(book) == expected_colours(body)
    [made] = [
        name for name in book.sheet_names if name.startswith(SHEET)
    ]  # the next free name: the edited one was there
    assert made == f"{SHEET}2"
    assert book.sheets[made].range("M8").value != "済み（佐藤）"


def test_a_list_that_a_formula_of_the_office_rests_on_stays(opened: Opener, demo_file: Path) -> None:
    book = opened(demo_file)
    ribbon.run("check_book")
    book.sheets["設定"].range("E2").formula = f"=COUNTA($'{SHEET}'.A1:A40)"
    ribbon.run("clear_marks")
    assert SHEET in book.sheet_names


# ---- one client, from finding to finding, why


def test_only_the_client_of_the_selected_row_is_shown(opened: Opener, excel: xw.App, demo_file: Path, body) -> None:
    book = opened(demo_file)
    day = next(day for day in body["days"] if day["verdict"] == "NOT_BILLABLE")
    book.sheets[day["sheet"]].activate()
    book.sheets[day["sheet"]].range((day["row"], 3)).select()
    ribbon.run("check_person")
    own = body | {
        name: [each for each in body[name] if each["client"] == day["client"]] for name in ("days", "findings")
    }
    assert own["findings"]
    assert colours(book) == expected_colours(own)
    assert f"{day['client']}さんだけを点検しました" in said(excel)


def test_a_row_that_is_nobodys_says_what_to_select(opened: Opener, excel: xw.App, demo_file: Path) -> None:
    book = opened(demo_file)
    book.sheets["設定"].activate()
    book.sheets["設定"].range("A3").select()
    ribbon.run("check_person")
    assert said(excel).startswith("だれの行か分かりません")
    assert colours(book) == {}


def test_next_goes_through_every_cell_of_the_list_and_round_again(
    opened: Opener, excel: xw.App, demo_file: Path, body
) -> None:
    book = opened(demo_file)
    ribbon.run("check_book")
    book.sheets["設定"].activate()
    book.sheets["設定"].range("A1").select()
    places = list(dict.fromkeys((f["sheet"], f["cell"]) for f in body["findings"] if f["cell"]))
    been = []
    for _ in range(len(places) + 1):
        ribbon.run("next_finding")
        been.append((excel.selection.sheet.name, excel.selection.get_address(False, False)))
    assert been == [*places, places[0]]
    assert str(excel.status_bar).startswith(
        f"見直し 1/{len(places)}　{body['findings'][0]['rule'] if body['findings'][0]['cell'] else ''}"
    )
    ribbon.run("previous_finding")
    assert (excel.selection.sheet.name, excel.selection.get_address(False, False)) == places[-1]


@pytest.mark.parametrize("button", ["next_finding", "previous_finding"])
def test_before_a_check_there_is_nothing_to_jump_to(opened: Opener, excel: xw.App, demo_file: Path, button) -> None:
    opened(demo_file)
    ribbon.run(button)
    assert said(excel) == "まだ点検していません。先に「点検」を押してください。"


def test_a_finding_on_a_hidden_sheet_is_said_to_be_there(opened: Opener, excel: xw.App, demo_file: Path, body) -> None:
    book = opened(demo_file)
    ribbon.run("check_book")
    first = next(f for f in body["findings"] if f["cell"])
    book.sheets["設定"].activate()
    book.sheets[first["sheet"]].visible = False
    ribbon.run("next_finding")
    assert f"シート「{first['sheet']}」は隠れています" in said(excel)
    assert excel.selection.sheet.name == "設定"


def test_why_gives_reason_remedy_and_source_of_the_selected_cell(
    opened: Opener, excel: xw.App, demo_file: Path, body
) -> None:
    book = opened(demo_file)
    finding = next(f for f in body["findings"] if f["weight"] == "block" and f["cell"])
    book.sheets[finding["sheet"]].activate()
    book.sheets[finding["sheet"]].range(finding["cell"]).select()
    ribbon.run("why")
    for part in (
        finding["rule"],
        finding["message"],
        finding["remedy"],
        finding["source"]["clause"],
        japanese_day(date.fromisoformat(finding["source"]["since"])),
    ):
        assert part in said(excel)


def test_why_on_a_clean_day_says_that_nothing_was_found(opened: Opener, excel: xw.App, demo_file: Path, body) -> None:
    book = opened(demo_file)
    day = next(day for day in body["days"] if day["verdict"] == "BILLABLE" and not day["rules"])
    book.sheets["日報"].activate()
    book.sheets["日報"].range((day["row"], 2)).select()
    ribbon.run("why")
    assert said(excel) == f"{day['client']}さん {day['date']}　算定可\n\n見直す箇所は見つかりませんでした。"


def test_the_list_alone_can_be_made_without_colouring_anything(
    opened: Opener, excel: xw.App, demo_file: Path, body
) -> None:
    book = opened(demo_file)
    ribbon.run("findings_list")
    assert colours(book) == {}
    assert excel.selection.sheet.name == SHEET
    ribbon.run("check_book")
    book.sheets["設定"].activate()
    ribbon.run("findings_list")
    assert excel.selection.sheet.name == SHEET
    assert colours(book) == expected_colours(body)


# ---- a folder


def test_a_folder_is_judged_by_the_batch_and_the_originals_stay(
    opened: Opener, excel: xw.App, demo_file: Path, tmp_path: Path
) -> None:
    opened(demo_file)
    folder = tmp_path / "提出"
    folder.mkdir()
    data = demo_file.read_bytes()
    (folder / "a.xlsx").write_bytes(data)
    (folder / "b.xlsx").write_bytes(b"no workbook")
    excel.impl.folders.append(str(folder))
    ribbon.run("check_folder")
    assert (folder / "a.xlsx").read_bytes() == data
    assert (folder / "点検済み" / "a.xlsx").is_file()
    assert "2個のうち1個を点検しました" in said(excel)
    assert "b.xlsx: " in said(excel)
    for book in list(excel.books)[1:]:
        book.close()


def test_a_workbook_on_the_net_without_a_copy_here_has_no_folder(
    opened: Opener, excel: xw.App, demo_file: Path, monkeypatch
) -> None:
    def on_the_net(_: object) -> str:
        raise xw.XlwingsError("no local copy")  # as xlwings does for a workbook of OneDrive it cannot find

    book = opened(demo_file)
    monkeypatch.setattr(type(book.impl), "fullname", property(on_the_net))
    assert LiveBook(book).folder is None
    assert LiveBook(book).chosen_folder("どこですか") is None


def test_a_person_who_chooses_no_folder_is_left_in_peace(opened: Opener, excel: xw.App, demo_file: Path) -> None:
    opened(demo_file)
    ribbon.run("check_folder")
    assert excel.impl.said == []


# ---- when it goes wrong


def test_a_workbook_without_a_log_is_told_so(opened: Opener, excel: xw.App, tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "empty.xlsx")
    opened(tmp_path / "empty.xlsx")
    ribbon.run("check_book")
    assert said(excel) == "「日報」のシートがありません。点検するには日報のあるブックを選んでください。"
    assert excel.impl.screen == [False, True]
    assert excel.status_bar is False


def test_a_fault_of_ours_is_one_sentence_and_the_screen_comes_back(
    opened: Opener, excel: xw.App, demo_file: Path, monkeypatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    book = opened(demo_file)

    def broken(*_: object) -> None:
        raise ValueError("青木 さくら 8:55")

    monkeypatch.setattr(LiveBook, "carry_out", broken)
    ribbon.run("check_book")
    assert "プログラムの不具合で、できませんでした（ValueError）" in said(excel)
    assert len(excel.impl.said) == 1
    log = (tmp_path / "zaitaku_xl" / "zaitaku_xl.log").read_text("utf-8")
    assert "check_book failed\n  ValueError\n" in log
    assert "青木" not in log
    assert excel.impl.screen[-1] is True
    assert excel.impl.enable_events
    assert excel.status_bar is False
    assert colours(book) == {}


def test_an_unknown_button_is_a_fault_of_ours_too(
    opened: Opener, excel: xw.App, demo_file: Path, monkeypatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    opened(demo_file)
    ribbon.run("no_such_button")
    assert "プログラムの不具合" in said(excel)


def test_how_to_use_it_fits_a_message_box(opened: Opener, excel: xw.App, demo_file: Path) -> None:
    opened(demo_file)
    ribbon.run("guide")
    assert said(excel).endswith("最終判断は支給決定市町村・指定権者が行います。")


def test_the_doctor_says_what_the_command_says(opened: Opener, excel: xw.App, demo_file: Path) -> None:
    opened(demo_file)
    ribbon.run("doctor")
    assert said(excel) == doctor.report()


@pytest.mark.parametrize(
    ("text", "boxes"),
    [
        ("1つ目\n2つ目", ["1つ目\n2つ目"]),
        ("1つ目\n2つ目\n3つ目", ["1つ目\n2つ目", "3つ目"]),
        ("一行がとても長いとき", ["一行がとても長い", "とき"]),
    ],
)
def test_a_message_longer_than_a_box_comes_in_several(text: str, boxes: list[str]) -> None:
    assert parts(text, 8) == boxes


def odd(path: Path) -> Path:
    """The demo with what offices do to it: hidden rows and columns, merged titles, errors, a tick that is TRUE."""
    book = openpyxl.load_workbook(path)
    sheet = book["日報"]
    columns = {cell.value: cell.column for cell in sheet[4]}
    sheet.row_dimensions[7].hidden = True
    sheet.column_dimensions["E"].hidden = True
    sheet.merge_cells("A1:D1")
    sheet.cell(9, columns["連絡1時刻"]).value = "#N/A"
    sheet.cell(9, columns["連絡1時刻"]).data_type = "e"
    sheet.cell(10, columns["食事"]).value = True
    sheet.cell(11, columns["開始"]).value = "９時半"
    sheet.cell(12, columns["開始"]).value = 9.3
    book.save(path)
    return path


@pytest.mark.parametrize("clean", [True, False])
def test_reading_the_open_workbook_gives_the_same_json_as_its_file(opened: Opener, tmp_path: Path, clean: bool) -> None:
    path = tmp_path / "month.xlsx"
    path.write_bytes(written(demo(clean=clean)))
    odd(path)
    live = as_json(judged(grids_of(LiveBook(opened(path)))).report)
    closed = json_of(path)
    seen = [f for f in closed["findings"] if "表示されていない" not in f["message"] and "非表示" not in f["message"]]
    assert live == closed | {"path": "", "findings": seen}  # what is hidden is told of files alone
    assert any("エラーの値" in finding["message"] for finding in closed["findings"])
