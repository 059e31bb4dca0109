"""An output: an option of `check`, and the file that is written where it is given."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from zaitaku_xl.batch.running import Run
from zaitaku_xl.batch.totals import Totals
from zaitaku_xl.hosts.writing.safe_file import putting

Target = Path | BinaryIO
"""Where an output goes: a file, a folder if it brings a name of its own, or a stream."""


@dataclass(frozen=True, slots=True)
class Material:
    """What an output is made of; *folder* is where it will lie, so that its links can be relative."""

    run: Run
    totals: Totals
    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """Made where its option is given, whole or not at all."""

    option: str
    help: str
    write: Callable[[Material, BinaryIO], None]
    days: bool = False  # needs every judged day: most do not, and they are the most of a result
    file_name: str | None = None  # in the folder that the option names
    standard_output: bool = False  # for "-"
    check_needs: Callable[[], None] | None = None  # raises before the first file is judged, not after the last

    def put(self, run: Run, totals: Totals, target: Target) -> None:
        if not isinstance(target, Path):
            self.write(Material(run, totals, Path()), target)
            return
        path = target / self.file_name if self.file_name else target
        with putting(path) as file:
            self.write(Material(run, totals, path.parent), file)
