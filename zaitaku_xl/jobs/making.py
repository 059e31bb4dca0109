"""Workbooks of our own: the blank one, the fictional month, the rule book, the table of clauses."""

from datetime import date
from pathlib import Path

from zaitaku_xl.hosts.writing.new_book import written
from zaitaku_xl.hosts.writing.safe_file import put, put_new
from zaitaku_xl.jobs.checking import check_file
from zaitaku_xl.jobs.explaining import explain_all, limits
from zaitaku_xl.jobs.judging import Asked
from zaitaku_xl.jobs.outcome import Outcome
from zaitaku_xl.jobs.typed import town_name
from zaitaku_xl.law import load_law
from zaitaku_xl.law.clauses import load_clauses
from zaitaku_xl.model import Month
from zaitaku_xl.rules import RULES
from zaitaku_xl.sheets import blank, clause_sheets, rule_book
from zaitaku_xl.sheets import demo as demo_book


def write_template(target: Path, month: Month | None, town: str | None) -> None:
    """Write a blank workbook ready to fill."""
    put_new(target, written(blank.template(month, town)))


def write_demo(folder: Path) -> Outcome:
    """Write the fictional month and its marked copy into *folder*, and judge it."""
    folder.mkdir(parents=True, exist_ok=True)
    book = folder / "demo.xlsx"
    put(book, written(demo_book.demo()))
    return check_file(book, str(book), Asked(), folder / "demo_点検済み.xlsx")


def write_rule_book(target: Path, town: str | None, day: date) -> None:
    """Write every rule in full, ready to print."""
    made = rule_book.rule_book(explain_all(town, day), limits(town, day), town_name(town), day)
    put_new(target, written(made))


def write_clause_table(target: Path) -> None:
    """Write what answers each clause of the notice and the handbook, ready to print."""
    put_new(target, written(clause_sheets.clause_sheets(load_clauses(), RULES, load_law())))


def write_text(target: Path, text: str) -> None:
    """Write a text file whole or not at all."""
    put_new(target, text.encode("utf-8"))
