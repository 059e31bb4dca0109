"""Workbooks to lay marks on, one oddity each, made here so that nobody's file needs to be kept."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterable

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"

STYLES = (
    '<styleSheet xmlns="{main}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>{dxfs}</styleSheet>'
)
ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>日付</t></is></c><c r="B1"><v>1</v></c></row>'
    '<row r="2"><c r="A2"><v>46000</v></c></row>'
)


def zipped(parts: Iterable[tuple[str, str | bytes]]) -> bytes:
    """Return a package of these parts in this order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 5, 9, 30, 2)), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def edited(data: bytes, **changes: Callable[[bytes], bytes]) -> bytes:
    """Return a package with parts changed; a part is named by its last word without its extension."""
    parts = unzipped(data)
    for name in parts:
        word = name.rpartition("/")[2].partition(".")[0].strip("[]")
        if word in changes and not name.endswith(".rels"):
            parts[name] = changes[word](parts[name])
    return zipped(parts.items())


def by_hand(
    sheet: str | None = None,
    *,
    strict: bool = False,
    dxfs: str = "",
    styles: bool = True,
    extra: Iterable[tuple[str, str | bytes]] = (),
    types: str = "",
    sheet_relations: str = "",
    workbook: str = "",
    before: str = "",
    root_relations: str = "",
) -> bytes:
    """Return the smallest workbook there is, with one sheet 日報."""
    main, relations = (STRICT_MAIN, STRICT_RELATIONS) if strict else (MAIN, RELATIONS)
    sheet = sheet or f'<worksheet xmlns="{MAIN}"><sheetData>{ROWS}</sheetData></worksheet>'
    style_type = f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}styles+xml"/>' if styles else ""
    style_line = f'<Relationship Id="rId2" Type="{relations}/styles" Target="styles.xml"/>' if styles else ""
    parts: list[tuple[str, str | bytes]] = [
        (
            "[Content_Types].xml",
            (
                f'{HEAD}<Types xmlns="{_PACKAGE}content-types">'
                f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Default Extension="xml" ContentType="application/xml"/>'
                f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}sheet.main+xml"/>'
                f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}worksheet+xml"/>'
                f"{style_type}{types}</Types>"
            ),
        ),
        (
            "_rels/.rels",
            (
                f'{HEAD}<Relationships xmlns="{_PACKAGE}relationships">'
                f'<Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/>'
                f"{root_relations}</Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            (
                f'{HEAD}<workbook xmlns="{main}" xmlns:r="{relations}">{before}<sheets>'
                f'<sheet name="日報" sheetId="1" r:id="rId1"/></sheets>{workbook}</workbook>'
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            (
                f'{HEAD}<Relationships xmlns="{_PACKAGE}relationships">'
                f'<Relationship Id="rId1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/>{style_line}'
                "</Relationships>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", HEAD + sheet.replace(MAIN, main).replace(RELATIONS, relations)),
    ]
    if styles:
        parts.append(("xl/styles.xml", HEAD + STYLES.format(main=main, dxfs=dxfs)))
    if sheet_relations:
        lines = f'{HEAD}<Relationships xmlns="{_PACKAGE}relationships">{sheet_relations}</Relationships>'
        parts.append(("xl/worksheets/_rels/sheet1.xml.rels", lines))
    return zipped([*parts, *extra])


def worksheet(body: str = ROWS, before: str = "", after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">{before}<sheetData>{body}</sheetData>{after}</worksheet>'


def written_by_xlsxwriter(notes: int = 2) -> bytes:
    """Return an office's month: notes, formats, data bars, lists, filters, names, a chart sheet in the middle."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": dt.datetime(2026, 1, 1)})
    daily, chart_sheet, plain = book.add_worksheet("日報"), book.add_chartsheet("図"), book.add_worksheet("週 '評' 価")
    red = book.add_format({"bg_color": "#FF0000"})
    for row in range(40):
        daily.write_row(row, 0, [f"利用者{row}", 46000 + row, 1, "在宅"])
    for row in range(notes):
        daily.write_comment(row + 3, 3, "担当: 佐藤", {"author": "佐藤"})
    daily.conditional_format("A1:A40", {"type": "cell", "criteria": ">", "value": 3, "format": red})
    daily.conditional_format("C1:C40", {"type": "data_bar", "data_bar_2010": True})
    daily.conditional_format("D1:D40", {"type": "icon_set", "icon_style": "3_traffic_lights"})
    daily.data_validation("D1:D40", {"validate": "list", "source": ["在宅", "通所"]})
    daily.autofilter("A1:D40")
    daily.set_column(0, 2, 18)
    daily.set_row(5, 60)
    daily.set_row(6, None, None, {"hidden": True})
    daily.insert_button("H3", {"caption": "点検"})
    daily.write_url("F1", "internal:'週 ''評'' 価'!A1")
    plain.write_formula("A1", "=SUM(日報!C1:C40)", None, 40)
    plain.insert_button("B2", {"caption": "印刷"})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=日報!$C$1:$C$40"})
    chart_sheet.set_chart(chart)
    book.define_name("対象", "=日報!$A$1:$D$40")
    book.close()
    return buffer.getvalue()


def written_by_openpyxl() -> bytes:
    buffer = io.BytesIO()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "日報"
    for row in range(1, 30):
        sheet.append([f"利用者{row}", row, "在宅"])
    sheet["C5"].comment = Comment("確認済", "佐藤")
    book.create_sheet("週評価")["A1"] = "週"
    book.save(buffer)
    return buffer.getvalue()


def prefixed() -> bytes:
    """Return a workbook whose every element is written ``x:…``, as the Open XML SDK writes it."""

    def with_prefix(data: bytes) -> bytes:
        text = re.sub(r"<(/?)(?![?!])", r"<\1x:", data.decode())
        return text.replace(' xmlns="', ' xmlns:x="').encode()

    base = by_hand(dxfs='<dxfs count="0"/>')
    return edited(base, workbook=with_prefix, sheet1=with_prefix, styles=with_prefix, Content_Types=with_prefix)


def with_cr_lf() -> bytes:
    broken_lines = worksheet(
        ROWS.replace("<row", "\n <row"),
        after="\n<pageMargins left='0.7' right='0.7' top='0.7' bottom='0.7' header='0.3' footer='0.3'/>\n",
    )
    return edited(by_hand(broken_lines), sheet1=lambda data: data.replace(b"\n", b"\r\n"))


_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t201" coordsize="21600,21600" o:spt="201"'
    ' path="m,l,21600r21600,l21600,xe"/><v:shape id="_x0000_s1025" type="#_x0000_t201"'
    ' style="position:absolute;width:80pt;height:20pt" o:button="t"><v:textbox><div>点検{odd}</div></v:textbox>'
    '<x:ClientData ObjectType="Button"><x:Anchor>5, 0, 1, 0, 7, 0, 3, 0</x:Anchor></x:ClientData></v:shape></xml>'
)


def with_button(odd: str = "", target: str = "../drawings/vmlDrawing1.vml") -> bytes:
    """Return a sheet with a legacy drawing and no comments; *odd* may make it something that is not XML."""
    line = f'<Relationship Id="rId7" Type="{RELATIONS}/vmlDrawing" Target="{target}"/>'
    kind = '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
    return by_hand(
        worksheet(after='<legacyDrawing r:id="rId7"/>'),
        sheet_relations=line,
        types=kind,
        extra=[("xl/drawings/vmlDrawing1.vml", _VML.format(odd=odd))],
    )


_ALTERNATE = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" Requires="x14">'
    "<controls/></mc:Choice></mc:AlternateContent>"
)
_X14 = (
    '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"'
    ' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:conditionalFormattings>'
    '<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    '<x14:cfRule type="expression" priority="2" id="{11111111-2222-3333-4444-555555555555}"><xm:f>A1&gt;1</xm:f>'
    "</x14:cfRule><xm:sqref>A1:A9</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>"
)
_CLASSIC = (
    '<conditionalFormatting sqref="A1:A9"><cfRule type="expression" priority="1"><formula>A1&gt;5</formula></cfRule>'
    "</conditionalFormatting>"
)
_PROPERTIES = (
    f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"'
    ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><HeadingPairs>'
    '<vt:vector size="2" baseType="variant"><vt:variant><vt:lpstr>ワークシート</vt:lpstr></vt:variant><vt:variant>'
    '<vt:i4>1</vt:i4></vt:variant></vt:vector></HeadingPairs><TitlesOfParts><vt:vector size="1" baseType="lpstr">'
    "<vt:lpstr>日報</vt:lpstr></vt:vector></TitlesOfParts></Properties>"
)

_OF_A_MAC = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        " + bytes(200)
_BLACK = b'patternType="solid"><fgColor rgb="FF000000"/></patternFill>'
_NONE = b'<fill><patternFill patternType="none"/></fill>'
_ONE_FILL = b'<fills count="1">' + _NONE + b"</fills>"
_GREY = b'<fill><patternFill patternType="solid"><fgColor rgb="FFDDDDDD"/><bgColor indexed="64"/></patternFill></fill>'
_OURS_FIRST = b'<fills count="2">' + _NONE + _GREY + b"</fills>"


BASES: dict[str, Callable[[], bytes]] = {
    "xlsxwriter": written_by_xlsxwriter,
    "openpyxl": written_by_openpyxl,
    "by hand": by_hand,
    "x: prefixes": prefixed,
    "strict": lambda: by_hand(strict=True),
    "no row numbers": lambda: by_hand(worksheet("<row><c><v>1</v></c></row><row><c><v>2</v></c></row>")),
    "no rows at all": lambda: by_hand(f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'),
    "empty dxfs": lambda: by_hand(dxfs='<dxfs count="0"/>'),
    "properties": lambda: by_hand(
        root_relations=f'<Relationship Id="rId2" Type="{RELATIONS}/extended-properties" Target="docProps/app.xml"/>',
        extra=[("docProps/app.xml", _PROPERTIES)],
    ),
    "no styles": lambda: by_hand(styles=False),
    "CR LF": with_cr_lf,
    "byte order mark": lambda: edited(by_hand(), sheet1=lambda data: b"\xef\xbb\xbf" + data),
    "a comment that looks like rows": lambda: by_hand(
        worksheet(before="<!-- <sheetData> --><dimension ref='A1:B2'/>", after="<!-- </sheetData> -->")
    ),
    "rows in CDATA": lambda: by_hand(
        worksheet('<row><c t="inlineStr"><is><t><![CDATA[</sheetData>]]></t></is></c></row>')
    ),
    "button without notes": with_button,
    "names in other letters": lambda: with_button(target="/XL/Drawings/VMLdrawing1.vml"),
    "drawing that is not XML": lambda: with_button("<br>"),
    "alternate content": lambda: by_hand(worksheet(after=_ALTERNATE)),
    "conditional formats": lambda: by_hand(worksheet(after=_CLASSIC + _X14)),
    "the first fill is black": lambda: edited(
        by_hand(), styles=lambda part: part.replace(b'patternType="none"/>', _BLACK, 1)
    ),
    "one fill": lambda: edited(by_hand(), styles=lambda part: re.sub(rb"<fills.*</fills>", _ONE_FILL, part)),
    "our fill where Excel shows dots": lambda: edited(
        by_hand(), styles=lambda part: re.sub(rb"<fills.*</fills>", _OURS_FIRST, part)
    ),
    "the first border has lines": lambda: edited(
        by_hand(), styles=lambda part: part.replace(b"<border><left/>", b'<border><left style="thin"/>', 1)
    ),
    "packed on a Mac": lambda: by_hand(
        extra=[("__MACOSX/_rels/._.rels", _OF_A_MAC), ("__MACOSX/xl/_rels/._workbook.xml.rels", _OF_A_MAC)]
    ),
    "locked structure": lambda: by_hand(before='<workbookProtection lockStructure="1"/>'),
}
