"""Under --anonymise nothing that an office wrote is in any output: demo workbooks perturbed by chance, everything searched.

`python -m tests.batch.test_nothing_leaks 300` tries so many; the tests try a few.
"""

import ast
import json
import sqlite3
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pandas as pd
import pytest

import zaitaku_xl
from tests.batch.conftest import BAD
from tests.command import Run
from tests.workbooks import saved
from zaitaku_xl.batch import journal
from zaitaku_xl.book import layout
from zaitaku_xl.ooxml.deflate import unsqueezed

MARKERS = (
    "架空",
    "カクウ",
    "ひみつ",
    "9876598",
    "HIMITSU",
)  # each secret is made of these alone, so a part of it is found too
_FREE = (
    "架空　太郎（「ひみつ」と架空）",
    "「架空 太郎（「ひみつ」と架空の返事）」",
    "ひみつ」「架空",
    "」架空「",
    "『架空』{ひみつ}{0}{name}",
    "架空\nひみつ\n架空",
    "利用者-架空",
    "HIMITSU & <架空> \"ひみつ\" '架空'",
    "=HIMITSU()",
    "9876598",
    9876598,
    9876598765,
    "9876598765",
    "ひみつ1月5日",
    "ひみつ9:30",
    "2026-13-9876598",
)
_KEPT_HEADINGS = frozenset(column.heading for table in layout.TABLES for column in table.columns)


def perturbed(demo: Path, seed: int, path: Path) -> Path:
    """Write the demo with other names, free texts where anything may stand, odd headings, sheets, properties and errors."""
    chance = Random(seed)
    book = openpyxl.load_workbook(demo)
    people: dict[str, str] = {}
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and not _is_heading(cell.value):
                    cell.value = _other(cell.value, people, chance, sheet.title)
    _odd_places(book, chance)
    book.properties.title = book.properties.creator = book.properties.lastModifiedBy = "架空の作業所"
    for each in book.custom_doc_props.props:
        if chance.random() < 0.5:
            each.value = "架空の版"
    book.save(path)
    return path


def _is_heading(value: object) -> bool:
    return isinstance(value, str) and (value in _KEPT_HEADINGS or value in layout.SETTINGS_HEADINGS or value in _ITEMS)


_ITEMS = frozenset(column.heading for column in layout.SETTINGS)


def _other(value: Any, people: dict[str, str], chance: Random, sheet: str) -> Any:
    share = 0.5 if sheet == layout.SETTINGS_SHEET else 0.06
    if isinstance(value, str) and (value in people or _like_a_name(value)):
        return people.setdefault(
            value, f"架空{len(people)} {chance.choice(['ひみつ', '「ひみつ」', 'ひみつ（架空）'])}"
        )
    if isinstance(value, str) and len(value) == 10 and value.isdecimal():
        return f"9876598{value[7:]}"
    if isinstance(value, str) and all("ァ" <= letter <= "ー" or letter.isspace() for letter in value):
        return "カクウ " + value[:0]
    if isinstance(value, str) and len(value) > 8:
        return chance.choice(_FREE)
    if chance.random() < share:
        return chance.choice((*_FREE, "#N/A", "=1/0"))
    return value


def _like_a_name(value: str) -> bool:
    parts = value.split()
    return len(parts) == 2 and all(1 <= len(part) <= 4 and part.isalpha() for part in parts)


def _odd_places(book: openpyxl.Workbook, chance: Random) -> None:
    for sheet in book.worksheets:
        if sheet.title == "日報":
            continue
        if chance.random() < 0.15:
            sheet.title = chance.choice(("架空の表", "実績記録票_架空 ひみつ", "予定（架空）", " 架空"))[:25] + str(
                len(sheet.title)
            )
        for row in sheet.iter_rows(max_row=3):
            for cell in row:
                if isinstance(cell.value, str) and cell.value in _KEPT_HEADINGS and chance.random() < 0.03:
                    cell.value = f"架空{cell.value}"
    if chance.random() < 0.1:
        book.create_sheet("架空の控え")["A1"] = "ひみつ"
    if chance.random() < 0.08:
        for row in book["日報"].iter_rows(max_row=3):
            for cell in row:
                if cell.value == "提供区分":
                    cell.value = "架空提供区分"
    if chance.random() < 0.05:
        book.create_sheet("日報 ")["A1"] = "ひみつ"


def texts_of(path: Path) -> Iterator[str]:
    """Yield everything that is in an output, inflated."""
    data = path.read_bytes()
    yield data.decode("utf-8", "replace")
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as package:
            yield from (package.read(name).decode("utf-8", "replace") for name in package.namelist())
    elif path.suffix == ".parquet":
        yield pd.read_parquet(path).to_csv()
    elif path.suffix == ".sqlite":
        with closing(sqlite3.connect(path)) as store:
            for (table,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                for row in store.execute(f"SELECT * FROM {table}"):
                    yield from map(_inflated, row)


def _inflated(value: object) -> str:
    if not isinstance(value, bytes):
        return str(value)
    for inflate in (unsqueezed, zlib.decompress):
        try:
            return inflate(value).decode("utf-8", "replace")
        except (zlib.error, ValueError, OSError):
            continue
    return value.decode("utf-8", "replace")


def leaks(run: Run, count: int, folder: Path, first: int = 0) -> list[str]:
    """Return what was found in which output of *count* perturbed demos."""
    run("demo", "--out", folder / "demo")
    demo = folder / "demo" / "demo.xlsx"
    books = folder / "架空の作業所"
    books.mkdir()
    for seed in range(first, first + count):
        perturbed(demo, seed, books / f"架空 ひみつ{seed}.xlsx")
    (books / "b.架空ひみつ.xlsx").write_bytes(b"PK")
    (books / "c.xlsx").write_bytes(demo.read_bytes()[:9000])
    (books / "HIMITSU.csv").write_text("氏名,日付,提供区分\r\n架空 太郎,架空,ひみつ\r\n", "utf-8")
    _with_odd_parts(demo, books / "d.xlsx")
    out = folder / "out"
    ran = run(
        "check", books, books / "*.csv", books / "d.架空", "--out", out, "--no-copies", "--anonymise",
        "--key", folder / "key", "--json", out / "a.json", "--csv", out / "a.csv", "--html", out / "a.html",
        "--parquet", out / "a.parquet", "--ledger", out / "l.sqlite", "--readings",
    )  # fmt: skip
    files = json.loads((out / "a.json").read_text("utf-8"))["files"]
    assert len(files) == count + 5
    assert sum(file["status"] == "judged" for file in files) > count / 2
    outputs = {path.name: list(texts_of(path)) for path in out.iterdir()} | {"screen": [ran.out, ran.err]}
    assert len(outputs) == 8
    assert journal.NAME in outputs
    return [
        f"{name}: {text[max(0, at - 60) : at + 40]!r}"
        for name, texts in outputs.items()
        for text in texts
        for marker in MARKERS
        if (at := text.find(marker)) >= 0
    ]


def _with_odd_parts(demo: Path, path: Path) -> None:
    """The names of parts are words of whoever made the file."""
    with zipfile.ZipFile(demo) as before, zipfile.ZipFile(path, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name))
        after.writestr("xl/架空ひみつ.xml", b"<a/>")
        with pytest.warns(UserWarning, match="Duplicate"):
            after.writestr("xl/架空ひみつ.xml", b"<a/>")


def test_nothing_an_office_wrote_is_in_any_output(run: Run, tmp_path: Path) -> None:
    assert leaks(run, 8, tmp_path) == []


# ---- whoever refuses a file keeps what the file says apart from our own words

_REFUSALS = ("Unreadable", "LayoutError", "NotALog")
_ROOMS = (
    "book",
    "ooxml",
    "hosts/reading",
    "hosts/closed_book.py",
    "hosts/foreign_book.py",
    "hosts/remote_files.py",
    "jobs",
)
_OURS = ("len(", "type(", "number", "reader.line_num", "error.strerror", "HEADING_ROWS", "table.sheet", "table.vital")


def _refusals() -> Iterator[tuple[str, ast.Call]]:
    root = Path(zaitaku_xl.__file__).parent
    for room in _ROOMS:
        place = root / room
        for path in [place] if place.suffix else sorted(place.rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in _REFUSALS:
                    yield f"{path.relative_to(root)}:{node.lineno}", node


def test_no_refusal_mixes_the_words_of_a_file_with_ours() -> None:
    mixed = []
    for where, call in _refusals():
        for node in ast.walk(call.args[0]):
            if isinstance(node, ast.FormattedValue):
                told = ast.unparse(node.value)
                if not told.isupper() and not any(ours in told for ours in _OURS) and not told.startswith("_"):
                    mixed.append(f"{where}: {told}")
    assert mixed == []


# ---- the journal in the folder


@pytest.fixture
def books(tmp_path: Path) -> Path:
    saved(tmp_path / "in" / "架空.xlsx", BAD)
    saved(tmp_path / "in" / "b.xlsx", BAD)
    return tmp_path / "in"


def _anonymous(run: Run, books: Path, out: Path) -> Any:
    return run("check", books, "--out", out, "--no-copies", "--anonymise", "--key", out.parent / "key")


def test_a_folder_where_names_were_kept_takes_no_anonymous_run(run: Run, books: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("check", books, "--out", out)
    before = {path: path.read_bytes() for path in out.iterdir()}
    ran = _anonymous(run, books, out)
    assert ran.status == 2
    assert "新しいフォルダー" in ran.err
    assert {path: path.read_bytes() for path in out.iterdir()} == before


SPOILERS: dict[str, Callable[[Path], object]] = {
    "of the first version": lambda path: _sqlite(path, "PRAGMA application_id = 0"),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:5000]),
    "header gone": lambda path: path.write_bytes(b"SQLite format 3\0" + b"x" * 84 + path.read_bytes()[100:]),
    "gone but for what SQLite laid beside": lambda path: path.rename(f"{path}-wal"),
    "kept under another name": lambda path: path.rename(path.with_stem(f"{path.stem}_前の版")),
    "kept under another name again": lambda path: path.rename(path.with_stem(f"{path.stem}_前の版2")),
}


def _sqlite(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as store:
        store.execute(statement)


@pytest.mark.parametrize("name", SPOILERS)
def test_nor_where_what_was_kept_is_spoilt(name: str, run: Run, books: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("check", books, "--out", out)
    SPOILERS[name](out / journal.NAME)
    assert _anonymous(run, books, out).status == 2


def test_an_anonymous_run_goes_on_where_an_anonymous_one_stopped(run: Run, books: Path, tmp_path: Path) -> None:
    _anonymous(run, books, tmp_path / "out")
    assert "変わらない2件" in _anonymous(run, books, tmp_path / "out").out
    run("check", books, "--out", tmp_path / "out")
    assert _anonymous(run, books, tmp_path / "out").status == 2  # now there are names


if __name__ == "__main__":
    from typer.testing import CliRunner

    from tests.command import Ran
    from zaitaku_xl.entry.cli import app

    def _run(*arguments: object) -> Ran:
        told = CliRunner().invoke(app, list(map(str, arguments)))
        return Ran(told.exit_code, told.stdout, told.stderr)

    with tempfile.TemporaryDirectory() as room:
        for leak in (found := leaks(_run, int(sys.argv[1]), Path(room))):
            print(leak)
        print(f"{sys.argv[1]} workbooks, {len(found)} leaks")
