"""What XlsxWriter can put into a workbook of an office: forms, notes, pictures, charts, tables, protection, names."""

import datetime as dt
import struct
import zlib
from io import BytesIO
from typing import Any

import xlsxwriter

FONT = "ＭＳ Ｐゴシック"
COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")
SHEETS = ("表紙", "日報", "日報データ", "利用者マスタ", "週次評価", "月次評価", "集計", "設定")


def noise(length: int, seed: int) -> bytes:
    """Return bytes that do not compress and are the same every time."""
    made, state = bytearray(), seed
    while len(made) < length:
        state = (state * 1_103_515_245 + 12_345) % (1 << 31)
        made.append(state >> 16 & 0xFF)
    return bytes(made)


def picture(size: int, colour: tuple[int, int, int] = (200, 30, 30)) -> BytesIO:
    """Return a PNG of one colour."""
    row = b"\0" + bytes((*colour, 255)) * size

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(row * size)) + chunk(b"IEND", b"")
    return BytesIO(b"\x89PNG\r\n\x1a\n" + body)


def base(macros: bool) -> bytes:
    """Return the workbook; *macros* makes it an .xlsm with a project that nobody can run."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"title": "在宅就労 日報", "author": "事業所", "created": dt.datetime(2026, 1, 1)})
    book.set_custom_property("事業所番号", "4210000000")
    if macros:
        book.add_vba_project(BytesIO(COMPOUND + noise(2000, 5)), True)
    looks = _looks(book)
    sheets = {name: book.add_worksheet(name) for name in SHEETS}
    _cover(sheets["表紙"], looks, macros)
    _daily(sheets["日報"], looks)
    _table(sheets["日報データ"])
    _people(sheets["利用者マスタ"], looks)
    sheets["週次評価"].write_row(0, 0, ["週", "評価", "サイン"], looks["head"])
    sheets["週次評価"].insert_image("C3", "印影.png", {"image_data": picture(60)})
    sheets["月次評価"].write_row(0, 0, ["月", "訪問日", "評価"], looks["head"])
    sheets["月次評価"].hide()
    _totals(book, sheets["集計"])
    sheets["設定"].write_column(0, 0, ["開始報告", "終了報告", "相談", "休み", "その他"])
    sheets["設定"].very_hidden()
    for name, formula in {"内容一覧": "=設定!$A$1:$A$5", "日報!ローカル名": "=日報!$A$4", "消費税": "=0.1"}.items():
        book.define_name(name, formula)
    book.close()
    return file.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    made = {
        "head": {"bold": True, "bg_color": "#DDEBF7", "border": 1, "font_name": FONT, "text_wrap": True},
        "day": {"num_format": '[$-411]ggge"年"m"月"d"日"', "border": 1},
        "plain": {"border": 1, "font_name": FONT},
        "time": {"num_format": "h:mm", "border": 1},
        "open": {"border": 1, "locked": 0},
        "red": {"font_color": "red", "bold": True},
        "sunday": {"bg_color": "#F8CBAD"},
    }
    return {name: book.add_format(look) for name, look in made.items()}


def _cover(sheet: Any, looks: dict[str, Any], macros: bool) -> None:
    sheet.write("A1", "在宅就労支援 記録簿")
    sheet.merge_range("A2:F2", "令和7年度", looks["head"])
    sheet.insert_image("E4", "印影.png", {"image_data": picture(60), "description": "印影"})
    sheet.insert_textbox("B6", "注意事項:\n毎日記入のこと", {"width": 220, "fill": {"color": "#FFF2CC"}})
    sheet.insert_button("B12", {"macro": "Check", "caption": "検証"} if macros else {"caption": "検証"})
    sheet.write_url("A15", "https://www.mhlw.go.jp/", string="厚労省")
    sheet.write_url("A16", "internal:'日報'!A1", string="日報へ")
    sheet.set_header("&C&G", {"image_center": "印影.png", "image_data_center": picture(40)})
    sheet.embed_image("G4", "印影2.png", {"image_data": picture(30, (20, 90, 200))})
    sheet.insert_checkbox("G6", True)
    sheet.set_background(picture(16, (240, 240, 240)))


def _daily(sheet: Any, looks: dict[str, Any]) -> None:
    head = looks["head"]
    areas = {"A1:H1": "日報（2025年4月）", "A2:A3": "日付", "B2:D2": "午前", "E2:G2": "午後", "H2:H3": "備考"}
    for area, words in areas.items():
        sheet.merge_range(area, words, head)
    sheet.write_row(2, 1, ["連絡", "時刻", "内容"] * 2, head)
    for number in range(30):
        row, called = 3 + number, number % 7
        sheet.write_datetime(row, 0, dt.datetime(2025, 4, 1) + dt.timedelta(number), looks["day"])
        sheet.write_row(row, 1, ["○" if called else "", 0.42, "開始報告", "○", 0.66, "終了報告"], looks["open"])
        cached = "" if called else "連絡なし"
        sheet.write_formula(row, 7, f'=IF(B{row + 1}="","連絡なし","")', looks["plain"], cached)
    sheet.write_rich_string("J2", "必ず", looks["red"], "2回", looks["time"], "連絡", looks["plain"])
    sheet.write_comment("B5", "担当: 佐藤\n確認済", {"author": "佐藤", "x_scale": 1.4})
    sheet.write_comment("C6", "遅刻", {"author": "田中", "visible": True})
    sunday = {"type": "formula", "criteria": "=WEEKDAY($A4)=1", "format": looks["sunday"]}
    sheet.conditional_format("A4:H33", sunday)
    sheet.conditional_format("C4:C33", {"type": "data_bar", "data_bar_2010": True, "bar_color": "#63C384"})
    sheet.conditional_format("F4:F33", {"type": "icon_set", "icon_style": "3_traffic_lights"})
    sheet.data_validation("B4:B33", {"validate": "list", "source": ["○", "×", "休"]})
    sheet.data_validation("D4:D33", {"validate": "list", "source": "=設定!$A$1:$A$5"})
    sheet.print_area("A1:H33")
    sheet.repeat_rows(1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_h_pagebreaks([20])
    sheet.set_footer("&L&A&R&P / &N")
    sheet.freeze_panes(3, 1)
    sheet.autofilter("A3:H33")
    sheet.protect("pw", {"format_cells": True})
    sheet.unprotect_range("B4:G33", "入力欄")
    sheet.add_sparkline("I4", {"range": "日報!C4:C33"})
    sheet.ignore_errors({"number_stored_as_text": "B4:B33"})
    sheet.set_row(10, None, None, {"level": 1})
    sheet.set_row(12, 30, None, {"hidden": True})
    sheet.set_column("A:A", 16)
    sheet.set_column("K:M", 9, None, {"hidden": True})


def _table(sheet: Any) -> None:
    rows = [[f"U{n:03}", f"利用者{n:02}", 45748 + day, 0.42, 0.66, "開始"] for n in range(20) for day in range(31)]
    columns = [{"header": words} for words in ("受給者番号", "氏名", "日付", "開始", "終了", "連絡")]
    sheet.add_table(0, 0, len(rows), 5, {"name": "日報表", "data": rows, "columns": columns})


def _people(sheet: Any, looks: dict[str, Any]) -> None:
    sheet.write_row(0, 0, ["番号", "氏名", "フリガナ", "受給者証番号", "開始日"], looks["head"])
    for n in range(20):
        row = [f"U{n:03}", f"山田太郎{n}", f"ﾔﾏﾀﾞﾀﾛｳ{n}", f"{4200000000 + n}", 45383 + n]
        sheet.write_row(n + 1, 0, row, looks["plain"])
    sheet.write_dynamic_array_formula("H1", "=SORT(UNIQUE(B2:B21))", None, "山田太郎0")
    sheet.write_array_formula("J1:J3", "{=TRANSPOSE(A2:C2)}")


def _totals(book: Any, sheet: Any) -> None:
    for month in range(12):
        sheet.write_row(month, 0, [f"{month + 1}月", 10 + month, 20 - month])
    sheet.write_formula("D1", "=SUM(B1:B12)", None, 186)
    sheet.write_formula("D2", '=日報!B4&"x"', None, "x")
    sheet.write_formula("D3", '=VLOOKUP("x",A1:B3,2,0)', None, "#N/A")
    chart, line = book.add_chart({"type": "column"}), book.add_chart({"type": "line"})
    chart.add_series({"name": "通所", "values": "=集計!$B$1:$B$12", "trendline": {"type": "linear"}})
    line.add_series({"name": "在宅", "values": "=集計!$C$1:$C$12", "y2_axis": True})
    chart.combine(line)
    chart.set_title({"name": "推移", "name_font": {"name": FONT, "size": 14}})
    chart.set_style(12)
    sheet.insert_chart("F2", chart)
    pie = book.add_chart({"type": "pie"})
    pie.add_series({"values": "=集計!$B$1:$B$12"})
    book.add_chartsheet("グラフ").set_chart(pie)
