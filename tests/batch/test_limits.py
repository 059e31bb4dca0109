"""However long the texts of a workbook are: what we write is a sound file, and Excel's limits are counted as Excel does."""

import shutil
from pathlib import Path

import pytest

from tests import lint, tools
from tests.batch.conftest import BAD
from tests.command import Run
from tests.logs import Tables
from tests.workbooks import saved
from zaitaku_xl.measure import cut, units

LONG = {
    "astral, twice as long": "".join(chr(0x20000 + n % 40_000) for n in range(32_767)),
    "mixed, with lines": "a𠮷\n" * 8_191,
}


def _book(long: str) -> Tables:
    row = {"日付": "2026-01-06", "提供区分": "在宅", "支援記録": "同上", "備考": long, "連絡": [], "氏名": long}
    other = row | {"提供区分": long, "開始": long, "曜日": long, "訓練内容": long}
    return {
        "設定": {"事業所名": long, "指定権者": long, "対象年月": "2026-01"},
        "利用者台帳": [{"氏名": long, "フリガナ": long, "受給者証番号": long, "支給決定市町村": long}],
        "在宅承認": [{"氏名": long, "承認事業所": long, "計画メニュー": "縫製"}],
        "日報": [row, other],
        "週評価": [{"氏名": long, "方法": long, "内容": long}],
        "チェックリスト": [{"氏名": long, "評価日": "2026-01-05", "項目": f"睡眠{long}"[:32_767], "評価": 5}],
        "他サービス": [{"氏名": long, "日付": "2026-01-06", "種別": long, "開始": "9:00", "終了": "16:00"}],
    }


@pytest.mark.parametrize("name", LONG)
def test_texts_beyond_every_limit_give_sound_files(name: str, run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "in" / "a.xlsx", _book(LONG[name]))
    saved(tmp_path / "in" / "b.xlsx", BAD)
    theirs = set(lint.lint(tmp_path / "in" / "a.xlsx"))
    out = tmp_path / "out"
    ran = run("check", tmp_path / "in", "--out", out, "--csv", tmp_path / "l.csv", "--html", tmp_path / "l.html")
    assert "不具合" not in ran.out + ran.err
    made = run("forms", tmp_path / "in" / "a.xlsx", "--form", "all", "--out", tmp_path / "forms")
    assert "不具合" not in made.out + made.err
    files = [out / "a.xlsx", out / "点検まとめ.xlsx", *(tmp_path / "forms").glob("*.xlsx")]
    assert len(files) == 3, made.out + made.err
    for file in files:
        assert set(lint.lint(file)) <= theirs, file.name
    assert tools.validate(files[1]) == []


def test_names_of_sheets_of_other_formats_are_made_to_fit(run: Run, tmp_path: Path) -> None:
    book = saved(tmp_path / "a.xlsx", BAD)
    for name in ("実績記録票" + "𠮷" * 40, "日報", "実績記録票[]?*" + "長" * 60):
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / f"{name}.csv").write_text("氏名,日付,提供区分\r\n山田 花子,2026-01-06,在宅\r\n", "utf-8")
    shutil.move(book, tmp_path / "in" / "a.xlsx")
    ran = run("check", tmp_path / "in" / "*.csv", tmp_path / "in" / "a.xlsx", "--out", tmp_path / "out")
    assert "不具合" not in ran.out + ran.err
    for made in (tmp_path / "out").glob("*.xlsx"):
        assert lint.lint(made) == []


@pytest.mark.parametrize("most", range(12))
@pytest.mark.parametrize("text", ["支援の連絡です", "𠮷野家𠮷𠮷", "a𠮷b", "", "👨‍👩‍👧"])
def test_a_cut_text_is_as_long_as_may_be_and_no_longer(text: str, most: int) -> None:
    kept = cut(text, most)
    assert text.startswith(kept)
    assert units(kept) <= most
    longer = text[: len(kept) + 1]
    assert longer == kept or units(longer) > most
