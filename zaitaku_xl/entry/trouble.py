"""Our own faults on a clerk's PC: kept in a log file for the person who helps, without names or words of a record."""

import logging
import os
import sys
import traceback
from copy import copy
from pathlib import Path
from types import TracebackType

MAX_LOG = 200_000  # bytes; a log that grew larger starts anew
_Error = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def log_file() -> Path:
    """Return where the log lies: among the user's own files, needing no rights."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Logs"
    else:
        base = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return base / "zaitaku_xl" / "zaitaku_xl.log"


class _Nameless(logging.Formatter):
    """Says where in our text it went wrong; the message of an exception stays out, for it may quote a cell."""

    def format(self, record: logging.LogRecord) -> str:
        own = copy(record)
        own.exc_text = None  # another formatter may have left the whole text of the exception there
        return super().format(own)

    def formatException(self, ei: _Error) -> str:  # noqa: N802  (as logging calls it)
        frames = traceback.extract_tb(ei[2])
        places = [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
        return "\n".join([f"  {ei[0].__name__ if ei[0] else ''}", *places])


class _File(logging.FileHandler):
    def emit(self, record: logging.LogRecord) -> None:
        path = Path(self.baseFilename)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if self.stream is None and path.exists() and path.stat().st_size > MAX_LOG:
                path.unlink()
            super().emit(record)
        except OSError:
            pass  # a full or locked disk: the sentence on the screen has to do


def keep_log() -> None:
    """Send what our modules report to the log file, once a process."""
    ours = logging.getLogger("zaitaku_xl")
    before = [handler for handler in ours.handlers if isinstance(handler, _File)]
    if [handler.baseFilename for handler in before] == [str(log_file())]:
        return
    for old in before:
        ours.removeHandler(old)
    handler = _File(log_file(), encoding="utf-8", delay=True)
    handler.setFormatter(_Nameless("%(asctime)s %(name)s %(message)s"))
    ours.addHandler(handler)
    ours.propagate = False
