"""A workbook of nothing but sheets of ours: to print them, or where the office's file is not ours to edit."""

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

from zaitaku_xl.hosts.marking import marking
from zaitaku_xl.made import MadeCell, MadeRow, MadeSheet
from zaitaku_xl.ooxml.edit import XML, Edit
from zaitaku_xl.ooxml.opc import CONTENT_TYPES, MAIN, OFFICE_RELATIONS, Package
from zaitaku_xl.ooxml.styles import TYPE, Styles, blank_styles, seeds_of_ours

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_EMPTY = {
    CONTENT_TYPES: f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="{_RELATIONS_TYPE}"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_WORKBOOK_TYPE}"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{OFFICE_RELATIONS}/officeDocument"'
    ' Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE_RELATIONS}"><bookViews><workbookView/></bookViews>'
    "<sheets></sheets></workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1"'
    f' Type="{OFFICE_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": blank_styles(MAIN, seeds_of_ours()),
}


def alone(sheets: Sequence[MadeSheet]) -> bytes:
    """Return a workbook of these sheets; links to sheets that are not among them become plain text."""
    edit = Edit(Package.opened(_empty_workbook()))
    styles = Styles(edit)
    names = {sheet.name for sheet in sheets}
    marking.add(edit, [replace(sheet, rows=_unlinked(sheet, names)) for sheet in sheets], styles)
    styles.flush()
    return edit.written()


def _unlinked(sheet: MadeSheet, names: set[str]) -> tuple[MadeRow, ...]:
    def kept(cell: MadeCell | None) -> MadeCell | None:
        if cell is None or cell.link is None or cell.link[0] in names:
            return cell
        return cell._replace(link=None)

    return tuple(tuple(kept(cell) for cell in row) for row in sheet.rows)


def _empty_workbook() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in _EMPTY.items():
            package.writestr(zipfile.ZipInfo(name), f"{XML}{text}")
    return out.getvalue()
