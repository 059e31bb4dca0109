"""One LibreOffice a test process, started by the first test that asks, and workbooks opened in it on copies."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import xlwings as xw

from zaitaku_xl.book import demo as demo_book
from zaitaku_xl.hosts.new_book import written

Opener = Callable[..., xw.Book]


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
