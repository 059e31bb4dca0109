"""The lines of the macros given to Wine's cmd.exe and to xlwings' real DLL: no name of a workbook does anything there.

Asked for by ZAITAKU_WINE=1, as the program is; only Python for Windows is laid out, nothing is built.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.addin.excel import Excel
from tests.addin.names import NAMES
from tests.frozen.wine import Windows, prepared

if not (os.environ.get("ZAITAKU_WINE") and shutil.which("wine")):
    pytest.skip("任意の検査（Wineの上のcmd.exe）。ZAITAKU_WINE=1 と wine があれば行います", allow_module_level=True)

CODE = "from zaitaku_xl.entry import ribbon; ribbon.run('why')"
TELLS = (
    "import sys; from zaitaku_xl.hosts.live.calling import name_in; "
    "print(ascii([name_in(each[7:]) for each in sys.argv if each.startswith('--book=')]))"
)
# As xlwings' own text puts it together for an add-in, which escapes & alone.
BEFORE = (
    r'cmd.exe /C Z: & cd "{folder}" & "{python}" -B -c "import xlwings.utils;xlwings.utils.prepare_sys_path'
    r'(\"false;C:\\{escaped};C:\\{escaped};;;;\"); pass"  --wb="{name}" --from_xl=1 2> "{log}" '
)


@pytest.fixture(scope="module")
def windows() -> Iterator[Windows]:
    with tempfile.TemporaryDirectory(prefix="zaitaku_xl-") as room:
        Path(room).chmod(0o755)
        yield prepared(Path(room))


@pytest.fixture
def current(windows: Windows) -> Iterator[Path]:
    """The folder that Excel stands in: that of the received workbooks, with a Python and a shell of theirs."""
    folder = windows.room / "received"
    folder.mkdir()
    for name in ("xlwings.py", "zaitaku_xl.py", "json.py", "encodings.py", "sitecustomize.py"):
        (folder / name).write_text("import os\nos.mkdir('pwned')\n")
    for name in ("cmd.bat", "python.bat"):
        (folder / name).write_text("mkdir pwned\r\n")
    for name in ("python.exe", "pythonw.exe", "cmd.exe"):
        (folder / name).write_bytes(b"MZ no program")
    windows.hand_over()
    yield folder
    shutil.rmtree(folder)


def on_windows(path: Path) -> str:
    return "Z:" + str(path).replace("/", "\\")


def said(windows: Windows, lines: list[str], folder: Path) -> list[str]:
    """Return what each line printed, run in *folder*."""
    client = Path(shutil.copy(Path(__file__).with_name("shell_client.py"), windows.room))
    told = windows.room / "lines.json"
    told.write_text(json.dumps(lines), encoding="utf-8")
    windows.hand_over()
    ran = windows.run(windows.python, client.name, told.name, on_windows(folder))
    assert ran.returncode == 0, ran.stderr.decode("utf-8", "replace")
    answers: list[str] = json.loads(ran.stdout.decode("utf-8").splitlines()[-1])
    return answers


def excel_of(windows: Windows) -> Excel:
    return Excel(settings={"INTERPRETER_WIN": on_windows(windows.python)}, temp=on_windows(windows.room))


def test_the_shell_does_nothing_that_a_name_says_and_python_learns_the_name(windows, current):
    excel = excel_of(windows)
    for name in NAMES:
        excel.name, excel.folder = name, rf"C:\{name}"
        excel.click("why")
    before = sorted(path.name for path in current.iterdir())
    answers = said(windows, [line.replace(CODE, TELLS) for line in excel.lines], current)
    assert [answer.strip() for answer in answers] == [ascii([name]) for name in NAMES]
    assert sorted(path.name for path in current.iterdir()) == before
    assert not list(windows.room.rglob("pwned"))


def test_the_shell_would_do_it(windows, current):
    """What the test above looks for is seen where a name stands in the line."""
    name = "a^&mkdir pwned .xlsx"
    line = BEFORE.format(
        folder=on_windows(current),
        python=on_windows(windows.python),
        escaped=name.replace("&", "^&"),
        name=name,
        log=on_windows(windows.room / "log"),
    )
    said(windows, [line], current)
    assert (current / "pwned").is_dir()


def test_the_real_dll_starts_the_line_of_formulas_in_that_folder(windows, current):
    client = shutil.copy(Path(__file__).with_name("formula_client.py"), windows.room)
    line = excel_of(windows).formula_line()
    (windows.room / "line.txt").write_text(line, encoding="utf-8")
    windows.hand_over()
    arguments = [on_windows(windows.python.parent), on_windows(windows.room / "line.txt")]
    asked = ["zaitaku_xl.entry.udfs", "ZAITAKU_WAREKI", "2026-01-05"]
    ran = windows.run(windows.python, on_windows(Path(client)), *arguments, *asked, cwd=current)
    answer = (ran.stdout + ran.stderr).decode("utf-8", "replace")
    assert (ran.returncode, answer.strip().splitlines()[-1:]) == (0, ["令和8年1月5日"]), answer
    assert not list(windows.room.rglob("pwned"))
