"""What is to be done to a workbook, whoever holds it: colours over areas, notes, sheets to make.

``jobs`` makes a plan without knowing the host; a closed file, an open Excel or a page carries it out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from zaitaku_xl import jsonable
from zaitaku_xl.a1 import Position, areas_of
from zaitaku_xl.made import MadeSheet, Mark
from zaitaku_xl.measure import MAX_NOTE, cut

_MORE = "…（長いため途中までです。続きは「点検結果」にあります）"


class Colour(NamedTuple):
    """One colour of one rule over areas of one sheet. ``rule`` goes into the marker by which it is known again."""

    sheet: str
    rule: str
    colour: str  # RRGGBB
    areas: tuple[str, ...]  # A1 or A1:A9


class Note(NamedTuple):
    """The note of one cell. Where a person's own lies, the host leaves that as it is and says so."""

    sheet: str
    row: int
    column: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Take off what is ours and lay this. Of two colours of a sheet the earlier lies above the later.

    ``replaced`` names sheets of ours that go although somebody edited them. Where ``only_sheets``, our colours, notes
    and all sheets but those stay as they are: a program that has the workbook open can do that, a file is done afresh.
    """

    colours: tuple[Colour, ...] = ()
    notes: tuple[Note, ...] = ()
    sheets: tuple[MadeSheet, ...] = ()  # behind all others; a name that is taken gets a number
    replaced: tuple[str, ...] = ()
    only_sheets: bool = False

    def __post_init__(self) -> None:
        if self.only_sheets and (self.colours or self.notes):
            raise ValueError("a plan of sheets only leaves colours and notes as they are")

    @classmethod
    def of_marks(cls, marks: Iterable[Mark], sheets: Sequence[MadeSheet], replaced: Sequence[str] = ()) -> "Plan":
        """Return the plan that lays these marks, an earlier one above a later."""
        laid = tuple(marks)
        return cls(
            colours=tuple(_colours(laid)), notes=tuple(_notes(laid)), sheets=tuple(sheets), replaced=tuple(replaced)
        )

    def by_sheet(self) -> dict[str, tuple[list[Colour], list[Note]]]:
        """Return the colours and notes of each sheet that is to have any."""
        laid: dict[str, tuple[list[Colour], list[Note]]] = {}
        for colour in self.colours:
            laid.setdefault(colour.sheet, ([], []))[0].append(colour)
        for note in self.notes:
            laid.setdefault(note.sheet, ([], []))[1].append(note)
        return laid

    @classmethod
    def from_json(cls, body: dict[str, Any]) -> "Plan":
        """Return the plan that ``as_json`` gave; raises ValueError for anything else."""
        return jsonable.from_json(cls, body)

    def as_json(self) -> dict[str, Any]:
        """Return the plan for a host that is not written in Python; what is as its default says is left out."""
        body: dict[str, Any] = jsonable.as_json(self)
        return body


def _colours(marks: Iterable[Mark]) -> Iterator[Colour]:
    cells: dict[tuple[str, str, str], list[Position]] = {}
    for mark in marks:
        cells.setdefault((mark.sheet, mark.rule, mark.colour), []).append((mark.row, mark.column))
    for (sheet, rule, colour), own in cells.items():
        yield Colour(sheet, rule, colour, tuple(areas_of(own)))


def _notes(marks: Iterable[Mark]) -> Iterator[Note]:
    """The notes of all marks, those of one cell below each other, each text once."""
    texts: dict[tuple[str, int, int], list[str]] = {}
    for mark in marks:
        said = texts.setdefault((mark.sheet, mark.row, mark.column), [])
        if mark.note and mark.note not in said:
            said.append(mark.note)
    for place, said in texts.items():
        if said:
            yield Note(*place, cut("\n".join(said), MAX_NOTE, _MORE))
