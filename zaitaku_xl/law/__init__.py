"""What is asked, by whom, since when: dated clauses as data, one file a text."""

from zaitaku_xl.law.clause import Clause, Limit, Source
from zaitaku_xl.law.library import Law, Text, Town, Transition, load_law
from zaitaku_xl.law.loading import load_text

__all__ = ["Clause", "Law", "Limit", "Source", "Text", "Town", "Transition", "load_law", "load_text"]
