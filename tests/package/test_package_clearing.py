"""Marks taken off by meaning, after another program saved the marked workbook and nothing is where we left it."""

import io
import json
import warnings
from hashlib import sha256
from html import unescape
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from tests.package import package_bases as bases
from tests.package.test_package_marking import A_FEW_MARKS, A_SHEET, MARKS, RED, a_mark, a_sheet, opened
from tests.tools import coloured_cells, libreoffice, lint, validate
from zaitaku_xl.hosts.marking import cleared, marked
from zaitaku_xl.made import MadeCell, MadeSheet, Mark, numbered
from zaitaku_xl.ooxml.opc import Package
from zaitaku_xl.plan import Plan

SHEET = a_sheet("点検結果", "=1+1", " 前後に空白 ", "二行\nです", 3.5, 0.1, "a_x0041_b", "")


def saved_by_openpyxl(data: bytes, change=lambda book: None) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = opened(data)
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ours_in(data: bytes) -> list[str]:
    """Return the parts in which anything of ours is left."""
    words = (b"zaitaku_xl:", "【在宅点検】".encode(), b"urn:zaitaku-xl", "点検結果".encode())
    parts = {name: unescape(part.decode("utf-8", "replace")).encode() for name, part in bases.unzipped(data).items()}
    return [name for name, part in parts.items() if any(w in part for w in words) and "sharedStrings" not in name]


READABLE = [n for n in bases.BASES if n not in ("strict", "names in other letters", "drawing that is not XML")]


@pytest.mark.parametrize("name", READABLE)
def test_after_openpyxl_saved_it_nothing_of_ours_is_left(name: str) -> None:
    data = saved_by_openpyxl(marked(bases.BASES[name](), Plan.of_marks(MARKS, [SHEET])).data)
    result = cleared(data)
    assert ours_in(data)
    assert ours_in(result.data) == []
    assert not result.exact
    assert result.kept == ()
    assert opened(result.data).sheetnames == opened(bases.BASES[name]()).sheetnames
    assert cleared(result.data).data is result.data


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(marks=A_FEW_MARKS, sheets=A_SHEET)
def test_whatever_is_marked_is_found_again_after_openpyxl_saved_it(marks: list[Mark], sheets: list[MadeSheet]) -> None:
    data = saved_by_openpyxl(marked(bases.by_hand(), Plan.of_marks(marks, sheets)).data)
    result = cleared(data)
    assert result.kept == ()
    assert ours_in(result.data) == []


def test_the_offices_notes_and_formats_stay() -> None:
    result = cleared(saved_by_openpyxl(marked(bases.written_by_xlsxwriter(), Plan.of_marks(MARKS, [SHEET])).data))
    sheet = opened(result.data)["日報"]
    notes = {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}
    assert notes == {"D4": "担当: 佐藤", "D5": "担当: 佐藤"}
    assert len(list(sheet.conditional_formatting)) == 3
    assert any("FilterDatabase" in name for name in sheet.defined_names) or sheet.auto_filter.ref == "A1:D40"


def test_after_libreoffice_saved_it_nothing_of_ours_is_left(tmp_path: Path) -> None:
    path = tmp_path / "marked.xlsx"
    path.write_bytes(marked(bases.written_by_xlsxwriter(), Plan.of_marks(MARKS, [SHEET])).data)
    saved = libreoffice(path, "xlsx", tmp_path / "saved").read_bytes()
    result = cleared(saved)
    assert ours_in(saved)
    assert ours_in(result.data) == []
    assert result.kept == ()
    sheet = opened(result.data)["日報"]
    notes = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
    assert notes == {"D4", "D5"}
    before, after = tmp_path / "before.xlsx", tmp_path / "after.xlsx"
    before.write_bytes(saved)
    after.write_bytes(result.data)
    assert set(validate(after)) <= set(validate(before))
    assert set(map(str, lint(after))) <= set(map(str, lint(before)))
    again = marked(result.data, Plan.of_marks(MARKS, [SHEET]))
    assert cleared(again.data).exact


def test_libreoffice_shows_our_colours_over_the_offices_own(tmp_path: Path) -> None:
    path = tmp_path / "marked.xlsx"
    path.write_bytes(marked(bases.written_by_xlsxwriter(), Plan.of_marks([a_mark(4, 1), a_mark(5, 3)], [])).data)
    colours = coloured_cells(path)["日報"]
    assert (colours["A4"], colours["C5"]) == (RED, RED)


def test_a_sheet_of_ours_that_was_edited_stays_and_is_named() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["点検結果"]["C3"] = "電話で確認済み"

    result = cleared(saved_by_openpyxl(marked(bases.by_hand(), Plan.of_marks(MARKS, [SHEET])).data, edit))
    assert result.kept == ("点検結果",)
    assert opened(result.data)["点検結果"]["C3"].value == "電話で確認済み"
    assert opened(result.data).sheetnames == ["日報", "点検結果"]
    assert marked(result.data, Plan.of_marks([], [SHEET])).unmade == ()
    assert opened(marked(result.data, Plan.of_marks([], [SHEET])).data).sheetnames == ["日報", "点検結果", "点検結果2"]


def test_a_sheet_of_ours_with_somebodys_note_stays() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["点検結果"]["B3"].comment = openpyxl.comments.Comment("確認中", "佐藤")

    assert cleared(saved_by_openpyxl(marked(bases.by_hand(), Plan.of_marks([], [SHEET])).data, edit)).kept == (
        "点検結果",
    )


@pytest.mark.parametrize("formula", ["=COUNTA(点検結果!A:A)", "='点検結果'!A1"])
def test_a_sheet_of_ours_that_a_formula_rests_on_stays(formula: str) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["日報"]["F1"] = formula

    assert cleared(saved_by_openpyxl(marked(bases.by_hand(), Plan.of_marks([], [SHEET])).data, edit)).kept == (
        "点検結果",
    )


def test_a_formula_on_a_sheet_with_a_longer_name_does_not_keep_ours() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book.create_sheet("前月点検結果")
        book["日報"]["F1"] = "=前月点検結果!A1+'前月点検結果'!A2"

    assert cleared(saved_by_openpyxl(marked(bases.by_hand(), Plan.of_marks([], [SHEET])).data, edit)).kept == ()


def test_sheets_behind_ours_move_up_with_their_names_and_the_open_tab() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        last = book.create_sheet("控え")
        last.print_title_rows = "1:1"
        book.active = 3

    result = cleared(saved_by_openpyxl(marked(bases.written_by_openpyxl(), Plan.of_marks([], [SHEET])).data, edit))
    book = opened(result.data)
    assert book.sheetnames == ["日報", "週評価", "控え"]
    assert book["控え"].print_title_rows == "$1:$1"
    assert book.active.title == "控え"


def test_two_sheets_of_ours_that_link_to_each_other_both_go() -> None:
    second = MadeSheet(name="一覧", rows=((MadeCell("【在宅点検】一覧", link=("点検結果", 1, 1)),),), widths=(9,))
    result = cleared(saved_by_openpyxl(marked(bases.by_hand(), Plan.of_marks(MARKS, [SHEET, second])).data))
    assert result.kept == ()
    assert opened(result.data).sheetnames == ["日報"]


def test_a_copied_colour_and_a_note_without_its_author_are_found_too() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        copy = book.copy_worksheet(book["日報"])
        copy.conditional_formatting = book["日報"].conditional_formatting
        copy["A9"].comment = openpyxl.comments.Comment(numbered("【在宅点検】D01 写し"), "佐藤")

    assert ours_in(cleared(saved_by_openpyxl(marked(bases.by_hand(), Plan.of_marks(MARKS, [])).data, edit)).data) == []


def test_a_rule_that_moved_into_an_extension_leaves_with_its_empty_shell() -> None:
    moved = bases._X14.replace("A1&gt;1", 'LEN("zaitaku_xl:D01")&gt;0')
    base = bases.by_hand(bases.worksheet(after=moved))
    assert b"extLst" not in bases.unzipped(cleared(base).data)["xl/worksheets/sheet1.xml"]


def test_a_journal_that_is_damaged_is_not_believed() -> None:
    data = marked(bases.by_hand(), Plan.of_marks(MARKS, [SHEET])).data
    broken = bases.edited(data, item1=lambda part: part.replace(b'"version":1', b'"version":'))
    result = cleared(broken)
    assert not result.exact
    assert ours_in(result.data) == []
    lying = bases.edited(data, item1=lambda part: part.replace(b'"before":"', b'"before":"0'))
    assert ours_in(cleared(lying).data) == []


def test_a_workbook_marked_when_checksums_were_longer_still_goes_back_byte_for_byte() -> None:
    data = bases.by_hand()
    plain, now = bases.unzipped(data), bases.unzipped(marked(data, Plan.of_marks(MARKS, [SHEET])).data)

    def longer(part: bytes) -> bytes:
        record = json.loads(part[part.index(b"{") : part.rindex(b"}") + 1])
        for name, touched in record["touched"].items():
            touched |= {"before": sha256(plain[name]).hexdigest(), "after": sha256(now[name]).hexdigest()}
        record["added"] = {name: old and sha256(now[name]).hexdigest() for name, old in record["added"].items()}
        return part[: part.index(b"{")] + json.dumps(record).encode() + part[part.rindex(b"}") + 1 :]

    result = cleared(bases.edited(marked(data, Plan.of_marks(MARKS, [SHEET])).data, item1=longer))
    assert result.exact
    assert bases.unzipped(result.data) == plain


def test_the_other_parts_stay_byte_for_byte_when_cleared_by_meaning() -> None:
    data = saved_by_openpyxl(marked(bases.written_by_xlsxwriter(), Plan.of_marks(MARKS, [SHEET])).data)
    before, after = bases.unzipped(data), bases.unzipped(cleared(data).data)
    assert [name for name in before if name in after and "chart" in name and before[name] != after[name]] == []
    assert Package.opened(cleared(data).data).sheets[0].name == "日報"
