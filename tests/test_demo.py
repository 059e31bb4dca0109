"""The fictional month: exactly the planted defects are found in it, and none where they are left out."""

from collections import Counter
from functools import cache
from io import BytesIO

import openpyxl
import pytest

from tests.tools import lint, validate
from zaitaku_xl.book import layout
from zaitaku_xl.book.read import read_log
from zaitaku_xl.check import check
from zaitaku_xl.finding import Verdict, Weight
from zaitaku_xl.hosts.reading.grids import grids
from zaitaku_xl.hosts.writing.new_book import written
from zaitaku_xl.law import load_law
from zaitaku_xl.ooxml.opc import Package
from zaitaku_xl.sheets.blank import FIRST_ROW, HEADING_ROW
from zaitaku_xl.sheets.demo import demo, hinted, planted


@cache
def book(clean: bool) -> bytes:
    return written(demo(clean))


@cache
def report(clean: bool):
    return check(read_log(grids(Package.opened(book(clean)), lambda name: True)), load_law())


def heavy(clean: bool):
    return [finding for finding in report(clean).findings if finding.weight is not Weight.ADVISE]


def key(found):
    return found.rule, str(found.weight), found.client, found.sheet, found.cell


def test_every_planted_defect_is_found_in_its_place_and_nothing_else():
    assert sorted(map(key, heavy(clean=False))) == sorted(map(key, planted()))


def test_a_finding_about_one_day_names_the_day_that_was_planted():
    days = {key(defect): defect.date for defect in planted()}
    assert {key(f): f.day for f in heavy(clean=False)} == days


def test_fifteen_defects_of_fifteen_rules_are_planted():
    assert len(planted()) == 15
    assert len({defect.rule for defect in planted()}) == 15


def test_what_is_planted_for_advice_is_advice():
    advice = {key(f) for f in report(clean=False).findings if f.weight is Weight.ADVISE}
    assert {key(hint) for hint in hinted()} <= advice


def test_without_the_defects_nothing_is_wrong():
    assert [f"{f.rule} {f.client} {f.cell} {f.message}" for f in heavy(clean=True)] == []
    assert set(report(clean=True).verdicts) == {Verdict.BILLABLE, Verdict.NOT_HOME}


def test_most_days_at_home_are_billable_all_the_same():
    verdicts = report(clean=False).verdicts
    assert verdicts[Verdict.BILLABLE] > 3 * verdicts[Verdict.NOT_BILLABLE]
    assert verdicts[Verdict.CHECK] == 1


def test_the_office_has_six_clients_of_two_towns_and_a_full_month():
    clients = Counter(client.city for client in report(clean=False).clients)
    assert clients == {"nagasaki_shi": 4, "hirado_shi": 2}
    assert 110 <= len(report(clean=False).days) <= 130


def test_no_record_is_the_copy_of_another():
    page = openpyxl.load_workbook(BytesIO(book(clean=True)))["日報"]
    headings = {page.cell(HEADING_ROW, n).value: n for n in range(1, page.max_column + 1)}
    for heading in ("支援記録", "連絡1内容", "連絡2内容", "連絡3内容"):
        texts = [page.cell(row, headings[heading]).value for row in range(FIRST_ROW, page.max_row + 1)]
        said = Counter(text for text in texts if text)
        assert [text for text, times in said.items() if times > 1] == [], heading


def test_every_sheet_is_filled():
    drafted = demo()
    for table in layout.TABLES:
        assert len(drafted.sheet(table.sheet).rows) >= FIRST_ROW, table.sheet


def test_the_same_month_makes_the_same_bytes():
    assert written(demo()) == book(clean=False)
    assert book(clean=False) != book(clean=True)


@pytest.mark.parametrize("clean", [False, True])
def test_the_demo_has_nothing_that_excel_would_repair(tmp_path, clean):
    path = tmp_path / "demo.xlsx"
    path.write_bytes(book(clean))
    assert lint(path) == []


@pytest.mark.parametrize("clean", [False, True])
def test_the_demo_passes_the_validator(tmp_path, clean):
    path = tmp_path / "demo.xlsx"
    path.write_bytes(book(clean))
    assert validate(path) == []
