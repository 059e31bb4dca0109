"""Worker processes with a limit of time and of memory: a file that hangs, swells or kills its worker costs one answer.

``concurrent.futures`` gives up the whole pool when one worker dies, and cannot end a call that takes too long.
"""

import ctypes
import gc
import logging
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from itertools import count
from multiprocessing.connection import Connection, wait
from time import monotonic
from typing import Generic, TypeVar

from zaitaku_xl import children, time_limit

try:
    import resource
except ImportError:  # Windows: there the limit of time alone holds
    resource = None  # type: ignore[assignment]

Task = TypeVar("Task")
Answer = TypeVar("Answer")
_START = 30.0  # seconds a new process may take to get ready
_LEAVE = 10.0  # seconds a worker has to finish its file when the run is over
_FILES_A_COLLECTION = 16
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # as <malloc.h> numbers them


class Lost(Enum):
    """Why there is no answer."""

    TOO_LONG = "too long"
    TOO_LARGE = "too large"
    DIED = "died"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take of a worker."""

    seconds: float = 120.0
    memory: int = 3 << 30  # bytes of address space


class _Worker(Generic[Task, Answer]):
    """A process and the task it works on."""

    def __init__(self, job: Callable[[Task], Answer], limits: Limits) -> None:
        self.process, self.pipe = children.worker(_serve, job, limits.memory)
        self.task: tuple[int, Task] | None = None
        self.until = 0.0
        self.fresh = True

    def give(self, number: int, task: Task, seconds: float) -> None:
        self.task = number, task
        self.until = monotonic() + seconds + (_START if self.fresh else 0)
        self.fresh = False
        with suppress(OSError):  # a worker that is gone shows at the other end of the pipe
            self.pipe.send(task)

    def end(self) -> None:
        self.pipe.close()
        self.process.kill()
        self.process.join()


def _serve(pipe: Connection, job: Callable[[Task], Answer], memory: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Windows inherits nothing
    logging.disable(logging.CRITICAL)  # what a file holds is nobody's to log
    if resource is not None:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    _keep_freed_memory()
    time_limit.leave_to_others()
    gc.disable()  # it would walk what a file still holds; what is left in circles waits for a few files
    with suppress(EOFError, OSError):  # the parent is gone: so are we
        for number in count(1):
            _send(pipe, _answer(job, pipe.recv()))
            if number % _FILES_A_COLLECTION == 1:
                gc.collect()
                gc.freeze()  # what is remembered stays: to walk it takes 9 ms the first time, and later 3 instead of 1


def _keep_freed_memory() -> None:
    """Let the next file have the memory of the last one: glibc gives large pieces back and is given them anew, page by page."""
    with suppress(OSError, AttributeError, TypeError):  # other systems have no such function
        libc = ctypes.CDLL(None)
        libc.mallopt(_MMAP_THRESHOLD, 32 << 20)
        libc.mallopt(_TRIM_THRESHOLD, 64 << 20)


def _answer(job: Callable[[Task], Answer], task: Task) -> Answer | Lost:
    try:
        return job(task)
    except MemoryError:
        return Lost.TOO_LARGE
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001  # whatever a file does to us costs its own answer, not the worker
        return Lost.DIED


def _send(pipe: Connection, answer: object) -> None:
    """Send an answer; one that cannot be sent is none."""
    try:
        pipe.send(answer)
    except (EOFError, OSError):
        raise
    except Exception:  # noqa: BLE001  # pickle raises whatever the answer's own parts raise
        pipe.send(Lost.DIED)


def map_tasks(
    job: Callable[[Task], Answer], tasks: Iterable[Task], workers: int, limits: Limits
) -> Iterator[tuple[int, Answer | Lost]]:
    """Yield the number of each task with its answer, as they come.

    A task whose worker died is tried once more in a new one: the fault may have been another's.
    """
    waiting = enumerate(tasks)
    again: list[tuple[int, Task]] = []
    tried: set[int] = set()
    crew: dict[object, _Worker[Task, Answer]] = {}  # by the pipe, which has another class on Windows

    def busy(worker: _Worker[Task, Answer]) -> None:
        following = again.pop() if again else next(waiting, None)
        if following is None:
            worker.task = None
        else:
            worker.give(*following, limits.seconds)

    def hired() -> None:
        worker = _Worker(job, limits)
        crew[worker.pipe] = worker
        busy(worker)

    try:
        for _ in range(workers):
            hired()
        while at_work := [worker for worker in crew.values() if worker.task]:
            for pipe in wait([w.pipe for w in at_work], max(0.0, min(w.until for w in at_work) - monotonic())):
                worker = crew[pipe]
                assert worker.task
                number, task = worker.task
                try:
                    answer = worker.pipe.recv()
                except (EOFError, OSError):
                    crew.pop(pipe).end()
                    if number in tried:
                        yield number, Lost.DIED
                    else:
                        tried.add(number)
                        again.append((number, task))
                    hired()
                    continue
                busy(worker)
                yield number, answer
            for worker in [w for w in crew.values() if w.task and monotonic() > w.until and not w.pipe.poll()]:
                assert worker.task
                number = worker.task[0]
                crew.pop(worker.pipe).end()
                hired()
                yield number, Lost.TOO_LONG
    finally:
        _dismiss(list(crew.values()))


def _dismiss(crew: list[_Worker[Task, Answer]]) -> None:
    """A worker in the middle of a file may finish it, so that nothing half-written is left."""
    for worker in crew:
        worker.pipe.close()
    until = monotonic() + _LEAVE
    for worker in crew:
        worker.process.join(max(0.0, until - monotonic()))
        worker.end()
