"""The add-in and the macro workbook, made of what is shipped: the same program makes the same bytes."""

from pathlib import Path

from zaitaku_xl import __version__
from zaitaku_xl.addin.macro_text import Home, check_version, installed_xlwings, ours_text
from zaitaku_xl.addin.vba_project import vba_project
from zaitaku_xl.errors import WrongUse
from zaitaku_xl.hosts.closed_book import bytes_of
from zaitaku_xl.hosts.marking.macros import (
    ADDIN,
    MACRO_WORKBOOK,
    RibbonPart,
    check_attachable,
    name_documents,
    put_project,
)
from zaitaku_xl.hosts.writing.new_book import written
from zaitaku_xl.hosts.writing.safe_file import put
from zaitaku_xl.made import MadeBook, MadeCell, MadeSheet
from zaitaku_xl.ooxml.deflate import Standard
from zaitaku_xl.ooxml.edit import Edit
from zaitaku_xl.ooxml.opc import Package
from zaitaku_xl.resources import shipped
from zaitaku_xl.sheets import blank
from zaitaku_xl.sheets.printed import ON_ITS_SIDE, ink, made_book

ADDIN_FILE, TEMPLATE_FILE, FUNCTIONS_FILE = "zaitaku.xlam", "zaitaku_template.xlsm", "xlwings_udfs.bas"
_UI = "http://schemas.microsoft.com/office"
_NEW_SPACE, _OLD_SPACE = f"{_UI}/2009/07/customui", f"{_UI}/2006/01/customui"


def build(folder: Path, *, frozen: bool = False) -> tuple[Path, ...]:
    """Write the add-in, the template with the tab inside and the module of the formulas; returns where they lie."""
    made = {
        ADDIN_FILE: addin(frozen=frozen),
        TEMPLATE_FILE: template(frozen=frozen),
        FUNCTIONS_FILE: _for_the_editor(ours_text("xlwings_udfs")),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in made.items():
        put(folder / name, data)
    return tuple(folder / name for name in made)


def attach(source: Path, target: Path, *, frozen: bool = False) -> None:
    """Write a copy of the office's own workbook with the tab and the macros in it."""
    if target.exists():
        raise WrongUse(f"{target} はすでにあります。別の名前を指定してください。")
    data = with_macros(bytes_of(source), frozen=frozen)
    target.parent.mkdir(parents=True, exist_ok=True)
    put(target, data)


def addin(*, frozen: bool = False) -> bytes:
    """Return the add-in, which serves whichever workbook is in front."""
    return with_macros(blank_book(Home.ADDIN), Home.ADDIN, frozen=frozen)


def template(*, frozen: bool = False) -> bytes:
    """Return the blank workbook with the tab inside; it needs no add-in."""
    return with_macros(blank_book(Home.WORKBOOK), frozen=frozen)


def blank_book(home: Home) -> bytes:
    """Return the add-in or the workbook for a month as it is before the macros come in."""
    return written(_addin_sheet() if home is Home.ADDIN else blank.template())


def with_macros(data: bytes, home: Home = Home.WORKBOOK, *, frozen: bool = False) -> bytes:
    """Return the workbook with ribbon and macros; every part that does not name them stays byte for byte."""
    check_version(installed_xlwings())  # the macros name the DLL of one release
    package = Package.opened(data)
    check_attachable(package)
    edit = Edit(package)
    project = vba_project(name_documents(edit), home, frozen=frozen)
    put_project(edit, project, ribbons(), ADDIN if home is Home.ADDIN else MACRO_WORKBOOK)
    return edit.written(Standard())  # an add-in is the same bytes wherever it is built


def ribbons() -> tuple[RibbonPart, RibbonPart]:
    """Return the ribbon for Excel 2010 and later, and for 2007: some programs keep only the older on saving."""
    text = shipped("macros", "ribbon.xml").read_text(encoding="utf-8")
    older = text.replace(_NEW_SPACE, _OLD_SPACE)
    return (
        RibbonPart("customUI/customUI14.xml", f"{_UI}/2007/relationships/ui/extensibility", text.encode()),
        RibbonPart("customUI/customUI.xml", f"{_UI}/2006/relationships/ui/extensibility", older.encode()),
    )


def _addin_sheet() -> MadeBook:
    """The one sheet an add-in must have; nobody sees it unless he asks the editor for it."""
    lines = (
        f"在宅点検 {__version__}",
        "在宅利用の記録を点検するアドインです。タブ「在宅点検」から使います。",
        "MIT License。xlwings（BSD 3-Clause License）のマクロを含みます。",
    )
    sheet = MadeSheet(
        name="在宅点検",
        rows=tuple((MadeCell(line, ink()),) for line in lines),
        widths=(70,),
        page=ON_ITS_SIDE,
        column_styles=(ink(),),
        gridlines=True,
    )
    return made_book("在宅点検", sheet)


def _for_the_editor(text: str) -> bytes:
    """As the macro editor imports a file: in the code page of Japanese Windows, lines ending in CRLF."""
    return text.replace("\n", "\r\n").encode("cp932")
