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
        raise WrongUse("--dask には distributed が要ります。pip install 'zaitaku-xl[dask]' で入ります。") from error

    def mapped(judge: Judge, tasks: Iterable[Task]) -> Iterator[tuple[int, Answer | Lost]]:
        with _client(distributed, address) as client:
            shared = client.scatter(judge, broadcast=True)
            numbers = {client.submit(_judged, shared, task, pure=False): n for n, task in enumerate(tasks)}
            for future in distributed.as_completed(numbers):
                yield numbers[future], future.result() if future.status == "finished" else Lost.DIED
                future.release()

    return mapped


def _judged(judge: Judge, task: Task) -> Answer:
    return judge(task)


def _client(distributed: Any, address: str) -> Any:
    try:
        return distributed.Client(address, timeout=_SECONDS)
    except (OSError, ValueError) as error:
        raise WrongUse(f"Daskの {address} につながりません。アドレスを確かめてください。") from error
