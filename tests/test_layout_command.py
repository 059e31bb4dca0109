"""`zaitaku-xl layout`: an office is asked once, in a sheet or a file, and never again; nothing else of its book changes."""

import zipfile
from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.command import Run
from tests.lint import lint
from tests.shape import as_json
from zaitaku_xl.errors import WrongUse
from zaitaku_xl.jobs import Asked, check_file, how_read, layouts_of
from zaitaku_xl.layouts.answers import HEADINGS, NOT_USED, SHEET

_FIRST, _SECOND = "本日の作業について", "やってみたこと"
_NAMES = ("山田", "花子")


def _book(path: Path, month: int = 1, *, sign: str = "△", second: str = "支援記録") -> Path:
    """Make a month in which one sign for the place has no meaning, and one column a heading nobody knows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "支援日誌"
    sheet.append([f"支援日誌 令和8年{month}月分"])
    sheet.append(
        [
            "お名前",
            "日にち",
            "本日の利用",
            "から",
            "まで",
            "１回目時刻",
            "１回目内容",
            "２回目時刻",
            "２回目内容",
            "訓練内容",
            second,
            _SECOND,
        ]
    )
    for day, place in ((5, "在宅"), (6, sign), (7, "在宅")):
        row = [
            "山田 花子",
            date(2026, month, day),
            place,
            time(10),
            time(15),
            time(10, 5),
            "体調の確認",
            time(14),
            "進み具合",
        ]
        sheet.append([*row, "封入", "落ち着いて取り組めた。", f"のり付け{day}"])
    book.create_sheet("設定")
    for row in [["項目", "値"], ["サービス種別", "就労継続支援B型"]]:
        book["設定"].append(row)
    book.save(path)
    return path


def _json(path: Path, asked: Asked | None = None) -> dict[str, Any]:
    return as_json(check_file(path, path.name, asked or Asked()))


def _answered(path: Path, words: str, answer: str) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    column = [cell.value for cell in next(row for row in sheet.iter_rows() if row[0].value == HEADINGS[0])].index(
        HEADINGS[-1]
    )
    row = next(row for row in sheet.iter_rows() if row[1].value == words)
    row[column].value = answer
    book.save(path)


@pytest.fixture
def copy(tmp_path: Path, run: Run) -> Path:
    _book(tmp_path / "日誌.xlsx")
    ran = run("layout", str(tmp_path / "日誌.xlsx"), "--out", str(tmp_path / "写し.xlsx"))
    assert ran.status == 1, ran.err
    return tmp_path / "写し.xlsx"


def test_what_is_asked_is_told_with_its_cell_and_samples(tmp_path: Path, run: Run) -> None:
    ran = run("layout", str(_book(tmp_path / "日誌.xlsx")))
    assert ran.status == 1
    assert "？ C4 △ → 場所の記号（要回答）" in ran.out
    assert f"L2 {_SECOND} → どの項目でもない" in ran.out
    assert "例：10:05" in ran.out


def test_the_copy_is_the_book_and_one_sheet_more(copy: Path, tmp_path: Path) -> None:
    assert lint(copy) == []
    with zipfile.ZipFile(tmp_path / "日誌.xlsx") as before, zipfile.ZipFile(copy) as after:
        sheets = [name for name in before.namelist() if name.startswith("xl/worksheets/")]
        assert all(before.read(name) == after.read(name) for name in sheets)
    assert _json(copy)["days"] == _json(tmp_path / "日誌.xlsx")["days"]


def test_an_answer_in_the_sheet_ends_the_question(copy: Path) -> None:
    assert [question.heading for question in check_file(copy, copy.name, Asked()).questions] == ["△"]
    _answered(copy, "△", "通所")
    outcome = check_file(copy, copy.name, Asked())
    assert outcome.questions == ()
    assert [(day["date"], day["place"]) for day in as_json(outcome)["days"]] == [
        ("2026-01-05", "在宅"),
        ("2026-01-06", "通所"),
        ("2026-01-07", "在宅"),
    ]


def test_a_heading_is_read_as_the_office_says(copy: Path) -> None:
    _answered(copy, "訓練内容", NOT_USED)
    _answered(copy, _SECOND, "訓練内容")
    made = how_read(copy)
    read = {field.words: field.field for sheet in made.sheets for field in sheet.fields}
    assert read[_SECOND] == "training"
    assert "訓練内容" not in read


def test_the_sheet_is_the_offices_and_stays(copy: Path, tmp_path: Path, run: Run) -> None:
    _answered(copy, "△", "通所")
    marked = tmp_path / "印"
    run("check", str(copy), "--out", str(marked))
    cleared = tmp_path / "消した"
    assert run("clear", str(marked / copy.name), "--out", str(cleared)).status == 0
    with zipfile.ZipFile(copy) as before, zipfile.ZipFile(cleared / copy.name) as after:
        assert {name: before.read(name) for name in before.namelist()} == {
            name: after.read(name) for name in after.namelist()
        }


def test_what_is_kept_serves_the_next_month_without_a_question(copy: Path, tmp_path: Path, run: Run) -> None:
    _answered(copy, "△", "通所")
    kept = tmp_path / "読み取り方.toml"
    assert run("layout", str(copy), "--save", str(kept)).status == 0
    following = _book(tmp_path / "二月.xlsx", 2)
    assert len(check_file(following, following.name, Asked()).questions) == 1
    assert check_file(following, following.name, Asked(layouts=layouts_of(kept))).questions == ()
    assert run("check", str(following), "--layout", str(kept)).status in (0, 1)


def test_what_is_kept_holds_no_names(copy: Path, tmp_path: Path, run: Run) -> None:
    kept = tmp_path / "読み取り方.toml"
    run("layout", str(copy), "--save", str(kept))
    text = kept.read_text(encoding="utf-8")
    assert "headings" in text
    assert not [name for name in _NAMES if name in text]


def test_of_several_files_the_one_of_these_headings_serves(copy: Path, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "保存"
    folder.mkdir()
    _answered(copy, "△", "通所")
    run("layout", str(copy), "--save", str(folder / "甲.toml"))
    other = _book(tmp_path / "乙.xlsx", second="様子")
    run("layout", str(other), "--save", str(folder / "乙.toml"))
    asked = Asked(layouts=layouts_of(folder))
    assert check_file(copy, copy.name, asked).questions == ()
    following = _book(tmp_path / "二月.xlsx", 2)
    assert check_file(following, following.name, asked).questions == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("answers = 3", "回答（answers）"),
        ('[answers]\n"見出し:x" = "ない項目"', "ない項目"),
        ("これは TOML ではない", "読めません"),
        (None, "読めません"),
    ],
    ids=["no table", "no field of ours", "no TOML", "not there"],
)
def test_a_file_that_keeps_nothing_is_refused(tmp_path: Path, text: str | None, said: str) -> None:
    kept = tmp_path / "x.toml"
    if text is not None:
        kept.write_text(text, encoding="utf-8")
    with pytest.raises(WrongUse, match=said):
        layouts_of(kept)


def test_a_book_of_ours_asks_nothing(tmp_path: Path, run: Run) -> None:
    run("demo", "--out", str(tmp_path / "見本"))
    ran = run("layout", str(tmp_path / "見本" / "demo.xlsx"))
    assert (ran.status, "そのまま読めます" in ran.out) == (0, True)


def test_nothing_is_written_over(copy: Path, tmp_path: Path, run: Run) -> None:
    before = copy.read_bytes()
    assert run("layout", str(tmp_path / "日誌.xlsx"), "--out", str(copy)).status == 2
    assert run("layout", str(tmp_path / "日誌.xlsx"), "--save", str(copy)).status == 2
    assert copy.read_bytes() == before


def _unknown(path: Path) -> Path:
    """Make a log of which no heading is known, and a sheet that is none."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "きろく"
    sheet.append(["だれ", "いつ", "どこ", "したこと", "ようす"])
    for day in (5, 6, 7):
        sheet.append(["山田 花子", date(2026, 1, day), "在宅", f"封入{day}", "落ち着いていた。"])
    book.create_sheet("献立").append(["月", "火", "水"])
    book.save(path)
    return path


def test_a_book_that_cannot_be_understood_says_what_was_seen_and_what_it_lacks(tmp_path: Path, run: Run) -> None:
    path = _unknown(tmp_path / "きろく.xlsx")
    said = str(check_file(path, path.name, Asked()).reason)
    assert all(words in said for words in ("「きろく」", "「献立」", "氏名", "提供区分", "zaitaku-xl layout"))
    ran = run("layout", str(path))
    assert (ran.status, "？ A1 だれ" in ran.out) == (2, True)


def test_a_log_of_unknown_headings_is_read_once_they_are_answered(tmp_path: Path, run: Run) -> None:
    path, copy = _unknown(tmp_path / "きろく.xlsx"), tmp_path / "写し.xlsx"
    run("layout", str(path), "--out", str(copy))
    told = {"だれ": "氏名", "いつ": "日付", "どこ": "提供区分", "したこと": "訓練内容", "ようす": "支援記録"}
    for words, answer in told.items():
        _answered(copy, words, answer)
    days = _json(copy)["days"]
    assert [(day["client"], day["date"], day["place"]) for day in days] == [
        ("山田 花子", f"2026-01-0{day}", "在宅") for day in (5, 6, 7)
    ]


def test_a_book_without_anything_like_a_log_asks_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "空.xlsx")
    outcome = check_file(tmp_path / "空.xlsx", "空.xlsx", Asked())
    assert "日報のあるブックを選んでください" in str(outcome.reason)
