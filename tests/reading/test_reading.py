"""What a cell holds, and that the fast reader says the same as the exact one or nothing at all."""

import tomllib
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bench.month import workbook as month
from tests.reading.books import PLAIN_STRINGS, bases, book, everything
from tests.reading.readers import both, only, read
from zaitaku_xl.cells import Cell, Kind
from zaitaku_xl.hosts.reading import fast_cells
from zaitaku_xl.hosts.reading import grids as reading
from zaitaku_xl.hosts.reading.cell_values import Values
from zaitaku_xl.hosts.reading.fast_strings import Unsure
from zaitaku_xl.hosts.reading.format_codes import NO_STYLES

CASES = tomllib.loads((Path(__file__).parent.parent / "cell_cases.toml").read_text(encoding="utf-8"))["case"]


# ---- what a cell means


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_stored_cell_means(case: dict[str, Any]) -> None:
    row = only(book(f'<row r="1">{case["row"]}</row>')).rows.get(1, {})
    cell = row.get(1)
    assert ([cell.kind.value, cell.value] if cell else None) == case.get("is")
    assert not cell or type(cell.value) is type(case["is"][1])


def test_a_cell_knows_its_style() -> None:
    assert only(book('<row r="1"><c r="A1" s="4"><v>1</v></c></row>')).rows[1][1] == Cell(Kind.NUMBER, 1.0, 4)


def test_rows_and_cells_without_an_address_follow_each_other() -> None:
    rows = "<row><c><v>1</v></c><c r='D1'><v>2</v></c><c><v>3</v></c></row><row r='5'/><row><c><v>4</v></c></row>"
    grid = only(book(rows))
    assert {row: {c: cell.value for c, cell in cells.items()} for row, cells in grid.rows.items()} == {
        1: {1: 1, 4: 2, 5: 3},
        6: {1: 4},
    }


def test_hidden_rows_columns_and_merged_areas_are_known() -> None:
    grid = only(
        book(
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="3" hidden="1"><c r="A3"><v>1</v></c></row><row r="4" hidden="true"/>',
            before='<cols><col min="2" max="4" width="9"/><col min="6" max="16384" hidden="1"/></cols>',
            after='<mergeCells count="2"><mergeCell ref="A1:B2"/><mergeCell ref="$C$1"/></mergeCells>',
        )
    )
    assert grid.hidden_rows == {3, 4}
    assert grid.hidden_columns == ((6, 16_384),)
    assert grid.merged == ((1, 1, 2, 2),)
    assert [grid.is_hidden(*cell) for cell in ((3, 1), (1, 6), (1, 5), (2, 4))] == [True, True, False, False]


@pytest.mark.parametrize(("system", "serial"), [("0", 46027.0), ("1", 44565.0)])
def test_a_written_day_counts_from_the_workbooks_own_epoch(system: str, serial: float) -> None:
    data = book('<row r="1"><c r="A1" t="d"><v>2026-01-05</v></c></row>', workbook=f'<workbookPr date1904="{system}"/>')
    grid = only(data)
    assert (grid.date1904, grid.rows[1][1].value) == (system == "1", serial)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "iso-8859-1", "shift_jis", "utf-8"])
def test_parts_in_other_encodings_are_read(encoding: str) -> None:
    def recoded(part: bytes) -> bytes:
        name = "UTF-16" if encoding.startswith("utf-16") else encoding
        return part.decode().replace("UTF-8", name).encode(encoding)

    words = "A" if encoding == "iso-8859-1" else "日"
    data = book(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{words}</t></is></c></row>')
    assert only(bases.edited(data, sheet1=recoded)).rows[1][1].value == words


@pytest.mark.parametrize("name", ["x: prefixes", "strict", "no row numbers", "CR LF", "byte order mark"])
def test_odd_spellings_are_read(name: str) -> None:
    assert only(bases.BASES[name]()).rows


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="0"><c r="A0"><v>1</v></c></row>',
        '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        '<row r="1048576"><c r="A1048576"><v>1</v></c></row><row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row<row r="2"><c r="A2"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row<row r="2"/><row r="3"><c r="A3"><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c r="a1"><v>1</v></c></row>',
        '<row r="1"><c r="A"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>1.5</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c>',
        '<row r="1"><c r="A1" r="A2"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>&nbsp;</v></c></row>',
    ],
)
def test_a_sheet_that_makes_no_sense_is_refused_by_both(rows: str) -> None:
    said = both(book(rows))
    assert isinstance(said, str)
    assert "保存し直してください" in said


# ---- fast and exact


@pytest.mark.parametrize("name", [name for name, _ in everything()])
def test_both_readers_agree_on_every_workbook_we_can_make(name: str) -> None:
    both(dict(everything())[name]())


def _by_xlsxwriter(constant_memory: bool) -> bytes:
    file = BytesIO()
    out = xlsxwriter.Workbook(file, {"in_memory": not constant_memory, "constant_memory": constant_memory})
    day, bold = out.add_format({"num_format": "yyyy/m/d"}), out.add_format({"bold": True})
    sheet = out.add_worksheet("日報")
    for row in range(60):
        sheet.write_number(row, 0, 46_000 + row, day)
        sheet.write_string(row, 1, f" 利用者{row % 7} & <_x0041_>")
        sheet.write_blank(row, 2, None, bold)
        sheet.write_formula(row, 3, "=IF(A1>1,1,2)", None, ["#N/A", "", 3, True, "x"][row % 5])
        sheet.write_boolean(row, 4, row % 2 == 0)
        if not constant_memory:
            sheet.write_rich_string(row, 5, "必ず", bold, f"{row}回")
    sheet.set_row(7, None, None, {"hidden": True})
    sheet.set_column(8, 9, None, None, {"hidden": True})
    sheet.merge_range("H1:J2", "結合")
    out.close()
    return file.getvalue()


def _by_openpyxl() -> bytes:
    file = BytesIO()
    out = openpyxl.Workbook()
    for row in range(1, 40):
        out.active.append([row, f"利用者{row}", "=1+1", True, None, 0.5])
    out.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [month(2), _by_xlsxwriter(False), _by_xlsxwriter(True), _by_openpyxl()],
    ids=["month", "memory", "stream", "openpyxl"],
)
def test_common_programs_are_read_by_the_fast_reader_alone(data: bytes, exact_asked: list[str]) -> None:
    found = read(data)
    assert exact_asked == []
    assert found == read(data, fast=False)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><!-- x -->',
        '<row r="1"><c r="A1"><v>1</v></c></row><?x y?>',
        '<row r="1"> <c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v><extLst/></c></row>',
        '<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>',
        '<row r="1"><c r="B2"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="B1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>a\rb</v></c></row>',
        '<row r="1"><c t="n" r="A1"><v>1</v></c></row>',
        "<row r='1'><c r='A1'><v>1</v></c></row>",
        '<row><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>]]></t></is></c></row>',
        '<row r="1"><c r="A1" s="1" s="1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>\ufffe</t></is></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>\x02</t></is></c></row>',
        '<row r="1"><x><c r="A1"><v>1</v></c></x></row>',
    ],
)
def test_where_the_fast_reader_cannot_be_certain_the_exact_one_is_asked(rows: str, exact_asked: list[str]) -> None:
    read(book(rows))
    assert exact_asked == ["日報"]
    both(book(rows))


def test_a_row_whose_number_stands_elsewhere_in_it_too_is_read_by_the_fast_reader(exact_asked: list[str]) -> None:
    rows = "".join(
        f'<row r="{n}" spans="1:{n}" s="{n}"><c r="A{n}" s="{n}"><v>{n}</v></c><c r="B{n}"><f t="shared" ref="B{n}" si="{n}"/><v>2</v></c></row>'
        for n in range(1, 60)
    )
    assert len(read(book(rows))[0].rows) == 59
    assert exact_asked == []
    both(book(rows))


@pytest.mark.parametrize(
    "row",
    [
        '<row r="4"><c r="A" s="14"><v>1</v></c></row>',
        '<row r="4"><c r="A14" s="4"><v>1</v></c></row>',
        '<row r="4"><c r="A4" s="14"><v>1</v></c><c r="B" s="14"><v>1</v></c></row>',
        '<row r="4"><c r="A4" t="inlineStr"><is><t>室B4"と4"</t></is></c><c r="B4" s="4"><v>1</v></c></row>',
        '<row r="4"><c r="A4"><v>1</v></c>4" s="0"><v>2</v></c></row>',
        '<row r="4"><c r="A4"><v>1</v></c><c r="B</row>',
        '<row r="4"><c r="A4" s="1"/>4"/><c r="B4"><v>2</v></c></row>',
        '<row r="4" s="4"/><row r="5"><c r="A5"><v>4</v></c></row><row r="6" hidden="1"/>',
        '<row r="4" s="4"></row><row r="4"><c r="A4"><v>4</v></c></row>',
        '<row r="4"/><c r="A4"><v>1</v></c></row>',
        '<row r="4"><v>1</v></c><c r="A4"><v>1</v></c></row>',
        '<row r="4"><c r="A4" s="1"><c r="B4"><v>1</v></c></row>',
        '<row r="4"><row r="4"><c r="A4"><v>1</v></c></row>',
        '<row r="4"><c r="A4"><v>1</v></c></rows><row r="5"><c r="A5"><v>1</v></c></row>',
    ],
)
def test_a_number_that_stands_elsewhere_in_its_row_misleads_nobody(row: str) -> None:
    both(book(row))


@pytest.mark.parametrize(
    "after",
    [
        '<extLst><ext><sheetData><row r="9"><c r="A9"><v>9</v></c></row></sheetData></ext></extLst>',
        "<!-- </sheetData> --><mergeCells><mergeCell ref='A1:B2'/></mergeCells>",
        "<x><![CDATA[</sheetData>]]></x>",
        '<cols><col min="1" max="1" hidden="1"/></cols>',
        '<x><mergeCells><mergeCell ref="A1:B2"/></mergeCells></x><mergeCells><mergeCell ref="A3:B4"/></mergeCells>',
        "<mergeCells>",
        "</worksheet><worksheet>",
        "<!DOCTYPE worksheet>",
    ],
)
def test_words_of_the_sheet_in_other_places_mislead_nobody(after: str) -> None:
    both(book('<row r="1"><c r="A1"><v>1</v></c></row>', after=after))


@pytest.mark.parametrize(
    "before",
    [
        "<!-- <sheetData> --><cols><col min='2' max='2' hidden='1'/></cols>",
        '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
        '<x><cols><col min="1" max="1" hidden="1"/></cols></x><cols><col min="2" max="2" hidden="1"/></cols>',
        '<cols><col min="2" max="2" hidden="true"/><x><col min="3" max="3" hidden="1"/></x></cols>',
        "<sheetData/>",
        "<x>",
        "</worksheet><worksheet>",
    ],
)
def test_odd_words_above_the_rows_mislead_nobody(before: str) -> None:
    both(book('<row r="1"><c r="A1"><v>1</v></c></row>', before=before, after="<pageMargins left='1'/>"))


@pytest.mark.parametrize(
    "strings",
    [
        PLAIN_STRINGS,
        "<sst><si><t>a</t></si></sst><!-- -->",
        "<sst><si><t>a</t></si><si/></sst>",
        "<sst> <si><t>a</t></si></sst>",
        "<sst><si><t>a\r\nb</t></si></sst>",
        "<sst><si><t>&#26085;</t></si></sst>",
        "<sst><si><t>]]></t></si></sst>",
        "<sst><si><t>\ufffe</t></si></sst>",
        "<sst><si><t>a</t><t>b</t></si></sst>",
        "<x:sst xmlns:x='a'><x:si><x:t>a</x:t></x:si></x:sst>",
        "<sst a='1' a='2'><si><t>a</t></si></sst>",
        '<sst a="1" a="2"><si><t>a</t></si></sst>',
        "<sst/>",
        "",
        '<sst><si><t>a</t><rPh sb="0" eb="1"><t>b</t></rPh></si><si><t>c</t></si></sst>',
        '<sst><si><t>a</t><rPh sb="0" eb="1"><t>&#0;</t></rPh></si></sst>',
        '<sst><si><t>a</t><phoneticPr fontId="1" fontId="1"/></si></sst>',
        '<sst><si><t>a</t><phoneticPr fontId="1"/><t>b</t></si></sst>',
        '<sst><si><r><t>a</t></r><phoneticPr fontId="1"/></si></sst>',
        '<sst><si><t>a<phoneticPr fontId="1"/></si></sst>',
        "<?xml?><sst><si><t>a</t></si></sst>",
        '<?xml version="1.0" standalone="maybe"?><sst><si><t>a</t></si></sst>',
        "\x0b<sst><si><t>a</t></si></sst>",
        "<sst><si><t>a</t></si></sst>\x0b",
        "<sst><si><t>a</t></si></sst>\r\n",
        '<sst><si><t>a xml:space="preserve" b</t></si></sst>',
        "<sst><si><t>a>b</t></si></sst>",
        "<sst><si><t>a & b</t></si></sst>",
        "<sst><si><t></si></t></sst>",
        "<sst><si><t>a</t></si><si><t>b</t></si>c</sst>",
        "<sst><si><t>_xD83D__xDE00_</t></si></sst>",
    ],
)
def test_both_readers_agree_about_strings(strings: str) -> None:
    both(book('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=strings))


def test_texts_as_excel_in_japan_writes_them_need_no_call_for_every_tag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading.exact_cells, "strings", pytest.fail)
    items = (
        '<si><t>山田　花子</t><rPh sb="0" eb="2"><t>ヤマダ</t></rPh><rPh sb="3" eb="5"><t>ハナコ</t></rPh><phoneticPr fontId="1"/></si>',
        '<si><t xml:space="preserve"> 済 </t><phoneticPr fontId="2" type="Hiragana"/></si>',
        "<si><t>A&amp;B_x000D_</t></si>",
    )
    cells = "".join(f'<c r="{column}1" t="s"><v>{n}</v></c>' for n, column in enumerate("ABC"))
    found = read(book(f'<row r="1">{cells}</row>', strings=f"<sst>{''.join(items)}</sst>"))
    assert [cell.value for cell in found[0].rows[1].values()] == ["山田　花子", " 済 ", "A&B\r"]


_VALUES = st.sampled_from(
    [
        "",
        "1",
        "0.5",
        "-1e3",
        "1E5",
        ".",
        "abc",
        "#N/A",
        "99",
        "２",
        "2026-01-05",
        " 1 ",
        "1_0",
        "&amp;",
        "&#65;",
        "&#0;",
        "&#xFFFE;",
        "&#13;",
        "&#1114112;",
        "&#x10FFFF;",
        "<",
        "a\tb",
        "\u0e01",
    ]
)
_ATTRIBUTE = st.sampled_from(
    [
        't="s"',
        't="n"',
        't="b"',
        't="e"',
        't="str"',
        't="d"',
        't="inlineStr"',
        't="x"',
        's="1"',
        's="x"',
        's=""',
        'cm="1"',
        'x:y="1"',
        "s='2'",
        's="&lt;"',
    ]
)
_CELL = st.builds(
    lambda reference, attributes, formula, value: (
        f"<c{reference}{''.join(f' {a}' for a in attributes)}>{formula}{value}</c>"
    ),
    st.sampled_from([' r="A{row}"', ' r="B{row}"', ' r="AB{row}"', "", ' r="C9"', ' r="XFE{row}"', ' r="{row}"']),
    st.lists(_ATTRIBUTE, max_size=3),
    st.sampled_from(["", "<f/>", "<f>1+1</f>", '<f t="shared" si="0"/>', "<f>&lt;</f>", "<f><g/></f>"]),
    st.builds("{}".format, st.sampled_from(["", "<v/>", "<v></v>"]))
    | st.builds("<v>{}</v>".format, _VALUES)
    | st.builds("<is><t>{}</t></is>".format, _VALUES)
    | st.builds('<is><t xml:space="preserve">{}</t><rPh sb="0" eb="1"><t>x</t></rPh></is>'.format, _VALUES),
)
_ROW = st.builds(
    lambda number, attributes, cells: f"<row{number}{attributes}>{''.join(cells)}</row>",
    st.sampled_from([' r="1"', ' r="2"', ' r="15"', ' r="115"', "", ' r="0"', ' r="01"']),
    st.sampled_from(
        ["", ' spans="1:15"', ' hidden="1"', ' ht="15" x14ac:dyDescent="0.15"', ' s="15" customFormat="1"']
    ),
    st.lists(_CELL, max_size=4),
)


@pytest.mark.parametrize("entity", ["&#1114112;", "&#x110000;", "&#x10FFFF;"])
@pytest.mark.parametrize(
    "cell", ["<v>{}</v>", '" t="str"><v>{}</v>', '" t="inlineStr"><is><t>{}</t></is>', '" t="s"><v>0</v>']
)
def test_a_character_beyond_all_is_one_to_neither_reader(cell: str, entity: str) -> None:
    start = '<row r="1"><c r="A1' + ("" if cell.startswith('"') else '">')
    both(book(start + cell.format(entity) + "</c></row>", strings=f"<sst><si><t>あ{entity}</t></si></sst>"))


@settings(max_examples=400, deadline=None)
@given(rows=st.lists(_ROW | st.sampled_from(['<row r="9"/>', '<row r="15" hidden="1"/>', " ", "x"]), max_size=4))
def test_both_readers_agree_on_whatever_stands_in_a_sheet(rows: list[str]) -> None:
    text = "".join(rows)
    for number in ("1", "2", "15", "115"):
        text = text.replace("{row}", number, 3)
    both(book(text))


@settings(max_examples=300, deadline=None)
@given(
    body=st.lists(
        st.sampled_from(
            [
                b'<row r="1">',
                b"</row>",
                b'<c r="A1">',
                b'<c r="',
                b"</c>",
                b"<v>",
                b"</v>",
                b"1",
                b'"',
                b">",
                b"/>",
                b"<f>",
                b"</f>",
                b" ",
                b's="1"',
                b"A1",
                b"\xe3\x81",
                b"\x00",
            ]
        ),
        max_size=14,
    ).map(b"".join)
)
def test_what_the_fast_reader_takes_is_well_formed(body: bytes) -> None:
    try:
        fast_cells.rows(b">" + body, 1, 1 + len(body), Values([], NO_STYLES, False))
    except Unsure:
        return
    both(book("").replace(b"", b"")) if not body else both(
        bases.edited(book("§"), sheet1=lambda part: part.replace("§".encode(), body))
    )


def test_a_sheet_nobody_can_have_typed_is_refused() -> None:
    said = both(book("<row>" + "".join(f"<c><v>{n}</v></c>" for n in range(800_000)) + "</row>"))
    assert "多すぎます" in said
