"""What is to be put into a workbook that was judged: the marks, the list, and the forms that lie in it already."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from zaitaku_xl.hosts.book import Ours
from zaitaku_xl.jobs.judging import Judged
from zaitaku_xl.made import OF_THE_OFFICE, MadeSheet
from zaitaku_xl.ooxml.workbook import free_sheet_name
from zaitaku_xl.plan import Plan
from zaitaku_xl.report import Report, telling
from zaitaku_xl.sheets.jottings import generation_of
from zaitaku_xl.sheets.marks import marks
from zaitaku_xl.sheets.result_sheet import SHEET, result_sheet
from zaitaku_xl.sheets.seal import Seal, seal_sheet

if TYPE_CHECKING:
    from zaitaku_xl.forms.plan import Source


class HoldsOurs(Protocol):
    """Whoever tells which sheets of a workbook are ours."""

    def sheets_of_ours(self) -> tuple[Ours, ...]: ...


def marking_plan(judged: Judged, book: HoldsOurs, *, report: Report | None = None, seal: Seal | None = None) -> Plan:
    """Lay the marks and the list of *report* (all that was found, if there is no other), and make the forms anew."""
    shown, place = report or judged.report, place_of_list(book)
    listed = [_list(shown, judged.report, place, seal)]
    if seal:
        listed.append(seal_sheet(seal))
    sheets = (*listed, *forms_made_anew(judged, book))
    return Plan.of_marks(marks(shown, place.name), sheets, place.replaced)


def listing_plan(judged: Judged, book: HoldsOurs) -> Plan:
    """Make the list without colouring anything."""
    place = place_of_list(book)
    listed = _list(judged.report, judged.report, place)
    return Plan(sheets=(listed, *forms_made_anew(judged, book)), replaced=place.replaced)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlace:
    """Under which name 点検結果 is made: an older one that a person edited stays as it is."""

    name: str
    generation: int
    replaced: tuple[str, ...]  # older ones that go, though the office wrote into its columns: their words are carried
    edited: tuple[str, ...]

    def remarks(self) -> Iterator[str]:
        for name in self.edited:
            yield (
                f"「{name}」は手で直されているため残し、新しい一覧を「{self.name}」に作りました。"
                f"{'と'.join(OF_THE_OFFICE)}は引き継いでいます。"
            )


def place_of_list(book: HoldsOurs) -> ListPlace:
    lists = [sheet for sheet in book.sheets_of_ours() if sheet.is_list]
    edited = [sheet for sheet in lists if not sheet.as_made]
    return ListPlace(
        name=free_sheet_name(SHEET, [sheet.name for sheet in edited]),
        generation=1 + max((generation_of(sheet.key) for sheet in edited), default=0),
        replaced=tuple(sheet.name for sheet in lists if sheet.as_made and sheet.written_in),
        edited=tuple(sheet.name for sheet in edited),
    )


def list_at(place: ListPlace, report: Report) -> MadeSheet:
    """Return the list of all that was found."""
    return _list(report, report, place)


def _list(shown: Report, whole: Report, place: ListPlace, seal: Seal | None = None) -> MadeSheet:
    """The list of what is shown of a whole report: what the office wrote beside the rest must not go."""
    listed = set(map(telling, shown.findings))
    rest = [finding for finding in whole.findings if telling(finding) not in listed] if shown is not whole else []
    return result_sheet(
        shown,
        seal.words if seal else None,
        name=place.name,
        generation=place.generation,
        others=[finding for finding in rest if whole.jotting(finding)],
    )


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
