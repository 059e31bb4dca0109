"""An end to what takes too long in this very process: where Excel or a person waits, and no worker can be ended instead.

Only what runs as Python is stopped. A worker that may be killed (batch.pool) is the stronger guard; this one stands
wherever there is none, and a limit inside a limit counts as the outer one alone.
"""

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from zaitaku_xl.errors import Unreadable

SECONDS = 120.0
_watched = threading.local()


class _Late(BaseException):
    """Raised in the thread that took too long; nothing that catches mere exceptions may stop it."""


def took_too_long(seconds: float) -> str:
    return (
        f"点検が{seconds:g}秒で終わらないため、やめました。月ごとに分けるか、新しいブックに値だけを貼り付けてください。"
    )


@contextmanager
def within(seconds: float | None = None) -> Iterator[None]:
    """Raise Unreadable in the block once it has taken so many seconds; at its end the limit is gone."""
    seconds = SECONDS if seconds is None else seconds
    if getattr(_watched, "now", False):
        yield
        return
    watch = _Watch(threading.get_ident(), seconds)
    _watched.now = True
    try:
        with suppress(RuntimeError):  # in a browser there are no threads: there a person closes the page
            watch.start()
        yield
        watch.end()
    except _Late:
        raise Unreadable(took_too_long(seconds)) from None
    finally:
        _watched.now = False
        watch.end()


def leave_to_others() -> None:
    """Watch nothing of this thread: somebody ends its process. A watch is a thread, a twelfth of what a file takes."""
    _watched.now = True


class _Watch:
    """A timer that stops a thread, unless that has ended before: one of the two, and never both."""

    def __init__(self, thread: int, seconds: float) -> None:
        self._thread, self._ended, self._lock = thread, False, threading.Lock()
        self.timer: threading.Timer | None = threading.Timer(seconds, self._stop)
        self.timer.daemon = True

    def start(self) -> None:
        if self.timer:
            self.timer.start()

    def _stop(self) -> None:
        with self._lock:
            if not self._ended:
                self._ended = True
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._thread), ctypes.py_object(_Late))

    def end(self) -> None:
        with self._lock:
            self._ended = True
        if self.timer:
            self.timer.cancel()
            self.timer = None  # the two know each other: what was read would wait for the collector
