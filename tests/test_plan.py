"""A plan holds nothing but plain values: told as JSON and read again, it is the same plan and makes the same workbook."""

import ast
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.tools import TOP
from zaitaku_xl.forms import plan as form_sheets
from zaitaku_xl.hosts.closed_book import ClosedBook
from zaitaku_xl.hosts.writing.new_book import written
from zaitaku_xl.jobs import grids_of, judged
from zaitaku_xl.jobs.planning import marking_plan, source_of
from zaitaku_xl.made import MadeCell, MadeSheet, Mark
from zaitaku_xl.plan import Colour, Note, Plan
from zaitaku_xl.sheets.demo import demo

RED, YELLOW = "F8CBCB", "FFF7C2"
SHEET = MadeSheet(name="点検結果", rows=((MadeCell("【在宅点検】点検結果"),),), widths=(12,), heading_row=0)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> ClosedBook:
    path = tmp_path_factory.mktemp("demo") / "demo.xlsx"
    path.write_bytes(written(demo()))
    return ClosedBook.opened(path)


@pytest.fixture(scope="module")
def plan(book: ClosedBook) -> Plan:
    """What is to be done to the demo where every form is asked for."""
    work = judged(grids_of(book))
    source = source_of(work)
    forms = form_sheets.sheets(source, form_sheets.keys(source, form_sheets.forms_named(form_sheets.ALL)))
    marking = marking_plan(work, book)
    return replace(marking, sheets=(*marking.sheets, *forms), replaced=("点検結果",))


def test_a_plan_read_from_its_json_is_the_same_plan(plan: Plan) -> None:
    assert plan.colours
    assert plan.notes
    assert len(plan.sheets) > 20
    assert Plan.from_json(json.loads(json.dumps(plan.as_json()))) == plan


def test_carrying_out_a_plan_read_from_its_json_gives_the_same_bytes(book: ClosedBook, plan: Plan) -> None:
    read = Plan.from_json(json.loads(json.dumps(plan.as_json())))
    assert book.carry_out(read).data == book.carry_out(plan).data


def test_what_a_default_says_is_left_out_of_the_json() -> None:
    assert Plan().as_json() == {}
    assert Plan.of_marks([Mark("日報", 3, 2, "D01", RED, "連絡がありません")], []).as_json() == {
        "colours": [{"sheet": "日報", "rule": "D01", "colour": RED, "areas": ["B3"]}],
        "notes": [{"sheet": "日報", "row": 3, "column": 2, "text": "連絡がありません"}],
    }


@pytest.mark.parametrize(
    "body",
    [
        {"colors": []},
        {"colours": [{"sheet": "日報", "rule": "D01", "colour": RED}]},
        {"colours": {"sheet": "日報"}},
        {"notes": [{"sheet": "日報", "row": "3", "column": 2, "text": ""}]},
        {"notes": [{"sheet": "日報", "row": True, "column": 2, "text": ""}]},
        {"replaced": [1]},
        {"only_sheets": True, "colours": [{"sheet": "日報", "rule": "D01", "colour": RED, "areas": ["B3"]}]},
        [],
        None,
    ],
)
def test_what_is_no_plan_is_refused(body: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        Plan.from_json(body)


def test_cells_below_each_other_are_one_area_and_an_earlier_mark_lies_above_a_later() -> None:
    marks = [
        Mark("日報", 4, 2, "D01", RED, "四行目"),
        Mark("日報", 9, 3, "D02", YELLOW, "九行目"),
        Mark("日報", 3, 2, "D01", RED, "三行目"),
        Mark("月評価", 3, 2, "D01", RED, ""),
    ]
    plan = Plan.of_marks(marks, [])
    assert plan.colours == (
        Colour("日報", "D01", RED, ("B3:B4",)),
        Colour("日報", "D02", YELLOW, ("C9",)),
        Colour("月評価", "D01", RED, ("B3",)),
    )
    assert [note.row for note in plan.notes] == [4, 9, 3]


def test_the_notes_of_one_cell_stand_below_each_other_each_text_once() -> None:
    marks = [Mark("日報", 3, 2, rule, RED, text) for rule, text in (("D01", "甲"), ("D02", "乙"), ("D03", "甲"))]
    assert Plan.of_marks(marks, []).notes == (Note("日報", 3, 2, "甲\n乙"),)


def test_a_file_is_done_afresh_and_says_so_where_its_marks_are_to_stay(book: ClosedBook) -> None:
    with pytest.raises(ValueError, match="afresh"):
        book.carry_out(Plan(sheets=(SHEET,), only_sheets=True))


@pytest.mark.parametrize("room", ["jobs", "batch", "addin", "entry"])
def test_nobody_above_the_hosts_asks_who_holds_a_book(room: str) -> None:
    files = sorted(Path(TOP, "zaitaku_xl", room).rglob("*.py"))
    assert files
    calls = [
        ast.unparse(node)
        for file in files
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "isinstance"
    ]
    assert [call for call in calls if "Book" in call] == []
