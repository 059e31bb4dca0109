"""The blank workbook: what canonical.toml may say, what stands in the file, and that it reads back as nothing recorded."""

from datetime import date, time
from io import BytesIO

import openpyxl
import pytest

from tests.tools import lint, validate
from zaitaku_xl import model
from zaitaku_xl.book import layout, values
from zaitaku_xl.book.dates import month_in
from zaitaku_xl.book.read import read_log
from zaitaku_xl.book.unread import Unread
from zaitaku_xl.cells import Cell, Kind
from zaitaku_xl.check import check
from zaitaku_xl.errors import LayoutError
from zaitaku_xl.finding import COLOURS, WORDS, Weight
from zaitaku_xl.hosts.reading.grids import grids
from zaitaku_xl.hosts.writing.new_book import written
from zaitaku_xl.law import load_law
from zaitaku_xl.made import MadeBook
from zaitaku_xl.model import Month
from zaitaku_xl.ooxml.opc import Package
from zaitaku_xl.resources import shipped
from zaitaku_xl.sheets.blank import FIRST_ROW, HEADING_ROW, filled, template
from zaitaku_xl.sheets.canonical import canonical, read_canonical

JANUARY = Month(2026, 1)
SOURCE = shipped("workbook_templates", "canonical.toml").read_text(encoding="utf-8")
KINDS = {  # how layout reads a column -> the kinds that fit it
    values.day: {"date"}, values.birthday: {"date"}, values.time: {"time"}, values.month: {"month"}, values.digits: {"digits"}, values.achievement: {"text"},
    values.number: {"number"}, values.flag: {"flag"}, values.weekday: {"weekday"}, values.text: {"name", "text", "word"}, values.name: {"name", "word"},
}  # fmt: skip


def opened(book: MadeBook):
    return openpyxl.load_workbook(BytesIO(written(book)))


def log_of(book: MadeBook):
    return read_log(grids(Package.opened(written(book)), lambda name: True))


def columns_and_looks():
    looks = {sheet.name: {column.heading: column for column in sheet.columns} for sheet in canonical().sheet}
    for table in layout.TABLES:
        for column in layout.template_columns(table):
            yield table.sheet, column, looks[table.sheet][column.heading]
    items = {item.heading: item for item in canonical().settings.items}
    for column in layout.SETTINGS:
        yield layout.SETTINGS_SHEET, column, items[column.heading]


# ---- the look


def test_the_look_has_every_heading_of_the_template_and_no_other():
    shown = {sheet.name: sorted(column.heading for column in sheet.columns) for sheet in canonical().sheet}
    assert shown == {
        table.sheet: sorted(column.heading for column in layout.template_columns(table)) for table in layout.TABLES
    }


def test_a_column_is_shown_as_the_kind_of_value_that_is_read_from_it():
    wrong = [
        (sheet, column.heading, look.kind)
        for sheet, column, look in columns_and_looks()
        if look.kind not in KINDS.get(column.parse, {"word"})
    ]
    assert wrong == []


def test_every_offered_word_can_be_read():
    for sheet, column, look in columns_and_looks():
        for word in look.choices:
            value = column.parse(Cell(Kind.TEXT, word), values.Context())
            assert not isinstance(value, Unread), (sheet, column.heading, word)


def test_no_title_names_a_month_for_it_would_complete_the_days_below():
    for sheet in template(JANUARY).sheets:
        above = [str(cell.value) for row in sheet.rows[: HEADING_ROW - 1] for cell in row if cell and cell.value]
        if sheet.name != canonical().guide.sheet:
            assert [text for text in above if month_in(text)] == []


def test_no_fill_of_the_template_is_a_colour_of_a_mark():
    fills = {
        cell.style.fill
        for sheet in template(JANUARY).sheets
        for row in sheet.rows
        for cell in row
        if cell and cell.value not in WORDS.values()  # the legend
    }
    assert fills & set(COLOURS.values()) == set()


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('heading = "備考", kind = "text", width = 14', 'heading = "びこう", kind = "text", width = 14', "「びこう」は知りません"),
        ('name = "営業日"', 'name = "営業"', "シート「営業」は知りません"),
        ('kind = "date", width = 12, needed = true },\n  { heading = "方法"', 'kind = "day", width = 12 },\n  { heading = "方法"', "種類「day」は知りません"),
        ("frozen_columns = 2", "frozen = 2", "知らない項目「frozen」"),
        ('font  = "Yu Gothic"', "font  = 3", "「font」の型が違います"),
        ('ink   = "1F2933"\n', "", "項目「ink」がありません"),
        ('[book]', '[book', "TOMLとして読み取れません"),
    ],
)  # fmt: skip
def test_a_slip_in_the_look_stops_with_file_and_place(tmp_path, before, after, says):
    assert before in SOURCE
    path = tmp_path / "canonical.toml"
    path.write_text(SOURCE.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(LayoutError, match=r"^canonical\.toml") as stopped:
        read_canonical(path)
    assert says in str(stopped.value)


# ---- the workbook


def test_the_template_holds_no_record_and_lacks_nothing_but_settings():
    log = log_of(template(JANUARY))
    optional = {c.field for slot in range(layout.TEMPLATE_SLOTS + 1, model.CONTACT_SLOTS + 1) for c in layout.contact_columns(slot)}  # fmt: skip
    lacking = {name for name in log.missing if not name.startswith("office.")}
    assert lacking <= {"plans", *(f"entries.{field}" for field in optional)}  # 予定 without a row is an unused sheet
    assert log.people == ()
    assert log.strays == ()
    assert log.calendar == ()
    assert log.office.month == JANUARY
    assert log.office.week_start == 0
    assert log.office.open_weekdays == frozenset(range(5))


def test_of_the_template_nothing_is_judged_and_nothing_is_wrong():
    report = check(log_of(template(JANUARY)), load_law())
    assert report.nothing
    assert {finding.weight for finding in report.findings} == {Weight.ADVISE}
    assert report.days == ()


def test_a_template_without_month_and_town_says_neither():
    book = opened(template())
    assert book[layout.SETTINGS_SHEET].cell(FIRST_ROW, 2).value is None
    assert "長崎市" not in str([cell.value for row in book["はじめに"] for cell in row])


def test_a_town_is_named_on_the_first_sheet_and_offered_in_the_register():
    book = opened(template(JANUARY, "長崎市"))
    assert any("長崎市" in str(cell.value) for row in book["はじめに"] for cell in row)
    offered = [rule.formula1 for rule in book["利用者台帳"].data_validations.dataValidation]
    assert '"長崎市"' in offered


def test_the_headings_stay_in_sight_and_are_repeated_on_paper():
    book = opened(template(JANUARY))
    for sheet in canonical().sheet:
        page = book[sheet.name]
        assert page.print_title_rows.endswith(f"${HEADING_ROW}"), sheet.name
        assert page.freeze_panes is not None
        assert page.page_setup.paperSize == 9
        assert page.oddFooter.right.text == "&P / &N"
    assert book["日報"].freeze_panes == f"C{FIRST_ROW}"
    assert book["日報"].print_title_cols == "$A:$B"


def test_no_list_is_longer_than_excel_takes():
    for sheet in template(JANUARY).sheets:
        for guard in sheet.guards:
            assert len(",".join(guard.words)) < 255, (sheet.name, guard)


def test_the_same_book_makes_the_same_bytes():
    assert written(template(JANUARY, "長崎市")) == written(template(JANUARY, "長崎市"))


# ---- what the host writes


def written_row(**cells):
    return opened(filled({}, {"利用者台帳": [{"氏名": "山田 花子", **cells}]}))["利用者台帳"]


def test_a_text_that_begins_like_a_formula_stays_text():
    page = written_row(到達手段='=HYPERLINK("http://example.jp")', フリガナ="+81", 契約支給量="@A1")
    row = {page.cell(HEADING_ROW, n).value: page.cell(FIRST_ROW, n) for n in range(1, page.max_column + 1)}
    assert row["到達手段"].value == '=HYPERLINK("http://example.jp")'
    assert {row[heading].data_type for heading in ("フリガナ", "契約支給量")} == {"s"}
    raw = Package.opened(written(filled({}, {"利用者台帳": [{"氏名": "=1+1"}]})))
    assert not any(b"<f>" in raw.part(sheet.part).split(b"<conditionalFormatting")[0] for sheet in raw.sheets)


def test_ten_digits_keep_their_leading_zero():
    page = written_row(受給者証番号="0099100018")
    cell = page.cell(FIRST_ROW, 3)
    assert (cell.value, cell.data_type, cell.number_format) == ("0099100018", "s", "@")


def test_dates_are_dates_and_times_are_times():
    day, start = date(2026, 1, 5), time(9, 30)
    page = opened(filled({}, {"日報": [{"氏名": "山田 花子", "日付": day, "開始": start}]}))["日報"]
    assert page.cell(FIRST_ROW, 2).value.date() == day
    assert page.cell(FIRST_ROW, 6).value == start
    assert page.cell(FIRST_ROW, 6).number_format == "h:mm"


# ---- witnesses


def test_the_template_has_nothing_that_excel_would_repair(tmp_path):
    path = tmp_path / "template.xlsx"
    path.write_bytes(written(template(JANUARY, "長崎市")))
    assert lint(path) == []


def test_the_template_passes_the_validator(tmp_path):
    path = tmp_path / "template.xlsx"
    path.write_bytes(written(template(JANUARY, "長崎市")))
    assert validate(path) == []
