"""What a person asks for: one function a button, the same for ribbon, formulas and command line."""

from zaitaku_xl.jobs.checking import Asked, Outcome, check_file, clear_file
from zaitaku_xl.jobs.explaining import (
    compare,
    explain,
    explain_all,
    explain_question,
    limits,
    open_questions,
)
from zaitaku_xl.jobs.making import write_clause_table, write_demo, write_rule_book, write_template, write_text
from zaitaku_xl.jobs.sealing import Verified, verify_file
from zaitaku_xl.jobs.typed import claims_of, day_of, months_of, town_id, town_name

__all__ = [
    "Asked",
    "Outcome",
    "Verified",
    "check_file",
    "claims_of",
    "clear_file",
    "compare",
    "day_of",
    "explain",
    "explain_all",
    "explain_question",
    "limits",
    "months_of",
    "open_questions",
    "town_id",
    "town_name",
    "verify_file",
    "write_clause_table",
    "write_demo",
    "write_rule_book",
    "write_template",
    "write_text",
]
