"""A fresh copy of the checkout, to try in it what CONTRIBUTING promises: which files, and nothing else, make a new thing."""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from tests.tools import TOP, needs

SECONDS = 180
ROOMS = "tests/test_contracts.py::test_the_rooms_import_from_the_rooms_below_them"


class Checkout:
    """The files that git knows or would take, in a folder of their own; it remembers what was written into it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.touched: set[str] = set()
        for name in _files():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(TOP / name, folder / name)
        if (TOP / ".tools").exists():
            (folder / ".tools").symlink_to((TOP / ".tools").resolve(), target_is_directory=True)

    def add(self, path: str, text: str) -> None:
        """Lay a new file."""
        assert not (self.folder / path).exists(), f"{path} is there already"
        self._write(path, text)

    def insert(self, path: str, after: str, text: str) -> None:
        """Put *text* below the only line that begins with *after*."""
        lines = (self.folder / path).read_text(encoding="utf-8").splitlines(keepends=True)
        (place,) = [number for number, line in enumerate(lines, 1) if line.strip().startswith(after)]
        lines[place:place] = [text]
        self._write(path, "".join(lines))

    def append(self, path: str, text: str) -> None:
        """Put *text* at the end, behind as many blank lines as one leaves there."""
        blank = "\n\n" if path.endswith(".py") else "\n"
        self._write(path, (self.folder / path).read_text(encoding="utf-8") + blank + text.lstrip("\n"))

    def _write(self, path: str, text: str) -> None:
        self.touched.add(path)
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, encoding="utf-8")

    def run(self, *arguments: str, status: int = 0) -> str:
        """Run a module of Python there and return what it said; it must end as it should."""
        ran = self._ran(*arguments)
        assert ran.returncode == status, ran.stdout[-4000:] + ran.stderr[-4000:]
        return ran.stdout

    def test(self, *tests: str) -> None:
        """Run tests there, which must all pass; so must the formatter, the linter and the contract of the rooms."""
        python = sorted(path for path in self.touched if path.endswith(".py"))
        if python:
            self.run("ruff", "format", "--check", "--no-cache", *python)
            self.run("ruff", "check", "--no-cache", *python)
        self.run("pytest", "-x", "-p", "no:cacheprovider", *tests, ROOMS)

    def failures(self, *tests: str) -> list[str]:
        """Run tests there and return the names of those that fail."""
        said = self._ran("pytest", "-p", "no:cacheprovider", *tests).stdout
        return re.findall(r"^(?:FAILED|ERROR) (\S+)", said, re.MULTILINE)

    def _ran(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Without what this run of tests tells its own processes, and ended with all it started when it takes too long."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        command = [sys.executable, "-m", *arguments]
        with subprocess.Popen(
            command,
            cwd=self.folder,
            env=environment | {"PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        ) as process:
            try:
                out, err = process.communicate(timeout=SECONDS)
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
        return subprocess.CompletedProcess(command, process.returncode, out, err)


def _files() -> list[str]:
    command = [needs("git"), "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=True).stdout.split("\0")
    return [name for name in listed if name and (TOP / name).is_file()]


def sample(heading: str, path: str) -> str:
    """Return the block of CONTRIBUTING that stands below *path* in the chapter *heading*."""
    text = (TOP / "CONTRIBUTING.md").read_text(encoding="utf-8")
    chapter = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    block = re.search(rf"^`{re.escape(path)}`[^\n]*\n+```\w*\n(.*?)^```", chapter, re.MULTILINE | re.DOTALL)
    assert block, f"CONTRIBUTING shows no {path} under {heading}"
    return block[1]
