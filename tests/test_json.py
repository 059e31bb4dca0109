"""The JSON is what its documentation says: each key that occurs is told with its type, each key told occurs."""

import json
import re
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from tests.batch.conftest import BAD, GOOD
from tests.command import Run
from tests.hostile.build import REFUSED
from tests.logs import report
from tests.shape import as_json
from tests.test_cases import CASES, tables_of
from tests.test_office_books import two_columns_that_may_be_one
from tests.workbooks import saved
from zaitaku_xl.report import NOT_JUDGED, Status
from zaitaku_xl.results.fields import Field, json_fields

SLOW_TO_MAKE = ("60,000 entries", "part over the limit", "bomb that lies")
TYPES = {"string": str, "integer": int, "boolean": bool, "date": str, "list": list, "object": dict}
FIELDS = {field.key: field for field in json_fields()}


def values_in(value: object, key: str = "") -> Iterator[tuple[str, object]]:
    """Yield each key with each of its values, however deep."""
    if isinstance(value, dict):
        for name, inner in value.items():
            path = f"{key}.{name}" if key else name
            yield path, inner
            yield from values_in(inner, path)
    elif isinstance(value, list):
        for item in value:
            if not isinstance(item, dict):
                yield f"{key}[]", item
            yield from values_in(item, f"{key}[]")


def wrong(key: str, value: object) -> str | None:
    """Say what a value has that its documentation does not, if anything."""
    field = FIELDS.get(key)
    if field is None:
        return f"{key} is not documented"
    if value is None:
        return None if field.null else f"{key} is null"
    if type(value) is not TYPES[field.type] or (
        field.type == "date" and not re.fullmatch(r"\d{4}-\d\d-\d\d", str(value))
    ):
        return f"{key} is no {field.type}: {value!r}"
    return f"{key} is {value!r}" if field.choices and value not in field.choices else None


@pytest.fixture
def demo(run: Run, tmp_path: Path) -> dict[str, Any]:
    run("demo", "--out", tmp_path)
    two_columns_that_may_be_one(tmp_path / "demo_事業所.xlsx")
    (tmp_path / "そのほか").mkdir()
    (tmp_path / "そのほか" / "案内.pdf").write_bytes(b"%PDF")
    made: dict[str, Any] = json.loads(
        run("check", *sorted(tmp_path.glob("demo*.xlsx")), tmp_path / "そのほか", "--json", "-").out
    )
    return made


def faults_of(body: dict[str, Any]) -> list[str]:
    return sorted({fault for key, value in values_in(body) if (fault := wrong(key, value))})


def test_every_key_of_the_demo_is_documented_and_every_documented_key_occurs_there(demo: dict[str, Any]) -> None:
    assert faults_of(demo) == []
    occurring = {key for key, _ in values_in(demo)}
    assert [key for key, field in FIELDS.items() if key not in occurring and not field.optional] == []


def test_what_is_marked_as_optional_is_missing_somewhere(demo: dict[str, Any]) -> None:
    findings = demo["files"][0]["findings"]
    assert {"period" in finding for finding in findings} == {True, False}
    assert [key for key, field in FIELDS.items() if field.optional and ".period" not in key] == []


def test_every_case_is_told_in_documented_keys() -> None:
    books = [tomllib.loads(path.read_text("utf-8")) for path in sorted(CASES.glob("*.toml"))]
    cases = chain.from_iterable(book["case"] for book in books)
    bodies = [as_json(report(tables_of(case))) for case in cases]
    assert len(bodies) > 500
    assert faults_of({"files": bodies}) == []


def test_files_that_are_refused_are_told_in_documented_keys(run: Run, tmp_path: Path) -> None:
    for name, (make, _) in REFUSED.items():
        if name not in SLOW_TO_MAKE:
            (tmp_path / f"{name.replace('/', ' ')}.xlsx").write_bytes(make())
    saved(tmp_path / "good.xlsx", GOOD)
    saved(tmp_path / "bad.xlsx", BAD)
    saved(tmp_path / "no log.xlsx", {"日報": False})
    body = json.loads(run("check", tmp_path, "--json", "-").out)
    assert faults_of(body) == []
    assert {file["status"] for file in body["files"]} == {"judged", "unreadable", "not_a_log"}


@pytest.mark.parametrize(
    ("key", "value", "fault"),
    [
        ("files[].colour", "red", "files[].colour is not documented"),
        ("files[].path", None, "files[].path is null"),
        ("files[].days[].row", "12", "files[].days[].row is no integer: '12'"),
        ("files[].days[].date", "2026年1月5日", "files[].days[].date is no date: '2026年1月5日'"),
        ("files[].status", "lost", "files[].status is 'lost'"),
        ("files[].reason", None, None),
    ],
)
def test_this_test_sees(key: str, value: object, fault: str | None) -> None:
    assert wrong(key, value) == fault


def test_the_command_prints_each_key_with_its_type_and_meaning(run: Run) -> None:
    ran = run("check", "--help-json")
    assert ran.status == 0
    lines = ran.out.splitlines()
    for field in FIELDS.values():
        assert any(line.startswith(f"{field.key} ") and meaning_begins(field) in line for line in lines), field.key
    assert "not_a_log" in ran.out
    assert "算定不可" in ran.out


def meaning_begins(field: Field) -> str:
    return field.means[:4]


def test_every_status_has_a_word_and_only_judged_leaves_the_exit_status_to_the_findings() -> None:
    assert len({status.word for status in Status}) == len(Status)
    assert [status for status in Status if status.exit_status == 0] == [Status.JUDGED]
    assert [*NOT_JUDGED] == [status for status in Status if status.exit_status == 2]


def test_its_words_are_those_that_scripts_rely_on() -> None:
    assert list(FIELDS["files[].status"].choices) == ["judged", "unreadable", "not_a_log", "failed", "empty"]
    assert set(FIELDS["files[].days[].verdict"].choices) == {"BILLABLE", "NOT_BILLABLE", "CHECK", "PENDING", "NOT_HOME"}
