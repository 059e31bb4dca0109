"""The three sentences in which README says what is kept, each of them proven.

1. 印を付けても、変わるのは印のための部品だけです。行とセル、図形、印影、フリガナ、ボタン、マクロ、計算の結果には触れません。
2. 「clear」で印を外すと、ブックは一つ残らず元に戻ります。ほかのソフトで保存した後でも、外れるのは私たちの印だけです。
3. 保存の途中で何が起きても、残るのは元のブックか、できあがったブックのどちらかです。
"""

import io
import os
import re
import warnings
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.books.kitchen import kitchen
from tests.reading.books import bases
from tests.tools import same_parts
from zaitaku_xl.hosts.book import Marked
from zaitaku_xl.hosts.closed_book import ClosedBook
from zaitaku_xl.hosts.marking import cleared, marked
from zaitaku_xl.hosts.writing import safe_file
from zaitaku_xl.made import MadeCell, MadeSheet, Mark
from zaitaku_xl.ooxml.opc import Package
from zaitaku_xl.plan import Plan

NOTE = "【在宅点検】D01 支援の連絡が1回です（2回必要）"
RESULT = MadeSheet(name="点検結果", rows=((MadeCell("【在宅点検】点検結果"),),), widths=(30,))
BOOKS = {
    "kitchen": kitchen,
    **{name: bases.BASES[name] for name in ("xlsxwriter", "openpyxl", "strict", "x: prefixes", "conditional formats")},
}


@pytest.fixture(params=BOOKS)
def book(request: pytest.FixtureRequest) -> bytes:
    return BOOKS[request.param]()


def _marked(data: bytes) -> bytes:
    return marked(
        data, Plan.of_marks([Mark("日報", row, 1, "D01", "F8CBCB", NOTE) for row in (2, 4, 200)], [RESULT])
    ).data


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_one_only_the_parts_for_the_marks_differ_and_no_row_or_cell(book: bytes) -> None:
    before, after = _parts(book), _parts(_marked(book))
    changed = {name for name in before if after.get(name) != before[name]}
    ours = r"\[Content_Types\]\.xml|.*\.rels|xl/workbook\.xml|xl/styles\.xml|docProps/app\.xml|xl/worksheets/sheet\d+\.xml|xl/comments.*\.xml|.*\.vml"
    assert {name for name in changed if not re.fullmatch(ours, name)} == set()
    touched = [name for name in changed if "worksheets/sheet" in name]
    assert len(touched) == 1
    rows = re.compile(rb"<(?:\w+:)?sheetData.*</(?:\w+:)?sheetData>", re.S)
    assert rows.search(before[touched[0]])[0] == rows.search(after[touched[0]])[0]


def test_one_pictures_shapes_readings_buttons_macros_and_results_are_the_same_bytes() -> None:
    before, after = _parts(kitchen()), _parts(_marked(kitchen()))
    kinds = ("media/", "drawings/drawing", "diagrams/", "charts/", "ctrlProps/", "activeX/", "embeddings/", "vbaProject", "sharedStrings",
             "calcChain", "threadedComments/", "pivot", "slicer", "customUI", "externalLinks/", "printerSettings", "connections", "richData/")  # fmt: skip
    for kind in kinds:
        found = [name for name in before if kind in name and not name.endswith(".rels")]
        assert found, kind
        assert [name for name in found if after[name] != before[name]] == []


def test_two_clearing_gives_back_every_part_in_its_order(book: bytes) -> None:
    result = cleared(_marked(book))
    assert result.exact
    assert same_parts(book, result.data) == []


@pytest.mark.parametrize("name", ["xlsxwriter", "openpyxl", "conditional formats"])
def test_two_after_another_program_saved_it_only_ours_comes_off(name: str) -> None:
    theirs = _by_openpyxl(BOOKS[name]())
    result = cleared(_by_openpyxl(_marked(BOOKS[name]())))
    assert _shown(result.data) == _shown(theirs)
    assert not any(
        "【在宅点検】".encode() in part for name, part in _parts(result.data).items() if "sharedStrings" not in name
    )


def _by_openpyxl(data: bytes) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _shown(data: bytes) -> dict[str, object]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        page.title: [
            [(cell.value, cell.comment.text if cell.comment else None) for cell in row]
            for row in page.iter_rows(max_row=60, max_col=10)
        ]
        + [sorted(str(area.sqref) for area in page.conditional_formatting)]
        for page in book.worksheets
    }


@pytest.mark.parametrize("fails", ["write", "fsync", "link", "replace"])
def test_three_whatever_fails_while_saving_the_old_or_the_new_workbook_is_there(
    fails: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "日報.xlsx"
    path.write_bytes(kitchen(macros=False))
    opened = ClosedBook.opened(path)
    new = _marked(opened.data)

    def broken(*_: object, **__: object) -> None:
        raise OSError(5, "input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(os, fails, broken)
        with pytest.raises(safe_file.Unwritten):
            opened.put_in_place(Marked(data=new), opened.path)
    assert path.read_bytes() == opened.data
    opened.put_in_place(Marked(data=new), opened.path)
    assert path.read_bytes() == new
    assert [file.name for file in tmp_path.iterdir()] == ["日報.xlsx"]
    Package.opened(path.read_bytes())
