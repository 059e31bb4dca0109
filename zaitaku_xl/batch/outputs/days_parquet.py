"""--parquet: the judged days of all files, for those who analyse."""

from typing import BinaryIO

from zaitaku_xl.batch.outputs.output import Material, Output
from zaitaku_xl.batch.tables import HEADS, rows_of
from zaitaku_xl.hosts.frames import check_parquet, write_parquet


def write(material: Material, out: BinaryIO) -> None:
    rows = (row for result in material.run.results(whole=True) for row in rows_of("days", result))
    write_parquet(HEADS["days"], rows, out)


OUTPUT = Output(
    option="--parquet",
    help="日ごとの判定を分析用に書きます",
    write=write,
    days=True,
    check_needs=check_parquet,
)
