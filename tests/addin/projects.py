"""The macro projects that are shipped, made from text. The only place that knows pyOpenVBA, pinned for what it does here.

    python -m tests.addin.projects        # writes macros/projects anew

A clerk's PC never runs it: what it makes lies in the repository, and a test makes it again and compares the bytes.
"""

import struct
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pyopenvba import ExcelFile, VBAModuleKind

from tests.addin.modules import CODE_PAGE, Module, modules
from zaitaku_xl.addin.building import blank_book
from zaitaku_xl.addin.macro_text import Home
from zaitaku_xl.addin.vba_project import project_name
from zaitaku_xl.errors import ZaitakuError
from zaitaku_xl.hosts.marking.macros import MACRO_WORKBOOK, Document, name_documents
from zaitaku_xl.ooxml.edit import Edit
from zaitaku_xl.ooxml.opc import Package

_PART = "xl/vbaProject.bin"
_CODE_PAGE_RECORD, _CODE_PAGE_SIZE = 0x0003, 2
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


TARGET = Path(__file__).resolve().parents[2] / "macros"


def project_to_ship(home: Home, *, frozen: bool) -> bytes:
    """Return the project of the add-in or of the workbook with the tab, as it is shipped."""
    documents = name_documents(Edit(Package.opened(blank_book(home))))
    return vba_project(documents, modules(home, frozen=frozen))


def vba_project(documents: Sequence[Document], modules: Sequence[Module]) -> bytes:
    """Return the project for a workbook whose parts bear these code names. Same text, same bytes."""
    with tempfile.TemporaryDirectory(prefix="zaitaku_xl-") as room:
        book = Path(room) / "book.xlsm"
        _write_stand_in(book, documents)
        with ExcelFile(book) as file:
            project = file.add_vba_project()
            _set_code_page(project)
            for module in modules:
                kind = VBAModuleKind.other if module.is_class else VBAModuleKind.standard
                project.add_module(module.name, _lines(module.text), kind=kind)
            file.save()
        with ExcelFile(book) as file:
            faults = file.validate()
        if faults:
            raise ZaitakuError(f"マクロを組み立てられません（{faults[0]}）。プログラムの不具合です。")
        with zipfile.ZipFile(book) as package:
            return package.read(_PART)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").rstrip("\n").replace("\n", "\r\n") + "\r\n"


def _set_code_page(project: Any) -> None:
    """Say code page 932; pyOpenVBA's templates say 1252, and no call of its changes that."""
    raw, position = bytearray(project.dir_raw), 0
    while position < len(raw):
        record, size = struct.unpack_from("<HI", raw, position)
        if (record, size) == (_CODE_PAGE_RECORD, _CODE_PAGE_SIZE):
            struct.pack_into("<H", raw, position + 6, CODE_PAGE)
            break
        position += 6 + size
    else:
        raise ZaitakuError("マクロの文字コードを設定できません。プログラムの不具合です。")
    project.dir_raw, project.code_page, project.dir_structure_dirty = bytes(raw), CODE_PAGE, True


def _write_stand_in(path: Path, documents: Sequence[Document]) -> None:
    """Write the least workbook that has these documents: the project depends on nothing else of a workbook."""
    book, *sheets = documents
    kinds = {"Sheet": "worksheet", "Chart": "chartsheet"}
    listed = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, len(sheets) + 1))
    lines = "".join(
        f'<Relationship Id="rId{n}" Type="{_LINKS}/{kinds[sheet.kind]}" Target="s{n}.xml"/>'
        for n, sheet in enumerate(sheets, 1)
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{MACRO_WORKBOOK}"/></Types>',
        )
        package.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><workbookPr codeName="{book.name}"/>'
            f"<sheets>{listed}</sheets></workbook>",
        )
        package.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'
        )
        for number, sheet in enumerate(sheets, 1):
            root = kinds[sheet.kind]
            package.writestr(
                f"xl/s{number}.xml", f'<{root} xmlns="{_MAIN}"><sheetPr codeName="{sheet.name}"/></{root}>'
            )


if __name__ == "__main__":
    for home in Home:
        for frozen in (False, True):
            (TARGET / project_name(home, frozen=frozen)).write_bytes(project_to_ship(home, frozen=frozen))
