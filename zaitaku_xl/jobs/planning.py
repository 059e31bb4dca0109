"""What is to be put into a workbook that was judged: the marks, the list, and the forms that lie in it already."""

from typing import TYPE_CHECKING, Protocol

from zaitaku_xl.hosts.book import Ours
from zaitaku_xl.jobs.judging import Judged
from zaitaku_xl.made import MadeSheet
from zaitaku_xl.plan import Plan
from zaitaku_xl.report import Report
from zaitaku_xl.sheets.marks import marks
from zaitaku_xl.sheets.result_sheet import result_sheet
from zaitaku_xl.sheets.seal import Seal, seal_sheet

if TYPE_CHECKING:
    from zaitaku_xl.forms.plan import Source


class HoldsOurs(Protocol):
    """Whoever tells which sheets of a workbook are ours."""

    def sheets_of_ours(self) -> tuple[Ours, ...]: ...


def marking_plan(judged: Judged, book: HoldsOurs, *, report: Report | None = None, seal: Seal | None = None) -> Plan:
    """Lay the marks and the list of *report* (all that was found, if there is no other), and make the forms anew."""
    shown = report or judged.report
    listed = (result_sheet(shown, seal.words), seal_sheet(seal)) if seal else (result_sheet(shown),)
    return Plan.of_marks(marks(shown), (*listed, *forms_made_anew(judged, book)))


def listing_plan(judged: Judged, book: HoldsOurs) -> Plan:
    """Make the list without colouring anything."""
    return Plan(sheets=(result_sheet(judged.report), *forms_made_anew(judged, book)))


def forms_made_anew(judged: Judged, book: HoldsOurs) -> tuple[MadeSheet, ...]:
    """Return the forms that are in the workbook and that nobody edited, from the records as they are now."""
    ours = [sheet for sheet in book.sheets_of_ours() if sheet.as_made]
    if not ours:
        return ()
    from zaitaku_xl.forms import plan  # noqa: PLC0415  (most workbooks hold no form: a worker starts 30 ms sooner)

    keys = [key for sheet in ours if (key := plan.Key.read(sheet.key))]
    return plan.sheets(source_of(judged), dict.fromkeys(keys)) if keys else ()


def source_of(judged: Judged) -> "Source":
    """Return what forms are made of."""
    from zaitaku_xl.forms.plan import Source  # noqa: PLC0415  (as above)

    return Source(judged.log, judged.report, judged.law, judged.asked.city)
