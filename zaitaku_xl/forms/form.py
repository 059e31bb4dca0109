"""What a form is: a name, a title, whose facts it is made from, and the function that lays it on sheets."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from zaitaku_xl.made import MadeSheet


@dataclass(frozen=True, slots=True)
class Form:
    """One form. A new one is a module that ends in ``FORM = Form(...)``, its line in ``FORMS``, and a test that makes it
    by its name.

    ``over`` is the facts that *make* takes: MonthFacts (a form a client and month), ClientFacts (a client),
    OfficeFacts (the office). *make* yields the sheets, in the order in which they are to be printed, or none where the
    facts give no reason for the form. It prints what the records and the report hold and nothing else; what the
    records leave out stays a blank to write in, a cell nobody could read says 要確認, and a place for a signature or a
    name to be signed is never filled. Each sheet begins with ``Paper.head``: A1 tells that the sheet is ours.
    """

    name: str  # as the command knows it
    title: str  # as people know it
    over: type
    make: Callable[[Any], Iterable[MadeSheet]]
    unasked: str = ""  # why no clause of law/clauses.toml names the form, where none does
