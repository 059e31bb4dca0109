"""The office's own blank of 実績記録票: each value lands in its cell, found by labels or named in a mapping, and nothing else moves."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests import tools
from tests.forms import made
from zaitaku_xl.errors import Unwritten, WrongUse
from zaitaku_xl.jobs import Asked
from zaitaku_xl.jobs.filling_records import FilledRecords, fill_records

SHEET = "就労継続支援"
FIRST, LAST = 9, 39
START, END, REMARK = "J", "L", "Z"


def blank(folder: Path, *, printed: bool = False, boxes: bool = False, totals: bool = True, rows: int = 31) -> Path:
    """A form as offices keep it: joined labels and headings, columns over several cells, formulas in the row of totals."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet["A1"], sheet["G1"] = "就労継続支援提供実績記録票", "様式17"
    for row, label, column in (
        (2, "サービス提供年月", "A"),
        (3, "受給者証番号", "A"),
        (4, "支給決定障害者等氏名", "A"),
    ):
        _join(sheet, f"{column}{row}:D{row}", label)
    for row, label in ((3, "事業所番号"), (4, "事業者及びその事業所")):
        _join(sheet, f"P{row}:S{row}", label)
    if not boxes:
        for cells in ("E2:K2", "E3:N3", "E4:N4", "T3:Z3", "T4:Z4"):
            sheet.merge_cells(cells)
    for cells, heading in (
        ("A6:B8", "日付"), ("C6:D8", "曜日"), ("E7:I8", "サービス提供\nの状況"), ("J7:K8", "開始時間"), ("L7:M8", "終了時間"),
        ("N7:O7", "送迎加算"), ("N8:N8", "往"), ("O8:O8", "復"), ("P7:Q8", "食事提供体制加算"), ("R7:S8", "施設外支援"),
        ("T6:Y8", "利用者確認欄"), ("Z6:AC8", "備考"), ("E6:S6", "サービス提供実績"),
    ):  # fmt: skip
        _join(sheet, cells, heading)
    for row in range(FIRST, FIRST + rows):
        for cells in (
            "A{0}:B{0}",
            "C{0}:D{0}",
            "E{0}:I{0}",
            "J{0}:K{0}",
            "L{0}:M{0}",
            "P{0}:Q{0}",
            "R{0}:S{0}",
            "T{0}:Y{0}",
            "Z{0}:AC{0}",
        ):
            sheet.merge_cells(cells.format(row))
        if printed:
            sheet[f"A{row}"] = row - FIRST + 1
    after = FIRST + rows
    if totals:
        sheet[f"A{after}"], sheet[f"P{after}"] = "合計", f"=SUM(P{FIRST}:P{after - 1})"
    _join(sheet, f"A{after + 2}:D{after + 2}", "利用開始日")
    _join(sheet, f"J{after + 2}:K{after + 2}", "30日目")
    path = folder / "様式17.xlsx"
    book.save(path)
    return path


def _join(sheet: Worksheet, cells: str, text: str) -> None:
    first, _, last = cells.partition(":")
    sheet[first] = text
    if first != last:
        sheet.merge_cells(cells)


def on(day: int) -> str:
    return f"2026-01-{day:02}"


DAYS = [
    {"日付": on(6), "提供区分": "在宅"}, {"日付": on(7), "提供区分": "通所", "送迎往": "○", "食事": "○", "備考": "=1+1"},
    {"日付": on(9), "提供区分": "欠席"}, {"日付": on(28), "提供区分": "通所", "施設外支援": "○"},
]  # fmt: skip
TABLES = {
    "日報": DAYS,
    "欠席時対応": [{"欠席日": on(9), "連絡日": on(9), "連絡者": "本人", "受けた職員": "佐藤", "理由": "発熱", "相談援助内容": "受診を勧めた",
                 "次回予定日": on(12), "加算算定": "有"}],
    "予定": [{"日付": on(d), "予定区分": p} for d, p in ((6, "在宅"), (7, "通所"), (9, "通所"), (28, "通所"))],
    "利用者台帳": [{"受給者証番号": "0012345678", "利用開始日": on(6)}],
}  # fmt: skip


def fill(
    folder: Path,
    form: Path,
    mapping: str | None = None,
    tables: dict[str, Any] | None = None,
    override: str | None = None,
) -> FilledRecords:
    told = None
    if mapping is not None:
        told = folder / "対応表.toml"
        told.write_text(mapping, encoding="utf-8")
    return fill_records(made.workbook(folder, tables or TABLES), Asked(), None, form, told, folder / "out", override)


def cells(path: Path) -> dict[str, Any]:
    return {
        c.coordinate: c.value
        for row in openpyxl.load_workbook(path)[SHEET].iter_rows()
        for c in row
        if c.value is not None
    }


def told(before: Path, after: Path) -> dict[str, Any]:
    """What the copy says that the blank did not."""
    was = cells(before)
    return {cell: value for cell, value in cells(after).items() if was.get(cell) != value}


HEAD = {
    "E2": "令和8年1月分", "E3": "0012345678", "E4": "山田 花子", "T3": "4210000001", "T4": "ひかり作業所",
    "E42": "令和8年1月6日", "L42": "令和8年2月4日",
}  # fmt: skip


def test_the_values_land_by_the_labels_of_the_blank_a_row_a_day_of_use(tmp_path: Path) -> None:
    form = blank(tmp_path)
    (copy,) = fill(tmp_path, form).written
    assert copy.name == "様式17_山田 花子.xlsx"
    assert told(form, copy) == HEAD | {
        "A9": 6, "C9": "火", "J9": "9:30", "L9": "15:30", "Z9": "在宅支援",
        "A10": 7, "C10": "水", "J10": "9:30", "L10": "15:30", "N10": 1, "P10": 1, "Z10": "=1+1",
        "A11": 9, "C11": "金", "E11": "欠席",
        "A12": 28, "C12": "水", "J12": "9:30", "L12": "15:30", "R12": 1,
    }  # fmt: skip
    sheet = openpyxl.load_workbook(copy)[SHEET]
    assert sheet["Z10"].data_type == "s"
    assert sheet["E3"].data_type == "s"
    assert [cell.value for cell in sheet["T"][FIRST - 1 : LAST]] == [None] * 31
    assert (tools.validate(copy), tools.lint(copy)) == (tools.validate(form), tools.lint(form))


LONG = "架空の長い名前の利用者である山田花子さんとそのご家族一同様"
ALIKE = [
    (f"{LONG}と甲の家の方", f"{LONG}と甲の家の人"),
    ("山田 hanako", "山田 HANAKO"),
    ("が山 花子", "が山 花子"),
    ("山田 花子", "山田 太郎"),
]


@pytest.mark.parametrize("names", ALIKE)
def test_each_client_has_a_copy_however_alike_the_names_are(names: tuple[str, str], tmp_path: Path) -> None:
    clients = [{"氏名": name, "受給者証番号": f"001234567{n}"} for n, name in enumerate(names)]
    day = {"日付": on(7), "提供区分": "通所"}
    tables = {"日報": [day | c for c in clients], "予定": [{"日付": on(7), "予定区分": "通所"} | c for c in clients]}
    form = blank(tmp_path)
    done = fill(tmp_path, form, tables=tables | {"利用者台帳": clients})
    assert sorted(told(form, copy)["E3"] for copy in done.written) == ["0012345670", "0012345671"]
    assert len({copy.name.casefold() for copy in done.written}) == len(done.written)
    assert set(done.numbered) <= set(done.written)
    assert all("（2）" in copy.name for copy in done.numbered)


def test_where_the_days_are_printed_each_finds_its_own_row(tmp_path: Path) -> None:
    form = blank(tmp_path, printed=True)
    (copy,) = fill(tmp_path, form).written
    said = told(form, copy)
    assert {cell: said[cell] for cell in ("J14", "J15", "E17", "J36")} == {
        "J14": "9:30",
        "J15": "9:30",
        "E17": "欠席",
        "J36": "9:30",
    }
    assert not [cell for cell in said if cell[0] in "AC" and cell[1:].isdigit()]


MAPPING = """
sheet = "就労継続支援"
first_row = 9
[cells]
"受給者証番号" = "E3:N3"
"点検" = "M1"
[columns]
"開始時間" = "L"
"終了時間" = "J"
"""


def test_what_a_mapping_names_wins_and_a_number_goes_into_its_boxes(tmp_path: Path) -> None:
    form = blank(tmp_path, boxes=True)
    (copy,) = fill(tmp_path, form, MAPPING).written
    said = told(form, copy)
    assert "".join(said[f"{column}3"] for column in "EFGHIJKLMN") == "0012345678"
    assert (said["L9"], said["J9"]) == ("9:30", "15:30")
    assert said["M1"] == "点検：請求を止める箇所は見つかりませんでした。"


BLOCKED = {"日報": [{"日付": on(6), "提供区分": "在宅", "連絡": []}]}


def test_a_blank_without_a_place_for_it_is_not_filled_while_a_block_remains(tmp_path: Path) -> None:
    done = fill(tmp_path, blank(tmp_path), tables=BLOCKED)
    assert (done.written, done.left) == ((), ("山田 花子",))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("override", "words"), [(None, "見直し未了　"), ("市の確認待ち", "見直しを残して作成（理由：市の確認待ち）")]
)
def test_with_a_place_for_it_the_blank_says_that_the_check_is_not_done(
    tmp_path: Path, override: str | None, words: str
) -> None:
    form = blank(tmp_path, boxes=True)
    (copy,) = fill(tmp_path, form, MAPPING, BLOCKED, override).written
    assert str(told(form, copy)["M1"]).startswith(words)


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ('sheet = "様式99"', "シート「様式99」がありません"),
        ('[cells]\n"氏名と住所" = "A1"', "氏名と住所"),
        ('[columns]\n"開始時間" = "J7"', "列の名前ではありません"),
        ('[cells]\n"氏名" = "ここ"', "セルの番地ではありません"),
        ('[cells]\n"受給者証番号" = "E3:H3"', "10文字ですが"),
        ("first = 9", "知らない項目「first」"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused_with_the_place(mapping: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match=said):
        fill(tmp_path, blank(tmp_path), mapping)


def test_a_form_without_the_columns_is_no_blank_of_ours(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "請求書"
    path = tmp_path / "請求書.xlsx"
    book.save(path)
    with pytest.raises(WrongUse, match="列が見つかりません"):
        fill(tmp_path, path)


def test_a_form_with_too_few_rows_is_not_filled_halfway(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="記録は4日ありますが、様式の行は3行です"):
        fill(tmp_path, blank(tmp_path, rows=3))


def test_a_form_that_is_filled_already_is_refused_whole(tmp_path: Path) -> None:
    form = blank(tmp_path)
    book = openpyxl.load_workbook(form)
    book[SHEET]["Z9"] = "前月の備考"
    book.save(form)
    with pytest.raises(Unwritten, match="前月の備考"):
        fill(tmp_path, form)
    assert not (tmp_path / "out").exists()


def test_the_copy_looks_as_the_blank_does_with_its_values_in_it(tmp_path: Path) -> None:
    (copy,) = fill(tmp_path, blank(tmp_path)).written
    page = tools.html_of(copy)
    for words in ("山田 花子", "在宅支援", "0012345678", "欠席"):
        assert words in page
