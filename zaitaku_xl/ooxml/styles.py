"""The style sheet: looks are appended, never changed, so that every index in the workbook keeps its meaning."""

import re
from collections.abc import Mapping

from zaitaku_xl.made import Edges, Style
from zaitaku_xl.ooxml import guards
from zaitaku_xl.ooxml.edit import XML, Edit
from zaitaku_xl.ooxml.nodes import appended, escaped, place, ranks, set_attribute
from zaitaku_xl.ooxml.splices import Splice

ORDER = ranks("numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst")
FONT = "Yu Gothic"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_SIDES = ("left", "right", "top", "bottom")
_BUILT_IN = {"General": 0, "0": 1, "0.00": 2, "#,##0": 3, "0%": 9, "h:mm": 20, "@": 49}
_USUAL = "xl/styles.xml"
_MOST_CELL_LOOKS = 65_490  # more, and Excel calls the file damaged
_MOST_NAMED = 4_000  # what names more is not worth a list so long
_LOOK = re.compile(rb"""\s(?:s|style)=["'](\d{1,4})["']""")
_FIRST_OF_OURS = 164  # number formats below belong to the program
_FORMAT_ID = re.compile(r'numFmtId="(\d+)"')
_RESERVED = {"fills": 2}  # whatever stands at these places of a list, Excel shows none, and grey dots
_LINE = re.compile(r"""\bstyle\s*=\s*["'](?!none["'])""")

# What a list starts with where the workbook has none: Excel takes these places for granted, and such a workbook is
# shown in Calibri before we come and must be after.
_SEEDS = {
    "fonts": ('<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',),
    "fills": ('<fill><patternFill patternType="none"/></fill>', '<fill><patternFill patternType="gray125"/></fill>'),
    "borders": ("<border><left/><right/><top/><bottom/><diagonal/></border>",),
    "cellStyleXfs": ('<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',),
    "cellXfs": ('<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',),
    "dxfs": (),
    "numFmts": (),
}


class Styles:
    """Looks to append to the workbook's style sheet; a look that is already there is used again."""

    def __init__(self, edit: Edit) -> None:
        self._edit = edit
        self._part = edit.package.styles_part or _new_part(edit)
        self._root = edit.tree(self._part, 3)
        self._places: dict[str, dict[str, int]] = {}
        self._counts: dict[str, int] = {}
        self._new: dict[str, list[str]] = {}
        self._cells: dict[tuple[Style, bool], int] = {}
        self._seen: dict[tuple[int, bool], tuple[Style, int]] = {}

    def differential(self, colour: str) -> int:
        """Return the dxf that fills a cell with RRGGBB; of the two colours it is bgColor that a dxf shows."""
        fill = f'<patternFill patternType="solid"><fgColor rgb="FF{colour}"/><bgColor rgb="FF{colour}"/></patternFill>'
        return self._index("dxfs", f"<dxf><fill>{fill}</fill></dxf>")

    def cell(self, style: Style, literal: bool) -> int:
        """Return the xf of a style; *literal* keeps ``=1+1`` a text when somebody edits the cell."""
        known = self._seen.get((id(style), literal))  # a sheet uses the same few objects over and over
        if known is not None and known[0] is style:
            return known[1]
        if (style, literal) not in self._cells:
            self._cells[style, literal] = self._xf(style, literal)
        self._seen[id(style), literal] = style, self._cells[style, literal]
        return self._cells[style, literal]

    def _xf(self, style: Style, literal: bool) -> int:
        font = self._index("fonts", _font(style))
        fill = self._index("fills", _fill(style.fill)) if style.fill else 0
        for local in ("fills", "borders", "cellStyleXfs"):  # the first of each is named by every look
            if not self._known(local) and not self._counts[local]:
                self._append(local, *self._seeds(local))
        border = self._index("borders", _border(style.edges)) if style.edges else self._no_border()
        number = self._format(style.shows)
        quoted = ' quotePrefix="1"' if literal else ""
        shown = ' applyNumberFormat="1"' if number else ""
        return self._index(
            "cellXfs",
            f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0"{quoted}{shown}'
            f' applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">{_alignment(style)}</xf>',
        )

    def _no_border(self) -> int:
        """Return a border without lines: the first one may have some."""
        first = next((text for text, place in self._known("borders").items() if place == 0), "")
        return self._index("borders", _SEEDS["borders"][0]) if _LINE.search(first) else 0

    def _format(self, code: str) -> int:
        """Return the id of a number format; unlike all other looks it is not known by its place."""
        if code in _BUILT_IN:
            return _BUILT_IN[code]
        listed = [_FORMAT_ID.search(xml) for xml in self._known("numFmts")]
        taken = [int(found[1]) for found in listed if found]
        written = f'formatCode="{escaped(code)}"'
        for xml in self._known("numFmts"):
            found = _FORMAT_ID.search(xml)
            if written in xml and found:
                return int(found[1])
        new = max([_FIRST_OF_OURS - 1, *taken]) + 1
        self._index("numFmts", f'<numFmt numFmtId="{new}" {written}/>')
        return new

    def flush(self) -> None:
        """Write the appended looks."""
        data = self._edit.part(self._part)
        lists = sorted(self._new, key=ORDER.__getitem__)  # two new lists may belong at one place
        if self._root.empty:
            lines = b"".join(self._whole_list(local) for local in lists)
            splices = [appended(data, self._root, lines)] if lines else []
        else:
            splices = [splice for local in lists for splice in self._list_splices(data, local)]
        self._edit.splice(self._part, splices)
        self._new.clear()

    def _index(self, local: str, xml: str) -> int:
        xml = _prefixed(xml, self._root.prefix)
        places = self._known(local)
        if xml not in places:
            if self._counts[local] < _RESERVED.get(local, 1):
                self._append(local, *self._seeds(local)[self._counts[local] :])
            self._append(local, *(() if xml in places else (xml,)))
        return places[xml]

    def _seeds(self, local: str) -> list[str]:
        return [_prefixed(seed, self._root.prefix) for seed in _SEEDS[local]]

    def _append(self, local: str, *items: str) -> None:
        if local == "cellXfs" and self._counts[local] + len(items) > _MOST_CELL_LOOKS:
            raise guards.too_many_looks()
        for xml in items:
            self._places[local][xml] = self._counts[local]
            self._counts[local] += 1
            self._new.setdefault(local, []).append(xml)

    def _known(self, local: str) -> dict[str, int]:
        if local not in self._places:
            data, listed = self._edit.part(self._part), self._root.child(local)
            children = listed.children if listed else []
            texts = [data[child.start : child.end].decode("utf-8", "replace") for child in children]
            first = _RESERVED.get(local, 0)
            self._places[local] = {text: index for index, text in reversed(list(enumerate(texts))) if index >= first}
            self._counts[local] = len(texts)
        return self._places[local]

    def _list_splices(self, data: bytes, local: str) -> list[Splice]:
        listed = self._root.child(local)
        if listed is None:
            at = place(self._root, local, ORDER)
            return [Splice(at, at, self._whole_list(local))]
        if listed.empty:
            return [Splice(listed.start, listed.end, self._whole_list(local))]
        payload, count = "".join(self._new[local]).encode(), str(self._counts[local])
        return [set_attribute(data, listed, "count", count), appended(data, listed, payload)]

    def _whole_list(self, local: str) -> bytes:
        name = f"{self._root.prefix}{local}"
        return f'<{name} count="{self._counts[local]}">{"".join(self._new[local])}</{name}>'.encode()


def _new_part(edit: Edit) -> str:
    part = _USUAL if _USUAL not in edit.package.taken_names else edit.free_name("xl/styles{}.xml")
    seeds = {**_SEEDS, "cellXfs": _SEEDS["cellXfs"] * (1 + _highest_look(edit))}
    edit.add(part, f"{XML}{blank_styles(edit.package.main_space, seeds)}".encode(), TYPE)
    edit.relate(edit.package.workbook_part, "styles", part)
    return part


def _highest_look(edit: Edit) -> int:
    """Return the highest look that a cell names though there is none: it must not begin to be one of ours."""
    sheets = (edit.package.part(sheet.part) for sheet in edit.package.sheets)
    named = (int(number) for data in sheets for number in set(_LOOK.findall(data)))
    return max((number for number in named if number < _MOST_NAMED), default=0)


def blank_styles(space: str, seeds: Mapping[str, tuple[str, ...]]) -> str:
    """Return a style sheet with nothing in it but what every workbook takes for granted."""
    lists = [f'<{local} count="{len(items)}">{"".join(items)}</{local}>' for local, items in seeds.items() if items]
    return f'<styleSheet xmlns="{space}">{"".join(lists)}</styleSheet>'


def seeds_of_ours() -> dict[str, tuple[str, ...]]:
    """Return what the lists of a workbook of our own start with: the letters of our sheets are its usual ones."""
    return {**_SEEDS, "fonts": (f'<font><sz val="11"/><name val="{FONT}"/></font>',)}


def _font(style: Style) -> str:
    bold, line = "<b/>" if style.bold else "", "<u/>" if style.underline else ""
    return (
        f'<font>{bold}{line}<sz val="{style.size:g}"/><color rgb="FF{style.colour}"/>'
        f'<name val="{FONT}"/><family val="3"/><charset val="128"/></font>'
    )


def _fill(colour: str) -> str:
    colours = f'<fgColor rgb="FF{colour}"/><bgColor indexed="64"/>'
    return f'<fill><patternFill patternType="solid">{colours}</patternFill></fill>'


def _alignment(style: Style) -> str:
    wrap = ' wrapText="1"' if style.wrap else ""
    shrink = ' shrinkToFit="1"' if style.shrink else ""
    upright = ' textRotation="255"' if style.upright else ""
    indent = f' indent="{style.indent}"' if style.indent else ""
    return f'<alignment horizontal="{style.align}" vertical="{style.vertical}"{upright}{wrap}{indent}{shrink}/>'


def _border(edges: Edges) -> str:
    colours = {"left": edges.left_colour or edges.colour}
    sides = "".join(_side(side, getattr(edges, side), colours.get(side, edges.colour)) for side in _SIDES)
    return f"<border>{sides}<diagonal/></border>"


def _side(side: str, line: str, colour: str) -> str:
    return f'<{side} style="{line}"><color rgb="FF{colour}"/></{side}>' if line else f"<{side}/>"


def _prefixed(xml: str, prefix: str) -> str:
    """Return our XML in the words of a document that writes ``x:font`` for ``font``."""
    return xml.replace("</", "\0").replace("<", f"<{prefix}").replace("\0", f"</{prefix}") if prefix else xml
