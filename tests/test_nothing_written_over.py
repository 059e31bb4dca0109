"""Every output of every command goes through one gate: nothing of somebody's is written over, nothing is written elsewhere."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.batch.conftest import BAD, GOOD
from tests.command import Run
from tests.workbooks import saved
from zaitaku_xl.errors import Unwritten
from zaitaku_xl.hosts.writing import last_written, safe_file

SOMEBODYS = b"what somebody wrote"
NAMED = ("--csv", "--json", "--html", "--parquet")
FOLDERS = {  # a command that writes into a folder, by what it writes there
    "demo --out {out}": ("demo.xlsx", "demo_点検済み.xlsx", "demo_様式.xlsx"),
    "check {book} --out {out}": ("日報.xlsx", "点検まとめ.xlsx"),
    "check {book} {other} --out {out}": ("日報.xlsx", "other.xlsx", "点検まとめ.xlsx"),
    "clear {marked} --out {out}": ("marked.xlsx",),
    "forms {book} --form daily_record --out {out}": ("日報.xlsx",),
    "forms {csv} --form daily_record --out {out}": ("表_様式.xlsx",),
    "check {csv} --out {out}": ("表_点検結果.xlsx",),
    "watch {book} --once --every 0.1 --out {out}": ("日報.xlsx", "点検まとめ.xlsx"),
    "addin build --out {out}": ("zaitaku.xlam", "zaitaku_template.xlsm", "xlwings_udfs.bas"),
}


@pytest.fixture
def places(run: Run, tmp_path: Path) -> dict[str, Path]:
    book = saved(tmp_path / "in" / "日報.xlsx", BAD)
    other = saved(tmp_path / "in" / "other.xlsx", GOOD)
    table = tmp_path / "in" / "表.csv"
    table.write_text("氏名,日付,提供区分,支援記録\n山田,2026-01-06,在宅,あり\n", encoding="utf-8")
    run("check", book, "--out", tmp_path / "m")
    marked = tmp_path / "in" / "marked.xlsx"
    (tmp_path / "m" / "日報.xlsx").rename(marked)
    return {"book": book, "other": other, "csv": table, "marked": marked, "out": tmp_path / "out"}


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def _typed(command: str, places: dict[str, Path]) -> list[str]:
    return [part.format(**places) for part in command.split()]


@pytest.mark.parametrize("command", FOLDERS)
def test_what_lies_in_the_folder_is_kept_aside_and_told_whichever_command_writes(
    command: str, run: Run, places: dict[str, Path]
) -> None:
    out = places["out"]
    out.mkdir()
    for name in FOLDERS[command]:
        (out / name).write_bytes(SOMEBODYS)
    first = run(*_typed(command, places))
    made = _files(out)
    for name in FOLDERS[command]:
        kept = f"{Path(name).stem}_前の版{Path(name).suffix}"
        assert made[kept] == SOMEBODYS
        assert f"「{kept}」" in first.err
        assert made[name] != SOMEBODYS


@pytest.mark.parametrize("command", FOLDERS)
def test_what_we_wrote_and_nobody_edited_is_replaced_and_what_somebody_edited_is_kept(
    command: str, run: Run, places: dict[str, Path]
) -> None:
    out = places["out"]
    run(*_typed(command, places))
    first = set(_files(out))
    run(*_typed(command, places))
    assert set(_files(out)) == first
    for number in ("", "2"):
        for name in FOLDERS[command]:
            (out / name).write_bytes(SOMEBODYS + number.encode())
        run(*_typed(command, places))
    made = _files(out)
    for name in map(Path, FOLDERS[command]):
        assert made[f"{name.stem}_前の版{name.suffix}"] == SOMEBODYS
        assert made[f"{name.stem}_前の版2{name.suffix}"] == SOMEBODYS + b"2"


@pytest.mark.parametrize("option", NAMED)
def test_a_named_output_keeps_an_older_file_aside_once_and_its_own_never(
    option: str, run: Run, places: dict[str, Path]
) -> None:
    target = places["out"] / "結果.txt"
    target.parent.mkdir()
    target.write_bytes(SOMEBODYS)
    for _ in range(3):
        assert run("check", places["book"], option, target).status == 1
    assert sorted(_files(target.parent)) == ["結果.txt", "結果_前の版.txt"]
    assert target.with_name("結果_前の版.txt").read_bytes() == SOMEBODYS


def _named_otherwise(kind: str, places: dict[str, Path]) -> Path | str:
    """A place that no named output may be, reached by one of many ways."""
    book, folder = places["book"], places["book"].parent
    made = folder / "another.txt"
    match kind:
        case "the input":
            return book
        case "the input by a way round":
            return f"{folder}/../in/./日報.xlsx"
        case "a link to the input":
            made.symlink_to(book)
        case "a second name of the input":
            os.link(book, made)
        case "a workbook under another name":
            made.write_bytes(places["other"].read_bytes())
        case "half a workbook":
            made.write_bytes(places["other"].read_bytes()[:900])
        case "a workbook that is not there yet":
            return folder / "new.xlsx"
        case "a protected workbook":
            made.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
        case "a folder":
            made.mkdir()
        case "a pipe":
            os.mkfifo(made)
        case "a device":
            return Path("/dev/null")
        case "a link to elsewhere":
            made.symlink_to(folder.parent / "elsewhere.txt")
        case "the state of a run":
            return folder / "点検の途中経過.sqlite"
        case "a claim file":
            return places["csv"]
    return made


@pytest.mark.parametrize("option", [*NAMED, "--ledger"])
@pytest.mark.parametrize(
    "kind",
    [
        "the input", "the input by a way round", "a link to the input", "a second name of the input",
        "a workbook under another name", "half a workbook", "a workbook that is not there yet", "a protected workbook",
        "a folder", "a pipe", "a device", "a link to elsewhere", "the state of a run", "a claim file",
    ],
)  # fmt: skip
def test_a_named_output_is_refused_where_it_may_not_lie_and_nothing_changes(
    option: str, kind: str, run: Run, places: dict[str, Path]
) -> None:
    target = _named_otherwise(kind, places)
    beside = ["--j611", places["csv"]] if kind == "a claim file" else []
    before = _files_but_pipes(places["book"].parent)
    ran = run("check", places["book"], option, target, *beside)
    assert ran.status == 2
    assert ran.out == ""
    assert "別の名前" in ran.err
    assert _files_but_pipes(places["book"].parent) == before
    assert not (places["book"].parent.parent / "elsewhere.txt").exists()


def _files_but_pipes(folder: Path) -> dict[str, bytes | None]:
    return {path.name: path.read_bytes() if path.is_file() else None for path in sorted(folder.iterdir())}


def test_two_outputs_are_not_given_one_name(run: Run, places: dict[str, Path], tmp_path: Path) -> None:
    for one, other in (("a.txt", "a.txt"), ("a.txt", "./a.txt"), ("a.txt", "A.txt")):
        ran = run("check", places["book"], "--csv", tmp_path / one, "--json", f"{tmp_path}/{other}")
        assert ran.status == 2
        assert "同じファイル" in ran.err
    assert run("check", places["book"], "--csv", tmp_path / "k", "--anonymise", "--key", tmp_path / "k").status == 2
    assert not (tmp_path / "k").exists()


# ---- nowhere else


@pytest.mark.parametrize("name", ["日報.xlsx", "点検まとめ.xlsx", "点検の途中経過.sqlite"])
def test_a_link_in_the_output_folder_leads_no_copy_out_of_it(name: str, run: Run, places: dict[str, Path]) -> None:
    out, elsewhere = places["out"], places["out"].with_name("elsewhere")
    out.mkdir()
    elsewhere.write_bytes(SOMEBODYS)
    (out / name).symlink_to(elsewhere)
    assert run("check", places["book"], places["other"], "--out", out).status == 2
    assert elsewhere.read_bytes() == SOMEBODYS
    assert (out / name).is_symlink()


def test_in_place_on_a_folder_follows_no_link_out_of_it_and_says_so(run: Run, places: dict[str, Path]) -> None:
    outside = saved(places["out"] / "outside.xlsx", BAD)
    before = outside.read_bytes()
    (places["book"].parent / "link.xlsx").symlink_to(outside)
    for command in ("check", "clear"):
        ran = run(command, places["book"].parent, "--in-place")
        assert "link.xlsx: 対象外です。フォルダーの外へのリンク" in ran.out
        assert outside.read_bytes() == before


def test_one_file_leaves_no_state_of_a_run(run: Run, places: dict[str, Path]) -> None:
    run("check", places["book"], "--out", places["out"])
    assert sorted(_files(places["out"])) == ["日報.xlsx", "点検まとめ.xlsx"]


def test_without_a_place_for_our_memory_one_file_too_many_is_kept(
    run: Run, places: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = places["out"].with_name("nowhere")
    nowhere.write_bytes(b"a file, no folder")
    monkeypatch.setenv(last_written.OVERRIDE, str(nowhere))
    for _ in range(2):
        run("check", places["book"], "--csv", places["out"] / "a.csv")
    run("check", places["other"], "--csv", places["out"] / "a.csv")
    assert sorted(_files(places["out"])) == ["a.csv", "a_前の版.csv"]


def test_the_memory_holds_no_name(
    run: Run, places: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(last_written.OVERRIDE, str(tmp_path / "state"))
    run("check", places["book"], "--csv", tmp_path / "山田花子.csv")
    (kept,) = (path for path in (tmp_path / "state").rglob("*") if path.is_file())
    assert not set(f"{kept.name}{kept.read_text('utf-8')}") - set("0123456789abcdef\n")


# ---- private stays private


@contextmanager
def _mask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("mask", [0o077, 0o027, 0o022, 0o002])
def test_every_output_honours_the_mask_and_a_copy_is_no_more_open_than_its_original(
    mask: int, run: Run, places: dict[str, Path]
) -> None:
    out = places["out"]
    outputs = ["--csv", out / "a.csv", "--json", out / "a.json", "--html", out / "a.html"]
    with _mask(mask):
        for original in (0o600, 0o640, 0o644):
            places["book"].chmod(original)
            run("check", places["book"], "--out", out, *outputs)
            assert _mode(out / "日報.xlsx") & ~original == 0
            assert _mode(out / "日報.xlsx") & mask == 0
            run("forms", places["book"], "--form", "daily_record", "--out", out / "forms")
            assert _mode(out / "forms" / "日報.xlsx") & ~original & 0o777 == 0
        for name in ("a.csv", "a.json", "a.html", "点検まとめ.xlsx"):
            assert _mode(out / name) == 0o666 & ~mask
        run("check", places["book"], "--anonymise", "--key", out / "key", "--csv", out / "b.csv")
    assert _mode(out / "key") == 0o600


# ---- what a killed run left


_DIES = """
import os, sys
from pathlib import Path
from zaitaku_xl.hosts.writing import safe_file
with safe_file.passing_folder() as room:
    (room / "rows").write_text("names")
    safe_file._written_beside(Path(sys.argv[1]), b"half", 0o600)
    print(room, flush=True)
    os._exit(9)
"""


def test_what_a_killed_run_left_goes_with_the_next_one_and_a_living_ones_stays(tmp_path: Path) -> None:
    ours = safe_file._created(tmp_path, 0o600)
    os.close(ours[0])
    told = subprocess.run([sys.executable, "-c", _DIES, tmp_path / "a.csv"], capture_output=True, text=True, timeout=60)
    room = Path(told.stdout.strip())
    assert room.is_dir()
    assert len(list(tmp_path.iterdir())) == 2
    safe_file._swept.clear()
    safe_file.put(tmp_path / "b.csv", b"whole")
    with safe_file.passing_folder() as living:
        assert not room.exists()
        with safe_file.passing_folder():
            assert living.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["b.csv", ours[1].name])


def test_a_failure_while_the_name_changes_leaves_the_old_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.csv"
    target.write_bytes(SOMEBODYS)

    def fails(*_: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(Unwritten):
        safe_file.put(target, b"new")
    assert _files(tmp_path) == {"a.csv": SOMEBODYS}


def test_a_page_is_known_as_ours_where_nothing_is_known_of_our_writing(
    run: Run, places: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = places["out"] / "a.html"
    run("check", places["book"], "--html", page)
    monkeypatch.setenv(last_written.OVERRIDE, str(places["out"] / "another PC"))
    run("check", places["book"], places["other"], "--html", page)
    assert [path.name for path in places["out"].glob("*.html")] == ["a.html"]


@pytest.mark.parametrize(
    "edit",
    [
        lambda data: data.replace("点検まとめ".encode(), "青木のまとめ".encode(), 1),
        lambda data: data + b"\n",
        lambda data: data + "<!-- 確認済み -->\n".encode(),
        lambda data: data[:-2],
        lambda data: data.rpartition(b"<!--")[0],
        lambda data: data[:10] + data[11:],
        lambda data: data[-90:],
        lambda data: data.replace(b"\n", b"\r\n"),
    ],
)
def test_a_page_that_somebody_edited_is_not(edit: Callable[[bytes], bytes], run: Run, places: dict[str, Path]) -> None:
    page = places["out"] / "a.html"
    run("check", places["book"], "--html", page)
    edited = edit(page.read_bytes())
    page.write_bytes(edited)
    run("check", places["book"], places["other"], "--html", page)
    assert (places["out"] / "a_前の版.html").read_bytes() == edited
