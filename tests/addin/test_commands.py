"""`zaitaku-xl addin` as a clerk and an administrator call it."""

import sys
from collections.abc import Callable

import pytest

from tests.addin.machines import Pc
from tests.workbooks import saved
from zaitaku_xl.addin import doctor, installing
from zaitaku_xl.entry.cli import main

Run = Callable[..., tuple[int, str]]
GOOD = {"日報": [{"日付": "2026-01-06", "提供区分": "在宅"}]}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    def called(*arguments: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["zaitaku-xl", "addin", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capfd.readouterr()
        return int(ended.value.code or 0), captured.out + captured.err

    return called


@pytest.fixture
def pc(tmp_path, monkeypatch) -> Pc:
    """A Windows PC in place of this one."""
    machine = Pc(tmp_path / "home").with_python()
    monkeypatch.setattr(installing, "ThisPc", lambda: machine)
    monkeypatch.setattr(doctor, "ThisPc", lambda: machine)
    monkeypatch.setattr(installing.compileall, "compile_dir", lambda *_, **__: True)
    return machine


def test_build_says_what_it_made(run, tmp_path):
    status, said = run("build", "--out", tmp_path / "out")
    assert status == 0
    made = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert made == ["xlwings_udfs.bas", "zaitaku.xlam", "zaitaku_template.xlsm"]
    assert all(name in said for name in made)


def test_attach_makes_a_copy_beside_the_workbook(run, tmp_path):
    book = saved(tmp_path / "日報.xlsx", GOOD)
    before = book.read_bytes()
    status, said = run("attach", book)
    assert (status, book.read_bytes()) == (0, before)
    assert (tmp_path / "日報.xlsm").is_file()
    assert "コンテンツの有効化" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("attach", "{book}", "--out", "{room}/b.xlsx"), ".xlsm で終わる"),
        (("attach", "{room}/ない.xlsx"), "見つかりません"),
        (("attach",), "「BOOK.xlsx」を指定してください"),
        (("install", "--exe", "{room}/ない.exe"), "ない.exe がありません"),
        (("sell",), "書き方が正しくありません"),
    ],
)
def test_wrong_use_ends_in_one_sentence_and_status_2(run, pc, tmp_path, arguments, said):
    book = saved(tmp_path / "日報.xlsx", GOOD)
    status, answer = run(*(argument.format(book=book, room=tmp_path) for argument in arguments))
    assert status == 2
    assert said in answer
    assert len(answer.strip().splitlines()) == 1


def test_installed_looked_at_and_removed(run, pc):
    assert run("doctor")[0] == 1
    assert run("install")[0] == 0
    status, said = run("doctor")
    assert (status, "動かない原因は見つかりませんでした" in said) == (0, True)
    assert run("remove")[0] == 0
    assert "設定がありません" in run("doctor")[1]


def test_the_help_is_japanese(run):
    for words in (["--help"], ["install", "--help"], ["attach", "--help"]):
        said = run(*words)[1]
        assert "使い方: zaitaku-xl addin" in said
        assert not [word for word in ("Usage", "Options", "Commands", "<path>", "{") if word in said]
