"""The way back that a workbook carries is written by whoever sends it: no journal whatever changes what a reader sees."""

import base64
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.package import package_bases as bases
from tests.package.test_package_marking import MARKS, a_sheet, opened
from zaitaku_xl.hosts.marking import cleared, marked
from zaitaku_xl.hosts.reading.grids import grids
from zaitaku_xl.made import made_by_us
from zaitaku_xl.ooxml.deflate import BY
from zaitaku_xl.ooxml.opc import Package
from zaitaku_xl.plan import Plan

PLAN = Plan.of_marks(MARKS, [a_sheet("点検結果", "本文")])
JOURNAL = "customXml/item1.xml"
Forge = dict[str, bytes]


def said(data: bytes) -> list[Any]:
    """Return what both readers and another program see of the sheets that are not ours."""
    package = Package.opened(data)
    seen: list[Any] = []
    for fast in (True, False):
        found = grids(package, lambda _: True, fast=fast)
        seen.append([(grid.name, grid.rows) for grid in found if not made_by_us(grid)])
    book = opened(data)
    names = [grid[0] for grid in seen[0]]
    seen += [[cell.value for row in sheet.iter_rows() for cell in row] for sheet in book if sheet.title in names]
    return seen


def checksum(data: bytes) -> str:
    return f"{BY.crc32(data):08x}-{len(data):x}"


def forged(data: bytes, former: Forge, added: list[str]) -> bytes:
    """Return a marked workbook whose journal says besides that parts were *former* and that others were *added*."""
    parts = bases.unzipped(data)
    text = parts[JOURNAL]
    record = json.loads(text[text.index(b"{") : text.rindex(b"}") + 1])
    for name, was in former.items():
        whole = [0, len(parts[name]), base64.b64encode(was).decode()]
        record["touched"][name] = {"before": checksum(was), "after": checksum(parts[name]), "steps": [[whole]]}
    record["added"] |= dict.fromkeys(added)
    inside = json.dumps(record).encode()
    return bases.zipped((parts | {JOURNAL: text[: text.index(b"{")] + inside + text[text.rindex(b"}") + 1 :]}).items())


SHEET, STYLES, BOOK = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"
LIES = {
    "a cell says another thing": (SHEET, b"<v>1</v>", b"<v>2</v>"),
    "a row is hidden from sight": (SHEET, b'<row r="2"', b'<row r="2" hidden="1"'),
    "a row is gone": (SHEET, b'<row r="2"><c r="A2"><v>46000</v></c></row>', b""),
    "a formula comes": (SHEET, b"<v>1</v>", b"<f>1+1</f><v>1</v>"),
    "a number becomes a text": (SHEET, b'<c r="B1">', b'<c r="B1" t="str">'),
    "a cell becomes a day": (SHEET, b'<c r="B1">', b'<c r="B1" s="1">'),
    "a picture's place comes": (SHEET, b"</sheetData>", b'</sheetData><drawing xmlns:r="x" r:id="rId1"/>'),
    "a foreign rule comes": (SHEET, b"</sheetData>", b'</sheetData><conditionalFormatting sqref="A1"/>'),
    "the days move four years": (BOOK, b"<sheets>", b'<workbookPr date1904="1"/><sheets>'),
    "a sheet has another name": (BOOK, "日報".encode(), "週報".encode()),
    "a sheet is another part": (BOOK, b'r:id="rId1"', b'r:id="rId2"'),
    "a sheet is hidden": (BOOK, b'sheetId="1"', b'sheetId="1" state="hidden"'),
    "a name means another cell": (BOOK, b"</sheets>", b'</sheets><definedNames><definedName name="a">1</definedName></definedNames>'),
    "a list has a word more": (STYLES, b"<cellXfs ", b'<cellXfs c1ount="1" '),
    "all looks are gone": (STYLES, b"<cellXfs", b"<other"),
    "a number looks like a day": (STYLES, b'numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"', b'numFmtId="14" xfId="0"'),
    "a relation leads elsewhere": ("xl/_rels/workbook.xml.rels", b"worksheets/sheet1.xml", b"worksheets/sheet2.xml"),
    "a type is another": ("[Content_Types].xml", b"worksheet+xml", b"chartsheet+xml"),
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
def test_a_journal_that_would_change_a_foreign_part_is_set_aside(lie: str) -> None:
    base = bases.by_hand()
    data = marked(base, PLAN).data
    name, words, others = LIES[lie]
    assert words in bases.unzipped(base)[name]
    result = cleared(forged(data, {name: bases.unzipped(base)[name].replace(words, others, 1)}, []))
    assert not result.exact
    assert said(result.data) == said(base)


DATED = bases.by_hand(
    bases.worksheet('<row r="1"><c r="A1" s="1"><v>46000</v></c></row>'),
    extra=[("xl/media/image1.png", b"\x89PNG")],
)


@pytest.mark.parametrize(
    "part", [n for n in bases.unzipped(bases.written_by_xlsxwriter()) if n != "[Content_Types].xml"]
)
def test_a_journal_that_would_drop_a_foreign_part_is_set_aside(part: str) -> None:
    base = bases.written_by_xlsxwriter()
    result = cleared(forged(marked(base, PLAN).data, {}, [part]))
    assert part in bases.unzipped(result.data)
    assert said(result.data) == said(base)


def alone(data: bytes, added: list[str]) -> bytes:
    """Return a marked workbook whose journal says nothing but that parts were *added*."""
    parts = bases.unzipped(data)
    text = parts[JOURNAL]
    record = json.dumps({"version": 1, "touched": {}, "added": {name: checksum(parts[name]) for name in added}})
    record = record.replace(f'"{checksum(text)}"', "null")
    inside = text[: text.index(b"{")] + record.encode() + text[text.rindex(b"}") + 1 :]
    return bases.zipped((parts | {JOURNAL: inside}).items())


@pytest.mark.parametrize("added", [[], [STYLES]])
def test_a_journal_that_would_stay_itself_is_set_aside(added: list[str]) -> None:
    result = cleared(alone(marked(bases.by_hand(), PLAN).data, added))
    assert (result.exact, result.kept) == (False, ())
    assert JOURNAL not in bases.unzipped(result.data)
    assert marked(result.data, PLAN).data


def test_looks_that_cells_wear_are_not_dropped_as_ours() -> None:
    base = bases.edited(
        bases.written_by_xlsxwriter(), sheet1=lambda part: part.replace(b'<c r="B1"', b'<c s="1" r="B1"')
    )
    result = cleared(alone(marked(base, PLAN).data, [STYLES, JOURNAL]))
    assert STYLES in bases.unzipped(result.data)


def test_a_part_that_hangs_on_nothing_is_not_dropped_either() -> None:
    result = cleared(forged(marked(DATED, PLAN).data, {}, ["xl/media/image1.png"]))
    assert "xl/media/image1.png" in bases.unzipped(result.data)


def test_a_look_by_which_a_cell_shows_a_day_does_not_go_with_ours() -> None:
    xf = b'<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    plain = bases.unzipped(DATED)[STYLES]
    dated = bases.edited(DATED, styles=lambda part: part.replace(b"</cellXfs>", xf + b"</cellXfs>"))
    result = cleared(forged(marked(dated, PLAN).data, {STYLES: plain}, []))
    assert said(result.data) == said(dated)
    assert "datetime" in repr(said(dated))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    name=st.sampled_from(sorted(bases.unzipped(marked(bases.by_hand(), PLAN).data))),
    cuts=st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 90), st.sampled_from([b"", b"1", b"<a/>", b" "])), min_size=1, max_size=2),
    added=st.lists(st.sampled_from([SHEET, STYLES, BOOK, "xl/worksheets/sheet2.xml", "_rels/.rels"]), max_size=2),
)  # fmt: skip
def test_no_journal_whatever_changes_what_a_reader_sees(name: str, cuts: list[Any], added: list[str]) -> None:
    base = bases.by_hand()
    data = marked(base, PLAN).data
    part = bases.unzipped(base).get(name, bases.unzipped(data)[name])
    for start, length, new in cuts:
        part = part[:start] + new + part[start + length :]
    if name == JOURNAL:
        return
    assert said(cleared(forged(data, {name: part}, added)).data) == said(base)
