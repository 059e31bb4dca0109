"""Files we read but never write into: judged like the others, the marks on a copy of what was read."""

import csv
import sys
import zipfile
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest

from tests.package.package_bases import zipped
from tests.reading.test_doors import ods
from tests.tools import libreoffice
from tests.workbooks import workbook
from zaitaku_xl import batch
from zaitaku_xl.book import clocks, dates
from zaitaku_xl.cells import Cell, Grid, Kind
from zaitaku_xl.errors import Unreadable, Unwritten
from zaitaku_xl.hosts import foreign_book
from zaitaku_xl.hosts.foreign_book import ForeignBook
from zaitaku_xl.jobs import Asked, Outcome, check_file
from zaitaku_xl.jobs.opening import opened
from zaitaku_xl.made import Mark
from zaitaku_xl.plan import Plan

ONE_CONTACT = ["9:35 電話 開始確認 体調の確認 佐藤"]
FAULTY = {"日報": [{"日付": "2026-01-06", "提供区分": "在宅", "連絡": ONE_CONTACT}]}
LOG = [
    ["氏名", "日付", "提供区分", "開始", "終了", "訓練内容", "支援記録", "連絡1時刻", "連絡1方法", "連絡1種別", "連絡1内容", "連絡1職員"],
    ["山田 花子", "2026/1/6", "在宅", "9:30", "15:30", "データ入力", "進み具合を確かめた", "9:35", "電話", "開始確認", "体調の確認", "佐藤"],
]  # fmt: skip


def _csv(rows: list[list[str]], encoding: str, delimiter: str = ",") -> bytes:
    text = StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def _checked(path: Path, target: Path | None = None) -> Outcome:
    return check_file(path, path.name, Asked(), target)


def _rules(outcome: Outcome) -> set[str]:
    assert outcome.report is not None, outcome.reason
    return {finding.rule for finding in outcome.report.findings}


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_an_old_workbook_is_judged_like_the_new_one_and_marked_on_a_copy(ending: str, tmp_path: Path) -> None:
    book = tmp_path / "一月.xlsx"
    book.write_bytes(workbook(FAULTY))
    old = libreoffice(book, ending, tmp_path / "old")
    before = old.read_bytes()
    (found,) = batch.with_targets(batch.find_files([str(old)]), tmp_path / "out", in_place=False)
    outcome = _checked(old, found.target)
    assert _rules(outcome) == _rules(_checked(book))
    assert old.read_bytes() == before
    assert "見分けられません" in " ".join(outcome.remarks)
    made = openpyxl.load_workbook(tmp_path / "out" / "一月_点検結果.xlsx")
    assert "点検結果" in made.sheetnames
    notes = [cell.comment.text for row in made["日報"].iter_rows() for cell in row if cell.comment]
    assert any(note.startswith("【在宅点検】") and "D01" in note for note in notes)
    assert _checked(tmp_path / "out" / "一月_点検結果.xlsx").status == "judged"


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_csv_is_one_table_known_by_its_headings(encoding: str, delimiter: str, tmp_path: Path) -> None:
    path = tmp_path / "記録.csv"
    path.write_bytes(_csv(LOG, encoding, delimiter))
    outcome = _checked(path, tmp_path / "記録_点検結果.xlsx")
    assert "D01" in _rules(outcome)
    assert outcome.remarks == ()
    made = openpyxl.load_workbook(tmp_path / "記録_点検結果.xlsx")
    assert made.sheetnames == ["日報", "点検結果"]
    assert made["日報"]["A2"].value == "山田 花子"


def test_text_in_a_csv_stays_text_and_an_error_is_no_blank(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(_csv([["=1+1", "0012", "#N/A", " "]], "utf-8"))
    (grid,) = ForeignBook.opened(path).sheets
    assert grid.rows == {1: {1: Cell(Kind.TEXT, "=1+1"), 2: Cell(Kind.TEXT, "0012"), 3: Cell(Kind.ERROR, "#N/A")}}
    cell = openpyxl.load_workbook(_saved(tmp_path, grid))["a"]["A1"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def _saved(folder: Path, grid: Grid) -> Path:
    from zaitaku_xl.hosts.writing.new_book import copied

    (folder / "copy.xlsx").write_bytes(copied([grid]))
    return folder / "copy.xlsx"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"", "0バイト"),
        ("a.csv", b"\x81\x00\xff\xff", "文字コード"),
        ("a.csv", b'"' + b"x" * 200_000, "CSVとして読み取れません"),
        ("a.csv", "表題\r\n".encode() * 3, "日報"),
        ("a.xls", b"<html><table></table></html>", "HTML"),
        ("a.xls", b"", "0バイト"),
        ("a.xls", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(900), "壊れている"),
        ("a.xls", bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"), "パスワード"),
        ("a.ods", b"PK\3\4 and nothing else", "壊れている"),
        ("a.xlsb", b"PK\3\4 and nothing else", "壊れている"),
    ],
)
def test_what_cannot_be_read_is_said(name: str, content: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    outcome = _checked(tmp_path / name)
    assert outcome.report is None
    assert outcome.status in ("unreadable", "not_a_log")
    assert says in str(outcome.reason)


def test_without_the_part_that_reads_it_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.xls").write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(900))
    monkeypatch.setattr(foreign_book, "find_spec", lambda _: None)
    with pytest.raises(Unreadable, match=r"保存し直してください。部品は pip install"):
        ForeignBook.opened(tmp_path / "a.xls")


@pytest.mark.parametrize("program", ["import os; os.abort()", "import time; time.sleep(60)", "print('not json')"])
def test_a_file_that_kills_its_reader_is_one_sentence(
    program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.xls").write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(900))
    fake = tmp_path / "python"
    fake.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{program}"\n')
    fake.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(fake))
    monkeypatch.setattr(foreign_book, "SECONDS", 1)
    with pytest.raises(Unreadable, match="読めない書き方"):
        ForeignBook.opened(tmp_path / "a.xls")


def test_such_a_file_is_never_written_into(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(_csv(LOG, "cp932"))
    outcome = _checked(path, path)
    assert outcome.unwritten
    assert "--out DIR" in " ".join(outcome.remarks)
    assert path.read_bytes() == _csv(LOG, "cp932")


def test_a_file_we_only_read_carries_a_plan_out_on_a_new_workbook_and_has_nothing_to_take_off(tmp_path: Path) -> None:
    path = tmp_path / "記録.csv"
    path.write_bytes(_csv(LOG, "utf-8"))
    book = opened(path)
    made = book.carry_out(Plan.of_marks([Mark("日報", 2, 1, "D01", "F8CBCB", "【在宅点検】D01")], []))
    assert openpyxl.load_workbook(BytesIO(made.data))["日報"]["A2"].comment.text.startswith(
        "【在宅点検】D01\n照合番号 "
    )
    assert (book.takes_sheets, book.sheets_of_ours(), book.template()) == (False, (), None)
    with pytest.raises(Unwritten, match="消すものもありません"):
        book.cleared()
    with pytest.raises(Unwritten, match="書き込みません"):
        book.put_in_place(made, path)


def test_a_workbook_with_the_wrong_ending_is_read_as_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_bytes(workbook(FAULTY))
    assert "D01" in _rules(_checked(tmp_path / "a.xls"))


def test_a_csv_in_a_folder_is_taken_only_where_it_is_asked_for(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.csv", "c.ods"):
        (tmp_path / name).write_bytes(b"x")
    assert [found.path.name for found in batch.find_files([str(tmp_path)])] == ["a.xlsx", "c.ods"]
    assert [found.path.name for found in batch.find_files([str(tmp_path / "*.csv")])] == ["b.csv"]


# ---- a CSV whose structure is not certain is no CSV

_HEADING = "氏名,日付,提供区分,開始,終了,訓練内容,支援記録,備考"
_ROW = "山田 花子,2026/1/{},在宅,9:30,15:30,入力,見た,在宅支援"


def _read(*lines: str, encoding: str = "utf-8") -> dict[int, dict[int, Cell]]:
    (grid,) = ForeignBook.opened(Path("a.csv"), "\r\n".join(lines).encode(encoding)).sheets
    return dict(grid.rows)


@pytest.mark.parametrize(
    ("lines", "line", "says"),
    [
        ([_ROW.format(5), _ROW.format(6).replace("入力", '"入力'), _ROW.format(7)], 3, "閉じられていません"),
        ([_ROW.format(5).replace("入力", '"入力'), _ROW.format(6), _ROW.format(7).replace("入力", '入力"')], 2, "ほかの行"),
        ([_ROW.format(5).replace("在宅支援", '"在宅支援'), _ROW.format(6), '佐藤",2026/1/7,在宅'], 2, "ほかの行"),
        ([_ROW.format(5).replace("入力", '"入力"した')], 2, "閉じた後"),
        ([_ROW.format(5), _ROW.format(6).replace("入力", '画面"入力"')], 3, "途中に引用符"),
        ([_ROW.format(5), _ROW.format(6).replace("入力", "入力,確認")], 3, "見出しより多く"),
        (["R8.1.5のこと,い,う,え,お,か,き,く,け"], 2, "見出しより多く"),
    ],
)  # fmt: skip
def test_a_csv_of_which_it_is_not_certain_how_many_rows_it_has_is_refused(
    lines: list[str], line: int, says: str
) -> None:
    with pytest.raises(Unreadable, match=f"{line}行目.*{says}.*保存し直してください"):
        _read(_HEADING, *lines)


@pytest.mark.parametrize(
    "lines",
    [
        [_ROW.format(5) + ","],
        [_ROW.format(5) + ",,,"],
        [_ROW.format(5).replace("見た", '"見た\r\n・9:00　電話、確認\r\n・15:00　終了"')],
        [_ROW.format(5).replace("見た", '"「""商品"", 2点」"')],
        ["山田 花子,2026/1/5,在宅"],
        [_ROW.format(5).replace("2026/1/5", '="2026/1/5"')],
        [_ROW.format(5).replace("2026/1/5", '"=""2026/1/5"""')],
    ],
)
def test_a_csv_that_can_only_be_one_table_is_read(lines: list[str]) -> None:
    read = _read(_HEADING, *lines, _ROW.format(6), "")
    assert sorted(read) == [1, 2, 3]
    assert read[2][2].value == "2026/1/5"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_whatever_ends_the_lines_of_a_csv(newline: str) -> None:
    data = newline.join([_HEADING, _ROW.format(5), _ROW.format(6)]).encode()
    (grid,) = ForeignBook.opened(Path("a.csv"), data).sheets
    assert sorted(grid.rows) == [1, 2, 3]


def test_the_line_that_names_the_delimiter_for_excel_is_none_of_the_rows() -> None:
    assert sorted(_read("sep=;", _HEADING.replace(",", ";"), _ROW.format(5).replace(",", ";"))) == [1, 2]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp932", "iso2022_jp", "euc_jp"]
)
def test_a_csv_in_every_encoding_that_japan_saves_in(encoding: str) -> None:
    assert _read(_HEADING, _ROW.format(5), encoding=encoding)[2][3].value == "在宅"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (_HEADING.encode() + b"\r\n" + bytes(400), "NUL"),
        (f"{_HEADING}\r\n{_ROW.format(5)}".encode()[:-1], "途中で切れています"),
        (f"{_HEADING}\r\n{_ROW.format(5)}".encode("utf-16")[:-1], "途中で切れています"),
        (b"\x1b$B" + b"\x7f\x7f" * 20, "ISO-2022-JP"),
        (b"\xef\xbb\xbf\xff\xfe\xfa", "UTF-8の印"),
    ],
)
def test_a_csv_that_is_broken_is_said_to_be_so(data: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        ForeignBook.opened(Path("a.csv"), data)


def test_many_rows_with_quotes_are_read_in_time() -> None:
    data = "\n".join([_HEADING, *(_ROW.format(5).replace("見た", '"見た\nこと"') for _ in range(20_000))]).encode()
    (grid,) = ForeignBook.opened(Path("a.csv"), data).sheets
    assert len(grid.rows) == 20_001


# ---- files of other programs, and days that count from 1904

_FOREIGN = Path(__file__).parent / "books" / "foreign"
_JANUARY = [date(2026, 1, day) for day in (5, 6, 7, 8)]


def _days(path: Path, data: bytes | None = None) -> list[object]:
    """What stands in 日付, read."""
    (grid,) = ForeignBook.opened(path, data).sheets
    assert [cell.value for cell in grid.rows[1].values()][:2] == ["氏名", "日付"]
    return [dates.day(grid.rows[row][2], None, grid.date1904) for row in (2, 3, 4, 5)]


@pytest.mark.parametrize("name", ["sheetjs.xlsb", "sheetjs.ods", "sheetjs_1904.xls", "calc_1904.xls", "calc_1904.ods"])
def test_days_are_read_whatever_program_wrote_them_and_whatever_day_they_count_from(name: str) -> None:
    pytest.importorskip("python_calamine")
    assert _days(_FOREIGN / name) == _JANUARY


@pytest.mark.parametrize("name", ["sheetjs.xlsb", "sheetjs.ods"])
def test_no_cell_of_a_file_of_sheetjs_is_lost(name: str) -> None:
    pytest.importorskip("python_calamine")
    (grid,) = ForeignBook.opened(_FOREIGN / name).sheets
    shown = [[cell.value for column, cell in sorted(grid.rows[row].items()) if column > 3] for row in (2, 5)]
    assert shown == [["在宅", pytest.approx(0.3958333), "15:30", "入力", "見た", False, "在宅支援"]] * 2


def test_an_xlsb_that_counts_from_1904_is_not_read_four_years_early() -> None:
    pytest.importorskip("python_calamine")
    with zipfile.ZipFile(_FOREIGN / "sheetjs.xlsb") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    book = bytearray(parts["xl/workbook.bin"])
    book[book.index(b"\x99\x01") + 3] |= 1  # BrtWbProp: f1904
    parts["xl/workbook.bin"] = bytes(book)
    days = _days(Path("a.xlsb"), zipped(parts.items()))
    assert [day.year for day in days] == [2030, 2030, 2026, 2030]


def test_an_ods_that_counts_from_a_day_nobody_uses_is_refused() -> None:
    settings = (
        '<table:calculation-settings><table:null-date table:date-value="1900-01-01"/></table:calculation-settings>'
    )
    with pytest.raises(Unreadable, match="起点"):
        ForeignBook.opened(Path("a.ods"), ods("", settings))


@pytest.mark.parametrize("name", ["sheetjs.xlsb", "sheetjs.ods", "sheetjs_1904.xls"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_file_that_was_cut_off_is_said_to_be_so(name: str, part: float) -> None:
    data = (_FOREIGN / name).read_bytes()
    with pytest.raises(Unreadable, match="壊れている"):
        ForeignBook.opened(Path(name), data[: int(len(data) * part)])


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a.ods", "a.csv"])
def test_a_file_of_nothing_but_nul_is_said_to_be_so(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(bytes(4096))
    assert "NUL" in str(_checked(tmp_path / name).reason)


def test_a_file_of_pyexcelerate_is_read() -> None:
    (grid,) = opened(_FOREIGN / "pyexcelerate.xlsx").grids(lambda _: True)
    assert [dates.day(grid.rows[row][2], None, False) for row in (2, 3)] == _JANUARY[:2]
    assert [clocks.time(grid.rows[2][column]) for column in (4, 5)] == [570, 930]
