"""The same map over files on the machines of a Dask cluster (extra ``dask``)."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from zaitaku_xl.batch.pool import Lost
from zaitaku_xl.batch.running import Answer, Judge, Mapped, Task
from zaitaku_xl.errors import WrongUse

_SECONDS = 30  # to reach the scheduler


def dask_map(address: str) -> Mapped:
    """Return a map for ``run``. Files and the output folder must be where every worker reaches them by the same path."""
    try:
        distributed = import_module("distributed")
    except ImportError as error:
        raise WrongUse("--dask には distributed が必要です。pip install 'zaitaku-xl[dask]' で入ります。") from error

    def map_tasks(judge: Judge, tasks: Iterable[Task]) -> Iterator[tuple[int, Answer | Lost]]:
        known = list(tasks)
        died = []
        with _client(distributed, address) as client:
            # The judge goes along with the map itself: what is scattered to workers dies with them.
            futures = client.map(_judged, known, judge=judge, pure=False)
            numbers = {future: number for number, future in enumerate(futures)}
            for future in distributed.as_completed(futures):
                if future.status == "finished":
                    yield numbers[future], future.result()
                else:
                    died.append(numbers[future])
                future.release()
            for number in died:  # alone: the fault may have been that of a file beside it on the same worker
                future = client.submit(_judged, known[number], judge=judge, pure=False)
                distributed.wait(future)
                yield number, future.result() if future.status == "finished" else Lost.DIED

    return map_tasks


def _judged(task: Task, judge: Judge) -> Answer:
    return judge(task)


def _client(distributed: Any, address: str) -> Any:
    try:
        return distributed.Client(address, timeout=_SECONDS)
    except (OSError, ValueError) as error:
        raise WrongUse(f"Daskの {address} につながりません。アドレスを確かめてください。") from error
