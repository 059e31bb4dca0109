"""The demo from end to end: what JSON says is what LibreOffice shows, and the file is as valid as before."""

from pathlib import Path

import openpyxl
import pytest

from tests import tools
from tests.expected import expected_colours
from tests.shape import as_json
from zaitaku_xl.hosts.closed_book import ClosedBook
from zaitaku_xl.hosts.writing.new_book import written
from zaitaku_xl.jobs import Asked, check_file
from zaitaku_xl.sheets import demo

RESULT = "点検結果"


class Demo:
    """The demo workbook, its marked copy and the JSON, made once."""

    def __init__(self, folder: Path) -> None:
        self.plain, self.marked = folder / "demo.xlsx", folder / "marked" / "demo.xlsx"
        self.plain.write_bytes(written(demo.demo()))
        outcome = check_file(self.plain, "demo.xlsx", Asked(), self.marked)
        assert outcome.report is not None
        self.body = as_json(outcome)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return Demo(tmp_path_factory.mktemp("demo"))


def test_the_demo_names_every_planted_defect_and_nothing_else(made: Demo) -> None:
    found = {
        (f["rule"], f["weight"], f["client"], f["sheet"], f["cell"])
        for f in made.body["findings"]
        if f["weight"] != "advise"
    }
    assert found == {(p.rule, p.weight, p.client, p.sheet, p.cell) for p in demo.planted()}
    assert len(found) == 15


def test_the_coloured_cells_are_those_that_the_json_gives(made: Demo) -> None:
    before, after = tools.coloured_cells(made.plain), tools.coloured_cells(made.marked)
    changed = {
        (sheet, cell): colour
        for sheet, cells in after.items()
        if sheet != RESULT
        for cell, colour in cells.items()
        if before.get(sheet, {}).get(cell) != colour
    }
    assert changed == expected_colours(made.body)


def test_each_coloured_cell_has_a_note_that_names_its_rule(made: Demo) -> None:
    book = openpyxl.load_workbook(made.marked)
    for sheet, cell in expected_colours(made.body):
        note = book[sheet][cell].comment
        assert note is not None, (sheet, cell)
        rules = {f["rule"] for f in made.body["findings"] if (f["sheet"], f["cell"]) == (sheet, cell)}
        head = note.text.splitlines()[0]
        assert head.startswith("【在宅点検】")
        assert rules <= set(head.removeprefix("【在宅点検】").split())


def test_the_result_sheet_has_a_row_a_finding_with_a_link_to_its_cell(made: Demo) -> None:
    sheet = openpyxl.load_workbook(made.marked)[RESULT]
    top = next(row for row in range(1, 12) if sheet.cell(row, 1).value == "No.")
    rows = [[sheet.cell(top + n, c).value for c in range(1, 11)] for n in range(1, len(made.body["findings"]) + 1)]
    assert [row[5] for row in rows] == [f["rule"] for f in made.body["findings"]]
    for number, finding in enumerate(made.body["findings"], top + 1):
        link = sheet.cell(number, 5).hyperlink
        if finding["cell"]:
            assert link is not None
            assert link.location.replace("'", "") == f"{finding['sheet']}!{finding['cell']}"
        assert sheet.cell(number, 7).value == finding["message"]


def test_only_our_parts_differ_and_clearing_gives_every_part_back(made: Demo) -> None:
    before, after = made.plain.read_bytes(), made.marked.read_bytes()
    touched = tools.same_parts(before, after)
    assert touched
    assert not [
        part
        for part in touched
        if "sharedStrings" in part or "theme" in part or ("drawing" in part.lower() and "vml" not in part.lower())
    ]
    cleared = ClosedBook.opened(made.marked).cleared()
    assert cleared.exact
    assert tools.same_parts(before, cleared.data) == []


def test_the_marked_demo_is_as_valid_as_the_plain_one(made: Demo) -> None:
    assert tools.validate(made.marked) == tools.validate(made.plain) == []
    assert tools.lint(made.marked) == tools.lint(made.plain) == []


def test_the_demo_without_its_defects_is_clean(tmp_path: Path) -> None:
    path = tmp_path / "clean.xlsx"
    path.write_bytes(written(demo.demo(clean=True)))
    outcome = check_file(path, "clean.xlsx", Asked())
    assert outcome.exit_status == 0
