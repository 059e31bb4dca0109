"""Rows F-a to F-e: a person's own work, other programs' saving, and packages that nobody here made."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from tests import soundness, tools
from tests.attack.believing import Parts, packed, parts_of, shown
from tests.attack.trial import BAD, GOOD, HELD, Office, Row, Try
from tests.workbooks import workbook

OURS = "【在宅点検】"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


# ---- F-a: a person's own work on what we made


def marked_parts(folder: Path) -> Parts:
    office = Office(folder)
    office.book("a.xlsx", BAD)
    office.run("check", "a.xlsx", "--out", "m")
    return parts_of((folder / "m" / "a.xlsx").read_bytes())


def result_sheet(parts: Parts) -> str:
    found = [n for n, raw in parts.items() if n.startswith("xl/worksheets/") and "点検結果".encode() in raw]
    return found[-1]


def in_notes(old: str, new: str) -> Callable[[Parts], tuple[Parts, str]]:
    def edit(parts: Parts) -> tuple[Parts, str]:
        name = next(n for n in parts if re.search(r"comments\d+\.xml$", n) and OURS.encode() in parts[n])
        text = parts[name].decode()
        return {**parts, name: re.sub(old, new, text, count=1, flags=re.S).encode()}, "手で書いた"

    return edit


def in_result(old: str, new: str, word: str = "") -> Callable[[Parts], tuple[Parts, str]]:
    def edit(parts: Parts) -> tuple[Parts, str]:
        name = result_sheet(parts)
        text = parts[name].decode()
        return {**parts, name: re.sub(old, new, text, count=1, flags=re.S).encode()}, word or new

    return edit


def with_picture(parts: Parts) -> tuple[Parts, str]:
    """A seal picture pasted on the sheet of results."""
    name = result_sheet(parts)
    rels = f"xl/worksheets/_rels/{Path(name).name}.rels"
    link = f'<Relationship Id="rIdSeal" Type="{_REL}/drawing" Target="../drawings/drawing77.xml"/>'
    head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    old = parts.get(rels, f"{head}</Relationships>".encode()).decode()
    sheet = parts[name].decode()
    if "xmlns:r=" not in sheet.partition("<sheetData")[0]:
        sheet = sheet.replace("<worksheet ", f'<worksheet xmlns:r="{_REL}" ', 1)
    sheet = re.sub(r"(?=<tableParts|<extLst|</worksheet>)", '<drawing r:id="rIdSeal"/>', sheet, count=1)
    draw = "http://schemas.openxmlformats.org/drawingml/2006"
    drawing = (
        f'<xdr:wsDr xmlns:xdr="{draw}/spreadsheetDrawing" xmlns:a="{draw}/main"><xdr:absoluteAnchor><xdr:pos x="0" y="0"/>'
        '<xdr:ext cx="1" cy="1"/><xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="印影"/><xdr:cNvSpPr/>'
        "</xdr:nvSpPr><xdr:spPr/></xdr:sp><xdr:clientData/></xdr:absoluteAnchor></xdr:wsDr>"
    )
    types = (
        parts["[Content_Types].xml"]
        .decode()
        .replace(
            "</Types>",
            '<Override PartName="/xl/drawings/drawing77.xml" ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/></Types>',
        )
    )
    return {
        **parts,
        name: sheet.encode(),
        rels: old.replace("</Relationships>", f"{link}</Relationships>").encode(),
        "xl/drawings/drawing77.xml": drawing.encode(),
        "[Content_Types].xml": types.encode(),
    }, "印影"


def their_note(text: str) -> Callable[[Parts], tuple[Parts, str]]:
    return in_notes(r"<comment (.*?)<text>.*?</text>", rf"<comment \1<text><r><t>{text}</t></r></text>")


CELL = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>手で書いた</t></is></c></row></sheetData>'
WORK: dict[str, Callable[[Parts], tuple[Parts, str]]] = {
    "words at the end of our note": in_notes(r"</t></r></text>|</t></text>", lambda m: "\n手で書いた" + m[0]),
    "words at the head of our note": in_notes(r"(<t(?: [^>]*)?>)", r"\1手で書いた "),
    "words in the midst of our note": in_notes("■|。", lambda m: m[0] + "手で書いた"),
    "words in place of ours": their_note(f"{OURS}手で書いた"),
    "their note that begins like ours": their_note(f"{OURS}手で書いた覚え（D01 は確かめた）"),
    "their note with our shape": their_note(f"{OURS}\n■D01 手で書いた"),
    "their note with a false number": their_note(f"{OURS}\n■D01 手で書いた\n照合番号 0000"),
    "their note without our words": their_note("手で書いた"),
    "a picture on the results": with_picture,
    "a row below the results": in_result("</sheetData>", CELL.format(500), "手で書いた"),
    "a row far below": in_result("</sheetData>", CELL.format(1_048_576), "手で書いた"),
    "a validation": in_result(
        "</sheetData>(.*?)(?=<hyperlinks|<pageMargins|<printOptions|</worksheet>)",
        r'</sheetData>\1<dataValidations count="1"><dataValidation type="list" sqref="Z1"><formula1>"手で書いた"</formula1></dataValidation></dataValidations>',
        "手で書いた",
    ),
    "a format of theirs": in_result(
        "</sheetData>",
        '</sheetData><conditionalFormatting sqref="A1"><cfRule type="expression" priority="99">'
        '<formula>"手で書いた"=A1</formula></cfRule></conditionalFormatting>',
        "手で書いた",
    ),
    "a footer": in_result(
        "(?=</worksheet>)", "<headerFooter><oddFooter>手で書いた</oddFooter></headerFooter>", "手で書いた"
    ),
    "a header": in_result("<headerFooter>", "<headerFooter><oddHeader>&amp;L手で書いた</oddHeader>", "手で書いた"),
    "words beside our footer": in_result("(<oddFooter>[^<]*)", r"\1手で書いた", "手で書いた"),
    "words below the first page": in_result(
        "</oddFooter>", "</oddFooter><firstFooter>手で書いた</firstFooter>", "手で書いた"
    ),
    "their own column of a group": in_result(
        "(?=</cols>)", '<col min="90" max="90" width="9" outlineLevel="1"/>', 'outlineLevel="1"'
    ),
    "another paper": in_result('paperSize="9"', 'paperSize="8"', 'paperSize="8"'),
    "a page that begins elsewhere": in_result(
        "(?=</worksheet>)",
        '<rowBreaks count="1" manualBreakCount="1"><brk id="7" max="16383" man="1"/></rowBreaks>',
        '<brk id="7"',
    ),
    "a link to a cell": in_result(
        "<hyperlinks>", '<hyperlinks><hyperlink ref="A1" location="手で書いた!A1"/>', "手で書いた"
    ),
    "one word thick": in_result(
        r"(<is>)<t(?: [^>]*)?>(.)([^<]+)</t>",
        r'\1<r><t>\2</t></r><r><rPr><b/><color rgb="FF12AB34"/></rPr><t>\3</t></r>',
        "FF12AB34",
    ),
    "what nobody has heard of": in_result("(?=</worksheet>)", "<手で書いた/>", "<手で書いた/>"),
    "a name of the sheet's own": lambda parts: (
        {
            **parts,
            "xl/workbook.xml": re.sub(
                rb'(<definedName name="_xlnm[^>]* localSheetId="(\d+)"[^>]*>[^<]*\xe7\x82\xb9\xe6\xa4\x9c\xe7\xb5\x90\xe6\x9e\x9c)',
                '<definedName name="手で書いた" localSheetId="'.encode()
                + rb"\2"
                + '">点検結果!$A$1</definedName>'.encode()
                + rb"\1",
                parts["xl/workbook.xml"],
                count=1,
            ),
        },
        "手で書いた",
    ),
    "another name of the sheet": lambda parts: (
        {
            **parts,
            "xl/workbook.xml": parts["xl/workbook.xml"].replace(
                'name="点検結果"'.encode(), 'name="手で書いた"'.encode()
            ),
        },
        "手で書いた",
    ),
    "a formula": in_result(
        "</sheetData>",
        CELL.format(501)
        .replace(' t="inlineStr"', "")
        .replace("<is><t>", '<f>LEN("')
        .replace("</t></is>", '")</f><v>5</v>'),
        "手で書いた",
    ),
    "a link": in_result("</sheetData>", CELL.format(502), "手で書いた"),
    "a title changed": in_result("点検結果", "手で書いた点検結果", "手で書いた"),
    "an added column": in_result(
        "</row>", '<c r="ZZ1" t="inlineStr"><is><t>手で書いた</t></is></c></row>', "手で書いた"
    ),
    "a cell's words changed": in_result(
        "(?s)(<is><t[^>]*>)([^<]*)(</t></is></c></row></sheetData>)", r"\1手で書いた\3", "手で書いた"
    ),
    "a name for the cells": lambda parts: (
        {
            **parts,
            "xl/workbook.xml": parts["xl/workbook.xml"].replace(
                b"</definedNames>", '<definedName name="手で書いた">点検結果!$A$1</definedName></definedNames>'.encode()
            )
            if b"</definedNames>" in parts["xl/workbook.xml"]
            else parts["xl/workbook.xml"].replace(
                b"</sheets>",
                '</sheets><definedNames><definedName name="手で書いた">点検結果!$A$1</definedName></definedNames>'.encode(),
            ),
        },
        "手で書いた",
    ),
}


def worked_on(work: str, *arguments: str, saved_since: bool = False) -> Callable[[Path], str]:
    def attack(folder: Path) -> str:
        parts = marked_parts(folder)
        edited, word = WORK[work](parts)
        if edited == parts:
            return "the attack itself changes nothing"
        (folder / "b.xlsx").write_bytes(packed(edited))
        ended = Office(folder).run(*arguments)
        if ended.fault:
            return ended.fault
        made = folder / "o" / "b.xlsx"
        if not made.exists():
            return HELD if ended.status == 2 else "no copy"
        after = parts_of(made.read_bytes())
        if not any(word in raw.decode("utf-8", "replace") for raw in after.values()):
            return "a person's work is gone"
        return "; ".join(soundness.unsound(packed(edited), packed(after)))[:200]

    return attack


def work() -> Iterator[Try]:
    for what in WORK:
        yield Try(name=f"{what}, cleared", attack=worked_on(what, "clear", "b.xlsx", "--out", "o"))
        yield Try(name=f"{what}, checked again", attack=worked_on(what, "check", "b.xlsx", "--out", "o"))


# ---- F-b: saved by another program


def by_libreoffice(path: Path) -> None:
    shutil.move(tools.libreoffice(path, "xlsx", path.parent / "lo", "Calc MS Excel 2007 XML"), path)


def by_openpyxl(path: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(path)
    book.save(path)


def by_gnumeric(path: Path) -> None:
    made = path.with_suffix(".g.xlsx")
    command = [tools.needs("ssconvert"), "--export-type=Gnumeric_Excel:xlsx2", str(path), str(made)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    shutil.move(made, path)


SAVERS = {"LibreOffice": by_libreoffice, "openpyxl": by_openpyxl, "Gnumeric": by_gnumeric}
READS_LIKE_OURS = re.compile(r"【在宅点検】|このままでは請求|支援の連絡が\d|照合番号|zaitaku-xl explain")


def saved_elsewhere(saver: str, what: tuple[str, ...], tables: dict) -> Callable[[Path], str]:
    def attack(folder: Path) -> str:
        if saver != "openpyxl" and shutil.which({"LibreOffice": "soffice", "Gnumeric": "ssconvert"}[saver]) is None:
            return HELD
        office = Office(folder)
        original = office.book("a.xlsx", tables)
        SAVERS[saver](original)
        office.run(*what)
        marked = folder / "m" / "a.xlsx"
        SAVERS[saver](marked)
        ended = office.run("clear", "m/a.xlsx", "--out", "o")
        if ended.fault:
            return ended.fault
        after = (folder / "o" / "a.xlsx").read_bytes()
        if shown(after).keys() != shown(original.read_bytes()).keys():
            return f"sheets left: {sorted(shown(after).keys() ^ shown(original.read_bytes()).keys())}"
        left = [n for n, raw in parts_of(after).items() if READS_LIKE_OURS.search(raw.decode("utf-8", "replace"))]
        if left:
            return f"what reads like a finding is left in {left}"
        if "手で直" in ended.told:
            return "a sheet is said to be edited by hand"
        styles = [
            len(
                re.findall(rb"<dxf>", parts_of(d).get("xl/styles.xml", b""))
            )  # a plain one keeps the places of the others
            for d in (original.read_bytes(), after)
        ]
        return HELD if styles[0] >= styles[1] else f"{styles[1] - styles[0]} formats of ours are left"

    return attack


def elsewhere() -> Iterator[Try]:
    books = {
        "two days": BAD,
        "a good month": GOOD,
        "many": {"日報": [{"日付": "2026-01-06", "まで": "2026-01-30", "提供区分": "在宅", "連絡": []}]},
    }
    commands = {
        "marked": ("check", "a.xlsx", "--out", "m"),
        "sealed": ("check", "a.xlsx", "--out", "m", "--seal"),
        "a form": ("forms", "a.xlsx", "--form", "service_record", "--out", "m"),
        "all forms": ("forms", "a.xlsx", "--form", "all", "--out", "m"),
    }
    for saver in ("openpyxl", "Gnumeric", "LibreOffice"):
        for book, tables in books.items():
            for what, command in commands.items():
                yield Try(name=f"{book}, {what}, saved by {saver}", attack=saved_elsewhere(saver, command, tables))


# ---- F-c, F-d, F-e: packages


def _sub(name: str, old: str, new: str) -> Callable[[Parts], Parts]:
    def change(parts: Parts) -> Parts:
        names = [n for n in parts if re.fullmatch(name, n)]
        return {
            n: re.sub(old, new, raw.decode(), flags=re.S).encode() if n in names else raw for n, raw in parts.items()
        }

    return change


def _more(name: str, raw: bytes, kind: str = "") -> Callable[[Parts], Parts]:
    def change(parts: Parts) -> Parts:
        types = parts["[Content_Types].xml"].decode()
        if kind:
            types = types.replace("</Types>", f'<Override PartName="/{name}" ContentType="{kind}"/></Types>')
        return {**parts, "[Content_Types].xml": types.encode(), **({name: raw} if raw else {})}

    return change


def _relation(source: str, kind: str, target: str) -> Callable[[Parts], Parts]:
    def change(parts: Parts) -> Parts:
        head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        old = parts.get(source, f"{head}</Relationships>".encode()).decode()
        new = old.replace(
            "</Relationships>", f'<Relationship Id="rIdX1" Type="{kind}" Target="{target}"/></Relationships>'
        )
        return {**parts, source: new.encode()}

    return change


TYPES, SHEETS, SHEET = r"\[Content_Types\]\.xml", r"xl/worksheets/sheet\d+\.xml", "xl/worksheets/sheet4.xml"
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
ASSUMED: dict[str, Callable[[Parts], Parts]] = {
    ".rels typed by Override only": lambda parts: _sub(TYPES, r'<Default Extension="rels"[^>]*/>', "")(
        _sub(
            TYPES,
            "</Types>",
            "".join(f'<Override PartName="/{n}" ContentType="{soundness.RELS}"/>' for n in parts if n.endswith(".rels"))
            + "</Types>",
        )(parts)
    ),
    "a Default for vml of another type": _sub(
        TYPES, "<Default ", '<Default Extension="vml" ContentType="application/xml"/><Default '
    ),
    "a Default for VML in capitals": _sub(
        TYPES, "<Default ", '<Default Extension="VML" ContentType="text/plain"/><Default '
    ),
    "a stale Override of notes": _more("xl/comments1.xml", b"", "text/plain"),
    "a stale Override of notes of the right type": _more("xl/comments1.xml", b"", _COMMENTS),
    "stale Overrides of many notes": lambda parts: _more("xl/comments2.xml", b"", _COMMENTS)(
        _more("xl/comments1.xml", b"", _COMMENTS)(parts)
    ),
    "a stale Override in capitals": _more("XL/Comments1.XML", b"", "text/plain"),
    "a stale Override of a drawing": _more("xl/drawings/vmlDrawing1.vml", b"", "application/xml"),
    "a stale Override of a sheet": _more("xl/worksheets/sheet12.xml", b"", "application/xml"),
    "a stale Override of our item": _more("customXml/item1.xml", b"", "text/plain"),
    "a dangling relation of notes": _relation(
        "xl/worksheets/_rels/sheet4.xml.rels", f"{_REL}/comments", "../comments1.xml"
    ),
    "a dangling relation of notes elsewhere": _relation(
        "xl/worksheets/_rels/sheet4.xml.rels", f"{_REL}/comments", "/xl/notes/c.xml"
    ),
    "a dangling relation of a drawing": _relation(
        "xl/worksheets/_rels/sheet4.xml.rels", f"{_REL}/vmlDrawing", "../drawings/vmlDrawing1.vml"
    ),
    "a dangling relation of strings": _relation("xl/_rels/workbook.xml.rels", f"{_REL}/sharedStrings", "gone.xml"),
    "styles that dangle": lambda parts: {n: r for n, r in parts.items() if n != "xl/styles.xml"},
    "no styles": lambda parts: _sub(TYPES, r'<Override PartName="/xl/styles.xml"[^>]*/>', "")(
        _sub(r"xl/_rels/workbook\.xml\.rels", r"<Relationship [^>]*styles\.xml[^>]*/>", "")(
            {n: r for n, r in parts.items() if n != "xl/styles.xml"}
        )
    ),
    "a nearly empty styleSheet": lambda parts: {
        **parts,
        "xl/styles.xml": b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"></styleSheet>',
    },
    "a self-closed styleSheet": lambda parts: {
        **parts,
        "xl/styles.xml": b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
    },
    "a styleSheet with a prefix": lambda parts: {
        **parts,
        "xl/styles.xml": b'<s:styleSheet xmlns:s="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><s:colors/></s:styleSheet>',
    },
    "a styleSheet of dxfs alone": lambda parts: {
        **parts,
        "xl/styles.xml": b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dxfs count="0"/><extLst/></styleSheet>',
    },
    "empty dxfs without a count": _sub(r"xl/styles\.xml", r"<dxfs.*?(/>|</dxfs>)", "<dxfs></dxfs>"),
    "sheetId at its limit": _sub(r"xl/workbook\.xml", r'sheetId="10"', 'sheetId="65534"'),
    "sheetId one below": _sub(r"xl/workbook\.xml", r'sheetId="10"', 'sheetId="65533"'),
    "cellXfs at the limit": _sub(
        r"xl/styles\.xml",
        r'<cellXfs count="\d+">',
        '<cellXfs count="65490">' + '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' * 65_000,
    ),
    "titles as variants": _more(
        "docProps/app.xml",
        (
            b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" '
            b'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><TitlesOfParts>'
            b'<vt:vector size="1" baseType="variant"><vt:variant><vt:lpstr>x</vt:lpstr></vt:variant></vt:vector>'
            b"</TitlesOfParts></Properties>"
        ),
    ),
    "legacyDrawing in alternatives": _sub(
        SHEET,
        "</worksheet>",
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x14" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"/></mc:AlternateContent></worksheet>',
    ),
    "an extLst at the end": _sub(SHEETS, "</worksheet>", "<extLst/></worksheet>"),
    "a drawing part of that name": _more(
        "xl/drawings/vmlDrawing1.vml", b"<xml/>", "application/vnd.openxmlformats-officedocument.vmlDrawing"
    ),
    "notes of that name in capitals": _more("xl/COMMENTS1.xml", b"<x/>", "application/xml"),
    "rels of a sheet in capitals": lambda parts: {
        **parts,
        "xl/worksheets/_rels/SHEET4.XML.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>',
    },
    "a self-closed relations part": lambda parts: {
        **parts,
        "xl/worksheets/_rels/sheet4.xml.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>',
    },
    "a prefix in the relations": _sub(r"xl/_rels/workbook\.xml\.rels", r"<(/?)Relationship", r"<\1p:Relationship"),
}
ASSUMED["a prefix in the relations"] = lambda parts: {
    **parts,
    "xl/_rels/workbook.xml.rels": re.sub(
        rb"<(/?)Relationship", rb"<\1p:Relationship", parts["xl/_rels/workbook.xml.rels"]
    ).replace(b"xmlns=", b"xmlns:p=", 1),
}


def assumed(what: str) -> Callable[[Path], str]:
    def attack(folder: Path) -> str:
        before = packed(ASSUMED[what](parts_of(workbook(BAD))))
        return sound_after(folder, before)

    return attack


def sound_after(folder: Path, before: bytes) -> str:
    (folder / "a.xlsx").write_bytes(before)
    office = Office(folder)
    ended = office.run("check", "a.xlsx", "--out", "o", "--json", "a.json", seconds=90)
    if ended.fault or "不具合" in ended.told:
        return ended.fault or "said to be our own fault"
    if not (folder / "o" / "a.xlsx").exists():
        return f"refused: {ended.told[:150]}" if "壊れ" in ended.told else HELD
    after = (folder / "o" / "a.xlsx").read_bytes()
    faults = soundness.unsound(before, after)
    if faults:
        return "; ".join(faults)[:250]
    cleared = office.run("clear", "o/a.xlsx", "--out", "c", seconds=90)
    if cleared.fault or tools.same_parts(before, (folder / "c" / "a.xlsx").read_bytes()):
        return cleared.fault or "not had back byte for byte"
    return HELD


def assumptions() -> Iterator[Try]:
    for what in ASSUMED:
        yield Try(name=what, attack=assumed(what))


_SIGNED = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature"
SIGNATURES = {
    "an origin in its folder": (f"{_SIGNED}/origin", "_xmlsignatures/origin.sigs"),
    "an origin elsewhere": (f"{_SIGNED}/origin", "sig/o.bin"),
    "a whole address": (f"{_SIGNED}/origin", "/s/o.sigs"),
    "a percent in the address": (f"{_SIGNED}/origin", "s%20s/o.sigs"),
    "capitals": (f"{_SIGNED}/origin", "_XMLSIGNATURES/ORIGIN.SIGS"),
    "that dangles": (f"{_SIGNED}/origin", "nowhere.sigs"),
    "a signature alone": (f"{_SIGNED}/signature", "sig1.xml"),
    "a certificate": (f"{_SIGNED}/certificate", "c.cer"),
}
_TARGETS = {
    "a percent in a sheet's target": ("sheet4.xml", "sheet%34.xml"),
    "a blank in a sheet's target": ("sheet4.xml", "sheet%204.xml"),
    "Japanese in a target": ("sheet4.xml", "%E6%97%A5%E5%A0%B1.xml"),
    "a target from here": ("/xl/worksheets/sheet4.xml", "worksheets/sheet4.xml"),
    "a dotted target": ("worksheets/sheet4.xml", "./worksheets/../worksheets/sheet4.xml"),
    "capitals in a target": ("worksheets/sheet4.xml", "Worksheets/SHEET4.xml"),
    "a backslash": ("worksheets/sheet4.xml", r"worksheets\\sheet4.xml"),
    "a target with a fragment": ("worksheets/sheet4.xml", "worksheets/sheet4.xml#x"),
    "a plus": ("sheet4.xml", "sheet+4.xml"),
    "a small percent": ("sheet4.xml", "sheet%e3%81%82.xml"),
}


def signed(what: str) -> Callable[[Path], str]:
    def attack(folder: Path) -> str:
        kind, target = SIGNATURES[what]
        parts = _relation("_rels/.rels", kind, target)(parts_of(workbook(BAD)))
        if "dangles" not in what:
            parts |= {target.replace("%20", " ").lstrip("/"): b"x"}
            parts = _sub(
                TYPES,
                "</Types>",
                '<Default Extension="sigs" ContentType="application/vnd.openxmlformats-package.digital-signature-origin"/>'
                '<Default Extension="bin" ContentType="application/x"/><Default Extension="cer" ContentType="application/x"/>'
                "</Types>",
            )(parts)
        (folder / "a.xlsx").write_bytes(packed(parts))
        ended = Office(folder).run("check", "a.xlsx", "--out", "o", "--json", "a.json")
        if ended.fault:
            return ended.fault
        if (folder / "o" / "a.xlsx").exists():
            return "a signed workbook is marked"
        return fate(json.loads((folder / "a.json").read_text(encoding="utf-8"))["files"][0], asked=True)

    return attack


def targeted(what: str) -> Callable[[Path], str]:
    def attack(folder: Path) -> str:
        from urllib.parse import unquote

        old, new = _TARGETS[what]
        parts = parts_of(workbook(BAD))
        parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
            old.encode(), new.replace("\\\\", "\\").encode()
        )
        if "%" in new or "+" in new:
            name = "xl/worksheets/" + unquote(new)
            parts = {name if n == SHEET else n: raw for n, raw in parts.items()}
            parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"sheet4.xml", new.encode())
        (folder / "a.xlsx").write_bytes(packed(parts))
        ended = Office(folder).run("check", "a.xlsx", "--out", "o", "--json", "a.json")
        file = json.loads((folder / "a.json").read_text(encoding="utf-8"))["files"][0]
        if ended.fault:
            return ended.fault
        return (
            HELD
            if file["status"] == "judged" and (folder / "o" / "a.xlsx").exists()
            else f"{file['status']}: {file['reason']}"
        )

    return attack


def module_sheet(attributes: str) -> Callable[[Path], str]:
    def attack(folder: Path) -> str:
        parts = parts_of(workbook(BAD))
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
            b"</sheets>", f'<sheet name="Module1" sheetId="99" {attributes}/></sheets>'.encode()
        )
        (folder / "a.xlsx").write_bytes(packed(parts))
        Office(folder).run("check", "a.xlsx", "--out", "o", "--json", "a.json")
        file = json.loads((folder / "a.json").read_text(encoding="utf-8"))["files"][0]
        return (
            HELD
            if file["status"] == "judged" and (folder / "o" / "a.xlsx").exists()
            else f"{file['status']}: {file['reason']}"
        )

    return attack


def typed() -> Iterator[Try]:
    for what in SIGNATURES:
        yield Try(name=f"signed: {what}", attack=signed(what))
    for what in _TARGETS:
        yield Try(name=what, attack=targeted(what))
    for attributes in ('r:id=""', 'r:id="" state="veryHidden"', 'r:id="" state="visible"', 'r:id="" state="hidden"'):
        yield Try(name=f"a module sheet {attributes!r}", attack=module_sheet(attributes))


# ---- F-e


def fate(file: dict, asked: bool) -> str:
    """What became of the copy stands in the JSON, with a reason where one was asked for and there is none."""
    if "copy" not in file:
        return "the JSON says nothing of the copy"
    if file["copy"] not in ("written", None):
        return f"copy is {file['copy']!r}"
    if asked and file["copy"] is None and file["status"] == "judged" and not file.get("copy_reason"):
        return "no copy, and no reason"
    return HELD


def told_fate(data: Callable[[], bytes], ending: str, *arguments: str) -> Callable[[Path], str]:
    def attack(folder: Path) -> str:
        (folder / f"a{ending}").write_bytes(data())
        ended = Office(folder).run("check", f"a{ending}", "--json", "a.json", *arguments)
        if ended.fault:
            return ended.fault
        file = json.loads((folder / "a.json").read_text(encoding="utf-8"))["files"][0]
        made = [p for p in folder.rglob("*.xlsx") if p.parent.name == "o" and p.name != "点検まとめ.xlsx"]
        if said := fate(file, bool(arguments) and "--no-copies" not in arguments):
            return said
        if "--in-place" in arguments or not arguments or (file["copy"] == "written") == bool(made):
            return HELD
        return f"copy is {file['copy']}, made are {made}"

    return attack


def a_shared_book() -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.revisionHeaders+xml"
    relation = _relation("xl/_rels/workbook.xml.rels", f"{_REL}/revisionHeaders", "revisions/revisionHeaders.xml")
    return packed(_more("xl/revisions/revisionHeaders.xml", b"<headers/>", kind)(relation(parts_of(workbook(BAD)))))


def a_signed_book() -> bytes:
    relation = _relation("_rels/.rels", f"{_SIGNED}/origin", "_xmlsignatures/origin.sigs")
    return packed({**relation(parts_of(workbook(BAD))), "_xmlsignatures/origin.sigs": b""})


KINDS: dict[str, tuple[Callable[[], bytes], str]] = {
    "good": (lambda: workbook(GOOD), ".xlsx"),
    "with findings": (lambda: workbook(BAD), ".xlsx"),
    "shared": (a_shared_book, ".xlsx"),
    "signed": (a_signed_book, ".xlsx"),
    "a list": ("氏名,日付,提供区分\n山田,2026-01-06,在宅\n".encode, ".csv"),
    "unreadable": (lambda: b"PK", ".xlsx"),
    "no log": (lambda: workbook({"日報": False}), ".xlsx"),
}
OPTIONS = (("--out", "o"), ("--out", "o", "--no-copies"), ("--out", "o", "--seal"), ("--in-place",), ())


def fates() -> Iterator[Try]:
    for what, (data, ending) in KINDS.items():
        for arguments in OPTIONS:
            name = f"{what}, {' '.join(arguments) or 'only read'}"
            yield Try(name=name, attack=told_fate(data, ending, *arguments))


ROWS = (
    Row(id="F-a", title="ours is known by a prefix", tries=work),
    Row(id="F-b", title="what another program's saving leaves of us", tries=elsewhere, slow=True),
    Row(id="F-c", title="an added part assumes what is there", tries=assumptions),
    Row(id="F-d", title="folders decide, not the types of relations", tries=typed),
    Row(id="F-e", title="judged and not written", tries=fates),
)
