"""xlwings imports pandas and its like wherever they are installed, which triples the time of a click. Not here."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from types import ModuleType

HEAVY = frozenset(("numpy", "pandas", "polars", "matplotlib", "PIL", "plotly", "cryptography"))


class _Absent:  # a finder by its one method: importlib.abc itself would cost a tenth of the click
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] in HEAVY:
            raise ModuleNotFoundError(fullname, name=fullname)
        return None


@contextmanager
def without_heavy_imports() -> Iterator[None]:
    """Let heavy packages look absent while something is imported; those already there stay."""
    absent = _Absent()
    sys.meta_path.insert(0, absent)
    try:
        yield
    finally:
        sys.meta_path.remove(absent)
