"""LibreOffice may crash under a test: that is told, and the next test gets another."""

import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.engine.office import Office
from tests.engine.program import App


def sockets() -> set[str]:
    return {fd for fd in os.listdir("/proc/self/fd") if Path(f"/proc/self/fd/{fd}").is_socket()}


def crashed(app: App, _: set[str]) -> None:
    os.kill(app.pid, signal.SIGKILL)
    app.office._process.wait()


def cut_off(_: App, pipe: set[str]) -> None:
    with socket.socket(fileno=os.dup(int(*pipe))) as ours:
        ours.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def before() -> set[str]:
    return sockets()


@pytest.fixture
def app(before: set[str]) -> Iterator[App]:
    app = App(Office())
    yield app
    app.office.stop()


@pytest.mark.parametrize(("lose", "said"), [(crashed, "ended with -9"), (cut_off, "its pipe is closed")])
def test_a_lost_program_says_how_and_another_takes_its_place(
    app: App, before: set[str], lose: Callable[[App, set[str]], None], said: str
) -> None:
    app.books.add()
    assert app.office.lost() is None
    first = app.pid
    lose(app, sockets() - before)
    assert said in str(app.office.lost())
    assert len(app.books.add().sheets) == 1
    assert app.office.lost() is None
    assert app.pid != first
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


@pytest.mark.parametrize(("lost", "told"), [("LibreOffice ended with -6", 1), (None, 0)])
def test_only_a_failure_with_a_lost_program_is_written_down(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, lost: str | None, told: int
) -> None:
    apps = [SimpleNamespace(office=SimpleNamespace(lost=lambda: lost))]
    monkeypatch.setitem(sys.modules, "tests.engine.program", SimpleNamespace(ENGINE=SimpleNamespace(apps=apps)))
    monkeypatch.setenv("ZAITAKU_OFFICE_LOST", str(pytester.path / "lost"))
    pytester.makeconftest("pytest_plugins = ['tests.engine.fixtures']")
    pytester.makepyfile("def test_good(): pass\ndef test_bad(): assert 0")
    pytester.runpytest("-p", "no:cacheprovider").assert_outcomes(passed=1, failed=1)
    lines = (pytester.path / "lost").read_text().splitlines()
    assert [line.partition("::")[2] for line in lines] == ["test_bad: LibreOffice ended with -6"] * told
