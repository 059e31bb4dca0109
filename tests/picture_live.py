"""python -m tests.picture_live: draws the pictures of the open workbook that tests/pictures/ holds.

LibreOffice opens the demo with its macros, runs the Sub of 点検 and prints: the marked 日報 and the list; and the template
with the tab, blank. The ribbon itself is Excel's to draw.
"""

import tempfile
from pathlib import Path

import xlwings as xw
from PIL import Image

from tests import engine
from tests.tools import pictures_of
from zaitaku_xl.addin.building import template, with_macros
from zaitaku_xl.hosts.writing.new_book import written
from zaitaku_xl.sheets import demo
from zaitaku_xl.sheets.result_sheet import SHEET

PICTURES = Path(__file__).parent / "pictures"
DPI, COLOURS = 75, 64
RED = (0xF8, 0xCB, 0xCB)


def main() -> None:
    app = engine.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            room = Path(folder)
            (room / "demo.xlsm").write_bytes(with_macros(written(demo.demo())))
            (room / "template.xlsm").write_bytes(template())
            marked = _clicked(app, room / "demo.xlsm")
            _saved(max(_pages(app, marked, "日報"), key=_red), "open_marked.png")
            _saved(_pages(app, marked, SHEET)[0], "open_list.png")
            _saved(pictures_of(room / "template.xlsm", DPI)[0], "template.png")
    finally:
        app.quit()


def _clicked(app: xw.App, path: Path) -> Path:
    from tests.engine.vba import Macros

    book = xw.Book(impl=app.impl.books.open(str(path), macros=True))
    book.set_mock_caller()
    Macros(book.impl).click("check_book")
    marked = path.with_name("marked.xlsx")
    book.save(marked)
    book.close()
    return marked


def _pages(app: xw.App, path: Path, sheet: str) -> list[Path]:
    """The printed pages of one sheet."""
    book = app.books.open(path)
    for other in book.sheets:
        if other.name != sheet:
            other.visible = False
    alone = path.with_name(f"{sheet}.xlsx")
    book.save(alone)
    book.close()
    return pictures_of(alone, DPI)


def _red(picture: Path) -> int:
    colours = Image.open(picture).convert("RGB").getcolors(1 << 24)
    return sum(count for count, colour in colours or () if colour == RED)


def _saved(picture: Path, name: str) -> None:
    Image.open(picture).convert("RGB").quantize(COLOURS).save(PICTURES / name, optimize=True)


if __name__ == "__main__":
    main()
