"""Rows 4, 5, 8, 9: what is written over, what ends a run, what is made public, what is passed over in silence."""

import json
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.attack.trial import BAD, GOOD, HELD, Office, Row, Try
from tests.workbooks import workbook

# ---- row 4: writing over

VICTIMS: dict[str, Callable[[Path], bytes]] = {
    "a workbook": lambda _: workbook(GOOD),
    "a list of somebody": lambda _: "日付,内容\n2026-01-06,手で書いた\n".encode(),
    "a text": lambda _: b"my own notes\n",
    "a page": lambda _: b"<html><body>mine</body></html>",
    "bytes": lambda _: bytes(range(256)),
    "nothing but a mark of order": lambda _: b"\xef\xbb\xbf",
}
OUTPUTS = ("--csv", "--json", "--html", "--parquet", "--ledger", "--key")


def kept_somewhere(folder: Path, data: bytes) -> bool:
    return any(path.is_file() and not path.is_symlink() and path.read_bytes() == data for path in folder.rglob("*"))


def survives(folder: Path, victim: str, data: bytes, *arguments: object) -> str:
    """What somebody has is somewhere in the folder afterwards, as it was."""
    office = Office(folder)
    if not (folder / "日報.xlsx").exists():
        office.book()
    path = folder / victim
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    ended = office.run(*arguments)
    if ended.fault:
        return ended.fault
    return HELD if kept_somewhere(folder, data) else f"gone: {victim}, exit {ended.status}"


def over_an_input(output: str) -> Callable[[Path], str]:
    def attack(folder: Path) -> str:
        data = workbook(BAD)
        return survives(folder, "一月.xlsx", data, "check", "一月.xlsx", output, "一月.xlsx", *_needs(output))

    return attack


def over_another(output: str, victim: str, ending: str) -> Callable[[Path], str]:
    def attack(folder: Path) -> str:
        data = VICTIMS[victim](folder)
        return survives(folder, f"mine{ending}", data, "check", "日報.xlsx", output, f"mine{ending}", *_needs(output))

    return attack


def _needs(output: str) -> tuple[str, ...]:
    return ("--anonymise", "--no-copies") if output == "--key" else ()


def through_a_link(output: str, kind: str) -> Callable[[Path], str]:
    def attack(folder: Path) -> str:
        inside, outside = folder / "in", folder / "outside"
        inside.mkdir()
        outside.mkdir()
        data = workbook(BAD)
        (outside / "theirs.xlsx").write_bytes(data)
        if kind == "link":
            (inside / "out.xlsx").symlink_to(outside / "theirs.xlsx")
        else:
            os.link(outside / "theirs.xlsx", inside / "out.xlsx")
        return survives(inside, "日報.xlsx", workbook(GOOD), "check", "日報.xlsx", output, "out.xlsx") or (
            HELD if kept_somewhere(folder, data) else "what a link leads to is gone"
        )

    return attack


def in_place_follows(folder: Path) -> str:
    inside, outside = folder / "in", folder / "outside"
    inside.mkdir()
    outside.mkdir()
    data = workbook(BAD)
    (outside / "theirs.xlsx").write_bytes(data)
    (inside / "link.xlsx").symlink_to(outside / "theirs.xlsx")
    (inside / "folder").symlink_to(outside)
    Office(inside).book()
    Office(inside).run("check", ".", "--in-place")
    return HELD if (outside / "theirs.xlsx").read_bytes() == data else "--in-place on a folder wrote outside of it"


def under_out(name: str, *arguments: str) -> Callable[[Path], str]:
    def attack(folder: Path) -> str:
        return survives(folder, f"out/{name}", b"PK my own, by chance of the same name", *arguments)

    return attack


def edited(name: str, *arguments: str) -> Callable[[Path], str]:
    """What we wrote and a person then edited; the journal of what we wrote is gone."""

    def attack(folder: Path) -> str:
        office = Office(folder)
        office.book()
        office.book("in/a.xlsx")
        office.book("in/b.xlsx", BAD)
        first = office.run(*arguments)
        path = folder / "out" / name
        if not path.exists():
            return f"{name} was not made: {first.told[-200:]}"
        data = _edited(path.read_bytes())
        path.write_bytes(data)
        for journal in (folder / "out").rglob("*.sqlite"):
            journal.unlink()
        office.run(*arguments)
        return HELD if kept_somewhere(folder, data) else f"an edited {name} is gone"

    return attack


def _edited(data: bytes) -> bytes:
    """As a person who wrote a word into a cell: a sheet of the workbook has another text."""
    from io import BytesIO

    if data[:2] != b"PK":
        return data + "手で足した行\n".encode()
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            raw = old.read(entry)
            if entry.filename == "xl/sharedStrings.xml":
                raw = raw.replace(b"</t>", "（手で）</t>".encode(), 1)
            elif entry.filename.startswith("xl/worksheets/sheet") and b"</sheetData>" in raw:
                cell = '<row r="90000"><c r="A90000" t="inlineStr"><is><t>手で</t></is></c></row></sheetData>'
                raw = raw.replace(b"</sheetData>", cell.encode(), 1)
            new.writestr(entry, raw)
    return out.getvalue()


def overwriting() -> Iterator[Try]:
    for output in OUTPUTS:
        yield Try(name=f"{output} names the input", attack=over_an_input(output))
        yield Try(name=f"{output} names a link to a workbook", attack=through_a_link(output, "link"))
        yield Try(name=f"{output} names a second name of a workbook", attack=through_a_link(output, "hard"))
    for output, ending in (
        ("--csv", ".csv"),
        ("--json", ".json"),
        ("--html", ".html"),
        ("--parquet", ".parquet"),
        ("--ledger", ".sqlite"),
        ("--key", ".key"),
    ):
        for victim in VICTIMS:
            yield Try(name=f"{output} over {victim}", attack=over_another(output, victim, ending))
    yield Try(name="--in-place follows links", attack=in_place_follows)
    check = ("check", "日報.xlsx", "--out", "out")
    yield Try(name="--out over a file", attack=under_out("日報.xlsx", *check))
    yield Try(name="--out over a summary", attack=under_out("点検まとめ.xlsx", "check", ".", "--out", "out"))
    yield Try(name="--out over a state", attack=under_out("点検の途中経過.sqlite", "check", ".", "--out", "out"))
    yield Try(name="clear --out over a file", attack=under_out("日報.xlsx", "clear", "日報.xlsx", "--out", "out"))
    yield Try(name="demo over a file", attack=under_out("demo.xlsx", "demo", "--out", "out"))
    yield Try(name="demo over marked", attack=under_out("demo_点検済み.xlsx", "demo", "--out", "out"))
    yield Try(name="demo over forms", attack=under_out("demo_様式.xlsx", "demo", "--out", "out"))
    forms = ("forms", "日報.xlsx", "--form", "service_record", "--out", "out")
    yield Try(name="forms over a file", attack=under_out("日報.xlsx", *forms))
    for output, name in (("template", "t.xlsx"), ("rules --book", "r.xlsx"), ("rules --table", "t.xlsx")):
        words = output.split()
        option = [*words[1:], f"out/{name}"] if len(words) > 1 else ["--out", f"out/{name}"]
        yield Try(name=f"{output} over a file", attack=under_out(name, words[0], *option))
        yield Try(
            name=f"{output} over a workbook",
            attack=lambda folder, w=words, o=option, n=name: survives(folder, f"out/{n}", workbook(BAD), w[0], *o),
        )
    yield Try(name="an edited marked copy", attack=edited("日報.xlsx", *check))
    yield Try(name="an edited summary", attack=edited("点検まとめ.xlsx", "check", "in", "--out", "out"))
    yield Try(name="an edited copy in a folder", attack=edited("a.xlsx", "check", "in", "--out", "out"))
    yield Try(name="an edited form", attack=edited("日報.xlsx", *forms))
    yield Try(name="an edited list", attack=edited("a.csv", "check", "日報.xlsx", "--out", "out", "--csv", "out/a.csv"))
    yield Try(
        name="an edited page", attack=edited("a.html", "check", "日報.xlsx", "--out", "out", "--html", "out/a.html")
    )


# ---- row 5: one input ends the run

NAMES_OF_BYTES = (
    "日報".encode("cp932") + b".xlsx",
    b"\xff\xfe.xlsx",
    b"a\xc3.xlsx",
    b"\xed\xa0\x80.xlsx",
    "ﾃｽﾄ".encode("cp932") + b".csv",
    b"\x80.ods",
    b"line\nbreak.xlsx",
    b"tab\tbell\x07.xlsx",
    b"\x1b[2J.xlsx",
    "a\u202excod.xlsx".encode(),
    b"-out.xlsx",
    b"--in-place.xlsx",
    b"[a].xlsx",
    b"{}.xlsx",
    b"[red]a.xlsx",
    b"[bold][link=x]a.xlsx",
    b"%s %d.xlsx",
    b"=cmd.xlsx",
    "あ".encode() * 80 + b".xlsx",
    b" .xlsx",
)


def told_in(path: Path) -> tuple[list[dict], list[dict]]:
    """Return the files of a JSON and what was not looked at."""
    told = json.loads(path.read_text(encoding="utf-8"))
    return told["files"], told.get("skipped", [])


def named_so(raw: bytes, *options: str) -> Callable[[Path], str]:
    def attack(folder: Path) -> str:
        office = Office(folder)
        office.book("in/良い.xlsx", BAD)
        good = os.fsencode(folder / "in") + b"/" + raw
        with open(good, "wb") as file:
            file.write(workbook(BAD) if raw.endswith(b"xlsx") else b"x")
        ended = office.run(
            "check", "in", "--out", "out", "--json", "a.json", "--csv", "a.csv", "--html", "a.html", *options
        )
        if ended.fault:
            return f"{ended.fault} {ended.told[-150:]!r}"
        files, skipped = told_in(folder / "a.json")
        lines = len(files) + len(skipped)
        if lines != 2 or sum(file["status"] == "judged" for file in files) < 1:
            return f"{lines} lines for two files: {[(f['path'], f['status']) for f in files]}"
        if any(file["status"] == "failed" for file in files):
            return "said to be our own fault"
        return HELD if (folder / "out" / "良い.xlsx").exists() else "the good one has no copy"

    return attack


CONTENTS = {
    "empty": b"",
    "PK alone": b"PK",
    "a zip of nothing": b"PK\x05\x06" + bytes(18),
    "an XML": b"<?xml version='1.0'?><a/>",
    "nulls": bytes(100_000),
    "an old workbook of nonsense": bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600),
}


def holding(data: bytes, ending: str) -> Callable[[Path], str]:
    def attack(folder: Path) -> str:
        office = Office(folder)
        office.book("in/良い.xlsx")
        (folder / "in" / f"bad{ending}").write_bytes(data)
        ended = office.run("check", "in", "--out", "out", "--json", "a.json", "--jobs", "2")
        if ended.fault:
            return ended.fault
        files, skipped = told_in(folder / "a.json")
        states = {Path(file["path"]).name: file.get("status", "skipped") for file in (*files, *skipped)}
        if states.get("良い.xlsx") != "judged" or len(states) != 2:
            return f"{states}"
        return "our own fault" if "failed" in states.values() else HELD

    return attack


def one_input() -> Iterator[Try]:
    for raw in NAMES_OF_BYTES:
        yield Try(name=f"a file named {raw[:30]!a}", attack=named_so(raw))
    for raw in NAMES_OF_BYTES[:3]:
        yield Try(name=f"{raw!a} with two workers", attack=named_so(raw, "--jobs", "2"))
        yield Try(name=f"{raw!a} with a ledger", attack=named_so(raw, "--ledger", "l.sqlite"))
    for what, data in CONTENTS.items():
        for ending in (".xlsx", ".xls", ".ods", ".csv"):
            yield Try(name=f"{what} as {ending}", attack=holding(data, ending))


# ---- row 8: private made public


def modes(umask: int, mode: int, *arguments: str) -> Callable[[Path], str]:
    def attack(folder: Path) -> str:
        office = Office(folder, umask=umask)
        book = office.book()
        book.chmod(mode)
        office.book("in/a.xlsx", BAD).chmod(mode)
        office.book("in/b.xlsx", BAD).chmod(mode)
        before = {path: path.stat().st_mode for path in folder.rglob("*")}
        ended = office.run(*arguments)
        if ended.fault:
            return ended.fault
        wide = []
        for path in folder.rglob("*"):
            if path in before and path.stat().st_mode == before[path]:
                continue
            allowed = 0o777 & ~umask
            if path.name in ("日報.xlsx", "a.xlsx", "b.xlsx"):
                allowed &= mode
            if path.suffix == ".key":
                allowed = 0o600
            bits = stat.S_IMODE(path.stat().st_mode) & ~0o700
            if bits & ~allowed:
                wide.append(f"{path.relative_to(folder)} {stat.S_IMODE(path.stat().st_mode):o}")
        return f"open to others: {', '.join(wide)}" if wide else HELD

    return attack


def public() -> Iterator[Try]:
    commands = {
        "a copy": ("check", "日報.xlsx", "--out", "out"),
        "in place": ("check", "日報.xlsx", "--in-place", "--keep-backup"),
        "a folder": ("check", "in", "--out", "out"),
        "sealed": ("check", "in", "--out", "out", "--seal"),
        "lists": ("check", "in", "--csv", "a.csv", "--json", "a.json", "--html", "a.html", "--parquet", "a.parquet"),
        "a ledger": ("check", "in", "--ledger", "l.sqlite"),
        "a key": ("check", "in", "--out", "out", "--no-copies", "--anonymise", "--key", "k.key"),
        "forms": ("forms", "日報.xlsx", "--form", "all", "--out", "out"),
        "forms in place": ("forms", "日報.xlsx", "--form", "service_record", "--in-place"),
        "cleared": ("clear", "日報.xlsx", "--out", "out"),
        "a demo": ("demo", "--out", "out"),
        "a watch": ("watch", "in", "--once", "--out", "out"),
    }
    for what, arguments in commands.items():
        for umask, mode in ((0o077, 0o600), (0o022, 0o600), (0o027, 0o640)):
            yield Try(name=f"{what}, umask {umask:03o}, original {mode:o}", attack=modes(umask, mode, *arguments))


# ---- row 9: an input without a line


def silent(make: Callable[[Path], object], word: str, *arguments: str) -> Callable[[Path], str]:
    def attack(folder: Path) -> str:
        office = Office(folder)
        (folder / "in").mkdir()
        office.book("in/良い.xlsx")
        make(folder / "in")
        ended = office.run(*(arguments or ("check", "in")), "--json", "a.json")
        if ended.fault:
            return ended.fault
        if not (folder / "a.json").exists():
            return f"no JSON: {ended.told[-120:]}"
        files, skipped = told_in(folder / "a.json")
        told = [line for line in (*files, *skipped) if line["path"].rstrip("/").endswith(word)]
        if len(told) != 1:
            return f"{word} has {len(told)} lines in the JSON"
        return HELD if told[0].get("reason") else f"{word} has no reason"

    return attack


def lines() -> Iterator[Try]:
    def put(name: str, data: bytes = b"x") -> Callable[[Path], object]:
        def make(folder: Path) -> None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)

        return make

    for name in ("a.pdf", "~$日報.xlsx", "a.docx", "a.zip", "a.txt", "a.xlsx.part", "a", "a.XLSX.bak", ".hidden.xlsx", "deep/er/a.pdf",
                 "a.numbers", "a.jtd", "a.xml", ".~lock.日報.xlsx#", "Thumbs.db", "a.tmp", "a.lnk", "a.url"):  # fmt: skip
        yield Try(name=f"a file {name}", attack=silent(put(name), Path(name).name))
    yield Try(name="a dangling link", attack=silent(lambda f: (f / "切れた.xlsx").symlink_to("nowhere"), "切れた.xlsx"))
    yield Try(
        name="a dangling link to a folder", attack=silent(lambda f: (f / "切れた").symlink_to("nowhere"), "切れた")
    )
    yield Try(name="a link in a circle", attack=silent(lambda f: (f / "輪").symlink_to("."), "輪"))
    yield Try(name="a link to itself", attack=silent(lambda f: (f / "輪.xlsx").symlink_to("輪.xlsx"), "輪.xlsx"))
    yield Try(name="a pipe", attack=silent(lambda f: os.mkfifo(f / "管.xlsx"), "管.xlsx"))
    yield Try(name="a folder named like a workbook", attack=silent(lambda f: (f / "箱.xlsx").mkdir(), "箱.xlsx"))
    yield Try(name="a path that is not", attack=silent(lambda f: None, "ない.xlsx", "check", "in", "in/ない.xlsx"))
    yield Try(
        name="a pattern without a match", attack=silent(lambda f: None, "ない*.xlsx", "check", "in", "in/ない*.xlsx")
    )


ROWS = (
    Row(id="4", title="writing over what is not provably ours and unedited", tries=overwriting),
    Row(id="5", title="one input ends the run", tries=one_input),
    Row(id="8", title="private made public", tries=public),
    Row(id="9", title="an input without a line", tries=lines),
)
