"""Our SQLite files: what is spoilt is not known, what is another program's is not touched, what 0.1 left is opened."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.batch.conftest import BAD, GOOD
from tests.command import Run
from tests.workbooks import saved
from zaitaku_xl.batch import journal, store

OUR_FAULT = "不具合"
Spoil = Callable[[Path], object]


def _sql(*statements: str) -> Spoil:
    def spoil(path: Path) -> None:
        with closing(sqlite3.connect(path)) as opened:
            for statement in statements:
                opened.execute(statement)
            opened.commit()

    return spoil


def _cut(share: float) -> Spoil:
    return lambda path: path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])


def _overwritten(start: float) -> Spoil:
    def spoil(path: Path) -> None:
        data = bytearray(path.read_bytes())
        at = int(len(data) * start)
        data[at : at + 3000] = b"\xa5" * len(data[at : at + 3000])
        path.write_bytes(data)

    return spoil


SPOILT_TABLES: dict[str, Spoil] = {
    f"{column} is {value}": _sql(f"UPDATE result SET {column} = {value}")
    for column in ("key", "copy", "counts", "findings", "days", "rows", "sum")
    for value in ("NULL", "x'789c030000000001'", "'text'")
} | {
    "names are bytes": _sql("UPDATE result SET name = CAST(name || 'x' AS BLOB)"),
    "names are no text": _sql("UPDATE result SET name = CAST(x'ff' || name AS TEXT)"),
    "bodies exchanged": _sql("UPDATE result SET counts = findings, findings = counts"),
    "no rows": _sql("DELETE FROM result"),
    "no table": _sql("DROP TABLE result"),
    "another table": _sql("DROP TABLE result", "CREATE TABLE result (a)"),
    "a view": _sql("ALTER TABLE result RENAME TO kept", "CREATE VIEW result AS SELECT * FROM kept"),
    "a newer version": _sql("PRAGMA user_version = 999"),
}
SPOILT_FILES: dict[str, Spoil] = {
    "empty": lambda path: path.write_bytes(b""),
    "zeros": lambda path: path.write_bytes(bytes(8192)),
    "garbage": lambda path: path.write_bytes(b"SQLite format 3\0" + b"x" * 5000),
    **{f"cut at {share}": _cut(share) for share in (0.1, 0.3, 0.5, 0.9, 0.99)},
    **{f"overwritten at {start}": _overwritten(start) for start in (0.02, 0.2, 0.4, 0.6, 0.8)},
}


def _files(folder: Path) -> dict[str, bytes]:
    """What lies there beside the journal, and beside one that nobody could know as ours and that is kept."""
    state = Path(journal.NAME).stem
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith(state))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def books(tmp_path: Path) -> Path:
    saved(tmp_path / "in" / "a.xlsx", GOOD)
    saved(tmp_path / "in" / "b.xlsx", BAD)
    return tmp_path / "in"


def test_a_spoilt_journal_costs_only_time(run: Run, books: Path, tmp_path: Path) -> None:
    out, kept = tmp_path / "out", tmp_path / "kept"
    run("check", books, "--out", out)
    shutil.copytree(out, kept)
    for name, spoil in (SPOILT_TABLES | SPOILT_FILES).items():
        shutil.rmtree(out)
        shutil.copytree(kept, out)
        spoil(out / journal.NAME)
        ran = run("check", books, "--out", out)
        assert (name, ran.status, OUR_FAULT in ran.out + ran.err) == (name, 1, False), ran.err
        assert _files(out) == _files(kept), name
    assert "変わらない2件" in run("check", books, "--out", out).out  # it is whole again


def _another_programs(path: Path) -> None:
    with closing(sqlite3.connect(path)) as opened:
        opened.executescript(
            "CREATE TABLE receipt (a); CREATE TABLE result (name TEXT); INSERT INTO result VALUES ('x')"
        )


def _another_programs_in_wal(path: Path) -> None:
    source = path.with_name("source.sqlite")
    with closing(sqlite3.connect(source)) as opened:
        opened.executescript("PRAGMA journal_mode = WAL; CREATE TABLE mails (a); INSERT INTO mails VALUES (1)")
        for end in ("", "-wal", "-shm"):
            shutil.copy(f"{source}{end}", f"{path}{end}")
    source.unlink()


OTHERS: dict[str, Spoil] = {
    "another program's database": _another_programs,
    "another program's, with a WAL left": _another_programs_in_wal,
    "a database with an id of its own": _sql("CREATE TABLE a (b)", "PRAGMA application_id = 1234"),
    "a database without a table": _sql("PRAGMA user_version = 5"),
    "a text": lambda path: path.write_text("買い物メモ", "utf-8"),
    "a line end": lambda path: path.write_bytes(b"\r\n"),
    "a workbook": lambda path: saved(path, GOOD),
    "a folder": lambda path: (path / "x").mkdir(parents=True),
}


def _all_bytes(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_not_ours_is_refused_untouched(name: str, run: Run, books: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for path, command in (
        (out / journal.NAME, ("check", books, "--out", out)),
        (out / "l.sqlite", ("check", books, "--ledger", out / "l.sqlite")),
        (out / "l.sqlite", ("ledger", out / "l.sqlite")),
    ):
        if not path.exists():
            OTHERS[name](path)
        before = _all_bytes(out)
        ran = run(*command)
        refused = any(words in ran.err for words in ("何も変えていません", "書きません", "書けません"))
        assert (ran.status, refused) == (2, True), ran.err
        assert OUR_FAULT not in ran.err
        assert _all_bytes(out) == before


def test_one_of_our_files_is_not_taken_for_another(run: Run, books: Path, tmp_path: Path) -> None:
    run("check", books, "--ledger", tmp_path / "l.sqlite")
    run("check", books, "--out", tmp_path / "out")
    assert run("ledger", tmp_path / "out" / journal.NAME).status == 2
    shutil.copy(tmp_path / "l.sqlite", tmp_path / "out" / journal.NAME)
    assert "途中経過ではありません" in run("check", books, "--out", tmp_path / "out").err


# ---- as 0.1 left them: without an application id


@pytest.mark.parametrize("columns", ["counts BLOB, findings BLOB, days BLOB, rows BLOB", "body BLOB"])
def test_a_journal_of_the_first_version_is_opened(columns: str, run: Run, books: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    table = f"CREATE TABLE result (name TEXT PRIMARY KEY, key TEXT, copy TEXT, {columns})"
    _sql(table, "PRAGMA user_version = 5")(out / journal.NAME)
    assert run("check", books, "--out", out).status == 1
    assert store.standing(out / journal.NAME, store.JOURNAL) is store.Standing.OURS


def test_a_ledger_of_the_first_version_is_opened_and_known_from_then_on(run: Run, books: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "l.sqlite"
    run("check", books, "--ledger", ledger)
    _sql("PRAGMA application_id = 0")(ledger)
    before = ledger.read_bytes()
    assert "の受付 1件" in run("ledger", ledger).out
    assert ledger.read_bytes() == before  # who only reads writes nothing
    assert "2件は、すでに受け付けた" in run("check", books, "--ledger", ledger).out
    assert store.standing(ledger, store.LEDGER) is store.Standing.OURS


# ---- spoilt ledgers


@pytest.mark.parametrize("body", ["NULL", "x'00'", "12", "'text'", "x'789c030000000001'", "x'789c8b8e8d05000117008d'"])
def test_a_receipt_whose_body_is_spoilt_has_nothing_to_compare(
    body: str, run: Run, books: Path, tmp_path: Path
) -> None:
    ledger = tmp_path / "l.sqlite"
    office = {"設定": {"事業所番号": "4210000001"}}
    saved(books / "a.xlsx", GOOD | office)
    run("check", books / "a.xlsx", "--ledger", ledger)
    _rebuilt_without_rules(ledger)
    _sql(f"UPDATE receipt SET body = {body}")(ledger)
    saved(books / "a.xlsx", BAD | office)
    ran = run("check", books / "a.xlsx", "--ledger", ledger)
    assert ran.status == 1
    assert "比べられません" in ran.out
    assert OUR_FAULT not in ran.out + ran.err


def test_a_receipt_that_is_spoilt_is_not_known_and_that_is_said(run: Run, books: Path, tmp_path: Path) -> None:
    ledger, kept = tmp_path / "l.sqlite", tmp_path / "kept"
    run("check", books, "--ledger", kept)
    _rebuilt_without_rules(kept)
    columns = ("office", "name", "month", "path", "digest", "received", "status", "billable", "law")
    for spoilt in [f"{column} = {value}" for column in columns for value in ("NULL", "x'ff00'")] + ["month = '2026-1'"]:
        shutil.copy(kept, ledger)
        _sql(f"UPDATE receipt SET {spoilt} WHERE id = 1")(ledger)
        told = run("ledger", ledger)
        assert "1行は壊れていて" in told.out, spoilt
        entered = run("check", books, "--ledger", ledger)
        assert (entered.status < 2, OUR_FAULT in told.err + entered.out + entered.err) == (True, False), spoilt


def _rebuilt_without_rules(ledger: Path) -> None:
    """A table like ours that takes any value: what a bad disk or another program may leave."""
    _sql(
        "CREATE TABLE loose AS SELECT * FROM receipt",
        "DROP TABLE receipt",
        "ALTER TABLE loose RENAME TO receipt",
    )(ledger)


@pytest.mark.parametrize("name", SPOILT_FILES)
def test_a_damaged_ledger_is_refused_in_a_sentence(name: str, run: Run, books: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "l.sqlite"
    run("check", books, "--ledger", ledger)
    whole = run("ledger", ledger).out
    SPOILT_FILES[name](ledger)
    spoilt = ledger.read_bytes()
    told, entered = run("ledger", ledger), run("check", books, "--ledger", ledger)
    assert OUR_FAULT not in told.out + told.err + entered.out + entered.err
    if told.status == 2 and name != "empty":
        assert "受付簿" in told.err
        assert (entered.status, ledger.read_bytes()) == (2, spoilt)
    else:  # where nothing stood, or nothing that counts
        assert name == "empty" or told.out == whole
