"""Rows 6, 10, 13, 14: names that leak, orders to a screen, texts longer than a cell, cells that a spreadsheet would run."""

import csv
import re
import sqlite3
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd

from tests.attack.trial import HELD, Ended, Office, Row, Try
from tests.lint import utf16_length

WHO, SECRET = "架空野 秘美", "ひみつの事情"
HOME = {"日付": "2026-01-06", "提供区分": "在宅"}


def texts_of(folder: Path) -> Iterator[tuple[str, str]]:
    """Everything that was written, as text: parts of packages, tables, bytes of databases."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        data = path.read_bytes()
        if data[:2] == b"PK":
            with zipfile.ZipFile(BytesIO(data)) as package:
                for name in package.namelist():
                    yield f"{path.name}!{name}", name + package.read(name).decode("utf-8", "replace")
        elif path.suffix == ".parquet":
            yield path.name, pd.read_parquet(path).to_csv()
        else:
            yield path.name, path.name + data.decode("utf-8", "replace") + data.decode("utf-16-le", "replace")
        if data[:6] == b"SQLite":
            yield from _database(path)


def _database(path: Path) -> Iterator[tuple[str, str]]:
    with sqlite3.connect(path) as db:
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in db.execute(f'SELECT * FROM "{table}"'):
                for value in row:
                    yield f"{path.name}:{table}", _text_of(value)


def _text_of(value: object) -> str:
    if not isinstance(value, bytes):
        return str(value)
    with suppress(zlib.error):
        return zlib.decompress(value).decode("utf-8", "replace")
    return value.decode("utf-8", "replace")


OUTPUTS = (
    "--json",
    "o/a.json",
    "--csv",
    "o/a.csv",
    "--html",
    "o/a.html",
    "--parquet",
    "o/a.parquet",
    "--ledger",
    "o/l.sqlite",
)


def leaks(tables: dict, secrets: tuple[str, ...], name: str = "a.xlsx", more: Callable[[Path], object] | None = None):
    def attack(folder: Path) -> str:
        office = Office(folder)
        office.book(f"in/{name}", tables)
        if more:
            more(folder / "in")
        ended = office.run("check", "in", "--out", "o", "--no-copies", "--anonymise", "--key", "k.key", *OUTPUTS)
        if ended.fault:
            return ended.fault
        everything = [*texts_of(folder / "o"), ("the screen", ended.told)]
        seen = sorted({f"{secret} in {where}" for where, text in everything for secret in secrets if secret in text})
        return "; ".join(seen[:4]) if seen else HELD

    return attack


def anonymity() -> Iterator[Try]:
    quotes = (
        "{}（「はい」と返事）",
        "「{}」",
        "『{}』と「{}」",
        "「「{}」",
        "{}」",
        "」{}「",
        "“{}”",
        "（{}）",
        "{}\n「x」",
        "{}（{}）",
    )
    rows = {
        "a kind of contact": lambda text: {"連絡": [f"9:35 {text} 開始確認 x 佐藤", "15:20 電話 終了確認 y 佐藤"]},
        "a place": lambda text: {"在宅場所": text},
        "a start": lambda text: {"開始": text},
        "a break": lambda text: {"休憩開始": text},
        "a ride": lambda text: {"送迎往": text},
        "a meal": lambda text: {"食事": text},
        "a remark": lambda text: {"備考": text},
        "training": lambda text: {"訓練内容": text},
        "support": lambda text: {"支援記録": text},
        "a state of health": lambda text: {"心身の状況": text},
        "a changed reason": lambda text: {"変更理由": text},
        "the kind of day": lambda text: {"提供区分": text},
    }
    for what, row in rows.items():
        for quote in (quotes[0], quotes[2], quotes[5]):
            text = quote.format(SECRET, WHO)
            tables = {
                "日報": [{**HOME, **row(text)}, {**HOME, "日付": "2026-01-07", "訓練内容": text, "支援記録": text}]
            }
            yield Try(name=f"{what}: {text!r}", attack=leaks(tables, (SECRET, WHO, "秘美")))
    for quote in quotes:
        who = quote.format(WHO, WHO)
        tables = {"日報": [{**HOME, "氏名": who, "連絡": []}], "利用者台帳": [{"氏名": who, "フリガナ": "ヒミコ"}]}
        yield Try(name=f"a client named {who!r}", attack=leaks(tables, ("秘美", "架空野", "ヒミコ")))
    other = {"氏名": WHO, "日付": "2026-01-06", "種別": SECRET, "開始": "10:00", "終了": "11:00", "費用負担": SECRET}
    for what, more in {
        "another service": {"他サービス": [other]},
        "an absence": {
            "欠席時対応": [{"氏名": WHO, "欠席日": "2026-01-08", "連絡日": SECRET, "理由": SECRET, "方法": SECRET}]
        },
        "a checklist": {
            "チェックリスト": [{"氏名": WHO, "評価日": "2026-01-08", "領域": SECRET, "項目": SECRET, "評価": SECRET}]
        },
        "a plan": {"予定": [{"氏名": WHO, "日付": "2026-01-06", "予定区分": SECRET, "変更理由": SECRET}]},
        "an approval": {"在宅承認": [{"氏名": WHO, "承認事業所": SECRET, "承認開始": SECRET}]},
        "a weekly review": {"週評価": [{"氏名": WHO, "対象開始": SECRET, "実施日": SECRET, "方法": SECRET}]},
        "a monthly review": {
            "月評価": [{"氏名": WHO, "対象年月": SECRET, "実施日": SECRET, "方法": SECRET, "場所": SECRET}]
        },
        "the register": {"利用者台帳": [{"氏名": WHO, "支給決定市町村": SECRET, "支給量": SECRET, "生年月日": SECRET}]},
        "a closed day": {"営業日": [{"日付": SECRET, "区分": SECRET, "理由": SECRET}]},
        "a lent machine": {"貸与機器": [{"氏名": WHO, "品名": SECRET, "貸与日": SECRET}]},
        "a record sheet": {"実績記録票": [{"氏名": WHO, "日付": 6.0, "備考": SECRET}]},
    }.items():
        tables: dict = {"日報": [{**HOME, "氏名": WHO}], "利用者台帳": [{"氏名": WHO}]}
        tables |= more
        yield Try(name=f"{what} that cannot be read", attack=leaks(tables, (SECRET, WHO, "秘美")))
    plain = {"日報": [{**HOME, "氏名": WHO, "連絡": []}], "利用者台帳": [{"氏名": WHO}]}
    yield Try(name="the file's name", attack=leaks(plain, (WHO, "秘美"), f"{WHO}.xlsx"))
    yield Try(name="the folder's name", attack=leaks(plain, (WHO, "秘美"), f"{WHO}/a.xlsx"))
    for name, data in (
        (f"{WHO}.xlsx", b"PK"),
        (f"{WHO}.csv", b"a,b\n1,2\n"),
        (f"{WHO}.pdf", b"x"),
        (f"{WHO}.ods", b"PK"),
    ):
        put = lambda folder, n=name, d=data: (folder / n).write_bytes(d)  # noqa: E731
        yield Try(name=f"a file that cannot be judged, {name}", attack=leaks(plain, (WHO, "秘美"), more=put))
    yield Try(name="a folder used before without it", attack=used_before)


def used_before(folder: Path) -> str:
    office = Office(folder)
    tables = {"日報": [{**HOME, "氏名": WHO, "連絡": []}], "利用者台帳": [{"氏名": WHO}]}
    office.book("in/a.xlsx", tables)
    office.book("in/b.xlsx", tables)
    office.run("check", "in", "--out", "o", "--no-copies")
    ended = office.run("check", "in", "--out", "o", "--no-copies", "--anonymise")
    if ended.status == 2 and any(mark in ended.told for mark in ("氏名", "名前")):
        return HELD  # refused in words
    seen = [where for where, text in texts_of(folder / "o") if "秘美" in text]
    return f"the name stays in {seen[:3]}" if seen else HELD


# ---- row 10: orders to a screen

ORDERS = ("\x1b[31m", "\x1b]0;t\x07", "\r", "\x08\x08", "\u202e", "\u2066", "\u2028", "\x85", "\x9b31m", "\u200f", "\ufeff", "\x7f",
          "\u061c", "\U000e0041", "\u2029", "\x00", "\x0b", "\x0c")  # fmt: skip
ALLOWED = {"\n"}


def orders_in(ended: Ended) -> str:
    bad = {c for c in ended.told if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") and c not in ALLOWED}
    return f"on the screen: {sorted(map(ascii, bad))}" if bad else HELD


def at_the_screen(place: str, order: str) -> Callable[[Path], str]:
    def attack(folder: Path) -> str:
        from tests.workbooks import workbook

        escaped = "".join(f"_x{ord(c):04X}_" if ord(c) < 32 or ord(c) == 127 else c for c in order)
        name = f"山田{'¤' if place != 'file' else ''}花子"
        tables = {"日報": [{**HOME, "氏名": name, "連絡": [], "開始": "¤"}], "利用者台帳": [{"氏名": name}]}
        if place == "office":
            tables["設定"] = {"事業所名": "¤"}
        if place == "town":
            tables["利用者台帳"] = [{"氏名": name, "支給決定市町村": "長崎¤市"}]
        data = _with(workbook(tables), "¤", escaped)
        (folder / "in").mkdir()
        target = f"日{order}報.xlsx" if place == "file" else "a.xlsx"
        if "\x00" in target:
            target = target.replace("\x00", "\x01")
        (folder / "in" / target).write_bytes(data)
        office = Office(folder)
        said = []
        commands = (("check", "in"), ("check", "in", "--out", "o", "--ledger", "l.sqlite"), ("ledger", "l.sqlite"))
        for arguments in commands if place != "watch" else (("watch", "in", "--once"),):
            ended = office.run(*arguments)
            said.append(ended.fault or orders_in(ended))
        made = [p.name for p in (folder / "o").rglob("*") if any(unicodedata.category(c) in ("Cc",) for c in p.name)]
        if made and place != "file":
            said.append(f"a file named {made}")
        return "; ".join(sorted({one for one in said if one}))

    return attack


def _with(data: bytes, old: str, new: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            target.writestr(entry, source.read(entry).replace(old.encode(), new.encode()))
    return out.getvalue()


def screen() -> Iterator[Try]:
    yield Try(name="an order in a name, watched", attack=at_the_screen("watch", ORDERS[0]))
    for order in ORDERS:
        for place in ("client", "file", "office", "town"):
            yield Try(name=f"{order!a} in the {place}", attack=at_the_screen(place, order))


# ---- row 13: longer than a cell

LONG = {
    "32,767 letters": "あ" * 32_767,
    "32,766 letters": "あ" * 32_766,
    "32,000 letters": "あ" * 32_000,
    "16,384 rare letters": "𠮷" * 16_383,
    "a rare letter across the limit": "あ" * 20_000 + "𠮷" * 6_383,
    "lines": "あ\n" * 16_383,
}


def too_long(place: str, text: str, *arguments: str) -> Callable[[Path], str]:
    def attack(folder: Path) -> str:
        row, client = {**HOME, "連絡": []}, {}
        if place == "name":
            row["氏名"] = client["氏名"] = text
        elif place == "start":
            row["開始"] = text
        else:
            client["支給決定市町村"] = text
        office = Office(folder)
        office.book("a.xlsx", {"日報": [row, {**row, "日付": "2026-01-07"}], "利用者台帳": [client]})
        ended = office.run(*arguments)
        if ended.fault:
            return ended.fault
        return "; ".join(longer(folder / "o"))[:300]

    return attack


def longer(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*.xlsx"):
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                if not name.endswith(".xml") or "customXml" in name:
                    continue
                root = ElementTree.fromstring(package.read(name))
                for found in root.iter():
                    if found.tag.rpartition("}")[2] in ("si", "is", "comment", "v", "f"):
                        length = utf16_length("".join(found.itertext()))
                        if length > 32_767:
                            yield f"{path.name}!{name}: {length} in a cell or note"
                    if found.tag.endswith("}sheet") and utf16_length(found.get("name", "")) > 31:
                        yield f"{path.name}: a sheet's name of {len(found.get('name', ''))}"


def lengths() -> Iterator[Try]:
    commands = {
        "a copy": ("check", "a.xlsx", "--out", "o"),
        "a summary": ("check", ".", "--out", "o", "--no-copies"),
        "forms": ("forms", "a.xlsx", "--form", "all", "--out", "o"),
    }
    for what, arguments in commands.items():
        for length, text in LONG.items():
            for place in ("name", "start", "town"):
                yield Try(name=f"{length} as {place} in {what}", attack=too_long(place, text, *arguments))


# ---- row 14: cells that a spreadsheet would run

RUN = re.compile(r"[=+\-@|%\uff1d\uff0b\uff0d\uff20\t\r]")
SKIPPED = ("", "\n", "\r\n", "\t", " ", "\u3000", "\u200f", "\u200e", "\ufeff", "\u00a0", "\u200b", "\u2028", "\x0b", "\x1c", "\u2066",
           "\n\u200f ", "\u00ad", "\u2060", "\u180e", "\u034f", "'\n", '"')  # fmt: skip


def as_stored(text: str) -> str:
    """How a workbook stores what XML has no room for: \x0b as _x000B_."""
    return "".join(f"_x{ord(sign):04X}_" if sign in "\x0b\x1c" else sign for sign in text)


def run_by_a_list(before: str, sign: str) -> Callable[[Path], str]:
    def attack(folder: Path) -> str:
        text = f"{as_stored(before)}{sign}HYPERLINK(1)"
        office = Office(folder)
        office.book(
            "a.xlsx", {"日報": [{**HOME, "氏名": text, "連絡": [], "開始": text}], "利用者台帳": [{"氏名": text}]}
        )
        ended = office.run("check", "a.xlsx", "--csv", "a.csv")
        if ended.fault:
            return ended.fault
        with open(folder / "a.csv", encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        live = [cell for cell in cells if _starts_with(cell, sign)]
        return f"{live[0][:20]!r} would be run" if live else HELD

    return attack


def _starts_with(cell: str, sign: str) -> bool:
    """What a spreadsheet looks at first, once it has skipped what it does not see."""
    for character in cell:
        if character.isspace() or unicodedata.category(character) in ("Cc", "Cf", "Mn"):
            continue
        return character == sign
    return False


def guarded() -> Iterator[Try]:
    for before in SKIPPED:
        for sign in "=+@-＝":
            yield Try(name=f"{before!a} and {sign}", attack=run_by_a_list(before, sign))


ROWS = (
    Row(id="6", title="names are taken out of finished sentences", tries=anonymity),
    Row(id="10", title="orders to a screen, a log, a file's name", tries=screen),
    Row(id="13", title="texts longer than a cell or a note", tries=lengths),
    Row(id="14", title="cells of a list that a spreadsheet would run", tries=guarded),
)
