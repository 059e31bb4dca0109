"""The witnesses themselves: asked about workbooks of which we know the answer."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from tests.tools import (
    MISSING,
    coloured_cells,
    html_of,
    letters,
    libreoffice,
    needs,
    pictures_of,
    same_parts,
    validate,
)
from tests.witnesses import figures

RED, ORANGE, YELLOW = "F8CBCB", "FCE4C8", "FFF7C2"
ALWAYS = 'LEN("zaitaku_xl:D01")>0'


def a_book(path: Path, **sheets) -> Path:
    """Make a workbook; each sheet is a function that fills it, given the sheet and a maker of background formats."""
    with xlsxwriter.Workbook(path) as book:
        for name, fill in sheets.items():
            fill(book.add_worksheet(name), lambda colour: book.add_format({"bg_color": "#" + colour}))
    return path


def marked(sheet, cells: str, colour) -> None:
    sheet.conditional_format(cells, {"type": "formula", "criteria": "=" + ALWAYS, "format": colour})


def colours(tmp_path: Path, fill) -> dict[str, str]:
    return coloured_cells(a_book(tmp_path / "book.xlsx", 日報=fill))["日報"]


def test_fills_and_conditional_formats_are_seen_at_their_addresses(tmp_path):
    def fill(sheet, colour):
        sheet.write("B2", "済", colour(RED))
        sheet.write_column("D5", [5, 1])
        sheet.conditional_format("D5:D6", {"type": "cell", "criteria": ">", "value": 3, "format": colour(ORANGE)})

    assert colours(tmp_path, fill) == {"B2": RED, "D5": ORANGE}


def test_a_conditional_format_shows_over_a_fill(tmp_path):
    def fill(sheet, colour):
        sheet.write("C3", "済", colour(RED))
        marked(sheet, "C3", colour(YELLOW))

    assert colours(tmp_path, fill) == {"C3": YELLOW}


def test_blank_cells_at_the_edges_of_a_sheet_are_seen(tmp_path):
    def fill(sheet, colour):
        sheet.write("E5", "中")
        sheet.write_blank("A9", None, colour(RED))
        for cell in ("A1", "J1", "A12", "J12"):
            marked(sheet, cell, colour(YELLOW))

    assert colours(tmp_path, fill) == {"A1": YELLOW, "J1": YELLOW, "A9": RED, "A12": YELLOW, "J12": YELLOW}


def test_a_blank_cell_stays_blank_under_the_ruler(tmp_path):
    def fill(sheet, colour):
        sheet.write("B2", "済")
        sheet.conditional_format("A1:B2", {"type": "blanks", "format": colour(RED)})

    assert set(colours(tmp_path, fill)) == {"A1", "A2", "B1"}


def test_hidden_rows_and_columns_show_nothing_and_shift_nothing(tmp_path):
    def fill(sheet, colour):
        for cell in ("A1", "B2", "C3", "E5", "G7"):
            sheet.write(cell, cell, colour(RED))
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_column("C:C", None, None, {"hidden": True})
        sheet.set_column("H:XFD", None, None, {"hidden": True})

    assert set(colours(tmp_path, fill)) == {"A1", "E5", "G7"}


def test_rows_hidden_by_default_do_not_hide_the_ruler(tmp_path):
    def fill(sheet, colour):
        sheet.write("B2", "済", colour(RED))
        marked(sheet, "B4", colour(YELLOW))
        sheet.set_row(2, None, colour(ORANGE))
        sheet.set_default_row(hide_unused_rows=True)

    assert colours(tmp_path, fill) == {"B2": RED, "A3": ORANGE, "B3": ORANGE}


def test_formats_of_whole_rows_and_columns_are_seen(tmp_path):
    def fill(sheet, colour):
        sheet.write("B2", "済")
        sheet.set_row(3, None, colour(RED))
        sheet.set_column("C:C", None, colour(ORANGE))

    rows = dict.fromkeys(("A4", "B4", "C4"), RED)
    assert colours(tmp_path, fill) == rows | dict.fromkeys(("C1", "C2", "C3"), ORANGE)


@pytest.mark.parametrize("hidden", [None, "row", "column"])
def test_a_merged_area_stands_at_its_first_cell_and_shifts_nothing(tmp_path, hidden):
    def fill(sheet, colour):
        sheet.merge_range("C3:E5", "結合", colour(YELLOW))
        sheet.merge_range("A1:B1", "", colour(ORANGE))
        for cell in ("F3", "F4", "F5", "C6", "E6", "F6"):
            sheet.write(cell, cell, colour(RED))
        if hidden == "row":
            sheet.set_row(3, None, None, {"hidden": True})
        if hidden == "column":
            sheet.set_column("D:D", None, None, {"hidden": True})

    expected = {"A1": ORANGE, "C3": YELLOW} | dict.fromkeys(("F3", "F4", "F5", "C6", "E6", "F6"), RED)
    if hidden == "row":
        del expected["F4"]
    assert colours(tmp_path, fill) == expected


def test_a_merged_area_whose_first_row_is_hidden_shifts_nothing(tmp_path):
    def fill(sheet, colour):
        sheet.merge_range("B2:C4", "結合", colour(YELLOW))
        sheet.set_row(1, None, None, {"hidden": True})
        for cell in ("D3", "A4", "D4", "C5"):
            sheet.write(cell, cell, colour(RED))

    shown = colours(tmp_path, fill)
    assert {cell for cell, colour in shown.items() if colour == RED} == {"D3", "A4", "D4", "C5"}


def test_sheets_of_different_extent_are_kept_apart_by_name(tmp_path):
    def one(sheet, colour):
        sheet.write("B2", "一", colour(RED))

    def far(sheet, colour):
        sheet.write("AB120", "遠", colour(ORANGE))

    def nothing(sheet, colour):
        pass

    def only_marked(sheet, colour):
        marked(sheet, "D4", colour(YELLOW))

    book = a_book(tmp_path / "book.xlsx", **{"空": nothing, "日報 & <控>": one, "遠い": far, "色だけ": only_marked})
    found = {"空": {}, "日報 & <控>": {"B2": RED}, "遠い": {"AB120": ORANGE}, "色だけ": {"D4": YELLOW}}
    assert coloured_cells(book) == found


def test_a_format_for_whole_columns_is_followed_to_the_last_cell(tmp_path):
    def fill(sheet, colour):
        sheet.write("B3", "済")
        marked(sheet, "A1:A1048576", colour(RED))

    assert set(colours(tmp_path, fill)) == {"A1", "A2", "A3"}


def test_a_rule_of_the_newer_kind_is_seen(tmp_path):
    """Excel keeps a condition that asks another sheet in the extension list."""

    def fill(sheet, colour):
        sheet.write("B3", "済")

    book = a_book(tmp_path / "book.xlsx", 日報=fill, 別=lambda sheet, colour: sheet.write("A1", 1))
    extension = (
        '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:conditionalFormattings>'
        '<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        '<x14:cfRule type="expression" priority="1" id="{00000000-0000-0000-0000-000000000001}">'
        '<xm:f>別!$A$1=1</xm:f><x14:dxf><fill><patternFill><bgColor rgb="FFF8CBCB"/></patternFill></fill></x14:dxf>'
        "</x14:cfRule><xm:sqref>D6</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>"
    )
    edit(book, "xl/worksheets/sheet1.xml", "</worksheet>", extension + "</worksheet>")
    assert coloured_cells(book) == {"日報": {"D6": RED}, "別": {}}


def edit(book: Path, part: str, old: str, new: str) -> None:
    with zipfile.ZipFile(book) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode(), 1)
    with zipfile.ZipFile(book, "w") as package:
        for name, raw in parts.items():
            package.writestr(name, raw)


def test_columns_have_the_names_excel_gives_them():
    assert [letters(number) for number in (1, 26, 27, 702, 703, 16_384)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


def test_the_validator_finds_nothing_in_a_good_book_and_names_what_is_wrong_in_a_bad_one(tmp_path):
    book = a_book(tmp_path / "book.xlsx", 日報=lambda sheet, colour: sheet.write("A1", "済", colour(RED)))
    assert validate(book) == []
    edit(book, "xl/worksheets/sheet1.xml", 's="1"', 's="77"')
    (finding,) = validate(book)
    assert finding.startswith("/xl/worksheets/sheet1.xml /x:worksheet/x:sheetData/x:row/x:c Sem_MissingIndexedElement")


def test_the_validator_says_that_junk_is_no_workbook(tmp_path):
    (tmp_path / "junk.xlsx").write_bytes(b"junk")
    assert len(validate(tmp_path / "junk.xlsx")) == 1


def test_a_page_becomes_a_picture(tmp_path):
    book = a_book(tmp_path / "日報.xlsx", 日報=lambda sheet, colour: sheet.write("A1", "在宅", colour(RED)))
    (picture,) = pictures_of(book)
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_stale_lock_beside_the_book_is_no_matter_and_none_is_left(tmp_path):
    book = a_book(tmp_path / "book.xlsx", 日報=lambda sheet, colour: sheet.write("A1", "在宅"))
    (tmp_path / ".~lock.book.xlsx#").write_text(",someone,elsewhere,01.01.2026 09:00,file:///nowhere;")
    made = libreoffice(book, "ods", tmp_path / "out")
    assert made == tmp_path / "out" / "book.ods"
    assert made.stat().st_size > 0
    assert "在宅" in html_of(book)
    assert {found.name for found in tmp_path.iterdir()} == {"book.xlsx", ".~lock.book.xlsx#", "out"}


def test_a_filter_can_be_named(tmp_path):
    book = a_book(tmp_path / "book.xlsx", 日報=lambda sheet, colour: sheet.write("A1", "在宅"))
    text = libreoffice(book, "csv", tmp_path, filter="Text - txt - csv (StarCalc):44,34,76").read_text(encoding="utf-8")
    assert text.strip() == "在宅"


def test_a_program_that_is_not_there_skips_in_words_that_conftest_knows():
    with pytest.raises(pytest.skip.Exception, match=MISSING + "no-such-program"):
        needs("no-such-program")


@pytest.mark.parametrize(("required", "outcome"), [("1", "failed"), ("", "skipped")])
def test_a_missing_program_fails_where_all_are_required(pytester, monkeypatch, required, outcome):
    monkeypatch.setenv("ZAITAKU_REQUIRE_ALL", required)
    pytester.makeconftest("from tests.conftest import *")
    pytester.makepyfile(
        test_one="from tests.tools import needs\ndef test_one(): needs('no-such-program')",
        test_all="from tests.tools import needs\nneeds('no-such-program')",
        test_own="import pytest\ndef test_own(): pytest.skip('今日は日曜日')",
    )
    counts = pytester.runpytest("-p", "no:cacheprovider", "--continue-on-collection-errors").parseoutcomes()
    assert counts.get("skipped", 0) == (3 if outcome == "skipped" else 1)
    assert counts.get("failed", 0) + counts.get("errors", 0) == (0 if outcome == "skipped" else 2)


def packed(*parts: tuple[str, str]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in parts:
            package.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("other", "names"),
    [
        ([("a", "1"), ("b", "2"), ("c", "3")], []),
        ([("a", "1"), ("b", "9"), ("c", "3")], ["b"]),
        ([("a", "1"), ("c", "3")], ["b"]),
        ([("a", "1"), ("b", "2"), ("c", "3"), ("d", "4")], ["d"]),
        ([("a", "1"), ("c", "3"), ("b", "2")], ["b", "c"]),
        ([("a", "1"), ("b", "2"), ("c", "3"), ("c", "3")], ["c"]),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_parts_that_differ_are_named(other, names):
    assert same_parts(packed(("a", "1"), ("b", "2"), ("c", "3")), packed(*other)) == names


def test_the_name_of_a_test_is_readable_and_holds_nothing_that_no_terminal_can_show(pytester):
    pytester.makeini("[pytest]\ndisable_test_id_escaping_and_forfeit_all_rights_to_community_support = true\n")
    pytester.makeconftest("from tests.conftest import pytest_make_parametrize_id")
    pytester.makepyfile(
        "import pytest\n@pytest.mark.parametrize('it', ['在宅の日', '一\\x00二', b'PK\\x03' * 40])\ndef test_it(it): pass\n"
    )
    listed = pytester.runpytest("--collect-only", "-q", "-p", "no:cacheprovider").outlines
    names = [line.partition("test_it")[2] for line in listed if "::" in line]
    assert names[0] == "[在宅の日]"
    assert names[1] == r"[\u4e00\x00\u4e8c]"
    assert len(names[2]) < 80
    assert all(name.isprintable() for name in names)


def test_the_witnesses_of_density_count_what_they_say(tmp_path):
    (tmp_path / "zaitaku_xl").mkdir()
    (tmp_path / "zaitaku_xl/one.py").write_text(
        '"""Said."""\n\n# a comment\nrows = f(1, 2, 3, 4, 5)\nplain = f(1, 2, 3, 4, e=5)\n'
        "nested = [[x for x in y] for y in z]\ntwo = [x for y in z for x in y]\nsingle = [x for x in y]\n"
        "either = 1 if rows else 2\nseen = {id(rows): 1}\nx = [1,2]  # fmt: skip\n"
        "def long():\n" + "    x = 1\n" * 30,
    )
    count = figures(tmp_path)
    assert {name: count[name] for name in ("positional", "nested", "ternaries", "ids", "skips")} == {
        "positional": 1,
        "nested": 2,
        "ternaries": 1,
        "ids": 1,
        "skips": 1,
    }
    assert (count["long functions"], count["long files"], count["lines"]) == (1, 0, 40)
