"""Rows 1, 2, 15: code from the folder a person stands in, foreign text on a shell's line, what is installed and shipped."""

import hashlib
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.attack.trial import BAD, HELD, Office, Row, Try

TOP = Path(__file__).resolve().parent.parent.parent
START = "from zaitaku_xl.entry.cli import main\nmain()\n"
CAUGHT = 'import os\nopen(os.environ["CAUGHT"], "a").write(__name__ + "\\n")\n'
SCRIPT = '#!/bin/sh\necho "$0" >> "$CAUGHT"\n'
SECONDS = 120


# ---- row 1


def as_modules(folder: Path) -> None:
    from importlib.metadata import packages_distributions

    names = sys.stdlib_module_names | packages_distributions().keys() | {"zaitaku_xl", "sitecustomize", "usercustomize"}
    for name in names:
        if name.isidentifier():
            (folder / f"{name}.py").write_text(CAUGHT)


def as_packages(folder: Path) -> None:
    from importlib.metadata import packages_distributions

    names = sys.stdlib_module_names | packages_distributions().keys() | {"zaitaku_xl"}
    for name in names:
        if name.isidentifier():
            (folder / name).mkdir(exist_ok=True)
            (folder / name / "__init__.py").write_text(CAUGHT)


def as_programs(folder: Path) -> None:
    for name in ("soffice", "libreoffice", "python", "python3", "pythonw", "cmd", "zaitaku", "zaitaku-xl", "osascript", "git", "uname", "sh",
                 "reg", "powershell", "pip", "wine", "open", "xdg-open", "ldconfig", "gcc", "cc", "objdump", "lscpu", "ver"):  # fmt: skip
        (folder / name).write_text(SCRIPT)
        (folder / name).chmod(0o755)


def as_settings(folder: Path) -> None:
    for name in (
        "pyvenv.cfg",
        "xlwings.conf",
        "setup.cfg",
        "pyproject.toml",
        "pytest.ini",
        ".env",
        "dask.yaml",
        "distributed.yaml",
    ):
        (folder / name).write_text(
            f"home = {folder}\ninclude-system-site-packages = true\nINTERPRETER_WIN={folder}/python\n"
        )
    (folder / "x.pth").write_text("import sitecustomize\n")
    as_modules(folder)


TRAPS = {"modules": as_modules, "packages": as_packages, "programs": as_programs, "settings": as_settings}
TYPED = {
    "check . --out {out} --jobs 2": {},
    "check 日報.xlsx --out {out} --seal": {},
    "check . --csv {out}/a.csv --html {out}/a.html --parquet {out}/a.parquet --jobs 2": {},
    "forms 日報.xlsx --form service_record --out {out} --pdf": {},
    "watch . --once --out {out}": {},
    "addin doctor": {},
    "addin attach 日報.xlsx --out {out}/t.xlsm": {},
    "demo --out {out}/d": {},
}
PATHS = {"as it is": None, "begins here": ".:{path}", "begins with nothing": ":{path}", "ends here": "{path}:."}


def standing_in(trap: str, typed: str, path: str) -> Callable[[Path], str]:
    def attack(folder: Path) -> str:
        room, out = folder.parent / "room", folder.parent / "out"
        room.mkdir()
        out.mkdir()
        Office(folder).book()
        Office(folder).book("二.xlsx", BAD)
        TRAPS[trap](folder)
        (room / "zaitaku-xl").write_text(START)
        told = room / "caught"
        environment = {**os.environ, "CAUGHT": str(told)}
        if PATHS[path]:
            environment["PATH"] = PATHS[path].format(path=os.environ["PATH"])
        command = [sys.executable, str(room / "zaitaku-xl"), *(word.format(out=out) for word in typed.split())]
        try:
            ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return "no answer in time"
        if told.exists():
            return f"ran: {told.read_text().split()[:3]}"
        return "a traceback" if "Traceback" in ran.stderr else HELD

    return attack


def current_folder() -> Iterator[Try]:
    for typed in TYPED:
        for trap in TRAPS:
            for path in ("as it is",) if trap != "programs" else PATHS:
                yield Try(name=f"{trap}, PATH {path}: {typed}", attack=standing_in(trap, typed, path))


# ---- row 2

CALLED = (
    "a\"&calc&\".xlsx", "a|more.xlsx", "a<b>c.xlsx", "a`calc`.xlsx", "$(calc).xlsx", "a\ncalc.xlsx", "a\r\ncalc.xlsx", "%COMSPEC%.xlsx",
    "^%COMSPEC^%.xlsx", "!COMSPEC!.xlsx", "a^^^&calc.xlsx", "a&&calc||x.xlsx", "a=b=c.xlsx", "(a&calc).xlsx", "a\\\"&calc.xlsx", "'a'.xlsx",
    "a;calc;.xlsx", "a,calc.xlsx", "@calc.xlsx", "~a.xlsx", "a #calc.xlsx", "日報\u3000&calc.xlsx", "＆calc.xlsx", "a\t&calc.xlsx", "𠮷^&calc.xlsx",
    "x --book=00 --hwnd=9.xlsx", "あ" * 240 + "&calc.xlsx", "-c import os.xlsx", "2> a.xlsx", "a\u2028&calc.xlsx",
)  # fmt: skip


def called(name: str, where: str) -> Callable[[Path], str]:
    """Whatever it is called, the line is the same but for hexadecimal digits."""

    def attack(folder: Path) -> str:
        from tests.addin.excel import Excel

        lines = []
        for each in ("日報.xlsx", name):
            excel = Excel(name="日報.xlsx" if where == "folder" else each)
            excel.folder = rf"C:\{each}" if where == "folder" else r"C:\点検"
            for button in ("check_book", "why"):
                excel.click(button)
            excel.formula_line()
            lines.append(
                [re.sub(r"--book=[0-9A-F]*", "--book=", line) for line in (*excel.lines, excel.formula_line())]
            )
        return HELD if lines[0] == lines[1] else f"the line knows the name: {set(lines[0]) ^ set(lines[1])}"

    return attack


def shell_lines() -> Iterator[Try]:
    for name in CALLED:
        for where in ("file", "folder"):
            yield Try(name=f"a {where} named {name[:30]!a}", attack=called(name, where))


# ---- row 15


def project() -> dict:
    return tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def no_extra_brings(name: str) -> Callable[[Path], str]:
    def attack(_: Path) -> str:
        extras = project()["optional-dependencies"]
        where = [
            extra for extra, needs in extras.items() if extra != "dev" and any(name in need.lower() for need in needs)
        ]
        where += ["the install itself"] if any(name in need.lower() for need in project()["dependencies"]) else []
        return f"{name} comes with {where}" if where else HELD

    return attack


def without(module: str, *arguments: str) -> Callable[[Path], str]:
    """The command does its work where *module* is not installed."""

    def attack(folder: Path) -> str:
        Office(folder).book()
        hide = f"import sys\nsys.modules[{module!r}] = None\n{START}"
        ran = subprocess.run(
            [sys.executable, "-c", hide, *arguments], cwd=folder, capture_output=True, text=True, timeout=SECONDS
        )
        return HELD if ran.returncode in (0, 1) else f"exit {ran.returncode}: {ran.stderr[-150:]}"

    return attack


def twice_the_same(*arguments: str) -> Callable[[Path], str]:
    def attack(folder: Path) -> str:
        made = []
        for name in ("a", "b"):
            office = Office(folder)
            office.book()
            ended = office.run(*arguments, "--out", name)
            if ended.fault or ended.status:
                return f"{ended.fault} {ended.told[-150:]}"
            out = folder / name
            files = sorted(p for p in out.rglob("*") if p.is_file()) if out.is_dir() else [out]
            made.append([(p.name if out.is_dir() else "", hashlib.sha256(p.read_bytes()).hexdigest()) for p in files])
        return HELD if made[0] == made[1] else "twice made, twice another file"

    return attack


def pinned(file: str) -> Callable[[Path], str]:
    def attack(_: Path) -> str:
        text = (TOP / "constraints" / file).read_text(encoding="utf-8")
        blocks = re.split(r"\n(?=[A-Za-z0-9])", text)
        bare = [
            block.split("\n")[0]
            for block in blocks
            if re.match(r"[A-Za-z0-9]", block) and ("==" not in block or "--hash=sha256:" not in block)
        ]
        return f"without version or hash: {bare[:3]}" if bare else HELD

    return attack


def built_from_what_is_shipped(folder: Path) -> str:
    """The project in each file of macros is one of those shipped, byte for byte."""
    ended = Office(folder).run("addin", "build", "--out", "t")
    if ended.status:
        return ended.told[-150:]
    known = {path.read_bytes() for path in (TOP / "macros/projects").iterdir()}
    for path in (folder / "t").rglob("*.xl[as]m"):
        with zipfile.ZipFile(path) as package:
            if package.read("xl/vbaProject.bin") not in known:
                return f"{path.name} holds another project"
    return HELD


def dependencies() -> Iterator[Try]:
    for name in ("pyopenvba", "oletools", "vbalidator", "msoffcrypto", "openpyxl", "hypothesis"):
        yield Try(name=f"{name} on a clerk's PC", attack=no_extra_brings(name))
    for module in ("pyopenvba", "oletools", "openpyxl"):
        yield Try(
            name=f"attach without {module}", attack=without(module, "addin", "attach", "日報.xlsx", "--out", "t.xlsm")
        )
        yield Try(name=f"build without {module}", attack=without(module, "addin", "build", "--out", "t"))
        yield Try(name=f"check without {module}", attack=without(module, "check", "日報.xlsx", "--out", "t"))
    yield Try(name="build twice", attack=twice_the_same("addin", "build"))
    yield Try(name="the demo twice", attack=twice_the_same("demo"))
    for file in ("all.txt", "excel.txt"):
        yield Try(name=f"constraints {file}", attack=pinned(file))
    yield Try(name="what is shipped is what is built", attack=built_from_what_is_shipped)
    for name in ("msoffcrypto-tool", "pytest", "pandas-stubs"):
        yield Try(name=f"{name} on a clerk's PC", attack=no_extra_brings(name))
    yield Try(
        name="xlwings alone in [excel]",
        attack=lambda _: HELD if len(project()["optional-dependencies"]["excel"]) == 1 else "more than one",
    )


ROWS = (
    Row(id="1", title="the current folder is a source of code", tries=current_folder, slow=True),
    Row(id="2", title="foreign text on a shell's line", tries=shell_lines),
    Row(id="15", title="what is installed and shipped", tries=dependencies),
)
