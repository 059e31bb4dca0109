"""A judge for tests that meets the worst: by the name of the file it hangs, swells or dies."""

import os
import signal
import time
from pathlib import Path

from zaitaku_xl.batch.running import Answer, Judge, Task


class HostileJudge(Judge):
    """Lives in a module of its own, so that a worker finds it."""

    __slots__ = ()

    def __call__(self, task: Task) -> Answer:
        name = task.file.path.name
        if name.startswith("kill"):
            os.kill(os.getpid(), signal.SIGKILL)
        if name.startswith("once") and not _seen(task.file.path):
            os.kill(os.getpid(), signal.SIGKILL)
        if name.startswith("hang"):
            time.sleep(600)
        if name.startswith("swell"):
            bytearray(8 << 30)
        return super().__call__(task)


def _seen(path: Path) -> bool:
    mark = path.with_suffix(".seen")
    if mark.exists():
        return True
    mark.touch()
    return False


class RaisingJudge(Judge):
    """Raises what is no error, or answers with what no pipe takes."""

    __slots__ = ()

    def __call__(self, task: Task) -> Answer:
        name = task.file.path.name
        if name.startswith("raise"):
            raise BaseExceptionGroup("of its own", [GeneratorExit()])
        if name.startswith("unsendable"):
            return super().__call__(task)._replace(rows=memoryview(b"no pipe takes this"))  # type: ignore[arg-type]
        return super().__call__(task)
