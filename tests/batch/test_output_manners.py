"""What holds for every output there is."""

import re
import sys
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.batch.conftest import BAD
from tests.command import Run
from tests.workbooks import saved
from zaitaku_xl import batch
from zaitaku_xl.batch import outputs
from zaitaku_xl.batch.outputs import OUTPUTS
from zaitaku_xl.batch.outputs.output import Material, Output
from zaitaku_xl.batch.outputs.writing import write_outputs
from zaitaku_xl.batch.totals import totals_of
from zaitaku_xl.errors import Unwritten
from zaitaku_xl.jobs import Asked

EVERY = pytest.mark.parametrize("output", OUTPUTS, ids=lambda output: output.option)
NOT_OUTPUTS = ("__init__.py", "output.py", "writing.py")


def written(folder: Path, output: Output, *, days: bool) -> bytes:
    target = BytesIO()
    with batch.run(batch.find_files([str(folder)]), Asked(), 0, folder=folder / f"days {days}", days=days) as run:
        output.put(run, totals_of(run.outlines()), target)
    return target.getvalue()


@EVERY
def test_its_option_is_offered_with_what_it_gives(output: Output, run: Run) -> None:
    assert re.fullmatch(r"--[a-z0-9-]+", output.option)
    line = next(line for line in run("check", "--help").out.splitlines() if f" {output.option} " in line)
    assert output.help in line
    assert not output.help.endswith("。")


@EVERY
def test_its_module_begins_with_its_option(output: Output) -> None:
    told = str(sys.modules[output.write.__module__].__doc__)
    assert told.startswith(f"{output.option}: ")


@EVERY
def test_it_says_truly_whether_it_needs_the_judged_days(output: Output, tmp_path: Path) -> None:
    saved(tmp_path / "a.xlsx", BAD)
    with_days = written(tmp_path, output, days=True)
    assert (written(tmp_path, output, days=False) == with_days) is not output.days


@EVERY
def test_what_cannot_be_written_whole_is_not_written(output: Output, tmp_path: Path) -> None:
    def breaks_off(_: Material, out: BinaryIO) -> None:
        out.write(b"half")
        raise OSError(28, "no room")

    broken = Output(option=output.option, help=output.help, write=breaks_off, file_name=output.file_name)
    saved(tmp_path / "in" / "a.xlsx", BAD)
    target = tmp_path / "new"
    with batch.run(batch.find_files([str(tmp_path / "in")]), Asked(), 0) as run, pytest.raises(Unwritten):
        broken.put(run, totals_of(run.outlines()), target)
    assert [path for path in tmp_path.rglob("*") if path.is_file() and path.parent.name != "in"] == []


def test_those_asked_for_are_written_in_the_order_of_the_tuple(tmp_path: Path) -> None:
    saved(tmp_path / "a.xlsx", BAD)
    order: list[str] = []

    class Noted(BytesIO):
        def __init__(self, option: str) -> None:
            super().__init__()
            self.option = option

        def write(self, data: object) -> int:
            if self.option not in order:
                order.append(self.option)
            return super().write(data)  # type: ignore[arg-type]

        def close(self) -> None:
            """The writer of workbooks closes what it wrote into."""

    with batch.run(batch.find_files([str(tmp_path)]), Asked(), 0, folder=tmp_path / "out") as run:
        write_outputs(run, {output: Noted(output.option) for output in reversed(OUTPUTS)})
    assert order == [output.option for output in OUTPUTS]


def test_every_module_beside_them_is_in_the_tuple() -> None:
    folder = Path(str(outputs.__file__)).parent
    modules = {path.stem for path in folder.glob("*.py") if path.name not in NOT_OUTPUTS}
    assert {output.write.__module__.rpartition(".")[2] for output in OUTPUTS} == modules
    assert len({output.option for output in OUTPUTS}) == len(OUTPUTS)
