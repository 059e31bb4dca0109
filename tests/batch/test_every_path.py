"""Each path that is named or found ends in one line; no name and no file ends a run; nothing shown acts on a screen."""

import csv
import json
import os
import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.batch.conftest import BAD, GOOD
from tests.batch.hostile import RaisingJudge
from tests.command import Run
from tests.workbooks import saved
from zaitaku_xl import batch
from zaitaku_xl.batch import running
from zaitaku_xl.entry import screen
from zaitaku_xl.jobs import Asked, checking
from zaitaku_xl.report import Status
from zaitaku_xl.results.as_json import json_pieces
from zaitaku_xl.results.plain import Result
from zaitaku_xl.visible import file_name, in_json, path_as_text, visible

ACTING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
NAMES = {  # a name as its bytes on the disk: how it is shown
    b"\x93\xfa\x95\xf1.xlsx": "\\x93\\xfa\\x95\\xf1.xlsx",
    b"\xff.xlsx": "\\xff.xlsx",
    "日報".encode("euc-jp") + b".xlsx": "\\xc6\\xfc\\xca\\xf3.xlsx",
    b"a\nb.xlsx": "a\\x0ab.xlsx",
    b"a\rb.xlsx": "a\\x0db.xlsx",
    b"\x1b[31mred.xlsx": "\\x1b[31mred.xlsx",
    b"\x1b]0;title\x07.xlsx": "\\x1b]0;title\\x07.xlsx",
    b"bell\x07.xlsx": "bell\\x07.xlsx",
    "\u202excod.xlsx".encode(): "\\u202excod.xlsx",
    "\u2066a\u2069.xlsx".encode(): "\\u2066a\\u2069.xlsx",
    "\x9b31m.xlsx".encode(): "\\x9b31m.xlsx",
    "\u2028.xlsx".encode(): "\\u2028.xlsx",
    "ふつう の名前.xlsx".encode(): "ふつう の名前.xlsx",
}


@pytest.fixture
def named(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    good = saved(folder / "good.xlsx", GOOD | {"利用者台帳": [{"氏名": "山田 花子"}]}).read_bytes()
    (folder / "good.xlsx").unlink()
    for name in NAMES:
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(good)
    return folder


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_name_ends_a_run_and_all_are_shown_everywhere_as_text(
    jobs: int, run: Run, named: Path, tmp_path: Path
) -> None:
    outputs = ["--json", tmp_path / "a.json", "--csv", tmp_path / "a.csv", "--html", tmp_path / "a.html"]
    beside = ["--ledger", tmp_path / "a.sqlite", "--out", tmp_path / "out"]
    ran = run("check", named, *outputs, *beside, "--jobs", jobs)
    shown = sorted(NAMES.values())
    made = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert sorted(Path(file["path"]).name for file in made["files"]) == shown
    assert {(file["status"], file["copy"], file["copy_reason"]) for file in made["files"]} == {
        ("judged", "written", None)
    }
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {Path(row[0]).name for row in list(csv.reader(file))[1:]} == set(shown)
    pages = [ran.out, ran.err, *((tmp_path / f"a.{kind}").read_text("utf-8") for kind in ("json", "csv", "html"))]
    assert [ACTING.findall(page.replace("\r\n", "\n")) for page in pages] == [[]] * 5
    assert len(list((tmp_path / "out").glob("*.xlsx"))) == len(NAMES) + 1
    assert run("ledger", tmp_path / "a.sqlite").status == 0
    assert run("check", named, *beside, "--jobs", jobs).status == ran.status
    assert run("clear", tmp_path / "out", "--out", tmp_path / "cleared").status == 0


def test_a_name_typed_one_by_one_is_judged_too(run: Run, named: Path) -> None:
    for path in named.iterdir():
        (file,) = json.loads(run("check", os.fsdecode(path), "--json", "-").out)["files"]
        assert file["status"] == "judged"


# ---- one line each


def _crowded(folder: Path) -> dict[str, str]:
    """Fill a folder with everything that is no workbook; returns what each is passed over for."""
    saved(folder / "a.xlsx", BAD)
    (folder / "report.pdf").write_bytes(b"%PDF")
    (folder / ".DS_Store").write_bytes(b"x")
    (folder / "list.csv").write_bytes(b"x")
    (folder / "~$a.xlsx").write_bytes(b"owner")
    (folder / ".~lock.b.ods#").write_bytes(b"owner")
    (folder / "a.点検前.xlsx").write_bytes(b"old")
    (folder / "点検まとめ.xlsx").write_bytes(b"old")
    (folder / "点検の途中経過.sqlite").write_bytes(b"old")
    (folder / ".zaitaku_xl-0a1b2c3d-1-0a1b2c3d.tmp").write_bytes(b"half")
    (folder / "dangling.xlsx").symlink_to(folder / "nowhere.xlsx")
    (folder / "linked").symlink_to(folder.parent)
    (folder / "folder.xlsx").mkdir()
    os.mkfifo(folder / "pipe.xlsx")
    (folder / "below").mkdir()
    (folder / "below" / "memo.txt").write_bytes(b"x")
    return {
        "report.pdf": "ブック（", ".DS_Store": "ブック（", "list.csv": "CSVは", "~$a.xlsx": "開いている人",
        ".~lock.b.ods#": "開いている人", "a.点検前.xlsx": "控え", "点検まとめ.xlsx": "点検まとめ",
        "点検の途中経過.sqlite": "途中", ".zaitaku_xl-0a1b2c3d-1-0a1b2c3d.tmp": "途中", "dangling.xlsx": "リンクの先",
        "linked": "フォルダーへのリンク", "pipe.xlsx": "ふつうのファイル", "below/memo.txt": "ブック（", "folder.xlsx": "フォルダーです",
    }  # fmt: skip


def test_whatever_lies_in_a_folder_ends_in_one_line_at_every_door(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    reasons = _crowded(folder)
    ran = run("check", folder, "--out", tmp_path / "out", "--json", tmp_path / "a.json", "--html", tmp_path / "a.html")
    assert ran.status == 1  # nothing of it was named one by one
    made = json.loads((tmp_path / "a.json").read_text("utf-8"))
    told = {Path(each["path"]).relative_to(folder).as_posix(): each["reason"] for each in made["skipped"]}
    assert set(told) == set(reasons)
    assert [name for name, reason in reasons.items() if reason not in told[name]] == []
    assert [Path(file["path"]).name for file in made["files"]] == ["a.xlsx"]
    with ZipFile(tmp_path / "out" / "点検まとめ.xlsx") as package:
        summary = "".join(package.read(name).decode() for name in package.namelist() if "sheet" in name)
    page = (tmp_path / "a.html").read_text("utf-8")
    for name in reasons:
        assert ran.out.count(f"{folder}/{name}: ") == 1
        assert f"{folder}/{name}" in summary
        assert f"{folder}/{name}" in page


def test_the_folder_of_results_and_a_folder_that_may_not_be_read_have_their_lines(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(tmp_path / "a.xlsx", GOOD)
    (tmp_path / "closed").mkdir()
    saved(tmp_path / "out" / "old.xlsx", GOOD)
    real = os.scandir

    def scandir(path: Any) -> Any:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    ran = run("check", tmp_path, "--out", tmp_path / "out")
    assert ran.status == 0
    assert f"{tmp_path}/closed: 対象外です。読み取りが許されていない" in ran.out
    assert f"{tmp_path}/out: 対象外です。結果を置くフォルダー" in ran.out


@pytest.mark.parametrize(
    ("typed", "status", "says"),
    [
        ("nowhere.xlsx", 2, "見つかりません"),
        ("nothing*.xlsx", 2, "この型に合うものがありません"),
        ("empty", 2, "点検するブックが中にありません"),
        ("*.pdf", 0, "ブック（"),
        ("report.pdf", 2, "Excel"),
        ("~$a.xlsx", 2, "~$a.xlsx"),
        ("./a.xlsx", 0, ""),
        ("sub/../a.xlsx", 0, ""),
    ],
)
def test_what_is_named_beside_a_workbook_has_its_line_and_counts_where_it_was_named_itself(
    typed: str, status: int, says: str, run: Run, tmp_path: Path
) -> None:
    book = saved(tmp_path / "a.xlsx", GOOD)
    for folder in ("empty", "sub"):
        (tmp_path / folder).mkdir()
    (tmp_path / "report.pdf").write_bytes(b"%PDF")
    (tmp_path / "~$a.xlsx").write_bytes(b"owner")
    ran = run("check", book, f"{tmp_path}/{typed}", "--json", tmp_path / "a.json")
    assert ran.status == status
    assert says in ran.out + ran.err
    made = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert len(made["files"]) + len(made["skipped"]) == (1 if typed.endswith("/a.xlsx") else 2)


def test_one_file_under_two_names_is_written_to_once_in_place(run: Run, tmp_path: Path) -> None:
    book = saved(tmp_path / "a.xlsx", BAD)
    (tmp_path / "b.xlsx").symlink_to(book)
    ran = run("check", tmp_path, "--in-place", "--jobs", 2)
    assert f"{tmp_path}/b.xlsx: 対象外です。ほかの名前で指定した" in ran.out
    assert run("clear", tmp_path, "--in-place").status == 0


def test_watch_says_what_is_missing_and_what_it_passes_over(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "in" / "a.xlsx", GOOD)
    (tmp_path / "in" / "b.pdf").write_bytes(b"%PDF")
    ran = run("watch", tmp_path / "none", tmp_path / "in", "--once", "--every", 0.1, "--out", tmp_path / "out")
    assert ran.status == 2
    assert f"{tmp_path}/none がありません" in ran.err
    assert f"{tmp_path}/in/b.pdf: 対象外です" in ran.out


def test_an_anonymous_result_names_no_path_that_was_passed_over(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "a.xlsx", GOOD)
    (tmp_path / "山田花子.pdf").write_bytes(b"%PDF")
    ran = run("check", tmp_path, "--anonymise", "--json", "-")
    assert "山田花子" not in ran.out
    assert json.loads(ran.out)["skipped"][0]["path"].startswith("ファイル-")


# ---- whatever a worker meets


class _Ends(BaseException):
    pass


@pytest.mark.parametrize(
    "error", [ValueError, RecursionError, UnicodeError, AssertionError, GeneratorExit, _Ends, MemoryError]
)
def test_whatever_a_file_does_to_us_is_its_own_line(
    error: type[BaseException], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        saved(tmp_path / name, GOOD)
    real = checking.opened

    def opened(path: Path, data: bytes | None = None) -> Any:
        if path.name == "a.xlsx":
            raise error
        return real(path, data)

    monkeypatch.setattr(checking, "opened", opened)
    with batch.run(batch.find_files([str(tmp_path)]), Asked(), 0) as done:
        statuses = [result.status for result in done.results()]
    assert statuses == [Status.UNREADABLE if error is MemoryError else Status.FAILED, Status.JUDGED]


def test_a_worker_lives_on_after_what_it_could_not_answer_or_send(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("raise.xlsx", "unsendable.xlsx", "good.xlsx"):
        saved(tmp_path / name, GOOD)
    monkeypatch.setattr(running, "Judge", RaisingJudge)
    with batch.run(batch.find_files([str(tmp_path)]), Asked(), 2) as done:
        statuses = {Path(result.path).name: result.status for result in done.results()}
    assert statuses == {"good.xlsx": Status.JUDGED, "raise.xlsx": Status.FAILED, "unsendable.xlsx": Status.FAILED}


# ---- the fate of a copy


def test_a_copy_that_was_not_written_says_why_in_the_json(run: Run, tmp_path: Path) -> None:
    book = saved(tmp_path / "a.xlsx", BAD)
    (tmp_path / "out" / "a.xlsx").mkdir(parents=True)
    ran = run("check", book, "--out", tmp_path / "out", "--json", tmp_path / "a.json")
    (file,) = json.loads((tmp_path / "a.json").read_text("utf-8"))["files"]
    assert ran.status == 2
    assert (file["status"], file["reason"], file["copy"]) == ("judged", None, None)
    assert "フォルダーなので" in file["copy_reason"]
    (plain,) = json.loads(run("check", book, "--json", "-").out)["files"]
    assert (plain["copy"], plain["copy_reason"]) == (None, None)


# ---- what is shown


@given(st.text(st.characters()))
def test_nothing_shown_acts_and_json_says_the_same(text: str) -> None:
    assert not ACTING.search(visible(text))
    assert "\n" not in visible(text)
    assert not ACTING.search(visible(text, lines=True).replace("\t", ""))
    said = in_json(json.dumps({"text": text}, ensure_ascii=False))
    assert json.loads(said) == {"text": text}
    assert not ACTING.search(said)
    assert not set(file_name(text)) & set('/\\:*?"<>|\n\x1b\u202e')
    path_as_text(text).encode()


def test_a_result_with_anything_in_it_is_json() -> None:
    result = Result(path="\x9b\u202e\udc93", status=Status.FAILED, reason="\x1b[2J")
    text = "".join(json_pieces([result], [{"path": "\u2066", "reason": "\x85"}]))
    assert not ACTING.search(text)
    assert json.loads(text)["files"][0]["path"] == "\x9b\u202e\udc93"


@pytest.mark.parametrize("tell", [screen.say, screen.problem])
def test_the_screen_shows_what_would_act_on_it(tell: Any, capfd: pytest.CaptureFixture[str]) -> None:
    tell("\x1b[31m山田\n\u202e花子\x9b")
    told = capfd.readouterr()
    assert (told.out + told.err).rstrip("\n") == "\\x1b[31m山田\\x0a\\u202e花子\\x9b"


def test_a_cell_that_holds_an_escape_reaches_no_screen(run: Run, tmp_path: Path) -> None:
    name = "山田_x001B_[31m\u202e花子"
    book = saved(tmp_path / "a.xlsx", {"日報": [{"氏名": name, "日付": "2026-01-06", "提供区分": "在宅", "連絡": []}]})
    ran = run("check", book)
    assert not ACTING.search(ran.out + ran.err)
    assert "\\x1b[31m" in ran.out
