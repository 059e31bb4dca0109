"""What comes out of the printer: a form of one page stays on one page whatever the records hold, and nothing is cut."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests import tools
from tests.forms import made
from zaitaku_xl.errors import Unwritten
from zaitaku_xl.hosts.marking import alone
from zaitaku_xl.hosts.writing import pdf
from zaitaku_xl.made import MadeSheet

RARE = "=髙﨑 𠮷乃介（グループホームみどりの丘第二住居）"
LONG = "通院のため午後から開始。相談支援専門員と電話で共有した。次回の面談は来月の初めに行う予定。"


def on(day: int) -> str:
    return f"2026-01-{day:02}"


def a_full_month() -> dict[str, Any]:
    """31 days of use with every addition, long remarks, a name of rare letters that looks like a formula."""
    marks = {
        "送迎往": "○",
        "送迎復": "○",
        "食事": "○",
        "医療連携": "○",
        "体験利用": "○",
        "緊急時受入": "○",
        "施設外支援": "○",
    }
    rows = [
        {"氏名": RARE, "日付": on(d), "提供区分": "通所" if d % 3 else "在宅", "備考": LONG, **marks}
        for d in range(1, 32)
    ]
    people = [
        {
            "氏名": RARE,
            "受給者証番号": "0000000123",
            "契約支給量": "原則の日数（令和8年度の利用日数に係る特例の適用を受ける）",
        }
    ]
    return {
        "日報": rows, "利用者台帳": people, "月評価": [{"氏名": RARE, "対象年月": "2026-01", "実施日": on(5)}],
        "設定": {"事業所名": "特定非営利活動法人みなとまち就労支援センターいさりび第二事業所", "対象年月": "2026-01"},
    }  # fmt: skip


def printed(sheets: list[MadeSheet], folder: Path) -> Path:
    path = folder / "forms.pdf"
    path.write_bytes(pdf.pdf_of(alone(sheets)))
    return path


def pages(path: Path) -> list[str]:
    program = tools.needs("pdftotext")
    ran = subprocess.run([program, "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    return ran.stdout.split("\f")[:-1]


ONE_PAGE = ("service_record", "contents")


def test_a_form_of_one_page_stays_on_one_page_and_nothing_is_cut(tmp_path: Path) -> None:
    tools.needs("soffice")
    sheets = [sheet for form in ONE_PAGE for sheet in made.sheets(a_full_month(), form)]
    transition = a_full_month()
    transition["利用者台帳"][0]["サービス種別"] = "就労移行支援"
    sheets += made.sheets(transition, "service_record")
    told = pages(printed(sheets, tmp_path))
    assert len(told) == len(sheets) == 3
    for page in told:
        assert "最終判断は支給決定市町村・指定権者" in page
    assert "".join(told[0].split()).count("来月の初めに行う予定。") == 31
    assert next(line for line in told[0].splitlines() if line.split()[:1] == ["合計"]).split()[1:2] == ["62回"]


def test_the_pages_of_a_set_are_numbered_through(tmp_path: Path) -> None:
    tools.needs("soffice")
    tables = {"日報": [{"日付": on(6), "提供区分": "在宅"}]}
    sheets = made.sheets(tables, "inspection", client="山田花子")
    told = pages(printed(sheets, tmp_path))
    assert ["".join(page.split())[-3:] for page in told] == [f"{n}/{len(told)}" for n in range(1, len(told) + 1)]
    listed = [
        line.split() for line in told[0].splitlines() if line.split()[:1] and line.split()[0].isdigit() and "_" in line
    ]
    for line in listed:
        assert "山田 花子" in told[int(line[-1]) - 1]


def test_without_libreoffice_the_person_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf.children, "program", lambda *_: None)
    with pytest.raises(Unwritten, match=r"LibreOfficeが見つかりません.*エクスポート"):
        pdf.pdf_of(b"")


def test_a_fresh_profile_is_no_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """LibreOffice ends with 81 once it has made its profile, and wants to be started again."""
    started: list[list[str]] = []

    def run(_: Path, arguments: list[str], *__: object) -> int:
        started.append(arguments)
        if len(started) == 1:
            return 81
        made_there = Path(arguments[arguments.index("--outdir") + 1])
        made_there.mkdir()
        (made_there / "forms.pdf").write_bytes(b"%PDF")
        return 0

    monkeypatch.setattr(pdf, "_program", lambda: tmp_path / "soffice.bin")
    monkeypatch.setattr(pdf.children, "run_program", run)
    assert pdf.pdf_of(b"book") == b"%PDF"
    assert len(started) == 2


def test_a_libreoffice_that_makes_nothing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf, "_program", lambda: tmp_path / "soffice.bin")
    monkeypatch.setattr(pdf.children, "run_program", lambda *_: 77)
    with pytest.raises(Unwritten, match="作れませんでした（77）"):
        pdf.pdf_of(b"book")
