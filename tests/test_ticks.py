"""確認済み and 事業所の記入 in 点検結果: the office's own, carried from check to check, quieting an advice and nothing else."""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.worksheet import Worksheet

from tests.command import Run
from tests.forms import made
from zaitaku_xl.hosts.marking import cleared, sheets_of_ours
from zaitaku_xl.jobs import Asked
from zaitaku_xl.jobs.checking import check_file
from zaitaku_xl.jobs.clearing import clear_file
from zaitaku_xl.made import OURS

GONE = "解消した項目"


def _checked(path: Path) -> tuple[str, ...]:
    outcome = check_file(path, path.name, Asked(), path)
    assert outcome.written, (outcome.remarks, outcome.reason)
    return tuple(map(str, outcome.remarks))


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The marked demo, in which a person may write."""
    path = made.demo_book(tmp_path)
    _checked(path)
    return path


def _headings(sheet: Worksheet) -> tuple[int, dict[str, int]]:
    for row in sheet.iter_rows():
        words = {str(cell.value): cell.column for cell in row if cell.value}
        if "確認済み" in words:
            return row[0].row, words
    raise AssertionError(sheet.title)


def _lines(sheet: Worksheet) -> Iterator[dict[str, Any]]:
    """Each numbered line with its row; those below 解消した項目 say so."""
    top, at = _headings(sheet)
    gone = False
    for row in range(top + 1, sheet.max_row + 1):
        number = sheet.cell(row, 1).value
        gone = gone or str(number or "").startswith(GONE)
        if isinstance(number, int):
            yield {name: sheet.cell(row, column).value for name, column in at.items()} | {"row": row, "gone": gone}


def _line(sheet: Worksheet, weight: str, rule: str = "", *, gone: bool = False) -> dict[str, Any]:
    return next(
        line
        for line in _lines(sheet)
        if line["区分"] == weight and line["番号"].startswith(rule) and line["gone"] is gone
    )


def _written(path: Path, change: Callable[[openpyxl.Workbook], None]) -> None:
    workbook = openpyxl.load_workbook(path)
    change(workbook)
    workbook.save(path)


def _tick(line: dict[str, Any], sheet: Worksheet, ticked: object = "○", words: str | None = "計画どおり") -> None:
    _, at = _headings(sheet)
    sheet.cell(line["row"], at["確認済み"]).value = ticked
    sheet.cell(line["row"], at["事業所の記入"]).value = words


def _ticked(path: Path, weight: str, rule: str = "", **jotting: Any) -> dict[str, Any]:
    """Tick the first line of that weight, as a person does in a program that saves all anew."""
    line: dict[str, Any] = {}

    def change(workbook: openpyxl.Workbook) -> None:
        sheet = workbook["点検結果"]
        line.update(_line(sheet, weight, rule))
        _tick(line, sheet, **jotting)

    _written(path, change)
    return line


def _notes(path: Path) -> dict[str, str]:
    workbook = openpyxl.load_workbook(path)
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in workbook
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def _same(line: dict[str, Any]) -> tuple[object, ...]:
    return tuple(line[name] for name in ("番号", "氏名", "日付・期間", "内容"))


def _found_again(path: Path, line: dict[str, Any], sheet: str = "点検結果") -> dict[str, Any]:
    return next(each for each in _lines(openpyxl.load_workbook(path)[sheet]) if _same(each) == _same(line))


def test_a_tick_quiets_an_advice_and_is_carried_with_its_words(book: Path) -> None:
    line = _ticked(book, "助言")
    assert line["該当箇所"] in _notes(book)
    _checked(book)
    again = _found_again(book, line)
    assert (again["確認済み"], again["事業所の記入"]) == ("○", "計画どおり")
    note = _notes(book).get(line["該当箇所"], "")
    assert f"■{line['番号']}（助言）" not in note


def test_a_second_check_of_a_ticked_workbook_changes_nothing(book: Path) -> None:
    _ticked(book, "助言")
    _checked(book)
    before = book.read_bytes()
    _checked(book)
    assert book.read_bytes() == before


@pytest.mark.parametrize("weight", ["算定不可", "要確認", "要修正"])
def test_a_tick_quiets_nothing_heavier(book: Path, weight: str) -> None:
    line = _ticked(book, weight)
    _checked(book)
    assert _found_again(book, line)["確認済み"] == "○"
    assert line["番号"] in _notes(book)[line["該当箇所"]]


@pytest.mark.parametrize(
    ("ticked", "quiet"),
    [("○", True), ("済", True), ("12/1 山田", True), (True, True), ("×", False), ("未", False), (False, False), (None, False)],
)  # fmt: skip
def test_only_what_says_yes_is_a_tick(book: Path, ticked: object, quiet: bool) -> None:
    line = _ticked(book, "助言", ticked=ticked)
    found = [f for f in _json(book)["findings"] if f["acknowledged"]]
    assert [f["message"] for f in found] == ([line["内容"]] if quiet else [])


def _json(path: Path) -> Any:
    from zaitaku_xl.results.as_json import json_text
    from zaitaku_xl.results.plain import result_of

    return json.loads(json_text(result_of(check_file(path, path.name, Asked()))))


def test_nothing_is_counted_otherwise(book: Path, run: Run, tmp_path: Path) -> None:
    before, told = _json(book), run("check", book).out
    _ticked(book, "助言")
    after = _json(book)
    assert sum(finding["acknowledged"] for finding in after["findings"]) == 1
    for finding in after["findings"]:
        finding["acknowledged"] = False
    assert after == before
    assert run("check", book).out == told


def test_words_of_a_finding_that_is_gone_move_below(book: Path) -> None:
    line = _ticked(book, "算定不可", "D03")
    sheet, _, cell = line["該当箇所"].partition("!")
    _written(book, lambda workbook: workbook[sheet].__setitem__(cell, "商品データの入力と検品"))
    for _ in range(2):
        _checked(book)
        gone = next(each for each in _lines(openpyxl.load_workbook(book)["点検結果"]) if _same(each) == _same(line))
        assert (gone["gone"], gone["確認済み"], gone["事業所の記入"]) == (True, "○", "計画どおり")


def test_a_finding_that_is_back_takes_its_words_up_again(book: Path) -> None:
    line = _ticked(book, "算定不可", "D03")
    sheet, _, cell = line["該当箇所"].partition("!")
    was = openpyxl.load_workbook(book)[sheet][cell].value
    for value, gone in (("商品データの入力と検品", True), (was, False)):
        _written(book, lambda workbook, value=value: workbook[sheet].__setitem__(cell, value))
        _checked(book)
        assert _found_again(book, line)["gone"] is gone


def test_words_follow_their_finding_when_rows_and_columns_move(book: Path) -> None:
    line = _ticked(book, "助言")
    sheet = line["該当箇所"].partition("!")[0]

    def change(workbook: openpyxl.Workbook) -> None:
        for other in workbook:  # openpyxl moves cells, not notes and colours
            for row in other.iter_rows():
                for cell in row:
                    if cell.comment:
                        cell.comment = None
        workbook[sheet].insert_rows(2)
        workbook[sheet].insert_cols(1)

    _written(book, change)
    _checked(book)
    again = _found_again(book, line)
    assert again["該当箇所"] != line["該当箇所"]
    assert again["確認済み"] == "○"


def test_the_columns_of_the_office_never_make_the_sheet_edited(book: Path) -> None:
    _ticked(book, "助言")
    (ours,) = sheets_of_ours(book.read_bytes())
    assert (ours.as_made, ours.written_in) == (True, True)


def test_clearing_keeps_the_sheet_while_they_hold_anything_and_says_so(book: Path, tmp_path: Path) -> None:
    _ticked(book, "助言")
    for path in (book, tmp_path / "saved by us.xlsx"):
        if path != book:
            _checked(book)
        said = clear_file(book, tmp_path / "clear.xlsx")
        assert any("確認済み" in words and "点検結果" in words for words in said)
        left = openpyxl.load_workbook(tmp_path / "clear.xlsx")
        assert "点検結果" in left.sheetnames
        assert not [where for where in _notes(tmp_path / "clear.xlsx") if not where.startswith("点検結果")]


def test_clearing_takes_the_sheet_once_they_are_blank(book: Path, tmp_path: Path) -> None:
    _ticked(book, "助言", ticked=None, words=None)
    assert clear_file(book, tmp_path / "clear.xlsx") == ()
    assert "点検結果" not in openpyxl.load_workbook(tmp_path / "clear.xlsx").sheetnames


def test_ticks_are_found_again_after_clearing(book: Path) -> None:
    line = _ticked(book, "助言")
    clear_file(book, book)
    _checked(book)
    assert openpyxl.load_workbook(book).sheetnames.count("点検結果") == 1
    assert _found_again(book, line)["確認済み"] == "○"


def _edited(path: Path) -> None:
    _written(path, lambda workbook: workbook["点検結果"].__setitem__("A1", f"{OURS}点検結果（会議で使ったもの）"))


def test_a_list_that_a_person_edited_stays_and_the_new_one_takes_the_next_name(book: Path) -> None:
    line = _ticked(book, "助言")
    _edited(book)
    said = _checked(book)
    assert any("「点検結果」" in words and "「点検結果2」" in words for words in said)
    assert openpyxl.load_workbook(book)["点検結果"]["A1"].value == f"{OURS}点検結果（会議で使ったもの）"
    assert _found_again(book, line, "点検結果2")["確認済み"] == "○"
    assert "点検結果2 No." in "\n".join(_notes(book).values())
    before = book.read_bytes()
    assert _checked(book) == said
    assert book.read_bytes() == before


def test_ticks_are_read_from_all_lists_and_the_newest_wins(book: Path) -> None:
    _edited(book)
    _checked(book)
    lines: list[dict[str, Any]] = []

    def change(workbook: openpyxl.Workbook) -> None:
        old, new = workbook["点検結果"], workbook["点検結果2"]
        lines.extend([line for line in _lines(new) if line["区分"] == "助言"][:2])
        first, second = ([line for line in _lines(old) if line["区分"] == "助言"])[:2]
        _tick(first, old, "○", "古い一覧")
        _tick(second, old, "○", "古い一覧")
        _tick(lines[1], new, "×", "新しい一覧")

    _written(book, change)
    _checked(book)
    assert [_found_again(book, line, "点検結果2")["事業所の記入"] for line in lines] == ["古い一覧", "新しい一覧"]
    _written(book, lambda workbook: _tick(_again(workbook, lines[0]), workbook["点検結果2"], None, None))
    for _ in range(2):  # what was taken out of the newest does not come back from an older one
        _checked(book)
        assert _found_again(book, lines[0], "点検結果2")["事業所の記入"] is None


def _again(workbook: openpyxl.Workbook, line: dict[str, Any]) -> dict[str, Any]:
    return next(each for each in _lines(workbook["点検結果2"]) if _same(each) == _same(line))


def test_where_no_sheet_can_be_made_none_with_words_goes(book: Path) -> None:
    _ticked(book, "助言")

    def lock(workbook: openpyxl.Workbook) -> None:
        workbook.security = WorkbookProtection(lockStructure=True)

    _written(book, lock)
    _checked(book)
    assert any(line["事業所の記入"] == "計画どおり" for line in _lines(openpyxl.load_workbook(book)["点検結果"]))


def test_words_beside_no_line_are_kept_too(book: Path) -> None:
    def change(workbook: openpyxl.Workbook) -> None:
        sheet = workbook["点検結果"]
        sheet.cell(sheet.max_row + 2, _headings(sheet)[1]["事業所の記入"]).value = "次の会議で話す"

    _written(book, change)
    _checked(book)
    lines = [line for line in _lines(openpyxl.load_workbook(book)["点検結果"]) if line["事業所の記入"]]
    assert [(line["gone"], line["事業所の記入"]) for line in lines] == [(True, "次の会議で話す")]


def test_the_printed_list_has_what_the_office_wrote(book: Path, run: Run, tmp_path: Path) -> None:
    _ticked(book, "助言")
    assert run("forms", book, "--form", "findings", "--out", tmp_path / "out").status in (0, 1)
    sheet = openpyxl.load_workbook(tmp_path / "out" / book.name)["点検結果一覧"]
    _, at = _headings(sheet)
    written = [row[at["事業所の記入"] - 1].value for row in sheet.iter_rows()]
    assert "計画どおり" in written


def test_a_date_in_the_column_of_the_office_stays_the_date_it_shows(book: Path) -> None:
    from datetime import date

    line = _ticked(book, "助言", ticked=date(2026, 12, 1))
    _checked(book)
    assert _found_again(book, line)["確認済み"] == "2026/12/1"


def test_nothing_is_left_when_a_ticked_workbook_is_cleared_by_name(book: Path) -> None:
    _ticked(book, "助言")
    left = cleared(book.read_bytes(), ("点検結果",)).data
    assert "点検結果" not in openpyxl.load_workbook(io.BytesIO(left)).sheetnames
