"""A heading or a label that nobody knows is never an empty record: what hangs on it is open, and no block comes of it."""

from datetime import date, time
from pathlib import Path

import openpyxl
import pytest

from zaitaku_xl.finding import Verdict, Weight
from zaitaku_xl.jobs import Asked, check_file
from zaitaku_xl.report import Report

_HEADINGS = [
    "日",
    "利用の種類",
    "始",
    "終",
    "１回目時刻",
    "１回目内容",
    "２回目時刻",
    "２回目内容",
    "訓練内容",
    "支援の様子",
]
_NAMES = ("山田 花子", "佐藤 次郎")
_FORM = {
    "氏名": None,
    "実施日": date(2026, 1, 6),
    "実施方法": "通所",
    "訓練目標": "正確さ",
    "達成度": "達成",
    "課題": "なし",
}


def _book(path: Path, *, spoilt: str = "", instead: str = "", blank: bool = False) -> Report:
    """Judge a sheet and a form a client; in those of the second the heading *spoilt* reads otherwise."""
    book = openpyxl.Workbook()
    settings = book.active
    assert settings is not None
    settings.title = "設定"
    for row in (["項目", "値"], ["対象年月", "2026-01"], ["サービス種別", "就労継続支援B型"]):
        settings.append(row)
    clients = book.create_sheet("利用者台帳")
    clients.append(["氏名", "支給決定市町村"])
    for number, name in enumerate(_NAMES):
        clients.append([name, "長崎市"])
        words = {spoilt: instead} if number else {}
        sheet = book.create_sheet(f"記録{number + 1}")
        sheet.append(["利用者名", f"{name}　様", "令和8年1月分"])
        sheet.append([words.get(heading, heading) for heading in _HEADINGS])
        for day, place in ((5, "ご自宅"), (6, "通所"), (7, "ご自宅")):
            said = None if blank and number else f"落ち着いていた{day}"
            row: list[object] = [
                day,
                place,
                time(10),
                time(15),
                time(10, 5),
                "体調の確認",
                time(14),
                "進み具合",
                f"封入{day}",
                said,
            ]
            sheet.append(row)
        form = book.create_sheet(f"達成度評価{number + 1}")
        form.append(["達成度評価シート"])
        for label, value in _FORM.items():
            form.append([words.get(label, label), name if label == "氏名" else value])
    book.save(path)
    report = check_file(path, path.name, Asked()).report
    assert report is not None
    return report


def _blocked(report: Report) -> set[tuple[str, str]]:
    return {
        (finding.rule, name)
        for finding in report.findings
        if finding.weight is Weight.BLOCK and finding.rule in ("D01", "D03", "M01", "M02")
        for name, _ in finding.touches
    }


def test_the_whole_book_is_read(tmp_path: Path) -> None:
    report = _book(tmp_path / "a.xlsx")
    assert _blocked(report) == set()
    assert sum(day.verdict is not Verdict.NOT_HOME for day in report.days) == 4


@pytest.mark.parametrize(
    ("spoilt", "instead"),
    [
        ("支援の様子", "しえんのようす"),
        ("訓練内容", "くんれん"),
        ("２回目内容", "にかいめの話"),
        ("実施日", "いつ"),
        ("達成度", "どれだけ"),
        ("氏名", "なまえ？"),
    ],
    ids=lambda words: words,
)
def test_what_has_no_heading_is_open_and_never_missing(spoilt: str, instead: str, tmp_path: Path) -> None:
    assert _blocked(_book(tmp_path / "a.xlsx", spoilt=spoilt, instead=instead)) == set()


def test_a_cell_that_is_empty_under_its_heading_is_missing(tmp_path: Path) -> None:
    assert _blocked(_book(tmp_path / "a.xlsx", blank=True)) == {("D03", "佐藤 次郎")}
