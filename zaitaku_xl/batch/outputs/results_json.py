"""--json: all that is known of each file, for other programs."""

from typing import BinaryIO

from zaitaku_xl.batch.outputs.output import Material, Output
from zaitaku_xl.results.as_json import json_pieces


def write(material: Material, out: BinaryIO) -> None:
    run = material.run
    skipped = [{"path": each.path, "reason": each.reason} for each in run.skipped]
    for piece in json_pieces(run.as_judged(), skipped, run.as_of):
        out.write(piece.encode())


OUTPUT = Output(
    option="--json",
    help="結果をJSONで書きます（- は標準出力）",
    write=write,
    days=True,
    standard_output=True,
)
