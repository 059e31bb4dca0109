"""The bar on a terminal while files are judged: how many, how fast, how long still."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text


class _Rate(ProgressColumn):
    """How many files a second."""

    def render(self, task: Task) -> Text:
        return Text(f"毎秒{task.speed:.1f}件" if task.speed else "")


@contextmanager
def bar(count: int) -> Iterator[Callable[[], None]]:
    """Show a bar on standard error and give what moves it on by one."""
    columns = (
        TextColumn("点検中"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TextColumn("残り"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=count)
        yield lambda: shown.advance(task)
