"""An output of ``check`` is one module and one line."""

import json
from pathlib import Path

from tests.batch.conftest import BAD
from tests.trials.checkout import Checkout, sample
from tests.workbooks import saved

HEADING = "出力を足す"
MODULE, LIST = "zaitaku_xl/batch/outputs/json_lines.py", "zaitaku_xl/batch/outputs/__init__.py"
# What holds for all outputs, for the JSON, for the command and for what a process loads; not browsers and printers.
TESTS = (
    "tests/batch/test_output_manners.py",
    "tests/batch/test_outputs.py",
    "tests/test_json.py",
    "tests/test_start.py",
    "tests/test_help.py",
)


def test_an_output_is_a_module_and_a_line(tmp_path: Path) -> None:
    copy = Checkout(tmp_path)
    copy.add(MODULE, sample(HEADING, MODULE))
    copy.insert(LIST, '"results_json",', sample(HEADING, LIST))

    assert "  --jsonl FILE" in copy.run("zaitaku_xl", "check", "--help")
    saved(tmp_path / "in" / "a.xlsx", BAD)
    saved(tmp_path / "in" / "b.xlsx", {"日報": False})
    copy.run("zaitaku_xl", "check", "in", "--jsonl", "a.jsonl", "--json", "a.json", status=2)
    lines = (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == json.loads((tmp_path / "a.json").read_text("utf-8"))["files"]

    copy.test(*TESTS, "-k", "not browser and not printed and not validator")
    assert copy.touched == {MODULE, LIST}
