"""Marks laid and taken off exactly: what is ours appears, what is not ours stays as it lies."""

import io
import posixpath
import re
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.package import package_bases as bases
from tests.tools import lint, validate
from zaitaku_xl.hosts.marking import cleared, marked
from zaitaku_xl.made import GREY, Area, MadeCell, MadeSheet, Mark, Page, Style
from zaitaku_xl.ooxml.opc import Package
from zaitaku_xl.ooxml.vml import IDS_IN_BLOCK
from zaitaku_xl.plan import Plan

RED, YELLOW = "F8CBCB", "FFF7C2"


def a_mark(row: int, column: int = 1, *, rule: str = "D01", colour: str = RED, sheet: str = "日報") -> Mark:
    return Mark(sheet, row, column, rule, colour, f"【在宅点検】{rule} 支援の連絡が1回です\n対応: 追記してください")


def a_sheet(name: str = "点検結果", *texts: str | float) -> MadeSheet:
    title = (MadeCell("【在宅点検】点検結果", Style(bold=True, size=14)),)
    heading = (MadeCell("日付", Style(bold=True, fill="DDDDDD", edges=GREY)), MadeCell("内容", Style(wrap=True)))
    rows = tuple((MadeCell(46000), MadeCell(text, link=("日報", 2, 1))) for text in texts)
    return MadeSheet(
        name=name,
        rows=(title, heading, *rows),
        widths=(12, 40),
        heading_row=2,
        heights={1: 24},
        merges=(Area(1, 1, 1, 2),),
        page=Page(landscape=True),
    )


MARKS = [a_mark(1), a_mark(2), a_mark(3), a_mark(2, 3, colour=YELLOW), a_mark(9, 4, rule="W02")]


@pytest.fixture(params=bases.BASES)
def base(request: pytest.FixtureRequest) -> bytes:
    return bases.BASES[request.param]()


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def raw_entries(data: bytes) -> dict[str, tuple[bytes, tuple[int, ...]]]:
    entries = Package.opened(data).archive.entries
    return {name: (data[entry.start : entry.stop], (entry.day, entry.time)) for name, entry in entries.items()}


def test_clearing_gives_every_part_back_byte_for_byte_and_in_order(base: bytes) -> None:
    result = cleared(marked(base, Plan.of_marks(MARKS, [a_sheet()])).data)
    assert result.exact
    assert list(bases.unzipped(result.data).items()) == list(bases.unzipped(base).items())


@pytest.mark.parametrize("name", ["by hand", "one fill", "our fill where Excel shows dots", "the first fill is black"])
def test_our_fills_stand_behind_the_two_places_that_excel_fills_itself(name: str) -> None:
    parts = bases.unzipped(marked(bases.BASES[name](), Plan.of_marks([], [a_sheet()])).data)
    heading = re.search(rb'<c r="A2" s="(\d+)"', parts["xl/worksheets/sheet2.xml"])
    looks = re.findall(rb'<xf [^>]*fillId="(\d+)"', parts["xl/styles.xml"].partition(b"<cellXfs")[2])
    assert heading is not None
    fills = re.findall(rb"<fill>.*?</fill>", parts["xl/styles.xml"])
    place = int(looks[int(heading[1])])
    assert (place >= 2, b"DDDDDD" in fills[place]) == (True, True)


def test_a_cell_that_names_a_look_of_no_style_sheet_does_not_begin_to_wear_ours() -> None:
    row = '<row r="1"><c r="A1" s="3"><v>1</v></c></row>'
    before = bases.by_hand(bases.worksheet(row), styles=False)
    after = marked(before, Plan.of_marks(MARKS, [a_sheet()])).data
    looks = bases.unzipped(after)["xl/styles.xml"].partition(b"<cellXfs")[2].split(b"<xf ")[1:]
    assert len(set(looks[:4])) == 1
    assert len(set(looks)) > 2
    assert bases.unzipped(cleared(after).data) == bases.unzipped(before)


def test_the_same_marks_give_the_same_bytes_also_after_clearing(base: bytes) -> None:
    first = marked(base, Plan.of_marks(MARKS, [a_sheet()])).data
    assert marked(base, Plan.of_marks(MARKS, [a_sheet()])).data == first
    assert marked(cleared(first).data, Plan.of_marks(MARKS, [a_sheet()])).data == first


def test_untouched_parts_keep_their_compressed_bytes_and_dates(base: bytes) -> None:
    before, marked_data = bases.unzipped(base), marked(base, Plan.of_marks(MARKS, [a_sheet()])).data
    after, old, new = bases.unzipped(marked_data), raw_entries(base), raw_entries(marked_data)
    untouched = [name for name in before if before[name] == after[name]]
    assert untouched
    assert [name for name in untouched if old[name] != new[name]] == []
    assert [name for name in before if old[name][1] != new[name][1]] == []


def test_a_workbook_without_marks_of_ours_is_returned_as_it_is(base: bytes) -> None:
    assert cleared(base).data is base
    assert cleared(base).exact


def test_nothing_to_mark_changes_nothing(base: bytes) -> None:
    assert marked(base, Plan.of_marks([], [])).data is base


# The other reader knows no Strict workbooks and wants XML in drawings.
@pytest.mark.parametrize("name", [name for name in bases.BASES if name not in ("strict", "drawing that is not XML")])
def test_another_reader_sees_colours_notes_and_the_sheet(name: str) -> None:
    book = opened(marked(bases.BASES[name](), Plan.of_marks(MARKS, [a_sheet("点検結果", "=1+1", 3)])).data)
    sheet = book["日報"]
    ours = [(str(block.sqref), rule) for block in sheet.conditional_formatting for rule in block.rules]
    colours = {
        cells: rule.dxf.fill.bgColor.rgb for cells, rule in ours if rule.formula and "zaitaku_xl:" in rule.formula[0]
    }
    assert colours == {"A1:A3": "FF" + RED, "C2": "FF" + YELLOW, "D9": "FF" + RED}
    if name != "names in other letters":
        notes = {cell.coordinate for row in sheet.iter_rows(1, 9, 1, 5) for cell in row if cell.comment}
        assert notes >= {"A1", "A2", "A3", "C2", "D9"}
    if name != "locked structure":
        assert book.sheetnames[-1] == "点検結果"
        assert [cell.value for cell in book["点検結果"]["B"]][1:] == ["内容", "=1+1", 3, None, None]
        assert book["点検結果"]["B3"].data_type == "s"


def test_our_colours_lie_above_the_offices_own_which_keep_their_order() -> None:
    data = marked(bases.BASES["conditional formats"](), Plan.of_marks(MARKS, [])).data
    sheet = bases.unzipped(data)["xl/worksheets/sheet1.xml"].decode()
    assert sorted(re.findall(r'priority="(\d+)"', sheet)) == ["1", "2", "3", "4", "5"]
    assert '<cfRule type="expression" priority="4"><formula>A1&gt;5' in sheet
    assert 'priority="5" id="{1' in sheet


def test_a_cell_with_the_offices_note_is_coloured_and_reported() -> None:
    base = bases.written_by_xlsxwriter()
    result = marked(base, Plan.of_marks([a_mark(4, 4), a_mark(4, 5)], []))
    assert result.unnoted == (("日報", 4, 4),)
    sheet = opened(result.data)["日報"]
    assert sheet["D4"].comment.text == "担当: 佐藤"
    assert sheet["E4"].comment.text.startswith("【在宅点検】D01")
    assert any("D4:E4" in str(block.sqref) or "D4" in str(block.sqref) for block in sheet.conditional_formatting)


def test_a_drawing_that_cannot_be_understood_leaves_colours_without_notes() -> None:
    base = bases.edited(bases.with_button(), vmlDrawing1=lambda data: data.replace(b"</xml>", b""))
    result = marked(base, Plan.of_marks([a_mark(1)], []))
    assert result.unnoted == (("日報", 1, 1),)
    assert cleared(result.data).exact


def test_a_protected_list_of_sheets_gets_no_sheet_and_says_so() -> None:
    result = marked(bases.BASES["locked structure"](), Plan.of_marks([a_mark(1)], [a_sheet()]))
    assert result.unmade == ("点検結果",)
    assert opened(result.data).sheetnames == ["日報"]


def test_a_name_the_office_uses_is_numbered_and_links_follow() -> None:
    office = bases.edited(bases.by_hand(), workbook=lambda data: data.replace("日報".encode(), "点検結果".encode()))
    linked = MadeSheet(name="一覧", rows=((MadeCell("【在宅点検】一覧", link=("点検結果", 1, 1)),),), widths=(9,))
    book = opened(marked(office, Plan.of_marks([], [a_sheet(), linked])).data)
    assert book.sheetnames == ["点検結果", "点検結果2", "一覧"]
    assert book["一覧"]["A1"].hyperlink.location == "'点検結果2'!A1"


@pytest.mark.parametrize("name", ["", "a/b", "'a", "a" * 32, "𠮷" * 16, "[1]"])
def test_a_name_excel_refuses_is_a_programming_error(name: str) -> None:
    with pytest.raises(ValueError, match="not a sheet name"):
        marked(bases.by_hand(), Plan.of_marks([], [a_sheet(name)]))


def test_more_notes_than_a_block_of_shape_ids_holds_take_a_second_block() -> None:
    base = bases.written_by_xlsxwriter()
    count = IDS_IN_BLOCK + 40
    data = marked(base, Plan.of_marks([a_mark(row, 7) for row in range(1, count + 1)], [])).data
    drawings = [part for name, part in bases.unzipped(data).items() if name.endswith(".vml")]
    ids = [found for part in drawings for found in re.findall(rb'id="_x0000_s(\d+)"', part)]
    blocks = [b for part in drawings for m in re.findall(rb'idmap[^>]*data="([\d,]+)"', part) for b in m.split(b",")]
    assert len(ids) == len(set(ids)) >= count
    assert len(blocks) == len(set(blocks)) == len(drawings) + 2
    assert {int(found) // 1024 for found in ids} <= {int(block) for block in blocks}


def test_titles_in_the_document_properties_list_our_sheet() -> None:
    app = bases.unzipped(marked(bases.BASES["properties"](), Plan.of_marks([], [a_sheet()])).data)[
        "docProps/app.xml"
    ].decode()
    assert "<vt:i4>2</vt:i4>" in app
    assert 'size="2" baseType="lpstr"><vt:lpstr>日報</vt:lpstr><vt:lpstr>点検結果</vt:lpstr>' in app


def test_marking_a_marked_workbook_is_a_programming_error() -> None:
    data = marked(bases.by_hand(), Plan.of_marks([a_mark(1)], [])).data
    with pytest.raises(ValueError, match="clear the workbook first"):
        marked(data, Plan.of_marks([a_mark(1)], []))


def test_a_sheet_name_nobody_has_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="no such sheets"):
        marked(bases.by_hand(), Plan.of_marks([a_mark(1, sheet="週評価")], []))


def test_pivot_tables_find_their_conditional_formats_after_these_moved_down() -> None:
    pivot = (
        f'<pivotTableDefinition xmlns="{bases.MAIN}"><conditionalFormats count="1">'
        '<conditionalFormat priority="1"/></conditionalFormats></pivotTableDefinition>'
    )
    base = bases.by_hand(
        bases.worksheet(after=bases._CLASSIC),
        sheet_relations=f'<Relationship Id="rId1" Type="{bases.RELATIONS}/pivotTable" Target="../pivotTables/p1.xml"/>',
        extra=[("xl/pivotTables/p1.xml", pivot)],
    )
    data = marked(base, Plan.of_marks([a_mark(1)], [])).data
    assert b'<conditionalFormat priority="2"/>' in bases.unzipped(data)["xl/pivotTables/p1.xml"]
    assert bases.unzipped(cleared(data).data) == bases.unzipped(base)


def test_every_relation_of_a_marked_workbook_leads_somewhere(base: bytes) -> None:
    parts = bases.unzipped(marked(base, Plan.of_marks(MARKS, [a_sheet()])).data)
    known = {name.lower() for name in parts}
    for name in [name for name in parts if name.endswith(".rels")]:
        source = posixpath.dirname(posixpath.dirname(name))
        for target in re.findall(r'Target="([^"#]+)"', parts[name].decode()):
            assert posixpath.normpath(posixpath.join("/", source, target)).lstrip("/").lower() in known


def test_a_file_with_zip64_records_is_read_and_marked() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in bases.unzipped(bases.by_hand()).items():
            with archive.open(name, "w", force_zip64=True) as stream:
                stream.write(data)
    result = marked(buffer.getvalue(), Plan.of_marks(MARKS, [a_sheet()])).data
    assert bases.unzipped(cleared(result).data) == bases.unzipped(buffer.getvalue())


@pytest.mark.parametrize("name", bases.BASES)
def test_the_sdk_validator_finds_nothing_new(name: str, tmp_path) -> None:
    before, after = tmp_path / "before.xlsx", tmp_path / "after.xlsx"
    before.write_bytes(bases.BASES[name]())
    after.write_bytes(marked(before.read_bytes(), Plan.of_marks(MARKS, [a_sheet("点検結果", "=1+1", "-", 3.5)])).data)
    assert set(validate(after)) <= set(validate(before))


@pytest.mark.parametrize("name", [name for name in bases.BASES if name != "names in other letters"])
def test_our_own_lint_finds_nothing_new(name: str, tmp_path) -> None:
    before, after = tmp_path / "before.xlsx", tmp_path / "after.xlsx"
    before.write_bytes(bases.BASES[name]())
    after.write_bytes(marked(before.read_bytes(), Plan.of_marks(MARKS, [a_sheet("点検結果", "=1+1", "-", 3.5)])).data)
    unseen = "drawing that is not XML"
    new = set(map(str, lint(after))) - set(map(str, lint(before)))
    assert not new or (name == unseen and all("枠がありません" in line for line in new))


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
A_FEW_MARKS = st.lists(
    st.builds(
        Mark,
        sheet=st.just("日報"),
        row=st.integers(1, 60) | st.just(1_048_576),
        column=st.integers(1, 8) | st.just(16_384),
        rule=st.sampled_from(["D01", "W02", 'A"&<']),
        colour=st.sampled_from([RED, YELLOW]),
        note=_TEXT.map("【在宅点検】".__add__),
    ),
    max_size=30,
)
_CELLS = st.none() | st.builds(
    MadeCell,
    value=_TEXT | st.integers(-(10**9), 10**9) | st.floats(-1e15, 1e15),
    style=st.builds(Style, bold=st.booleans(), edges=st.sampled_from([None, GREY]), fill=st.none() | st.just("DDDDDD")),
    link=st.none() | st.tuples(st.just("日報"), st.integers(1, 9), st.integers(1, 9)),
)
A_SHEET = st.lists(
    st.builds(
        lambda rows, heading: MadeSheet(
            name="点検結果",
            rows=((MadeCell("【在宅点検】"),), *map(tuple, rows)),
            widths=(9, 9),
            heading_row=min(heading, len(rows) + 1),
        ),
        st.lists(st.lists(_CELLS, max_size=4), max_size=6),
        st.integers(0, 2),
    ),
    max_size=1,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(sorted(bases.BASES)), marks=A_FEW_MARKS, sheets=A_SHEET)
def test_whatever_is_marked_can_be_taken_off_exactly(name: str, marks: list[Mark], sheets: list[MadeSheet]) -> None:
    base = bases.BASES[name]()
    first = marked(base, Plan.of_marks(marks, sheets))
    result = cleared(first.data)
    assert result.exact
    assert list(bases.unzipped(result.data).items()) == list(bases.unzipped(base).items())
    assert marked(result.data, Plan.of_marks(marks, sheets)) == first
