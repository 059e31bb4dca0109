"""A fresh copy of the checkout, to try in it what CONTRIBUTING promises: which files, and nothing else, make a new thing."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.tools import TOP, needs

SECONDS = 180


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
        """Put *text* below the only line that reads *after*, as deep as that line where it has no depth of its own."""
        lines = (self.folder / path).read_text(encoding="utf-8").splitlines(keepends=True)
        (place,) = [number for number, line in enumerate(lines, 1) if line.strip().startswith(after)]
        lines[place:place] = [text]
        self._write(path, "".join(lines))

    def append(self, path: str, text: str) -> None:
        self._write(path, (self.folder / path).read_text(encoding="utf-8") + text)

    def _write(self, path: str, text: str) -> None:
        self.touched.add(path)
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, encoding="utf-8")

    def run(self, *arguments: str) -> str:
        """Run a module of Python there and return what it said; it must end well."""
        ran = self._ran(*arguments)
        assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-4000:]
        return ran.stdout

    def test(self, *tests: str) -> None:
        """Run tests there, which must all pass."""
        self.run("pytest", "-x", "-p", "no:cacheprovider", *tests)

    def failures(self, *tests: str) -> list[str]:
        """Run tests there and return the names of those that fail."""
        said = self._ran("pytest", "-p", "no:cacheprovider", *tests).stdout
        return re.findall(r"^(?:FAILED|ERROR) (\S+)", said, re.MULTILINE)

    def _ran(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Without what this run of tests tells its own processes."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=self.folder,
            env=environment | {"PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            timeout=SECONDS,
        )


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
