"""A trial of the program from outside, bounded in time and memory: the command in a process of its own, and what came of it."""

import io
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.workbooks import saved

SECONDS, MEGABYTES = 60, 3000
GOOD = {"日報": [{"日付": "2026-01-06", "提供区分": "在宅"}, {"日付": "2026-01-07", "提供区分": "在宅"}]}
BAD = {"日報": [{"日付": "2026-01-06", "提供区分": "在宅", "連絡": []}, {"日付": "2026-01-07", "提供区分": "在宅"}]}

HELD = ""
"""What an attack gives back where nothing got through; else a sentence."""


@dataclass(frozen=True, kw_only=True)
class Try:
    """One variant of a kind: given an empty folder, it says what got through."""

    name: str
    attack: Callable[[Path], str]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One kind of the table: how many variants there are is for the reader to see."""

    id: str
    title: str
    tries: Callable[[], Iterable[Try]]
    slow: bool = False  # its small form is a variant or two


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a command ended; ``status`` is negative for a signal, as of one that was stopped for taking too long."""

    status: int
    out: str
    err: str
    seconds: float  # of processor, its children included
    too_long: bool = False

    @property
    def told(self) -> str:
        return self.out + self.err

    @property
    def fault(self) -> str:
        """What no command may do, whatever it is given."""
        if self.too_long:
            return "no answer in time"
        if "Traceback" in self.told:
            return "a traceback"
        if self.status not in (0, 1, 2):
            return f"ended with {self.status}"
        return HELD


@dataclass
class Office:
    """A folder with a good workbook, in which a person stands."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    umask: int | None = None

    def run(self, *arguments: object, seconds: int = SECONDS) -> Ended:
        return command(*arguments, folder=self.folder, seconds=seconds, environment=self.environment, umask=self.umask)

    def book(self, name: str = "日報.xlsx", tables: Mapping[str, object] | None = None) -> Path:
        return saved(self.folder / name, GOOD if tables is None else tables)


def command(
    *arguments: object,
    folder: Path,
    seconds: int = SECONDS,
    environment: Mapping[str, str] | None = None,
    umask: int | None = None,
) -> Ended:
    """Run the command as it is typed. A fork of this process is soon there, and dies of what the attack does alone."""
    out, err = (tempfile.TemporaryFile() for _ in range(2))  # noqa: SIM115 - closed once they are read
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        _be_the_command(
            [os.fspath(a) if isinstance(a, Path) else str(a) for a in arguments], folder, out, err, environment, umask
        )
    status, usage, too_long = _waited(child, seconds)
    told = []
    for file in (out, err):
        file.seek(0)
        told.append(file.read().decode("utf-8", "backslashreplace"))
        file.close()
    return Ended(
        status=os.waitstatus_to_exitcode(status),
        out=told[0],
        err=told[1],
        seconds=usage.ru_utime + usage.ru_stime,
        too_long=too_long,
    )


def _waited(child: int, seconds: int) -> tuple[int, resource.struct_rusage, bool]:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        ended, status, usage = os.wait4(child, os.WNOHANG)
        if ended:
            return status, usage, False
        time.sleep(0.01)
    os.killpg(child, signal.SIGKILL)
    _, status, usage = os.wait4(child, 0)
    return status, usage, True


def _be_the_command(arguments, folder, out, err, environment, umask):
    status = 70
    try:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_DATA, (MEGABYTES << 20, MEGABYTES << 20))
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        sys.stdout = io.TextIOWrapper(os.fdopen(1, "wb", closefd=False), encoding="utf-8", line_buffering=True)
        sys.stderr = io.TextIOWrapper(os.fdopen(2, "wb", closefd=False), encoding="utf-8", errors="backslashreplace")
        os.environ.update(environment or {})
        if umask is not None:
            os.umask(umask)
        os.chdir(folder)
        sys.argv = ["zaitaku-xl", *arguments]
        status = _status()
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:  # noqa: BLE001 - whatever it is, this process is the child and ends here
        import traceback

        os.write(2, traceback.format_exc().encode("utf-8", "backslashreplace"))
    finally:
        os._exit(status)


def _status() -> int:
    from zaitaku_xl.entry.cli import main

    try:
        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0
