"""Defects of sheets, headings and files."""

from datetime import date, time

from tests.clean_years.books import Row, Sheet, as_xlsx
from tests.clean_years.writing import record_sheet
from tests.defects.defect import Case, Place, defect


def _heading(case: Case, sheet: str, old: str, new: str) -> None:
    page = case.book.sheets[sheet]
    page.headings[page.headings.index(old)] = new
    for row in page.rows:
        if old in row:
            row[new] = row.pop(old)
    case.anywhere()


@defect("P02", of=("連絡１時間", "連絡1時こく", "午前の電話"), clause="issue: every unknown heading named")
def heading_unknown(case: Case, typed: str) -> None:
    _heading(case, "日報", "連絡1時刻", typed)


@defect(
    "P02",
    of=(("日報", "訓練内容"), ("日報", "支援記録"), ("週評価", "実施日"), ("在宅承認", "承認終了"), ("月評価", "方法")),
)
def vital_column_missing(case: Case, told: tuple[str, str]) -> None:
    case.book.sheets[told[0]].headings.remove(told[1])
    case.anywhere()


@defect(
    "P02",
    "D02",
    of=(("日報", "連絡1種別"), ("日報", "記録者"), ("月評価", "継続の妥当性"), ("利用者台帳", "到達所要分")),
)
def column_missing(case: Case, told: tuple[str, str]) -> None:
    case.book.sheets[told[0]].headings.remove(told[1])
    case.anywhere()


@defect("not_a_log", "unreadable", of=("提供区分", "日付", "氏名"), clause="CONTRACT 3")
def log_without_what_it_cannot_do_without(case: Case, heading: str) -> None:
    case.book.sheets["日報"].headings.remove(heading)


@defect("unreadable", "P02", "not_a_log", of=("訓練内容", "連絡1時刻", "提供区分"))
def heading_twice(case: Case, heading: str) -> None:
    case.book.sheets["日報"].headings.append(heading)
    case.anywhere()


@defect("P02:undecided", of=("利用者台帳", "在宅承認", "週評価", "月評価"), clause="CONTRACT 3")
def needed_sheet_missing(case: Case, sheet: str) -> None:
    del case.book.sheets[sheet]
    case.anywhere()


@defect("P02", of=("予定", "欠席時対応", "他サービス", "営業日"), clause="CONTRACT 3")
def optional_sheet_missing(case: Case, sheet: str) -> None:
    del case.book.sheets[sheet]
    case.anywhere()


@defect("P02", of=("日報 (2)", "日報のコピー", "日報（控え）"))
def copy_of_the_log(case: Case, name: str) -> None:
    page = case.book.sheets["日報"]
    case.book.sheets[name] = Sheet(list(page.headings), [dict(row) for row in page.rows])
    case.anywhere()


@defect("P02", clause="issue: a copy is named")
def half_of_the_log_in_a_second_sheet(case: Case) -> None:
    page = case.book.sheets["日報"]
    half = [row for row in page.rows if row["日付"] > date(2026, 1, 16)]
    page.rows = [row for row in page.rows if row["日付"] <= date(2026, 1, 16)]
    case.book.sheets["日報 (2)"] = Sheet(list(page.headings), half)
    case.anywhere()


@defect("P02")
def hidden_row(case: Case) -> None:
    case.book.sheets["日報"].hidden.append(case.home())


@defect(of=("日報", "週評価"), clause="imagination")
def hidden_sheet(case: Case, sheet: str) -> None:
    case.book.hidden_sheets.add(sheet)
    case.anywhere()


@defect("P02", "R06", "empty", of=("令和8年2月分", "2025年1月", "R7.1"))
def title_of_another_month(case: Case, title: str) -> None:
    case.book.sheets["日報"].above = [[f"在宅支援日報　{title}"]]
    case.anywhere()


@defect("P02", clause="issue: the month stated elsewhere")
def title_in_cells_of_another_month(case: Case) -> None:
    for row in case.book["日報"]:
        row["日付"] = row["日付"].day
        row["曜日"] = None
    case.book.sheets["日報"].above = [["在宅支援日報", "R8", "年", 2, "月"]]
    case.anywhere()


@defect("P02", "P01")
def heading_row_in_the_middle(case: Case) -> None:
    page = case.book.sheets["日報"]
    page.rows.insert(9, {heading: heading for heading in page.headings})
    case.place = Place("日報", len(page.above) + 11)


@defect("P02", "A01:undecided", "P01")
def example_row_left_in(case: Case) -> None:
    example = {
        "氏名": "記入例",
        "日付": date(2026, 1, 5),
        "提供区分": "在宅",
        "開始": time(9, 30),
        "訓練内容": "データ入力",
    }
    case.book["日報"].insert(0, example)
    case.at("日報", example)


@defect("P02", of=("2月", "2025年"))
def rows_of_another_time_left_in(case: Case, which: str) -> None:
    model = case.home()
    day = date(2026, 2, 2) if which == "2月" else date(2025, 1, 6)
    case.add("日報", model | {"日付": day, "曜日": "月", "支援記録": "別の時期の行"})


@defect("empty", clause="CONTRACT 2")
def log_without_any_row(case: Case) -> None:
    case.book["日報"].clear()
    case.anywhere()


@defect("empty", clause="CONTRACT 2")
def log_with_names_and_dates_only(case: Case) -> None:
    kept = ("氏名", "日付", "曜日")
    case.book.sheets["日報"].rows = [{key: row[key] for key in kept} for row in case.book["日報"]]
    case.anywhere()


@defect(clause="issue: 1904")
def date_system_switched(case: Case) -> None:
    """The file says 1904 but its numbers were typed under 1900."""
    data = as_xlsx(case.book)
    case.file = ("在宅.xlsx", _patched(data, b"<workbookPr ", b'<workbookPr date1904="1" '))
    case.anywhere()


def _patched(data: bytes, old: bytes, new: bytes) -> bytes:
    from io import BytesIO
    from zipfile import ZIP_DEFLATED, ZipFile

    out = BytesIO()
    with ZipFile(BytesIO(data)) as before, ZipFile(out, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, part.replace(old, new) if name == "xl/workbook.xml" else part)
    return out.getvalue()


@defect("unreadable", of=(0.5, 0.95, 0.0))
def file_cut_short(case: Case, share: float) -> None:
    data = as_xlsx(case.book)
    case.file = ("在宅.xlsx", data[: int(len(data) * share)])
    case.anywhere()


def _csv(case: Case) -> list[str]:
    page = case.book.sheets["日報"]
    lines = [",".join(page.headings)]
    lines += [",".join(_field(row.get(heading)) for heading in page.headings) for row in page.rows]
    case.file_before = ("日報.csv", "\r\n".join(lines).encode("cp932"))
    return lines


def _field(value: object) -> str:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return "" if value is None else str(value)


@defect("unreadable", of=(0, 5, 9), clause="issue: strict quotes")
def quote_never_closed(case: Case, row: int) -> None:
    lines = _csv(case)
    parts = lines[row + 1].split(",")
    parts[11] = f'"{parts[11]}'
    lines[row + 1] = ",".join(parts)
    case.file = ("日報.csv", "\r\n".join(lines).encode("cp932"))
    case.anywhere()


@defect("unreadable", "P02", clause="issue: rows longer than the heading")
def row_longer_than_the_heading(case: Case) -> None:
    lines = _csv(case)
    lines[8] += ",余り,余り"
    case.file = ("日報.csv", "\r\n".join(lines).encode("cp932"))
    case.anywhere()


@defect("unreadable", "P02", clause="issue: rows longer than the heading")
def comma_inside_a_field(case: Case) -> None:
    lines = _csv(case)
    lines[8] = lines[8].replace("。", ",", 1)
    case.file = ("日報.csv", "\r\n".join(lines).encode("cp932"))
    case.anywhere()


def _record(case: Case) -> list[Row]:
    sheet = record_sheet(case.book, case.client, MONTH_TITLE)
    case.book.sheets[f"実績記録票_{case.client}"] = sheet
    return sheet.rows


MONTH_TITLE = "令和8年1月分"


@defect("R03:fix")
def record_sheet_lacks_a_day(case: Case) -> None:
    rows = _record(case)
    row = case.home()
    rows[:] = [one for one in rows if one["日付"] != row["日付"].day]


@defect("R03:fix", of=("開始時間", "終了時間"))
def record_sheet_with_other_hours(case: Case, heading: str) -> None:
    rows = _record(case)
    day = case.home()["日付"].day
    next(one for one in rows if one["日付"] == day)[heading] = time(11, 11)


@defect("R01:fix")
def record_sheet_without_the_remark(case: Case) -> None:
    rows = _record(case)
    day = case.home()["日付"].day
    next(one for one in rows if one["日付"] == day)["備考"] = None


@defect("R03:fix")
def record_sheet_with_a_day_more(case: Case) -> None:
    rows = _record(case)
    rows.append({"日付": 31, "曜日": "土", "開始時間": time(9, 30), "終了時間": time(15, 30), "備考": "在宅支援"})
    case.of_client()


@defect()
def record_sheet_of_another_month(case: Case) -> None:
    _record(case)
    case.book.sheets[f"実績記録票_{case.client}"].above[0][0] = "令和8年2月分"
    case.anywhere()
