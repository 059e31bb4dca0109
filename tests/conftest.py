"""With ZAITAKU_REQUIRE_ALL set, a test that skips for a missing program fails: nothing goes unproved unseen.

There the drawn examples are the same in every run, so that a red run means a change; at a desk each run draws anew.
"""

import os
import sys
from collections.abc import Generator

import pytest
from hypothesis import settings

from tests.command import Ran, Run
from tests.tools import MISSING
from zaitaku_xl.entry.cli import main

pytest_plugins = ["pytester", "tests.engine.fixtures"]
settings.register_profile("same every time", derandomize=True)
if os.environ.get("ZAITAKU_REQUIRE_ALL"):
    settings.load_profile("same every time")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Japanese stays readable in the name of a test; what no terminal can show is escaped.

    Bytes are not shown: those of a workbook hold the time it was made, and each worker would name the test otherwise.
    """
    if isinstance(val, bytes):
        return "bytes"
    if isinstance(val, str) and not val.isprintable():
        return val.encode("unicode_escape").decode("ascii")
    return None


def refuse_missing_program(report: pytest.TestReport | pytest.CollectReport) -> None:
    reason = report.longrepr[2] if report.skipped and isinstance(report.longrepr, tuple) else ""
    if MISSING in reason and os.environ.get("ZAITAKU_REQUIRE_ALL"):
        report.outcome = "failed"
        report.longrepr = reason.removeprefix("Skipped: ")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    refuse_missing_program(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    refuse_missing_program(report)
    return report


@pytest.fixture(scope="session", autouse=True)
def _own_state(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What we last wrote where is nobody's but this session's; our children inherit it."""
    os.environ["ZAITAKU_XL_STATE"] = str(tmp_path_factory.mktemp("state"))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """The command, called in this process."""

    def called(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["zaitaku-xl", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capfdbinary.readouterr()
        code = ended.value.code
        return Ran(code if isinstance(code, int) else 0, captured.out.decode(), captured.err.decode())

    return called
