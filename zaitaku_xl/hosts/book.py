"""The one face of whoever holds a workbook: a file, a file we only read, the program it is open in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from zaitaku_xl.cells import Grid
from zaitaku_xl.made import LIST, MadeSheet
from zaitaku_xl.plan import Plan

Position = tuple[int, int]  # row and column


@dataclass(frozen=True, slots=True)
class Ours:
    """A sheet of ours as it is found in a workbook."""

    name: str
    key: tuple[str, ...]
    as_made: bool  # nobody has edited it since; the columns that are the office's own do not count
    written_in: bool = False  # those columns hold something

    @property
    def is_list(self) -> bool:
        """Whether it is 点検結果; that of version 0.1 has no key."""
        return (self.key[0] == LIST) if self.key else self.name.startswith(LIST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """What came of a plan, and what of it could not be done."""

    data: bytes = b""  # the workbook; nothing where a program has it open and shows it already
    unnoted: tuple[tuple[str, int, int], ...] = ()  # coloured without a note: the cell has somebody's own
    unmade: tuple[str, ...] = ()  # sheets not added: the office protects the list of sheets
    locked: tuple[str, ...] = ()  # sheets not coloured: the office protects them
    replaced: tuple[str, ...] = ()  # as the plan has it


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """What came of taking our marks off, and what of them is still there."""

    data: bytes = b""  # as in Marked
    exact: bool = False  # every part is what it was before we marked it
    kept: tuple[str, ...] = ()  # sheets of ours that a person has edited since, or that the office's own rest on
    written_into: tuple[tuple[str, int, int], ...] = ()  # cells whose note of ours holds a person's words: it stays
    written_in: tuple[str, ...] = ()  # sheets of ours into whose own columns the office wrote: they stay too
    locked: tuple[str, ...] = ()  # sheets that are protected and still carry our marks
    replaced: tuple[str, ...] = ()  # as in Marked


class Book(Protocol):
    """A workbook in somebody's hands."""

    @property
    def remark(self) -> str | None:
        """A sentence about what cannot be told from a book of this kind; None where everything can."""

    @property
    def takes_sheets(self) -> bool:
        """Whether sheets of ours can lie in the book itself; else they make a book of their own."""

    def template(self) -> str | None:
        """Return the version of the template the book was made from; None where it does not say."""

    def grids(self, wanted: Callable[[str], bool]) -> tuple[Grid, ...]:
        """Return the sheets whose name is *wanted*, in the order of the book."""

    def formulas(self, wanted: Callable[[str], bool]) -> Mapping[str, Mapping[Position, str]]:
        """Return the text of each formula by sheet and cell, of the sheets whose name is *wanted*.

        Where a book only has values, there are none to tell.
        """

    def sheets_of_ours(self) -> tuple[Ours, ...]:
        """Return the sheets we made, in the order of the book."""

    def carry_out(self, plan: Plan) -> Marked:
        """Take our older marks off and do what the plan says."""

    def given(self, make: Callable[[Sequence[str]], Sequence[MadeSheet]]) -> bytes:
        """Return the book without our marks and with sheets that are the office's from birth.

        They are made knowing the names that are taken. Raises Unwritten with a sentence where no sheet can be added.
        """

    def cleared(self) -> Cleared:
        """Take our marks off, and the sheets of ours that nobody edited."""

    def put_in_place(self, changed: Marked | Cleared, target: Path, *, keep_backup: bool = False) -> Path | None:
        """Write what came of it to *target*, where it needs writing; return where the old file was kept, if asked to.

        Raises Unwritten where the target is not ours to write.
        """
