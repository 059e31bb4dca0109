"""Rows as pandas frames and as Parquet. pandas is loaded when somebody analyses, never before."""

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from zaitaku_xl.errors import WrongUse

if TYPE_CHECKING:
    import pandas as pd

_AT_ONCE = 50_000  # rows in memory while a file is written
_DAYS = frozenset(("date", "period_start", "period_end", "since"))
_COUNTS = frozenset(
    ("row", "home_days", "billable", "not_billable", "check", "block", "undecided", "addition", "fix", "advise")
)

Rows = Iterable[tuple[Any, ...]]


def frame(columns: Sequence[str], rows: Rows) -> "pd.DataFrame":
    """Return the rows as a frame: days as dates, counts as whole numbers that may be missing, the rest as text."""
    pandas = _needed("pandas")
    made = pandas.DataFrame(list(rows), columns=list(columns))
    for column in columns:
        if column in _DAYS:
            made[column] = pandas.to_datetime(made[column]).astype("datetime64[s]")
        else:
            made[column] = made[column].astype("Int64" if column in _COUNTS else "string")
    return made  # type: ignore[no-any-return]


def check_parquet() -> None:
    """Raise WrongUse where a package is missing that Parquet needs."""
    for module in ("pandas", "pyarrow", "pyarrow.parquet"):
        _needed(module)


def write_parquet(columns: Sequence[str], rows: Rows, out: BinaryIO) -> None:
    """Write the rows in pieces, so that their number does not matter."""
    arrow, parquet = _needed("pyarrow"), _needed("pyarrow.parquet")
    writer = None
    for some in _pieces(rows):
        table = arrow.Table.from_pandas(frame(columns, some), preserve_index=False).replace_schema_metadata(None)
        if writer is None:
            writer = parquet.ParquetWriter(out, table.schema, compression="zstd")
        writer.write_table(table.cast(writer.schema))
    if writer is not None:
        writer.close()


def _pieces(rows: Rows) -> Iterator[list[tuple[Any, ...]]]:
    following = iter(rows)
    while some := list(islice(following, _AT_ONCE)):
        yield some


def _needed(module: str) -> Any:
    try:
        return import_module(module)
    except ImportError as error:
        name = module.partition(".")[0]
        raise WrongUse(f"この形には {name} が必要です。pip install 'zaitaku-xl[analysis]' で入ります。") from error
