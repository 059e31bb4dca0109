"""Rows 3, 7, 12: a record of how to undo, a seal, a database that somebody made to be believed."""

import base64
import json
import os
import random
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from tests.attack.trial import BAD, GOOD, HELD, Office, Row, Try
from tests.parts import MAIN, Book
from tests.workbooks import workbook

Parts = dict[str, bytes]
OURS = "【在宅点検】"


def parts_of(data: bytes) -> Parts:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Parts) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, raw in parts.items():
            package.writestr(name, raw)
    return out.getvalue()


def shown(data: bytes) -> dict[str, dict[tuple[int, int], tuple[str, str, str]]]:
    """What a reader sees of the sheets that are not ours: kind, value and formula of each cell."""
    book, seen = Book(BytesIO(data)), {}
    for sheet in book.worksheets:
        cells = {
            (row, column): (cell.get("t") or "n", book.cell_text(cell), cell.findtext(MAIN + "f", ""))
            for row, column, cell in sheet.cells()
            if book.cell_text(cell) or cell.find(MAIN + "f") is not None
        }
        cells = {at: ("s" if kind in ("inlineStr", "s", "str") else kind, *rest) for at, (kind, *rest) in cells.items()}
        if not any(str(value).startswith(OURS) for _, value, _ in cells.values()):
            seen[sheet.name] = cells
    return seen


# ---- row 3: the record of how to undo


def marked_book(folder: Path, tables=GOOD) -> Parts:
    office = Office(folder)
    office.book("made.xlsx", tables)
    office.run("check", "made.xlsx", "--out", "m")
    return parts_of((folder / "m" / "made.xlsx").read_bytes())


def digest(raw: bytes) -> str:
    return f"{zlib.crc32(raw):08x}-{len(raw):x}"


def steps(after: bytes, before: bytes, cuts: int = 1) -> list:
    """How *after* becomes *before*: what differs is put in whole."""
    return [[[0, len(after), base64.b64encode(before).decode()]]] if cuts else []


def with_record(
    parts: Parts, touched: dict[str, bytes], added: tuple[str, ...] = (), more: dict | None = None
) -> bytes:
    """Return the package with a record that says that each of *touched* was other bytes before we came."""
    record = {
        "version": 1,
        "touched": {
            n: {"before": digest(b), "after": digest(parts[n]), "steps": steps(parts[n], b)} for n, b in touched.items()
        },
        "added": {name: digest(parts[name]) for name in added if name in parts},
        **(more or {}),
    }
    item = next(n for n, raw in parts.items() if b"urn:zaitaku-xl:marks" in raw and "itemProps" not in n)
    old = parts[item].decode()
    head, tail = old[: old.index(">{") + 1], old[old.rindex("}") + 1 :]
    body = json.dumps(_like(json.loads(old[old.index(">{") + 1 : old.rindex("}") + 1]), record), separators=(",", ":"))
    return packed({**parts, item: (head + body.replace("&", "&amp;").replace("<", "&lt;") + tail).encode()})


def _like(old: dict, record: dict) -> dict:
    """What the record of today has besides is kept; what it says of itself (a version, a digest) too."""
    return {**old, **record, "version": old.get("version", 1)}


def _swapped(text: str) -> str:
    ids = re.findall(r'r:id="(\w+)"', text)
    if len(ids) < 5:
        return text
    return (
        text.replace(f'r:id="{ids[0]}"', "¤")
        .replace(f'r:id="{ids[3]}"', f'r:id="{ids[0]}"')
        .replace("¤", f'r:id="{ids[3]}"')
    )


CHANGES: dict[str, Callable[[str], str]] = {
    "the kind of day": lambda text: text.replace("在宅", "通所"),
    "a day": lambda text: text.replace("2026-01-0", "2026-01-1").replace("<v>4602", "<v>4603"),
    "one row fewer": lambda text: re.sub(r"<row [^>]*>(?:(?!</row>).)*</row>(?=</sheetData>)", "", text),
    "no rows": lambda text: re.sub(r"<sheetData>.*</sheetData>", "<sheetData/>", text),
    "cells swapped": lambda text: text.replace('r="B2"', 'r="Z2"'),
    "a formula": lambda text: re.sub(r"<v>", "<f>1+1</f><v>", text, count=1),
    "another string": lambda text: re.sub(r"(<is><t[^>]*>)[^<]*(?=</t></is></c></row></sheetData>)", r"\g<1>別", text),
    "numbers as text": lambda text: text.replace('t="n"', 't="str"'),
    "rows hidden": lambda text: text.replace("<row ", '<row hidden="1" '),
    "a link": lambda text: text.replace(
        "</sheetData>", '</sheetData><hyperlinks><hyperlink ref="A1" location="x!A1"/></hyperlinks>'
    ),
    "a merge": lambda text: text.replace(
        "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="A2:B3"/></mergeCells>'
    ),
    "a cell of another kind": lambda text: text.replace('t="inlineStr"', 't="e"', 9),
    "dates from 1904": lambda text: text.replace("<workbookPr", '<workbookPr date1904="1"'),
    "another name": lambda text: text.replace("日報", "月報"),
    "sheets swapped": _swapped,
    "a sheet fewer": lambda text: re.sub(r"<sheet [^>]*/>", "", text, count=1),
    "a hidden sheet": lambda text: re.sub(r"<sheet ", '<sheet state="hidden" ', text, count=1),
}


def forged(change: str, door: str) -> Callable[[Path], str]:
    def attack(folder: Path) -> str:
        parts = marked_book(folder)
        touched = {}
        for name, raw in parts.items():
            if name.endswith(".xml") and name.startswith("xl/") and OURS.encode() not in raw:
                text = raw.decode()
                if (other := CHANGES[change](text)) != text:
                    touched[name] = other.encode()
        if not touched:
            return "the attack itself changes nothing"
        return believed(folder, with_record(parts, touched), door)

    return attack


def believed(folder: Path, data: bytes, door: str) -> str:
    """Whatever the record says, what a reader saw is what comes out, and is what was judged."""
    office = Office(folder)
    (folder / "received.xlsx").write_bytes(data)
    verdicts = _days(office, "received.xlsx")
    before = shown(data)
    if door == "in place":
        ended = office.run("check", "received.xlsx", "--in-place")
        path = folder / "received.xlsx"
    else:
        ended = office.run(
            *({"check": ("check",), "seal": ("check", "--seal"), "clear": ("clear",)}[door]),
            "received.xlsx",
            "--out",
            "o",
        )
        path = folder / "o" / "received.xlsx"
    if ended.fault or "不具合" in ended.told:
        return ended.fault or "said to be our own fault"
    if not path.exists():
        return HELD if ended.status == 2 else "no copy, and no refusal"
    after = shown(path.read_bytes())
    if after != before:
        sheet = next((name for name in before | after if before.get(name) != after.get(name)), "the order")
        return f"a reader sees other cells in {sheet}"
    os.replace(path, folder / "again.xlsx")
    return HELD if _days(office, "again.xlsx") == verdicts else "judged otherwise than what was judged"


def _days(office: Office, name: str) -> list:
    ended = office.run("check", name, "--json", "-")
    return [(d["client"], d["date"], d["verdict"]) for f in json.loads(ended.out)["files"] for d in f["days"]]


def wild(seed: int) -> Callable[[Path], str]:
    """A record that random hands spoilt: places, lengths, names, kinds of values."""

    def attack(folder: Path) -> str:
        dice = random.Random(seed)
        parts = marked_book(folder)
        names = [
            n for n in parts if n.startswith("xl/worksheets/sheet") or n in ("xl/workbook.xml", "xl/sharedStrings.xml")
        ]
        touched, name = {}, dice.choice(names)
        raw = parts[name]
        spots = [found.start() for found in re.finditer(rb"<(c|row|si) ?", raw)] or [len(raw) // 2]
        at = dice.choice(spots)
        end = raw.find(b">", raw.find(b"</", at)) + 1
        touched[name] = raw[:at] + raw[end:] if dice.random() < 0.5 else raw[:at] + raw[at:end] * 2 + raw[end:]
        gone = tuple(dice.sample([n for n in parts if n.startswith("xl/worksheets/sheet")], 1)) if seed % 3 == 0 else ()
        return believed(folder, with_record(parts, touched, gone), dice.choice(["check", "clear", "in place"]))

    return attack


def dropped(part: str, door: str) -> Callable[[Path], str]:
    def attack(folder: Path) -> str:
        parts = marked_book(folder)
        return believed(folder, with_record(parts, {}, (part,)), door)

    return attack


def records() -> Iterator[Try]:
    for change in CHANGES:
        for door in ("check", "clear", "in place"):
            yield Try(name=f"{change} by {door}", attack=forged(change, door))
    for part in (
        "xl/worksheets/sheet4.xml",
        "xl/sharedStrings.xml",
        "xl/workbook.xml",
        "xl/styles.xml",
        "[Content_Types].xml",
    ):
        for door in ("check", "clear"):
            yield Try(name=f"{part} said to be ours, {door}", attack=dropped(part, door))
    for seed in range(30):
        yield Try(name=f"random record {seed}", attack=wild(seed))


# ---- row 7: the seal

_EDITS: dict[str, tuple[str, str, str | Callable[[re.Match[str]], str]]] = {
    "dates from 1904": ("xl/workbook.xml", r"<workbookPr([^>]*?)(/?)>", r'<workbookPr\1 date1904="1"\2>'),
    "dates from 1904, as a word": ("xl/workbook.xml", r"<workbookPr([^>]*?)(/?)>", r'<workbookPr\1 date1904="true"\2>'),
    "a formula behind the same value": ("log", r"(<c [^>]*?)(>)(<v>\d+</v>)", r"\1\2<f>NOW()</f>\3"),
    "a shared formula": ("log", r"(<c [^>]*?)(>)(<v>\d+</v>)", r'\1\2<f t="shared" ref="B2:B3" si="0">A1</f>\3'),
    "a word": ("words", "データ入力", "別の訓練"),
    "a word's blank": ("words", "データ入力", "データ 入力"),
    "a word's width": ("words", "データ入力", "ﾃﾞｰﾀ入力"),
    "the kind of day": ("words", "(?<=>)在宅(?=<)", "通所"),
    "a contact": ("words", "体調の確認", "体調の確認と助言"),
    "a clock": ("words", "9:35", "9:36"),
    "a day": ("log", r"<v>46028</v>", "<v>46029</v>"),
    "a day and a bit": ("log", r"<v>46028</v>", "<v>46028.5</v>"),
    "a row gone": ("log", r"<row r=\"3\".*?</row>", ""),
    "a row more": ("log", r"(<row r=\")3(\".*?</row>)", lambda m: m[0] + re.sub(r'r="([A-Z]*)3"', r'r="\g<1>9"', m[0])),
    "a cell gone": ("log", r"<c r=\"C3\".*?</c>", ""),
    "a cell blank": ("log", r"(<c r=\"C3\"[^>]*>).*?</c>", r"\1</c>"),
    "a number as text": ("log", r"(<c r=\"B3\"[^>]*?)>", r'\1 t="str">'),
    "an error": ("log", r"<c r=\"C3\".*?</c>", '<c r="C3" t="e"><v>#N/A</v></c>'),
    "true": ("log", r"<c r=\"C3\".*?</c>", '<c r="C3" t="b"><v>1</v></c>'),
    "columns swapped": ("log", r"r=\"([EF])(\d+)\"", lambda m: f'r="{"FE"["EF".index(m[1])]}{m[2]}"'),
    "an approval": ("words", "ひかり作業所", "ひかり第二"),
    "a sheet's name": ("xl/workbook.xml", "週評価", "週間"),
    "two sheets swapped": ("xl/workbook.xml", r"(?s)^.*$", lambda m: _swapped(m[0])),
    "a setting": ("words", "4210000001", "4210000002"),
    "a sheet hidden is no change": ("", "", ""),
}


def with_dates(data: bytes) -> bytes:
    """Days as numbers under a format, as Excel stores them."""
    parts = parts_of(data)
    log = _log_part(parts)
    cell = re.compile(r'(<c r="B\d+") t="inlineStr"><is><t>2026-01-0(\d)</t></is>')
    parts[log] = cell.sub(lambda m: f'{m[1]} s="1"><v>{46022 + int(m[2])}</v>', parts[log].decode()).encode()
    date_format = '<cellXfs count="2">\\1<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    styles = parts["xl/styles.xml"].decode()
    parts["xl/styles.xml"] = re.sub(r"<cellXfs[^>]*>(.*?)</cellXfs>", date_format, styles, flags=re.S).encode()
    return packed(parts)


def after_seal(edit: str) -> Callable[[Path], str]:
    def attack(folder: Path) -> str:
        office = Office(folder)
        (folder / "a.xlsx").write_bytes(with_dates(workbook(GOOD)))
        office.run("check", "a.xlsx", "--out", "o", "--seal")
        parts = parts_of((folder / "o" / "a.xlsx").read_bytes())
        where, old, new = _EDITS[edit]
        names = {
            "log": [_log_part(parts)],
            "words": [n for n in parts if n == "xl/sharedStrings.xml" or "worksheets/sheet" in n],
        }
        changed = dict(parts)
        for name in names.get(where, [where] if where else []):
            changed[name] = re.sub(
                old, new, parts[name].decode(), count=0 if where == "words" else 1, flags=re.S
            ).encode()
        if where == "log" and "swapped" in edit:
            changed[_log_part(parts)] = re.sub(old, new, parts[_log_part(parts)].decode()).encode()
        (folder / "x.xlsx").write_bytes(packed(changed))
        ended = office.run("verify", "x.xlsx")
        if ended.fault:
            return ended.fault
        if changed == parts:
            return (
                ("an unchanged copy is said to be changed" if ended.status else HELD)
                if not where
                else "the attack itself changes nothing"
            )
        return HELD if ended.status else "said to be unchanged"

    return attack


def _log_part(parts: Parts) -> str:
    book = Book(BytesIO(packed(parts)))
    return next(sheet.part for sheet in book.worksheets if sheet.name == "日報")


def sealed_anew(folder: Path) -> str:
    """Anybody can seal another book; who has the digest sees it."""
    office = Office(folder)
    office.book("a.xlsx")
    office.book("b.xlsx", BAD)
    office.run("check", "a.xlsx", "b.xlsx", "--out", "o", "--seal", "--ledger", "l.sqlite")
    said = office.run("verify", "o/a.xlsx").told
    found = re.search(r"[0-9a-f]{16,64}", said)
    if not found:
        return "verify does not say the digest"
    good = office.run("verify", "o/a.xlsx", "--is", found[0])
    other = office.run("verify", "o/b.xlsx", "--is", found[0])
    if good.status != 0:
        return f"its own digest is refused: {good.told[-120:]}"
    return HELD if other.status not in (0, 70) else "another book passes for it"


def seals() -> Iterator[Try]:
    for edit in _EDITS:
        yield Try(name=edit, attack=after_seal(edit))
    yield Try(name="sealed anew", attack=sealed_anew)


# ---- row 12: databases


def foreign_database(path: Path, kind: str) -> None:
    if kind == "text":
        path.write_text("SQLite is not what I am")
        return
    if kind == "head":
        path.write_bytes(b"SQLite format 3\x00" + bytes(84))
        return
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE receipt (mine TEXT)" if kind == "same table" else "CREATE TABLE accounts (mine TEXT)")
        db.execute("INSERT INTO " + ("receipt" if kind == "same table" else "accounts") + " VALUES ('x')")
        if kind == "same version":
            db.execute("PRAGMA user_version = 1")
        if kind == "another's id":
            db.execute("PRAGMA application_id = 252006674")
        if kind == "wal":
            db.execute("PRAGMA journal_mode = WAL")
    db.close()


def altered(kind: str, *arguments: str) -> Callable[[Path], str]:
    def attack(folder: Path) -> str:
        office = Office(folder)
        office.book("in/a.xlsx")
        office.book("in/b.xlsx")
        (folder / "o").mkdir()
        path = folder / ("o/点検の途中経過.sqlite" if "--out" in arguments else "theirs.sqlite")
        foreign_database(path, kind)
        data = path.read_bytes()
        ended = office.run(*arguments)
        kept = any(p.is_file() and p.read_bytes() == data for p in folder.rglob("*"))
        if ended.fault or "不具合" in ended.told:
            return ended.fault or "said to be our own fault"
        return HELD if kept else "another program's database is altered"

    return attack


def spoilt(which: str, seed: int) -> Callable[[Path], str]:
    """Values inside a database of ours are spoilt; SQLite itself is whole."""

    def attack(folder: Path) -> str:
        office = Office(folder)
        office.book("in/a.xlsx", BAD)
        office.book("in/b.xlsx")
        run = ("check", "in", "--out", "o", "--ledger", "l.sqlite", "--json", "a.json")
        office.run(*run)
        path = folder / ("l.sqlite" if which == "ledger" else "o/点検の途中経過.sqlite")
        if not path.exists():
            return f"no {path.name}"
        with sqlite3.connect(path) as db:
            for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall():
                for _, column, kind, *_ in db.execute(f'PRAGMA table_info("{table}")').fetchall():
                    if kind == "BLOB":
                        value = [
                            b"",
                            b"\x00",
                            zlib.compress(b"[]"),
                            zlib.compress(b"null"),
                            os.urandom(40),
                            zlib.compress(b'{"x":1}'),
                            b"\x80\x04.",
                            "text",
                        ][seed]
                        db.execute(f'UPDATE "{table}" SET "{column}" = ?', (value,))
        db.close()
        for arguments in (run, ("ledger", "l.sqlite")):
            ended = office.run(*arguments)
            if ended.fault or "不具合" in ended.told:
                return f"{arguments[0]}: {ended.fault or 'said to be our own fault'}"
        (folder / "in" / "a.xlsx").touch()
        office.book("in/a.xlsx")
        ended = office.run(*run)
        return ended.fault or ("said to be our own fault" if "不具合" in ended.told else HELD)

    return attack


def databases() -> Iterator[Try]:
    for kind in ("accounts", "same table", "same version", "another's id", "wal", "text", "head"):
        yield Try(name=f"--ledger on {kind}", attack=altered(kind, "check", "in", "--ledger", "theirs.sqlite"))
        yield Try(name=f"ledger of {kind}", attack=altered(kind, "ledger", "theirs.sqlite"))
        yield Try(name=f"the state is {kind}", attack=altered(kind, "check", "in", "--out", "o"))
    for which in ("ledger", "state"):
        for seed in range(8):
            yield Try(name=f"a spoilt {which}, {seed}", attack=spoilt(which, seed))


ROWS = (
    Row(id="3", title="a record of how to undo is trusted", tries=records),
    Row(id="7", title="a digest of numbers, not of what was judged", tries=seals),
    Row(id="12", title="a spoilt journal or ledger, another program's database", tries=databases),
)
