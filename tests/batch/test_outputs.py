"""What is made of a run for people and for programs: summary, CSV, page, Parquet, frame."""

import csv
import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import zaitaku_xl
from tests.batch.conftest import GOOD
from tests.command import Run
from tests.tools import lint, needs, pictures_of, validate
from tests.workbooks import saved
from zaitaku_xl.hosts.writing import summary_book
from zaitaku_xl.hosts.writing.new_book import written
from zaitaku_xl.sheets.blank import filled
from zaitaku_xl.sheets.demo import demo

ATTACK = "=cmd|' /C calc'!A0<script>alert(1)</script>"
CHROMIUM = ("--headless=new", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=3000")


@pytest.fixture
def summary(run: Run, returned: Path, tmp_path: Path) -> Path:
    run("check", returned, "--out", tmp_path / "out")
    return tmp_path / "out" / "点検まとめ.xlsx"


def _rows(path: Path, sheet: str) -> list[tuple]:
    return list(openpyxl.load_workbook(path)[sheet].iter_rows(min_row=3, values_only=True))


# ---- the summary workbook


def test_the_front_page_adds_up(summary: Path) -> None:
    told = {row[0]: row[1] for row in openpyxl.load_workbook(summary)["まとめ"].iter_rows(values_only=True) if row[0]}
    assert [told[key] for key in ("点検できたもの", "読み取れない", "日報がない", "プログラムの不具合", "合計")] == [
        3,
        2,
        1,
        0,
        6,
    ]
    assert (told["算定可"], told["要確認"]) == (1, 0)
    front = list(openpyxl.load_workbook(summary)["まとめ"].iter_rows(values_only=True))
    assert ("算定不可", 2, 2 / 3) in [row[:3] for row in front]
    assert ("算定不可", 7000) in [row[:2] for row in front]  # one day at the one office that gives its 一日単価
    assert len(openpyxl.load_workbook(summary)["まとめ"]._charts) == 3


def test_each_sheet_says_its_part(summary: Path) -> None:
    offices = {row[0]: row for row in _rows(summary, "事業所")[1:]}
    assert offices["ひかり作業所"][4:10] == (2, 2, 2, 1, 1, 0)
    assert offices["みなと作業所"][-2:] == (7000, 0)
    assert [row[0] for row in _rows(summary, "利用者")[1:]] == ["山田 花子"] * 3
    assert [row[:3] for row in _rows(summary, "点検項目")][1] == ("D01", "連絡の回数不足", 2)
    assert sorted(row[0] for row in _rows(summary, "読み取れないファイル")[1:]) == [
        "日報がない",
        "読み取れない",
        "読み取れない",
    ]


def test_a_finding_leads_to_its_cell_in_the_marked_copy(summary: Path) -> None:
    worst = next(row for row in _rows(summary, "見直す箇所")[1:] if str(row[-1]).endswith("c.xlsx"))
    assert worst[:4] == ("算定不可", "D01", "みなと作業所", "山田 花子")
    cell = str(worst[5]).split("!")[1].split('"')[0]
    assert worst[5] == f'=HYPERLINK("sub/c.xlsx#\'日報\'!{cell}","日報!{cell}")'
    assert (summary.parent / "sub" / "c.xlsx").exists()


def test_it_can_be_filtered_printed_and_kept_in_view(summary: Path) -> None:
    book = openpyxl.load_workbook(summary)
    for name in book.sheetnames[1:]:
        sheet = book[name]
        assert (sheet.freeze_panes, sheet.print_title_rows) == ("A4", "$3:$3"), name
        assert sheet.auto_filter.ref.startswith("A3:"), name
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0), name


def test_files_of_another_template_are_named(run: Run, returned: Path, tmp_path: Path) -> None:
    run("template", "--month", "2026-01", "--out", returned / "new.xlsx")
    run("check", returned, "--out", tmp_path / "out")
    rows = _rows(tmp_path / "out" / "点検まとめ.xlsx", "古い記入用ブック")[1:]
    assert {Path(row[0]).name: row[2] for row in rows} == dict.fromkeys(("a.xlsx", "b.xlsx", "c.xlsx"), "版の記載なし")


def test_the_version_of_the_template_survives_marking_and_an_older_one_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "filled.xlsx").write_bytes(written(demo()))
    run("check", tmp_path / "in", "--out", tmp_path / "marked")
    (tmp_path / "marked" / "点検まとめ.xlsx").unlink()
    monkeypatch.setattr("zaitaku_xl.batch.outputs.summary.template_version", lambda: "2")
    run("check", tmp_path / "marked", "--out", tmp_path / "out")
    (row,) = _rows(tmp_path / "out" / "点検まとめ.xlsx", "古い記入用ブック")[1:]
    assert row[2:] == ("1", "新しい記入用ブックに写して使ってください。")


def test_more_rows_than_a_sheet_should_hold_go_on_another_and_what_has_no_room_is_said(
    run: Run, returned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summary_book, "MOST_ROWS", 1)
    monkeypatch.setattr(summary_book, "MOST_SHEETS", 2)
    monkeypatch.setattr("zaitaku_xl.batch.outputs.summary.MOST_ROWS", 1)
    monkeypatch.setattr("zaitaku_xl.batch.outputs.summary.MOST_SHEETS", 2)
    run("check", returned, "--out", tmp_path / "out")
    book = openpyxl.load_workbook(tmp_path / "out" / "点検まとめ.xlsx")
    assert "見直す箇所 (2)" in book.sheetnames
    assert "見直す箇所 (3)" not in book.sheetnames
    assert any("載せきれない" in str(row[0]) for row in book["まとめ"].iter_rows(values_only=True))


def test_the_summary_is_valid_and_nothing_that_excel_would_repair(summary: Path) -> None:
    assert lint(summary) == []


def test_the_summary_passes_the_validator(summary: Path) -> None:
    assert validate(summary) == []


def test_the_summary_can_be_printed(summary: Path) -> None:
    assert len(pictures_of(summary, dpi=20)) == 7  # a page a sheet


# ---- text from an office is text


def test_a_file_of_an_impossible_name_spoils_no_summary(run: Run, returned: Path, tmp_path: Path) -> None:
    (returned / "b.xlsx").rename(returned / "b\2\3.xlsx")
    ran = run("check", returned, "--out", tmp_path / "out", "--jobs", 1)
    assert ran.status == 2
    names = {Path(str(row[8])).name for row in _rows(tmp_path / "out" / "点検まとめ.xlsx", "見直す箇所")[1:]}
    assert any(name.startswith("b") for name in names)
    assert lint(tmp_path / "out" / "点検まとめ.xlsx") == []


@pytest.fixture
def attacked(tmp_path: Path) -> Path:
    rows = {"日報": [{"氏名": ATTACK, "日付": date(2026, 1, 6), "提供区分": "在宅"}]}
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(written(filled({"対象年月": date(2026, 1, 1), "事業所名": "=1+1"}, rows)))
    return folder


def test_what_an_office_typed_is_never_run(run: Run, attacked: Path, tmp_path: Path) -> None:
    run("check", attacked, "--out", tmp_path / "out", "--csv", tmp_path / "a.csv", "--html", tmp_path / "a.html")
    book = openpyxl.load_workbook(tmp_path / "out" / "点検まとめ.xlsx")
    formulas = [c.value for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert formulas
    assert all(formula.startswith("=HYPERLINK(") for formula in formulas)
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))):
        assert not any(value.startswith(("=", "+", "-", "@", "\t")) for value in row)
    assert "'=cmd|" in data.decode()
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


# ---- CSV and the frame: nothing dropped


def test_every_file_stands_in_the_csv(run: Run, returned: Path, tmp_path: Path) -> None:
    run("check", returned, "--csv", tmp_path / "a.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8-sig"))))
    assert {Path(row["ファイル"]).name for row in rows} == {
        "a.xlsx",
        "b.xlsx",
        "c.xlsx",
        "cut.xlsx",
        "d.xlsx",
        "text.xlsx",
    }
    (cut,) = (row for row in rows if row["ファイル"].endswith("cut.xlsx"))
    assert (cut["状態"], cut["番号"]) == ("読み取れない", "")
    assert "壊れています" in cut["内容"]


def test_a_frame_has_a_row_a_day_and_one_for_each_file_that_was_not_judged(returned: Path) -> None:
    frame = zaitaku_xl.check_files(returned)
    assert frame["status"].value_counts().to_dict() == {"judged": 6, "unreadable": 2, "not_a_log": 1}
    days = frame[frame["verdict"] == "NOT_BILLABLE"]
    assert list(days["date"]) == [pd.Timestamp("2026-01-06")] * 2
    assert list(days["rules"]) == ["D01"] * 2


@pytest.mark.parametrize(("table", "rows"), [("findings", None), ("clients", 6), ("files", 6)])
def test_other_tables_hold_every_file_too(table: str, rows: int | None, returned: Path) -> None:
    frame = zaitaku_xl.check_files([returned], table, month="2026-01")
    assert frame["path"].nunique() == 6
    assert rows is None or len(frame) == rows


def test_the_parquet_file_is_the_frame(run: Run, returned: Path, tmp_path: Path) -> None:
    run("check", returned, "--parquet", tmp_path / "a.parquet")
    read = pd.read_parquet(tmp_path / "a.parquet", dtype_backend="numpy_nullable")
    made = zaitaku_xl.check_files(returned)
    assert read.astype("string").equals(made.astype("string"))


def test_without_what_parquet_needs_no_file_is_judged(
    run: Run, returned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    ran = run("check", returned, "--out", tmp_path / "out", "--parquet", tmp_path / "a.parquet")
    assert ran.status == 2
    assert "pyarrow" in ran.err
    assert not (tmp_path / "out").exists()


def test_to_import_the_package_loads_nothing_heavy() -> None:
    said = "import sys, zaitaku_xl; print(any(m in sys.modules for m in ('pandas', 'xlsxwriter', 'zaitaku_xl.batch')))"
    assert subprocess.run([sys.executable, "-c", said], capture_output=True, text=True).stdout == "False\n"


def test_nothing_heavy_is_loaded_to_check_one_file(tmp_path: Path) -> None:
    book = saved(tmp_path / "a.xlsx", GOOD)
    said = (
        f"import sys; sys.argv = ['zaitaku-xl', 'check', {str(book)!r}]\n"
        "from zaitaku_xl.entry.cli import main\n"
        "try: main()\n"
        "except SystemExit: print([m for m in ('pandas', 'pyarrow', 'distributed', 'fsspec') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", said], capture_output=True, text=True).stdout.endswith("[]\n")


# ---- the page


def _shown(page: Path, *more: str) -> str:
    command = [needs("chromium"), *CHROMIUM, f"--user-data-dir={page.parent / 'profile'}", *more, page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=60).stdout


def test_a_browser_shows_the_page_and_it_asks_for_nothing(run: Run, returned: Path, tmp_path: Path) -> None:
    page = tmp_path / "out" / "まとめ.html"
    run("check", returned, "--out", tmp_path / "out", "--html", page)
    text = page.read_text(encoding="utf-8")
    assert "http:" not in text
    assert "https:" not in text
    page.write_text(text.replace("</script>", _PROBE), encoding="utf-8")
    shown = _shown(page, "--dump-dom")
    told = json.loads(shown.split('<pre id="probe">')[1].split("</pre>")[0])
    assert told["asked"] == []
    assert told["findings"] > told["sifted"] > 0
    assert told["links"] > 0
    assert told["wide"] is False  # nothing runs out of the window


_PROBE = """
words.value = "みなと作業所"; sift();
const rows = [...document.querySelectorAll("#findings tbody tr")];
const made = document.createElement("pre"); made.id = "probe";
made.textContent = JSON.stringify({asked: performance.getEntriesByType("resource").map(e => e.name), findings: rows.length,
  sifted: rows.filter(row => !row.hidden).length, links: document.querySelectorAll("#findings a[href='sub/c.xlsx']").length,
  wide: document.documentElement.scrollWidth > innerWidth});
document.body.append(made);
</script>"""


def test_a_page_that_would_not_scroll_holds_the_worst(
    run: Run, returned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zaitaku_xl.batch.outputs.html_page.MOST_FINDINGS", 1)
    run("check", returned, "--html", tmp_path / "a.html")
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert text.count("<td class=block>") == 1
    assert "算定不可の多いファイルから1件を載せました" in text


def test_the_copies_may_be_left_out(run: Run, returned: Path, tmp_path: Path) -> None:
    assert run("check", returned, "--out", tmp_path / "out", "--no-copies").status == 2
    assert [path.name for path in (tmp_path / "out").glob("**/*.xlsx")] == ["点検まとめ.xlsx"]
