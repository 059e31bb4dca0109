"""One LibreOffice a test process, started by the first test that asks, and workbooks opened in it on copies.

A LibreOffice that is lost in the middle of a test fails that test, and the next one gets another. How it was lost goes into
the file that ZAITAKU_OFFICE_LOST names, by which `tests/run` knows to run what failed once more.
"""

import os
import shutil
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import xlwings as xw

from zaitaku_xl.hosts.writing.new_book import written
from zaitaku_xl.sheets import demo as demo_book

Opener = Callable[..., xw.Book]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    told = os.environ.get("ZAITAKU_OFFICE_LOST")
    if report.failed and told and (program := sys.modules.get("tests.engine.program")):
        with open(told, "a", encoding="utf-8") as file:
            file.writelines(f"{item.nodeid}: {how}\n" for app in program.ENGINE.apps if (how := app.office.lost()))
    return report


@pytest.fixture(scope="session")
def excel() -> Iterator[xw.App]:
    from tests import engine  # not before: a process that asks for no LibreOffice loads none of it

    app = engine.start()
    yield app
    app.quit()


@contextmanager
def copies_opened(excel: xw.App, folder: Path) -> Iterator[Opener]:
    """Open copies of workbooks; what was said, answered and marked as a thread before is forgotten."""
    from tests.engine import marks

    program = excel.impl
    for kept in (program.said, program.status, program.screen, program.answers, program.folders, marks.THREADS):
        kept.clear()
    open_now: list[xw.Book] = []

    def open_copy(path: Path, *, macros: bool = False) -> xw.Book:
        copy = folder / "open" / path.name
        copy.parent.mkdir(exist_ok=True)
        shutil.copy(path, copy)
        book = xw.Book(impl=excel.impl.books.open(str(copy), macros=macros))
        book.set_mock_caller()
        open_now.append(book)
        return book

    try:
        yield open_copy
    finally:
        for book in open_now:
            book.close()
        if open_now:
            del xw.Book._mock_caller


@pytest.fixture
def opened(excel: xw.App, tmp_path: Path) -> Iterator[Opener]:
    with copies_opened(excel, tmp_path) as opener:
        yield opener


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.xlsx"
    path.write_bytes(written(demo_book.demo()))
    return path
