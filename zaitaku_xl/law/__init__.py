"""What is asked, by whom, since when: dated clauses as data, one file a text."""

from zaitaku_xl.law.clause import Answer, Clause, Limit, Source
from zaitaku_xl.law.library import Law, Text, Town, Transition, load_draft, load_law
from zaitaku_xl.law.loading import load_text
from zaitaku_xl.law.local import ANYWHERE, Local
from zaitaku_xl.law.readings import Question, Readings, load_questions

__all__ = [
    "ANYWHERE",
    "Answer",
    "Clause",
    "Law",
    "Limit",
    "Local",
    "Question",
    "Readings",
    "Source",
    "Text",
    "Town",
    "Transition",
    "load_draft",
    "load_law",
    "load_questions",
    "load_text",
]
