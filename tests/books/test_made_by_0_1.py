"""What version 0.1 left with its users is cleared, verified and opened as before; tests/books/make_0_1.py says how it was made."""

import html
import json
import os
import shutil
from pathlib import Path

import pytest

from tests.command import Run
from tests.package.package_bases import unzipped
from tests.tools import same_parts

CORPUS = Path(__file__).parent / "made_by_0_1"
LAID, SAVERS = ("marked", "sealed", "forms"), ("libreoffice", "openpyxl", "gnumeric")
BOOKS = sorted(path.stem for path in (CORPUS / "original").iterdir())
OURS = ("【在宅点検】", "照合番号", "zaitaku_xl:", "様式の控え", "支援の連絡が")


@pytest.fixture
def left(tmp_path: Path) -> Path:
    shutil.copytree(CORPUS, tmp_path / "left")
    return tmp_path / "left"


@pytest.mark.parametrize("book", BOOKS)
@pytest.mark.parametrize("laid", LAID)
def test_what_nobody_saved_since_goes_back_byte_for_byte(laid: str, book: str, run: Run, left: Path) -> None:
    assert run("clear", left / laid / f"{book}.xlsx", "--in-place").status == 0
    assert (
        same_parts((left / "original" / f"{book}.xlsx").read_bytes(), (left / laid / f"{book}.xlsx").read_bytes()) == []
    )


def test_forms_on_top_of_marks_go_together(run: Run, left: Path) -> None:
    path = left / "marked_with_forms" / "plain.xlsx"
    run("clear", path, "--in-place")
    assert same_parts((left / "original" / "plain.xlsx").read_bytes(), path.read_bytes()) == []


@pytest.mark.parametrize("saver", SAVERS)
@pytest.mark.parametrize("laid", LAID)
def test_what_another_program_saved_is_cleared_and_nobody_is_said_to_have_edited_it(
    laid: str, saver: str, run: Run, left: Path
) -> None:
    path = left / f"{laid}_{saver}" / "plain.xlsx"
    told = run("clear", path, "--in-place")
    assert (told.status, "手で直され" in told.out) == (0, False)
    for name, part in unzipped(path.read_bytes()).items():
        text = html.unescape(part.decode("utf-8", "replace"))
        assert not [word for word in OURS if word in text], name


def test_a_list_of_results_somebody_wrote_on_stays_and_is_named(run: Run, left: Path) -> None:
    told = run("clear", left / "marked_edited" / "plain.xlsx", "--in-place")
    assert (told.status, "「点検結果」は手で直されているため残しました" in told.out) == (0, True)


@pytest.mark.parametrize(
    "folder", ["marked", "sealed", "forms", "marked_with_forms", *(f"{laid}_{by}" for laid in LAID for by in SAVERS)]
)
def test_what_it_marked_is_judged_as_the_original_is(folder: str, run: Run, left: Path) -> None:
    told = [run("check", left / where / "plain.xlsx", "--json", "-").out for where in ("original", folder)]
    days = [[(day["date"], day["verdict"]) for day in json.loads(text)["files"][0]["days"]] for text in told]
    assert days[0] == days[1]
    assert days[0]


@pytest.mark.parametrize(
    "path", sorted(CORPUS.glob("sealed*/*.xlsx")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_its_seals_hold_and_say_how_old_they_are(path: Path, run: Run) -> None:
    told = run("verify", path)
    assert told.status == 0
    assert "以前の版で" in told.out


def test_its_ledger_knows_what_came(run: Run, left: Path) -> None:
    ledger = left / "ledger" / "受付簿.sqlite"
    told = run("ledger", ledger)
    assert (told.status, "おか作業所" in told.out, "みなと作業所" in told.out) == (1, True, True)
    again = run("check", left / "ledger" / "second.xlsx", "--ledger", ledger)
    assert "1件は、すでに受け付けた同じファイルです" in again.out
    third = shutil.copy(left / "half" / "in" / "b.xlsx", left / "ledger" / "third.xlsx")
    assert "みなと作業所" in run("check", third, "--ledger", ledger).out


def test_its_half_run_goes_on(run: Run, left: Path) -> None:
    names = [sorted(path.name for path in (left / "half" / way).glob("*.xlsx")) for way in ("in", "out")]
    assert names == [["a.xlsx", "b.xlsx", "c.xlsx"], ["a.xlsx", "b.xlsx"]]
    told = run("check", left / "half" / "in", "--out", left / "half" / "out")
    assert (told.status, "点検できたもの 3件" in told.out) == (1, True)
    made = {path.name for path in (left / "half" / "out").iterdir()}
    assert {"a.xlsx", "b.xlsx", "c.xlsx", "点検まとめ.xlsx"} <= made


def test_the_corpus_is_small() -> None:
    assert sum(os.path.getsize(path) for path in CORPUS.rglob("*") if path.is_file()) < 1_500_000
