"""What we start is started in one place, by its whole path, and takes no code from the folder a person stands in."""

import ast
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import zaitaku_xl
from tests.addin.excel import Excel
from tests.workbooks import saved
from zaitaku_xl import children
from zaitaku_xl.batch import pool

PACKAGE = Path(zaitaku_xl.__file__).parent
STARTER = "children.py"
# Modules whose use starts a process, and functions of others that do.
STARTING_MODULES = {
    "_posixsubprocess", "_winapi", "distutils.spawn", "multiprocessing", "platform", "popen2", "pty", "subprocess",
    "webbrowser",
}  # fmt: skip
STARTING_NAMES = {
    "ProcessPoolExecutor", "ShellExecute", "ShellExecuteW", "WinExec", "create_subprocess_exec", "create_subprocess_shell",
    "execl", "execle", "execlp", "execv", "execve", "execvp", "execvpe", "fork", "forkpty", "popen", "posix_spawn",
    "posix_spawnp", "spawnl", "spawnle", "spawnv", "spawnve", "spawnvp", "startfile", "subprocess_exec", "which",
}  # fmt: skip
HARMLESS = {"multiprocessing.connection"}  # a pipe to what was started
MARKING = """\
import os
with open(os.environ["MARKS"], "a") as marks:
    marks.write(__name__ + "\\n")
"""
# As the command that pip lays: its own folder is what Python takes for that of the program.
COMMAND = "from zaitaku_xl.entry.cli import main\nmain()\n"
GOOD = {"日報": [{"日付": "2026-01-06", "提供区分": "在宅"}]}


# ---- one place


def starters(source: str) -> Iterator[str]:
    """Yield the names in a Python text by which a process could be started."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if _starts(alias.name))
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (
                f"{node.module}.{a.name}" for a in node.names if _starts(node.module) or _does(node.module, a.name)
            )
        elif isinstance(node, ast.Attribute) and (node.attr in STARTING_NAMES or _is_os_system(node)):
            yield node.attr
        elif isinstance(node, ast.Constant) and node.value in STARTING_MODULES:
            yield f'"{node.value}"'  # for import_module


def _starts(module: str) -> bool:
    return module not in HARMLESS and (module in STARTING_MODULES or module.partition(".")[0] in STARTING_MODULES)


def _does(module: str, name: str) -> bool:
    return name in STARTING_NAMES or (module, name) == ("os", "system")


def _is_os_system(node: ast.Attribute) -> bool:
    return node.attr == "system" and isinstance(node.value, ast.Name) and node.value.id == "os"


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_one_module_starts_processes_and_no_other(path):
    found = list(starters(path.read_text(encoding="utf-8")))
    assert bool(found) is (path.name == STARTER), found


@pytest.mark.parametrize(
    "source",
    [
        "import subprocess",
        "from subprocess import run",
        "import multiprocessing as mp",
        "from multiprocessing import get_context",
        "from multiprocessing.process import BaseProcess",
        "from concurrent.futures import ProcessPoolExecutor",
        "import concurrent.futures\nconcurrent.futures.ProcessPoolExecutor()",
        "import os\nos.system('x')",
        "from os import system",
        "import os\nos.startfile('x')",
        "import os\nos.posix_spawn('x', [], {})",
        "import asyncio\nasyncio.create_subprocess_exec('x')",
        "import shutil\nshutil.which('soffice')",
        "from shutil import which",
        "import webbrowser",
        "from importlib import import_module\nimport_module('subprocess')",
    ],
)
def test_another_way_to_start_one_is_seen(source):
    assert list(starters(source))


def test_a_pipe_is_no_process():
    assert list(starters("from multiprocessing.connection import Connection, wait\nself.system")) == []


# ---- by its whole path


@pytest.fixture
def trap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a program named soffice, and we stand in it."""
    folder = tmp_path / "received"
    folder.mkdir()
    (folder / "soffice").write_text("#!/bin/sh\n")
    (folder / "soffice").chmod(0o755)
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("path", ["", ".", ":/nowhere", "/nowhere::", "./", "../received"])
def test_a_program_in_the_current_folder_is_not_found(trap, monkeypatch, path):
    monkeypatch.setenv("PATH", path)
    assert children.program(["soffice"]) is None


def test_a_program_on_path_is_found_whole(trap, monkeypatch):
    monkeypatch.setenv("PATH", os.pathsep.join([".", str(trap)]))
    assert children.program(["no such thing", "soffice"]) == (trap / "soffice").resolve()


def test_what_is_not_on_path_is_looked_for_in_its_usual_places(trap, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert children.program(["soffice"], [Path("/nowhere"), trap / "soffice"]) == trap / "soffice"


def test_a_bare_name_is_not_started(trap):
    with pytest.raises(ValueError, match="whole path"):
        children.run_program(Path("soffice"), [], trap, 1)


def test_a_program_that_takes_too_long_is_ended(tmp_path):
    sleeper = tmp_path / "sleeper"
    sleeper.write_text("#!/bin/sh\nsleep 60\n")
    sleeper.chmod(0o755)
    with pytest.raises(children.ChildFailed):
        children.run_program(sleeper, [], tmp_path, 0.1)


# ---- no code from the current folder


@pytest.fixture(scope="module")
def received(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Good workbooks, and beside them a module of every name of the standard library, of what we use, and of ours."""
    folder = tmp_path_factory.mktemp("received")
    for name in ("一月.xlsx", "二月.xlsx", "三月.xlsx"):
        saved(folder / name, GOOD)
    (folder / "表.ods").write_bytes(an_ods())
    names = sys.stdlib_module_names | packages_distributions().keys() | {"zaitaku_xl", "sitecustomize", "usercustomize"}
    for name in names:
        if name.isidentifier():
            (folder / f"{name}.py").write_text(MARKING)
    return folder


def an_ods() -> bytes:
    """The least spreadsheet of OpenDocument: one sheet, a heading and a day."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    rows = (("日付", "提供区分"), ("2026-01-06", "在宅"))
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    table = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in rows)
    spaces = f'xmlns:o="{office}:office:1.0" xmlns:t="{office}:table:1.0" xmlns:x="{office}:text:1.0"'
    body = f'<t:table t:name="日報">{table}</t:table>'
    content = (
        f"<o:document-content {spaces}><o:body><o:spreadsheet>{body}</o:spreadsheet></o:body></o:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()


@pytest.fixture
def marks(received: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a foreign module would have written its name; we stand in its folder."""
    monkeypatch.chdir(received)
    monkeypatch.setenv("MARKS", str(tmp_path / "marks"))
    return tmp_path / "marks"


COMMANDS = [
    "demo --out {out}/demo",
    "check . --out {out} --jobs 2",
    "check 一月.xlsx --out {out} --seal",
    "check 表.ods --out {out}",
    "check 一月.xlsx --json {out}/a.json --csv {out}/a.csv --html {out}/a.html",
    "clear 一月.xlsx --out {out}",
    "forms 一月.xlsx --form all --out {out}",
    "template --out {out}/t.xlsx",
    "rules --on 2026-01-05",
    "explain D01",
    "verify 一月.xlsx",
    "addin build --out {out}",
    "addin attach 一月.xlsx --out {out}/tab.xlsm",
    "addin doctor",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_runs_what_lies_in_the_current_folder(marks, tmp_path, command):
    script, out = tmp_path / "bin" / "zaitaku-xl", tmp_path / "out"
    script.parent.mkdir()
    script.write_text(COMMAND)
    out.mkdir()
    arguments = [part.format(out=out) for part in command.split()]
    ran = subprocess.run([sys.executable, str(script), *arguments], capture_output=True, text=True, timeout=120)
    assert not marks.exists(), marks.read_text()
    assert ran.returncode in (0, 1, 2), ran.stderr
    assert "Traceback" not in ran.stderr


def python_of(line: str) -> list[str]:
    """What stands behind the interpreter in a line that macros put together."""
    told = re.search(r'python\.exe" (?P<flags>[-BP ]*-c) "(?P<code>[^"]*)"(?P<rest>[^>"]*)', line)
    return [*told["flags"].split(), told["code"], *told["rest"].removesuffix(" 2").split()]


def test_the_lines_of_the_macros_run_nothing_that_lies_in_the_current_folder(marks):
    excel = Excel()
    excel.click("check_book")
    for line in (excel.lines[0], excel.formula_line()):
        ran = subprocess.run([sys.executable, *python_of(line)], capture_output=True, text=True, timeout=60)
        assert not marks.exists(), marks.read_text()
        assert "ブックが分かりません" in ran.stderr or "missing_pywin32" in ran.stderr  # no Excel here


def test_the_folder_would_catch_us(marks):
    """As a worker was started before: the first thing it imports lies here."""
    subprocess.run([sys.executable, "-c", "import json"], capture_output=True, timeout=60)
    assert marks.exists()


def test_a_worker_takes_nothing_from_the_current_folder(marks):
    done = list(pool.map_tasks(json_length, [[1, 2], [3]], workers=2, limits=pool.Limits()))
    assert sorted(done) == [(0, 6), (1, 3)]
    assert not marks.exists(), marks.read_text()


def json_length(task: list[int]) -> int:
    return len(json.dumps(task))


def test_a_module_is_asked_without_the_current_folder(marks):
    said = json.loads(children.answer("zaitaku_xl.hosts.reading.calamine_worker", an_ods(), 60))
    assert isinstance(said, dict)  # it ran and answered
    assert not marks.exists(), marks.read_text()


def test_our_own_environment_is_as_it_was(monkeypatch):
    for before in (None, "", "1"):
        monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
        if before is not None:
            monkeypatch.setenv("PYTHONSAFEPATH", before)
        list(pool.map_tasks(json_length, [[1]], workers=1, limits=pool.Limits()))
        assert os.environ.get("PYTHONSAFEPATH") == before
