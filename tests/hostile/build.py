"""Files that a careless reader would die of, each made here in a moment and none of them kept.

python -m tests.hostile.build FOLDER
"""

import io
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
ONE_CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'
COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")

Part = tuple[str, str | bytes]


def book(
    body: str = ONE_CELL, *, head: str = "", after: str = "", names: str = "", extra: Iterable[Part] = ()
) -> bytes:
    """Return a small workbook with one sheet 日報; *head* stands before the sheet's root, *after* behind its rows."""
    return zipped([*parts(body, head=head, after=after, names=names), *extra])


def parts(body: str = ONE_CELL, *, head: str = "", after: str = "", names: str = "") -> list[Part]:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    return [
        (
            "[Content_Types].xml",
            (
                f'{HEAD}<Types xmlns="{PACKAGE}content-types"><Default Extension="xml" ContentType="application/xml"/>'
                '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Override PartName="/xl/workbook.xml" ContentType="{kind}sheet.main+xml"/>'
                f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}worksheet+xml"/></Types>'
            ),
        ),
        (
            "_rels/.rels",
            relations(f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'),
        ),
        (
            "xl/workbook.xml",
            (
                f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
                f'<sheet name="日報" sheetId="1" r:id="rId1"/></sheets>{names}</workbook>'
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relations(f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'),
        ),
        (
            "xl/worksheets/sheet1.xml",
            f'{HEAD}{head}<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData>{after}</worksheet>',
        ),
    ]


def relations(lines: str) -> str:
    return f'{HEAD}<Relationships xmlns="{PACKAGE}relationships">{lines}</Relationships>'


def zipped(entries: Iterable[Part], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 5, 0, 0, 0)), data, method)
    return buffer.getvalue()


def changed(**replacements: Callable[[str], str]) -> bytes:
    """Return the small workbook with parts rewritten; a part is named by its last word."""
    made = [(name, str(data)) for name, data in parts()]
    word = {name: name.rpartition("/")[2].partition(".")[0].strip("[]") for name, _ in made}
    changes = {name: replacements.get(word[name], str) for name, _ in made if not name.endswith(".rels")}
    return zipped((name, changes.get(name, str)(data)) for name, data in made)


def bomb(megabytes: int) -> bytes:
    """Return a workbook whose sheet is nothing but blanks: a few kilobytes, until somebody inflates it."""
    deflater, megabyte = zlib.compressobj(9, zlib.DEFLATED, -15), b" " * (1 << 20)
    raw, crc = b"", 0
    for _ in range(megabytes):
        raw, crc = raw + deflater.compress(megabyte), zlib.crc32(megabyte, crc)
    return _with_entry(book(), b"xl/worksheets/sheet2.xml", raw + deflater.flush(), crc, megabytes << 20)


def lying_bomb(announced: int) -> bytes:
    """Return a workbook part that is a bomb, in a directory that says it is small."""
    raw = zlib.compress(b" " * (64 << 20), 9)[2:-4]
    return _with_entry(zipped(p for p in parts() if p[0] != "xl/workbook.xml"), b"xl/workbook.xml", raw, 0, announced)


def overlapping() -> bytes:
    """Return a file with an entry that lies inside another one, as the densest bombs have them."""
    inner = _record(b"PK\3\4", b"xl/media/b.bin", b"y" * 99, 0, 99) + b"xl/media/b.bin" + b"y" * 99
    data = zipped([*parts(), ("xl/media/a.bin", inner)], zipfile.ZIP_STORED)
    return _listed(data, b"", _record(b"PK\1\2", b"xl/media/b.bin", b"y" * 99, 0, 99, data.index(inner)))


def _with_entry(data: bytes, name: bytes, raw: bytes, crc: int, size: int) -> bytes:
    """Return a zip file with one more entry, as its maker would have it."""
    start = struct.unpack_from("<I", data, len(data) - 6)[0]
    body = _record(b"PK\3\4", name, raw, crc, size) + name + raw
    return _listed(data, body, _record(b"PK\1\2", name, raw, crc, size, start))


def _record(magic: bytes, name: bytes, raw: bytes, crc: int, size: int, offset: int | None = None) -> bytes:
    common = struct.pack("<5H3I2H", 20, 0, 8, 0, 33, crc, len(raw), size, len(name), 0)
    if offset is None:
        return magic + common
    return magic + struct.pack("<H", 20) + common + struct.pack("<3H2I", 0, 0, 0, 0, offset) + name


def _listed(data: bytes, body: bytes, record: bytes) -> bytes:
    """Return a zip file with a body before its directory and a record behind it."""
    count, length, start = struct.unpack_from("<H2I", data, len(data) - 12)
    directory = data[start : start + length] + record
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count + 1, count + 1, len(directory), start + len(body), 0)
    return data[:start] + body + directory + end


def flagged(bit: int) -> bytes:
    """Return a workbook whose first entry has a bit set in its flags, in both places."""
    data = bytearray(book())
    data[6] |= bit
    data[data.index(b"PK\1\2") + 8] |= bit
    return bytes(data)


def broken_inside() -> bytes:
    data = bytearray(book())
    at = data.index(b"xl/workbook.xml") + len("xl/workbook.xml")
    data[at + 20] ^= 0xFF
    return bytes(data)


def renamed_in_directory() -> bytes:
    data = book()
    at = data.rindex(b"xl/worksheets/sheet1.xml")
    return data[:at] + b"xl/worksheets/sheet2.xml" + data[at + 24 :]


def twice() -> bytes:
    return zipped([*parts(), ("XL/Worksheets/SHEET1.xml", "<worksheet/>")])


_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "'
    + "lol" * 10
    + '">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
_OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'

# name: (how it is made, a word of the reason). All are refused when opened.
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "空"),
    "garbage": (lambda: bytes(n * 7 % 256 for n in range(5000)), "Excelブックではありません"),
    "cp932 csv": (lambda: "日付,氏名\r\n令和8年1月5日,髙橋\r\n".encode("cp932", "replace"), "CSV"),
    "utf-8 csv": ("\ufeff日付,氏名\r\n".encode, "CSV"),
    "html": (lambda: b"\xef\xbb\xbf<html><table><tr><td>a</td></tr></table></html>", "HTML"),
    "xml": (lambda: b'<?xml version="1.0"?><Workbook/>', "XML"),
    "owner file": (lambda: b"\x06" + "佐藤".encode("cp932").ljust(164, b" "), "~$"),
    "password": (lambda: COMPOUND + b"\0" * 900 + "EncryptedPackage".encode("utf-16-le"), "パスワード"),
    "old xls": (lambda: COMPOUND + b"\0" * 900 + "Workbook".encode("utf-16-le"), ".xls"),
    "truncated": (lambda: book()[:900], "壊れて"),
    "end record only": (lambda: b"PK\5\6" + b"\0" * 18, "圧縮ファイル"),
    "plain zip": (lambda: zipped([("readme.txt", "a")]), "圧縮ファイル"),
    "ods": (lambda: zipped([("mimetype", "x"), ("content.xml", "<a/>")]), ".ods"),
    "word": (
        lambda: changed(Content_Types=lambda text: text.replace("spreadsheetml.sheet", "wordprocessingml.document")),
        "Word",
    ),
    "xlsb": (
        lambda: zipped(
            [
                *[(n, d) for n, d in parts() if n != "_rels/.rels"],
                (
                    "_rels/.rels",
                    relations(f'<Relationship Id="r" Type="{RELATIONS}/officeDocument" Target="xl/a.bin"/>'),
                ),
                ("xl/a.bin", b"\0"),
            ]
        ),
        ".xlsb",
    ),
    "zip password": (lambda: flagged(1), "パスワード"),
    "lzma": (lambda: zipped(parts(), zipfile.ZIP_LZMA), "圧縮"),
    "bomb of blanks": (lambda: bomb(200), "異常に大きく"),
    "part over the limit": (lambda: bomb(300), "大きすぎます"),
    "bomb that lies": (lambda: lying_bomb(500), "壊れて"),
    "60,000 entries": (lambda: book(extra=[(f"x/{n}.xml", "") for n in range(60_000)]), "多すぎます"),
    "two of one name": (twice, "同じ名前"),
    "overlapping entries": (overlapping, "壊れて"),
    "another name in the directory": (renamed_in_directory, "壊れて"),
    "broken checksum": (broken_inside, "壊れて"),
    "no workbook part": (lambda: zipped([p for p in parts() if p[0] != "xl/workbook.xml"]), "本体"),
    "no sheet part": (lambda: zipped([p for p in parts() if "sheet1" not in p[0]]), "日報"),
    "sheet without a relation": (lambda: changed(workbook=lambda text: text.replace('"rId1"', '"rId9"')), "日報"),
    "workbook that is not XML": (lambda: changed(workbook=lambda text: text[:-4]), "壊れて"),
    "billion laughs in the workbook": (
        lambda: changed(workbook=lambda text: text.replace("<workbook", _LAUGHS + "<workbook")),
        "DOCTYPE",
    ),
    "outside entity in utf-16": (
        lambda: zipped(
            (n, str(d).replace("<workbook", _OUTSIDE + "<workbook").replace("UTF-8", "UTF-16").encode("utf-16"))
            if n == "xl/workbook.xml"
            else (n, d)
            for n, d in parts()
        ),
        "DOCTYPE",
    ),
}

# Opened, because other sheets may be well; refused where the part is read or marked.
REFUSED_LATER: dict[str, tuple[Callable[[], bytes], str]] = {
    "billion laughs": (lambda: book(head=_LAUGHS), "DOCTYPE"),
    "outside entity": (lambda: book(head=_OUTSIDE), "DOCTYPE"),
    "sheet cut short": (lambda: changed(sheet1=lambda text: text[:-5]), "壊れて"),
    "signed": (lambda: book(extra=[("_xmlsignatures/origin.sigs", "")]), "署名"),
    "shared": (lambda: book(extra=[("xl/revisions/revisionHeaders.xml", "<headers/>")]), "共有"),
    "utf-16 sheet": (
        lambda: zipped(
            (n, str(d).replace("UTF-8", "UTF-16").encode("utf-16")) if "sheet1" in n else (n, d) for n, d in parts()
        ),
        "文字コード",
    ),
}

# Odd, but harmless to us: marked and cleared like any other.
HARMLESS: dict[str, Callable[[], bytes]] = {
    "two cells at the far ends": lambda: book(ONE_CELL + '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'),
    "merged over everything": lambda: book(after='<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    "a row number beyond all": lambda: book('<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>'),
    "100,000 elements deep": lambda: book(after="<extLst>" + "<a>" * 100_000 + "</a>" * 100_000 + "</extLst>"),
    "100,000 names": lambda: book(
        names="<definedNames>"
        + "".join(f'<definedName name="n{n}">日報!$A${n + 1}</definedName>' for n in range(100_000))
        + "</definedNames>"
    ),
    "300,000 blank rows": lambda: book("".join(f'<row r="{n}" ht="15"/>' for n in range(1, 300_001))),
    "a path out of the folder": lambda: book(extra=[("../../evil.txt", "x")]),
    "backslashes in names": lambda: zipped((n.replace("/", "\\"), d) for n, d in parts()),
    "a formula without an end": lambda: book('<row r="1"><c r="A1"><f>' + "(" * 100_000 + "</f></c></row>"),
    "a huge priority": lambda: book(
        after='<conditionalFormatting sqref="A1"><cfRule type="expression" priority="99999999999999999999">'
        "<formula>1</formula></cfRule></conditionalFormatting>"
    ),
    "a journal of somebody else's": lambda: book(extra=_foreign_journal()),
}


def _with_strings(strings: str, index: int = 0) -> bytes:
    """Return the small workbook with shared strings; A1 shows one of them."""
    line = f'<Relationship Id="rId2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    row = f'<row r="1"><c r="A1" t="s"><v>{index}</v></c></row>'
    made = [(n, str(d).replace("</Relationships>", line) if n.startswith("xl/_rels") else d) for n, d in parts(row)]
    return zipped([*made, ("xl/sharedStrings.xml", strings)])


def _related_in_circles() -> bytes:
    """Return a workbook whose sheet is related to the workbook, to itself and to nothing."""
    lines = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(
            [
                ("comments", "sheet1.xml"),
                ("vmlDrawing", "../workbook.xml"),
                ("drawing", "../../../..//x"),
                ("table", ""),
            ]
        )
    )
    return book(extra=[("xl/worksheets/_rels/sheet1.xml.rels", relations(lines))])


def _many_sheets(count: int) -> bytes:
    made = dict(parts())
    listed = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(2, count))
    lines = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        for n in range(2, count)
    )
    made["xl/workbook.xml"] = str(made["xl/workbook.xml"]).replace("</sheets>", listed + "</sheets>")
    name = "xl/_rels/workbook.xml.rels"
    made[name] = str(made[name]).replace("</Relationships>", lines + "</Relationships>")
    return zipped(made.items())


_QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"A" * 200_000}">]>'

# Large, but nothing a spreadsheet may not be; answered in time one way or the other.
LARGE: dict[str, Callable[[], bytes]] = {
    "a million styled blank rows": lambda: book(
        "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(1, 1_000_001))
    ),
    "800,000 cells without addresses": lambda: book(
        "".join(f"<row>{''.join(f'<c><v>{n * 100 + m}</v></c>' for m in range(100))}</row>" for n in range(8_000))
    ),
    "a million numbers": lambda: book(
        "".join(
            f'<row r="{n}">' + "".join(f'<c r="{c}{n}"><v>{n * 31 % 9973}.5</v></c>' for c in "ABCDEFGHIJ") + "</row>"
            for n in range(1, 100_001)
        )
    ),
    "a million shared strings": lambda: _with_strings(
        f'<sst xmlns="{MAIN}">' + "".join(f"<si><t>{n}</t></si>" for n in range(1_000_000)) + "</sst>"
    ),
    "a cell of ten million letters": lambda: book(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>'
        + "".join(f"{n}," for n in range(1_400_000))
        + "</t></is></c></row>"
    ),
    "an attribute of ten million letters": lambda: book(after=f'<a b="{"".join(f"{n}," for n in range(1_400_000))}"/>'),
    "merged a hundred thousand times": lambda: book(
        after="<mergeCells>" + "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 100_001)) + "</mergeCells>"
    ),
    "merged down a million rows": lambda: book(after='<mergeCells><mergeCell ref="A1:T1048576"/></mergeCells>'),
    "formats for a hundred thousand areas": lambda: book(
        after=f'<conditionalFormatting sqref="{" ".join(f"A{n}:B{n}" for n in range(1, 100_001))}">'
        '<cfRule type="expression" priority="1"><formula>1</formula></cfRule></conditionalFormatting>'
    ),
    "thirty thousand formats": lambda: book(
        after="".join(
            f'<conditionalFormatting sqref="A{n}"><cfRule type="expression" priority="{n}"><formula>1</formula></cfRule>'
            "</conditionalFormatting>"
            for n in range(1, 30_001)
        )
    ),
    "three thousand sheets": lambda: _many_sheets(3_000),
    "an extent that nobody uses": lambda: changed(
        sheet1=lambda text: text.replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    ),
    "nested without end in the rows": lambda: book("<row>" * 50_000 + "</row>" * 50_000),
    "related in circles": _related_in_circles,
    "a string that is not there": lambda: _with_strings(f'<sst xmlns="{MAIN}"><si><t>a</t></si></sst>', 999_999),
    "quadratic blow-up in the strings": lambda: _with_strings(
        f"{_QUADRATIC}<sst><si><t>{'&a;' * 20_000}</t></si></sst>"
    ),
    "outside entity in the strings": lambda: _with_strings(f"{_OUTSIDE}<sst><si><t>&a;</t></si></sst>"),
}


def _foreign_journal() -> list[Part]:
    return [("customXml/item1.xml", '<marks xmlns="urn:zaitaku-xl:marks">{"version":1,"touched":[],"added":7}</marks>')]


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    makers = {**{n: m for n, (m, _) in (REFUSED | REFUSED_LATER).items()}, **HARMLESS, **LARGE}
    for name, make in makers.items():
        (folder / f"{name.replace('/', '_')}.xlsx").write_bytes(make())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
