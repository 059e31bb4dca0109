"""A workbook that is written in place: nothing is lost whoever has it open, whatever fails, wherever it stops."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.tools import same_parts
from tests.workbooks import workbook
from zaitaku_xl import batch
from zaitaku_xl.errors import Unwritten
from zaitaku_xl.hosts.book import Marked
from zaitaku_xl.hosts.closed_book import ClosedBook
from zaitaku_xl.hosts.writing import safe_file
from zaitaku_xl.jobs import Asked, check_file, clear_file

ONE_CONTACT = ["9:35 電話 開始確認 体調の確認 佐藤"]
FAULTY = {"日報": [{"日付": "2026-01-06", "提供区分": "在宅", "連絡": ONE_CONTACT}]}
TOP = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def content() -> bytes:
    return workbook(FAULTY)


@pytest.fixture(scope="module")
def content_marked(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("marked")
    (folder / "日報.xlsx").write_bytes(content)
    check_file(folder / "日報.xlsx", "日報.xlsx", Asked(), folder / "out.xlsx")
    return (folder / "out.xlsx").read_bytes()


@pytest.fixture
def book(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "日報.xlsx"
    path.write_bytes(content)
    return path


def _in_place(path: Path, *, keep: bool = False) -> tuple[bool, str]:
    outcome = check_file(path, path.name, Asked(), path, keep_backup=keep)
    assert outcome.report is not None
    return outcome.written is not None, " ".join(outcome.remarks)


def _names(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())


# ---- as it should go


def test_the_old_file_is_gone_once_the_new_one_is_proven(book: Path, content_marked: bytes) -> None:
    assert _in_place(book) == (True, "")
    assert book.read_bytes() == content_marked
    assert _names(book) == ["日報.xlsx"]


def test_keep_backup_leaves_the_old_file_beside_and_says_so(book: Path, content: bytes) -> None:
    assert _in_place(book, keep=True) == (True, "書き込む前のブックは「日報.点検前.xlsx」に残しました。")
    assert book.with_name("日報.点検前.xlsx").read_bytes() == content
    assert _names(book) == ["日報.xlsx", "日報.点検前.xlsx"]


def test_an_older_backup_is_never_written_over(book: Path, content: bytes, content_marked: bytes) -> None:
    _in_place(book, keep=True)
    clear_file(book, book, keep_backup=True)
    assert book.with_name("日報.点検前.xlsx").read_bytes() == content
    assert book.with_name("日報.点検前2.xlsx").read_bytes() == content_marked
    assert same_parts(book.read_bytes(), content) == []


def test_a_check_that_changes_nothing_leaves_no_backup(book: Path) -> None:
    _in_place(book)
    assert _in_place(book, keep=True) == (True, "")
    assert _names(book) == ["日報.xlsx"]


def test_who_may_read_the_file_stays_as_it_was(book: Path) -> None:
    book.chmod(0o640)
    _in_place(book)
    assert book.stat().st_mode & 0o777 == 0o640


def test_a_link_goes_on_leading_to_the_workbook(book: Path, content_marked: bytes, tmp_path: Path) -> None:
    (tmp_path / "近道").mkdir()
    link = tmp_path / "近道" / "日報.xlsx"
    link.symlink_to(book)
    assert _in_place(link)[0]
    assert link.is_symlink()
    assert book.read_bytes() == content_marked


def test_where_a_disk_knows_no_second_names_the_old_file_is_copied(
    book: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", _failing(errno.EPERM))
    assert _in_place(book, keep=True)[0]
    assert book.with_name("日報.点検前.xlsx").read_bytes() == content


# ---- who has it open


@pytest.mark.parametrize(
    ("name", "inside", "who"),
    [
        ("~$日報.xlsx", b"\x05Sato ".ljust(54) + b"\x02\0" + "佐藤".encode("utf-16-le").ljust(109, b"\0"), "（佐藤）"),
        ("~$日報.xlsx", b"owner", "開かれています。"),
        (".~lock.日報.xlsx#", ",佐藤,PC-3,22.11.2026 18:00,file:///home/sato;".encode(), "（佐藤）"),
    ],
)
def test_a_workbook_somebody_has_open_is_left_alone_and_the_person_named(
    name: str, inside: bytes, who: str, book: Path, content: bytes
) -> None:
    book.with_name(name).write_bytes(inside)
    written, said = _in_place(book)
    assert not written
    assert who in said
    assert name in said  # an owner file that a crash left behind can be found and deleted
    assert book.read_bytes() == content
    with pytest.raises(Unwritten, match="開かれています"):
        ClosedBook.opened(book).put_in_place(Marked(data=b"PK"), book)


def test_a_read_only_workbook_is_left_alone(book: Path, content: bytes) -> None:
    book.chmod(0o444)
    written, said = _in_place(book)
    assert (written, "読み取り専用" in said, book.read_bytes()) == (False, True, content)
    assert _names(book) == ["日報.xlsx"]


def test_a_workbook_saved_by_somebody_meanwhile_is_left_alone(book: Path, content_marked: bytes) -> None:
    opened = ClosedBook.opened(book)
    book.write_bytes(b"saved by somebody else")
    with pytest.raises(Unwritten, match="もう一度実行"):
        opened.put_in_place(Marked(data=content_marked), opened.path)
    assert book.read_bytes() == b"saved by somebody else"
    assert _names(book) == ["日報.xlsx"]


@pytest.mark.parametrize(
    ("fails", "number", "says"),
    [
        ("write", errno.ENOSPC, "空きが足りません"),
        ("write", errno.EDQUOT, "上限"),
        ("fsync", errno.EIO, "元のファイルは変わっていません"),
        ("open", errno.EROFS, "書き込みのできない場所"),
        ("open", errno.EACCES, "許可"),
        ("replace", errno.EACCES, "開いていれば閉じ"),
        ("link", errno.ENOSPC, "空きが足りません"),
        ("close", errno.EIO, "元のファイルは変わっていません"),
    ],
)
def test_whatever_the_disk_refuses_the_old_file_stays_and_the_reason_is_said(
    fails: str, number: int, says: str, book: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(os, fails, _failing(number, only=book.parent if fails == "open" else None))
        written, said = _in_place(book)
    assert not written
    assert says in said
    assert book.read_bytes() == content
    assert _names(book) == ["日報.xlsx"]


def _failing(number: int, only: Path | None = None) -> Callable[..., int]:
    real = os.open

    def fail(*arguments: object, **words: object) -> int:
        if only is not None and not str(arguments[0]).startswith(str(only)):
            return real(*arguments, **words)  # type: ignore[arg-type]
        raise OSError(number, os.strerror(number))

    return fail


def test_a_network_folder_that_cannot_bring_to_the_disk_is_written_all_the_same(
    book: Path, content_marked: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", _failing(errno.EINVAL))
    assert _in_place(book)[0]
    assert book.read_bytes() == content_marked


def test_what_the_disk_gives_back_otherwise_is_not_put_in_place(
    book: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, bytes(len(data))))
    written, said = _in_place(book)
    assert not written
    assert said
    assert book.read_bytes() == content
    assert _names(book) == ["日報.xlsx"]


def test_a_file_that_reads_back_otherwise_gets_its_old_content_again(
    book: Path, content: bytes, content_marked: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace

    def swapped(source: Path, target: Path) -> None:
        real(source, target)
        if Path(target) == book and book.read_bytes() == content_marked:
            book.write_bytes(content_marked[:-1])

    monkeypatch.setattr(os, "replace", swapped)
    written, said = _in_place(book)
    assert not written
    assert "元に戻しました" in said
    assert book.read_bytes() == content


def test_a_full_disk_leaves_the_old_file(book: Path, content: bytes, full_disk: Path) -> None:
    path = full_disk / "日報.xlsx"
    path.write_bytes(content)
    filler = full_disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 512)
        except OSError:
            pass
    written, said = _in_place(path)
    assert not written
    assert "空きが足りません" in said
    assert path.read_bytes() == content
    assert sorted(os.listdir(full_disk)) == ["filler", "日報.xlsx"]


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("a small disk cannot be made here; the same is tested with a disk that pretends to be full")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_limit_on_the_size_of_files_leaves_the_old_file(book: Path, content: bytes) -> None:
    ran = _child(
        f"import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)); {_CHECK.format(path=str(book))}"
    )
    assert "大きすぎて" in ran.stdout
    assert book.read_bytes() == content
    assert _names(book) == ["日報.xlsx"]


# ---- killed at every step

_CHECK = (
    "from pathlib import Path; from zaitaku_xl.jobs import Asked, check_file; p = Path({path!r});"
    "o = check_file(p, p.name, Asked(), p); print(o.remarks)"
)

# A child for every step: every call by which the disk could change kills it before, after, and a write in the middle.
_KILLER = """
import os, signal, sys
from pathlib import Path
from zaitaku_xl.jobs import Asked, check_file

def watch(step):
    left = step
    def reached():
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    def watched(name, real):
        def call(*arguments, **words):
            reached()
            if name == "write":
                handle, data = arguments
                arguments = handle, data[: len(data) // 2 + 1]
            made = real(*arguments, **words)
            reached()
            return made
        return call
    for name in ("write", "fsync", "close", "chmod", "link", "replace", "rename", "unlink", "remove"):
        setattr(os, name, watched(name, getattr(os, name)))

def refuse(*_, **__):
    raise PermissionError(1, "no second names here")

if sys.argv[2] == "copied":
    os.link = refuse
content = Path(sys.argv[3]).read_bytes()
for step in range(1, 200):
    path = Path(sys.argv[1], str(step), "日報.xlsx")
    path.parent.mkdir()
    path.write_bytes(content)
    child = os.fork()
    if not child:
        watch(step)
        check_file(path, path.name, Asked(), path)
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
"""


def _child(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(TOP), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True, text=True, timeout=60, check=True, env={**os.environ, "PYTHONPATH": path}, cwd=TOP,
    )  # fmt: skip


@pytest.mark.parametrize("kept", ["linked", "copied"])
def test_killed_at_any_step_the_file_is_the_old_one_or_the_new_one_and_the_next_run_goes_well(
    kept: str, tmp_path: Path, content: bytes, content_marked: bytes
) -> None:
    (tmp_path / "original.xlsx").write_bytes(content)
    (tmp_path / "steps").mkdir()
    _child(_KILLER, str(tmp_path / "steps"), kept, str(tmp_path / "original.xlsx"))
    *killed, whole = sorted((tmp_path / "steps").iterdir(), key=lambda folder: int(folder.name))
    assert len(killed) >= 20
    assert _names(whole / "日報.xlsx") == ["日報.xlsx"]
    assert {(folder / "日報.xlsx").read_bytes() for folder in killed} == {content, content_marked}
    for folder in killed:
        _check_what_is_left(folder / "日報.xlsx", content, content_marked)
        assert [found.path.name for found in batch.find_files([str(folder)])] == ["日報.xlsx"]
        assert _in_place(folder / "日報.xlsx")[1] == ""
        assert (folder / "日報.xlsx").read_bytes() == content_marked


def _check_what_is_left(path: Path, content: bytes, content_marked: bytes) -> None:
    assert path.read_bytes() in (content, content_marked)
    for left in path.parent.iterdir():
        if left.suffix == ".tmp":
            assert left.name.startswith(".zaitaku_xl-")
        elif left != path:
            assert left.read_bytes() == content
            assert safe_file.is_backup(left)


def test_a_file_left_by_a_power_cut_is_swept_up_later_and_a_young_one_is_not(book: Path) -> None:
    old, young = book.with_name(".zaitaku_xl-old.tmp"), book.with_name(".zaitaku_xl-young.tmp")
    for left in (old, young):
        left.write_bytes(b"half")
    os.utime(old, (0, 0))
    _in_place(book)
    assert not old.exists()
    assert young.exists()


def test_a_folder_is_looked_through_again_by_the_next_run_or_after_an_hour(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept: dict[Path, float] = {}
    monkeypatch.setattr(safe_file, "_swept", swept)
    left, copy = book.with_name(".zaitaku_xl-old.tmp"), book.with_name("写し.xlsx")
    for since, stays in ((None, False), (0, True), (safe_file._STALE + 1, False)):
        left.write_bytes(b"half")
        os.utime(left, (0, 0))
        if since is not None:
            swept[book.parent] -= since
        safe_file.put(copy, b"a workbook")
        assert left.exists() is stays
