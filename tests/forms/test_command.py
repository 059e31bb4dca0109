"""`zaitaku-xl forms` as a clerk, a script and a careless hand call it."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import tools
from tests.forms.test_official_record import blank
from tests.workbooks import saved
from zaitaku_xl.entry.cli import main

GOOD = {"日報": [{"日付": "2026-01-06", "提供区分": "在宅"}]}
BAD = {"日報": [{"日付": "2026-01-06", "提供区分": "在宅", "連絡": ["9:35 電話 開始確認 体調の確認 佐藤"]}]}
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    def called(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["zaitaku-xl", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capfdbinary.readouterr()
        return int(ended.value.code or 0), captured.out.decode(), captured.err.decode()

    return called


@pytest.mark.parametrize(
    ("tables", "status", "said"), [(GOOD, 0, "1枚作りました"), (BAD, 1, "見直し未了: 実績記録票_山田 花子")]
)
def test_the_exit_status_is_that_of_the_check(tables: dict, status: int, said: str, run: Run, tmp_path: Path) -> None:
    book = saved(tmp_path / "a.xlsx", tables)
    code, out, err = run("forms", book, "--form", "service_record", "--out", tmp_path / "out")
    assert (code, err) == (status, "")
    assert said in out
    assert "最終判断は支給決定市町村・指定権者" in out
    assert (tmp_path / "out" / "a.xlsx").exists()


def test_all_forms_go_into_the_file_itself_and_into_one_pdf(run: Run, tmp_path: Path) -> None:
    tools.needs("soffice")
    book = saved(tmp_path / "a.xlsx", GOOD)
    before = book.read_bytes()
    code, out, _ = run("forms", book, "--form", "all", "--in-place", "--pdf", "--keep-backup")
    assert code == 0
    assert (tmp_path / "a_様式.pdf").read_bytes().startswith(b"%PDF")
    assert str(tmp_path / "a_様式.pdf") in out
    kept = tmp_path / "a.点検前.xlsx"
    assert kept.read_bytes() == before
    assert (tools.validate(book), tools.lint(book)) == (tools.validate(kept), tools.lint(kept))
    run("clear", book, "--in-place")
    assert tools.same_parts(before, book.read_bytes()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "--out DIR か --in-place"),
        (["--out", "out", "--in-place"], "--out DIR か --in-place"),
        (["--out", "out", "--keep-backup"], "--in-place と一緒に"),
        (["--in-place", "--override", " "], "理由を書いてください"),
        (["--in-place", "--month", "先月"], "年月として読み取れません"),
        (["--in-place", "--client", "だれか"], "氏名か受給者証番号"),
        (["--in-place", "--month", "2025-01"], "作るものがありません"),
    ],
)
def test_wrong_use_is_refused_and_nothing_is_written(arguments: list[str], said: str, run: Run, tmp_path: Path) -> None:
    book = saved(tmp_path / "a.xlsx", GOOD)
    before = book.read_bytes()
    code, _, err = run("forms", book, "--form", "service_record", *arguments)
    assert code == 2
    assert said in err
    assert book.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx"]


def test_a_form_nobody_knows_is_answered_with_those_there_are(run: Run, tmp_path: Path) -> None:
    code, _, err = run("forms", saved(tmp_path / "a.xlsx", GOOD), "--form", "実績", "--in-place")
    assert code == 2
    assert "service_record" in err
    assert "all" in err


def test_the_folder_of_the_original_is_refused_and_a_folder_is_no_workbook(run: Run, tmp_path: Path) -> None:
    book = saved(tmp_path / "a.xlsx", GOOD)
    assert run("forms", book, "--form", "all", "--out", tmp_path)[0] == 2
    assert run("forms", tmp_path, "--form", "all", "--in-place")[0] == 2
    assert run("forms", tmp_path / "b.xlsx", "--form", "all", "--in-place")[0] == 2


def test_a_reason_stands_in_the_place_of_the_warning(run: Run, tmp_path: Path) -> None:
    book = saved(tmp_path / "a.xlsx", BAD)
    code, out, _ = run("forms", book, "--form", "service_record", "--in-place", "--override", "市の確認待ち")
    assert code == 1
    assert "見直し未了" not in out


def test_the_office_s_own_blank_is_filled_and_an_unfinished_client_is_named(run: Run, tmp_path: Path) -> None:
    form = blank(tmp_path)
    for name, tables, status in (("good", GOOD, 0), ("bad", BAD, 1)):
        book = saved(tmp_path / f"{name}.xlsx", tables)
        code, out, err = run("forms", book, "--form", "service_record", "--into", form, "--out", tmp_path / name)
        assert code == status
        assert ("様式17_山田 花子.xlsx" in out, "見直し未了のため作っていません" in err) == (not status, bool(status))
    assert [path.name for path in (tmp_path / "good").iterdir()] == ["様式17_山田 花子.xlsx"]
    assert run("forms", book, "--form", "service_record", "--into", form, "--in-place")[0] == 2


@pytest.mark.parametrize("written", ["山田 花子 様", "山田　花子さん", "山田\u200e花子"])
def test_a_client_may_be_named_as_the_clerk_writes_it(written: str, run: Run, tmp_path: Path) -> None:
    book = saved(tmp_path / "a.xlsx", GOOD)
    code, _, err = run("forms", book, "--form", "service_record", "--client", written, "--out", tmp_path / "out")
    assert code == 0, err
    assert (tmp_path / "out").is_dir()
