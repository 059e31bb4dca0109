"""The kitchen workbook, marked and cleared: nothing of the office's is lost, whichever program saved it in between."""

import io
import re
import warnings
import zipfile
from html import unescape
from pathlib import Path

import openpyxl
import pytest

from tests.books.kitchen import kitchen, sheet
from tests.tools import libreoffice, same_parts, validate
from zaitaku_xl.hosts.marking import cleared, lost, marked
from zaitaku_xl.made import MadeCell, MadeSheet, Mark
from zaitaku_xl.plan import Plan

WORDS = "【在宅点検】D01 支援の連絡が1回です（2回必要）"
MARKS = [
    *(
        Mark("日報", row, column, "D01", "F8CBCB", WORDS)
        for row, column in ((4, 1), (5, 2), (6, 3), (8, 4), (13, 1), (99, 30))
    ),
    *(
        Mark(name, 3, 2, "W01", "FCE4C8", WORDS)
        for name in ("表紙", "日報データ", "利用者マスタ", "週次評価", "月次評価", "集計", "設定")
    ),
]
SHEETS = [
    MadeSheet(
        name="点検結果",
        rows=((MadeCell("【在宅点検】点検結果"),), (MadeCell("=1+1", link=("日報", 4, 1)),)),
        widths=(30,),
        heading_row=2,
    )
]
OURS = re.compile(
    r"xl/comments\d+\.xml|xl/drawings/vmlDrawing\d+\.vml|xl/worksheets/sheet\d+\.xml|customXml/item(Props)?\d+\.xml|.*\.rels"
)


@pytest.fixture(scope="module")
def book() -> bytes:
    return kitchen()


@pytest.fixture(scope="module")
def book_marked(book: bytes) -> bytes:
    return marked(book, Plan.of_marks(MARKS, SHEETS)).data


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_kitchen_has_every_feature_and_is_the_same_every_time(book: bytes) -> None:
    assert book == kitchen()
    parts = _parts(book)
    assert len(parts) == 85
    words = (
        "xdr:grpSp", "xdr:cxnSp", "[0]!Check", "dgm:relIds", "AlternateContent", "ax:ocx", "formControlPr", "oleObject ",
        "threadedComment ", "personList", "customUI", "externalBook", "pivotTableDefinition", "slicerCacheDefinition",
        "connections", "DataMashup", "labelList", "taskpanes", "calcChain", "x14:dataValidation ", "x14:cfRule",
        "x14:sparkline>", "rPh", "phoneticPr", "SHA-512", "protectedRange ", "scenario ", "customSheetView ", "cellWatch ",
        "ignoredError ", "dyDescent", "xr:uid", "absPath", "richValue", "請求ソフト連携", "mruColors", "trendline", "c14:style",
        "cm=", "veryHidden", "legacyDrawingHF", "picture ", "printerSettings", "FeaturePropertyBag", "definedName ",
    )  # fmt: skip
    everything = "".join(part.decode("utf-8", "replace") for part in parts.values())
    assert [word for word in words if word not in everything] == []


def test_after_marking_and_clearing_nothing_differs(book: bytes, book_marked: bytes) -> None:
    result = cleared(book_marked)
    assert result.exact
    assert same_parts(book, result.data) == []
    assert lost(book, book_marked) == ()


def test_after_marking_only_parts_of_ours_differ(book: bytes, book_marked: bytes) -> None:
    before, after = _parts(book), _parts(book_marked)
    assert set(before) - set(after) == set()
    changed = {name for name in before if before[name] != after[name]}
    sheets = {sheet(name) for name in {mark.sheet for mark in MARKS}}
    expected = sheets | {"xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml", "docProps/app.xml"}
    assert {name for name in changed - expected if not OURS.fullmatch(name)} == set()
    assert all(OURS.fullmatch(name) for name in set(after) - set(before))
    assert len(before) - len(changed) >= 60


def test_rows_and_cells_are_never_touched(book: bytes, book_marked: bytes) -> None:
    before, after = _parts(book), _parts(book_marked)
    for name in {mark.sheet for mark in MARKS}:
        part = sheet(name)
        rows = [data[data.index(b"<sheetData") : data.index(b"</sheetData>")] for data in (before[part], after[part])]
        assert rows[0] == rows[1]


def test_somebodys_notes_and_threads_get_none_of_ours(book: bytes) -> None:
    assert marked(book, Plan.of_marks(MARKS, SHEETS)).unnoted == (("日報", 5, 2), ("日報", 6, 3), ("日報", 8, 4))


def test_a_protected_list_of_sheets_gets_marks_and_no_sheet_and_says_so() -> None:
    book = kitchen(locked=True)
    result = marked(book, Plan.of_marks(MARKS, SHEETS))
    assert result.unmade == ("点検結果",)
    assert same_parts(book, cleared(result.data).data) == []


def test_the_validator_finds_nothing_new(book: bytes, book_marked: bytes, tmp_path: Path) -> None:
    before, after = tmp_path / "before.xlsm", tmp_path / "after.xlsm"
    before.write_bytes(book)
    after.write_bytes(book_marked)
    assert set(validate(after)) <= set(validate(before))


def _ours_in(data: bytes) -> list[str]:
    words = ("zaitaku_xl:", "【在宅点検】", "urn:zaitaku-xl", "点検結果")
    texts = {name: unescape(part.decode("utf-8", "replace")) for name, part in _parts(data).items()}
    return [name for name, text in texts.items() if "sharedStrings" not in name and any(word in text for word in words)]


def _by_openpyxl(data: bytes, _: Path) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data), keep_vba=True)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _by_libreoffice(data: bytes, room: Path) -> bytes:
    room.mkdir(exist_ok=True)
    (room / "a.xlsm").write_bytes(data)
    return libreoffice(room / "a.xlsm", "xlsx", room / "out", "Calc MS Excel 2007 XML").read_bytes()


@pytest.mark.parametrize("saved", [_by_openpyxl, _by_libreoffice], ids=["openpyxl", "LibreOffice"])
def test_after_another_program_saved_it_all_of_ours_comes_off_and_none_of_theirs(
    saved, book: bytes, book_marked: bytes, tmp_path: Path
) -> None:
    theirs = saved(book, tmp_path / "theirs")
    result = cleared(saved(book_marked, tmp_path / "ours"))
    assert not result.exact
    assert _ours_in(result.data) == []
    assert _seen(result.data) == _seen(theirs)


def _seen(data: bytes) -> dict[str, object]:
    """Return what a person finds in a workbook: values, notes, formats, names."""
    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patched:
        warnings.simplefilter("ignore")
        patched.setattr(openpyxl.reader.excel, "find_images", lambda *_: ([], []))  # it stumbles over LibreOffice's
        book = openpyxl.load_workbook(io.BytesIO(data))
    found: dict[str, object] = {"names": sorted(book.defined_names), "sheets": book.sheetnames}
    for page in book.worksheets:
        cells = {cell.coordinate: cell.value for row in page.iter_rows() for cell in row if cell.value is not None}
        notes = {cell.coordinate: cell.comment.text for row in page.iter_rows() for cell in row if cell.comment}
        rules = sorted(str(area.sqref) + rule.type for area in page.conditional_formatting for rule in area.rules)
        found[page.title] = (
            {where: getattr(value, "text", value) for where, value in cells.items()}, notes, rules,
            sorted(str(area) for area in page.merged_cells.ranges), page.sheet_state, page.protection.sheet,
            sorted(page.tables), len(page.data_validations.dataValidation), page.print_area, str(page.auto_filter.ref),
        )  # fmt: skip
    return found
