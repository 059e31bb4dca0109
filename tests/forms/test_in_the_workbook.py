"""Forms inside somebody's workbook: beside the marks, made anew, left alone once edited, and all taken off by one clear."""

import shutil
from pathlib import Path

import openpyxl
import pytest

from tests import tools
from tests.forms import made
from tests.shape import as_json
from zaitaku_xl.errors import WrongUse
from zaitaku_xl.hosts.closed_book import ClosedBook
from zaitaku_xl.jobs import Asked, check_file, clear_file
from zaitaku_xl.jobs.forms import MadeForms, Wanted, make_forms
from zaitaku_xl.model import Month

RECORD = "実績記録票_青木 さくら"


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    return made.demo_book(tmp_path)


def make(
    path: Path, target: Path, form: str = "service_record", client: str | None = "青木 さくら", **how: object
) -> MadeForms:
    return make_forms(path, Asked(), Wanted(form, client, **how), target)  # type: ignore[arg-type]


def mark(path: Path) -> None:
    assert check_file(path, path.name, Asked(), path).written


def names(path: Path) -> list[str]:
    return openpyxl.load_workbook(path, read_only=True).sheetnames


def test_marks_and_forms_live_together_whichever_came_first(demo: Path, tmp_path: Path) -> None:
    office = names(demo)
    first, second = tmp_path / "forms first.xlsx", tmp_path / "marks first.xlsx"
    shutil.copy(demo, first)
    shutil.copy(demo, second)
    make(first, first)
    mark(first)
    mark(second)
    make(second, second)
    assert names(first) == names(second) == [*office, "点検結果", RECORD]
    assert first.read_bytes() == second.read_bytes()
    assert tools.validate(first) == tools.lint(first) == []


def test_one_clear_takes_off_marks_and_forms_to_the_byte(demo: Path) -> None:
    before = demo.read_bytes()
    mark(demo)
    make(demo, demo, "all", None)
    assert clear_file(demo, demo) == ()
    assert tools.same_parts(before, demo.read_bytes()) == []


def test_a_second_run_changes_nothing(demo: Path) -> None:
    mark(demo)
    make(demo, demo, "all", None)
    before = demo.read_bytes()
    make(demo, demo, "all", None)
    assert demo.read_bytes() == before
    mark(demo)
    assert demo.read_bytes() == before


def test_forms_of_ours_are_no_evidence_in_a_check(demo: Path, tmp_path: Path) -> None:
    alone = check_file(demo, demo.name, Asked())
    target = tmp_path / "out" / demo.name
    make(demo, target, "all", None)
    beside = check_file(target, demo.name, Asked())
    assert as_json(alone) == as_json(beside)


def test_a_check_makes_the_forms_anew_from_the_records_as_they_are_then(demo: Path) -> None:
    make(demo, demo)
    book = openpyxl.load_workbook(demo)
    log = book["日報"]
    row = next(
        r
        for r in range(1, 300)
        if log.cell(r, 1).value == "青木 さくら" and str(log.cell(r, 2).value)[:10] == "2026-01-06"
    )
    start = next(c for c in range(1, 60) if "開始" in [log.cell(r, c).value for r in range(1, 16)])
    log.cell(row, start).value = "9:45"
    book.save(demo)
    mark(demo)
    sheet = openpyxl.load_workbook(demo)[RECORD]
    assert "9:45" in [sheet.cell(r, 4).value for r in range(1, 50)]
    assert names(demo).count(RECORD) == 1


def edit(path: Path, value: str) -> None:
    book = openpyxl.load_workbook(path)
    book[RECORD]["Q20"] = value
    book.save(path)


def test_a_form_that_somebody_edited_is_left_and_named(demo: Path) -> None:
    make(demo, demo)
    edit(demo, "本人に確認")
    told = make(demo, demo, client=None)
    assert [remark for remark in told.remarks if RECORD in remark and "--replace" in remark]
    assert RECORD not in [sheet.name for sheet in told.sheets]
    assert openpyxl.load_workbook(demo)[RECORD]["Q20"].value == "本人に確認"
    assert names(demo).count(RECORD) == 1
    assert RECORD + "2" not in names(demo)
    mark(demo)
    assert [text for text in clear_file(demo, demo) if RECORD in text]
    assert names(demo)[-1] == RECORD


def test_replace_makes_an_edited_form_anew(demo: Path) -> None:
    make(demo, demo)
    edit(demo, "本人に確認")
    make(demo, demo, replace=True)
    assert openpyxl.load_workbook(demo)[RECORD]["Q20"].value != "本人に確認"
    assert names(demo).count(RECORD) == 1


def test_a_sheet_of_the_office_is_never_touched(demo: Path) -> None:
    book = openpyxl.load_workbook(demo)
    book.create_sheet(RECORD)["A1"] = "事業所の実績記録票"
    book.save(demo)
    make(demo, demo)
    assert openpyxl.load_workbook(demo)[RECORD]["A1"].value == "事業所の実績記録票"
    assert names(demo)[-1] == RECORD + "2"


def test_the_original_is_not_touched_by_a_copy(demo: Path, tmp_path: Path) -> None:
    before = demo.read_bytes()
    make(demo, tmp_path / "out" / demo.name, "all", None)
    assert demo.read_bytes() == before


def test_forms_of_a_file_that_is_not_ours_to_edit_go_into_a_workbook_of_their_own(demo: Path, tmp_path: Path) -> None:
    old = tools.libreoffice(demo, "ods", tmp_path)
    told = make(old, tmp_path / "out" / old.name, client=None)
    assert told.written == tmp_path / "out" / "demo_様式.xlsx"
    assert [name.partition("_")[0] for name in names(told.written)] == ["実績記録票"] * 6
    assert tools.validate(told.written) == tools.lint(told.written) == []


def test_a_form_or_client_that_does_not_exist_is_named(demo: Path) -> None:
    with pytest.raises(WrongUse, match="service_record"):
        make(demo, demo, "jisseki")
    with pytest.raises(WrongUse, match="氏名か受給者証番号"):
        make(demo, demo, client="だれか")


def test_a_client_is_known_by_name_and_number(demo: Path, tmp_path: Path) -> None:
    for client in ("青木さくら", "0099100018"):
        told = make(demo, tmp_path / "out" / demo.name, client=client)
        assert [sheet.name for sheet in told.sheets] == [RECORD]


def test_forms_are_made_of_another_month_than_that_of_the_settings(tmp_path: Path) -> None:
    tables = {"日報": [{"日付": f"2026-0{m}-06", "提供区分": "通所"} for m in (1, 2)], "設定": {"対象年月": "2026-01"}}
    path = made.workbook(tmp_path, tables)
    make(path, path, client=None)
    told = make_forms(path, Asked((Month(2026, 2),)), Wanted("service_record"), path)
    assert [sheet.name for sheet in told.sheets] == ["実績記録票_山田 花子_2026年2月"]
    assert names(path)[-2:] == ["実績記録票_山田 花子", "実績記録票_山田 花子_2026年2月"]


def test_the_override_s_reason_stays_when_the_form_is_made_anew(demo: Path) -> None:
    make(demo, demo, override="市の確認待ち")
    mark(demo)
    assert "市の確認待ち" in str(openpyxl.load_workbook(demo)[RECORD]["A2"].value)


def test_a_workbook_that_libreoffice_saved_is_cleared_of_all_forms(demo: Path, tmp_path: Path) -> None:
    office = names(demo)
    mark(demo)
    make(demo, demo, "inspection", "浦川 美和")
    make(demo, demo, "checklist", "浦川 美和")
    saved = tools.libreoffice(demo, "xlsx", tmp_path / "saved")
    assert ClosedBook.opened(saved).cleared().kept == ()
    clear_file(saved, saved)
    assert names(saved) == office


def test_a_record_of_ours_that_somebody_edited_is_a_record_and_is_judged(demo: Path) -> None:
    make(demo, demo)
    book = openpyxl.load_workbook(demo)
    cell = next(c for c in book[RECORD]["D"] if c.value == "9:30")
    cell.value = "9:45"
    book.save(demo)
    found = as_json(check_file(demo, demo.name, Asked()))["findings"]
    (differs,) = [finding for finding in found if finding["rule"] == "R03"]
    assert (differs["sheet"], differs["cell"]) == (RECORD, cell.coordinate)
