"""How another process is started: never by a bare name, and never with the current folder as a source of code.

A person stands in the folder of the files that were received. Python would take a module lying there for one of its
own, and a search for a program would begin there on Windows. Nobody else in the package starts anything.
"""

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

_SAFE = "PYTHONSAFEPATH"  # Python 3.11 and later; what a child starts in its turn inherits it


class ChildFailed(Exception):
    """The child gave no answer: it failed, could not be started, or took too long."""


# ---- Python


def answer(module: str, data: bytes, seconds: float) -> bytes:
    """Return what ``python -m module`` says to *data*; raises ChildFailed."""
    command = [sys.executable, "-P", "-m", module]
    try:
        ran = subprocess.run(command, input=data, capture_output=True, timeout=seconds, check=True, env=_environment())
    except (subprocess.SubprocessError, OSError) as error:
        raise ChildFailed from error
    return ran.stdout


def worker(serve: Callable[..., None], *arguments: object) -> tuple["BaseProcess", "Connection"]:
    """Start a process that serves at the other end of the returned pipe; not forked, so it starts clean everywhere."""
    from multiprocessing import get_context  # noqa: PLC0415 - a single file needs no worker

    spawning = get_context("spawn")
    ours, theirs = spawning.Pipe()
    process = spawning.Process(target=serve, args=(theirs, *arguments), daemon=True)
    with _safe_path(), _no_main_program(), _deaf_to_ctrl_c():
        process.start()
    theirs.close()
    return process, ours


def work_if_asked(arguments: list[str]) -> None:
    """Where the program is an .exe, a worker is that program again: do its work, and end with it."""
    if arguments[:1] == ["--multiprocessing-fork"]:
        from multiprocessing import freeze_support  # noqa: PLC0415 - a click does not need it

        freeze_support()


def _environment() -> dict[str, str]:
    return {**os.environ, _SAFE: "1"}


@contextmanager
def _safe_path() -> Iterator[None]:
    """Multiprocessing takes no environment for a worker: it inherits ours as it is at that moment."""
    before = os.environ.get(_SAFE)
    os.environ[_SAFE] = "1"
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(_SAFE, None)
        else:
            os.environ[_SAFE] = before


@contextmanager
def _no_main_program() -> Iterator[None]:
    """Let a worker start without running the program that asks again: it needs nothing of it, and may not even be guarded."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """A worker is deaf from its first moment, as it inherits this: Ctrl-C is for the parent, which lets each file be finished."""
    if threading.current_thread() is not threading.main_thread():
        yield  # nobody else may say so, and Ctrl-C reaches the main thread alone
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


# ---- other programs


def program(names: Iterable[str], places: Iterable[Path] = ()) -> Path | None:
    """Return where a program lies: by its name on PATH, the current folder left out, else in one of the usual places."""
    suffix = ".exe" if sys.platform == "win32" else ""
    folders = [Path(folder) for folder in os.get_exec_path() if os.path.isabs(folder)]
    for name in names:
        for folder in folders:
            found = shutil.which(str(folder / f"{name}{suffix}"))
            if found:
                return Path(found).resolve()
    return next((place for place in places if place.is_file()), None)


def run_program(path: Path, arguments: Iterable[str], folder: Path, seconds: float) -> int:
    """Run a program in *folder* and return its status; raises ChildFailed where it takes too long.

    It has a process group of its own, so that one that hangs ends with all it started.
    """
    if not path.is_absolute():
        raise ValueError(f"a program is started by its whole path, not as {path}")
    process = subprocess.Popen(
        [str(path), *arguments],
        cwd=folder,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        _end(process)
        raise ChildFailed from error


def _end(process: "subprocess.Popen[bytes]") -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
