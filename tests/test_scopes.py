"""Scopes are made once and never changed: what rules look at, what forms show, what a report carries."""

import ast
import gc
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import pytest

from tests.logs import grids
from zaitaku_xl import scopes
from zaitaku_xl.book.read import read_log
from zaitaku_xl.check import check
from zaitaku_xl.law import load_law
from zaitaku_xl.report import only, without_records
from zaitaku_xl.scopes import Day, Scope

TABLES = {"日報": [{"日付": "2026-01-06", "まで": "2026-01-09", "提供区分": "在宅"}]}
ROOM = Path(scopes.__file__).parent


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the type checker says of a module that changes a field of each scope."""
    path = tmp_path_factory.mktemp("scopes") / "changing.py"
    lines = ["from zaitaku_xl.scopes import Book, Day, Missed, MonthOfUse, Term, Week, Whole"]
    for each in get_args(Scope):
        name = each.__name__.lower()
        first = each._fields[0] if each is Day else fields(each)[0].name
        lines += [f"def change_{name}(made: {each.__name__}) -> None:", f"    made.{first} = made.{first}"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--config-file",
        "",
        "--follow-imports=silent",
        "--no-error-summary",
        str(path),
    ]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, cwd=ROOM.parents[1]).stdout


@pytest.mark.parametrize("scope", get_args(Scope), ids=lambda scope: scope.__name__)
def test_a_scope_cannot_be_changed(scope: type, refused: str) -> None:
    owner = Day.__mro__[1].__name__ if scope is Day else scope.__name__
    assert f'defined in "{owner}" is read-only' in refused


def test_a_day_equals_itself_alone() -> None:
    values = [None] * len(Day._fields)
    one, other = Day._make(values), Day._make(values)
    assert one == one  # noqa: PLR0124
    assert one != other
    assert len({one, other, one}) == 2


def imports(path: Path) -> Iterator[str]:
    """The modules of the room that a module imports, for types alone or not."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        module = node.module if isinstance(node, ast.ImportFrom) else None
        if module and module.startswith(f"{scopes.__name__}."):
            yield module.rpartition(".")[2]


def test_no_two_scopes_know_each_other() -> None:
    left = {path.stem: set(imports(path)) for path in ROOM.glob("*.py") if path.stem != "__init__"}
    while free := [name for name, needed in left.items() if not needed & left.keys()]:
        for name in free:
            del left[name]
    assert not left


def test_a_report_carries_what_was_judged_and_can_be_kept_without_it() -> None:
    log = read_log(grids(TABLES))
    report = check(log, load_law())
    (whole,) = report.wholes
    assert whole.person is log.people[0]
    assert only(report, whole.person.name).wholes == report.wholes
    assert only(report, "ほかの人").wholes == ()
    kept = without_records(report)
    assert kept == report
    assert not [each for each in _reached(kept) if isinstance(each, get_args(Scope))]


def _reached(start: object) -> list[Any]:
    seen: dict[int, Any] = {}
    waiting = [start]
    while waiting:
        each = waiting.pop()
        if id(each) not in seen and not isinstance(each, type) and not callable(each):
            seen[id(each)] = each
            waiting += gc.get_referents(each)
    return list(seen.values())
