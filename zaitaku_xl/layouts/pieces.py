"""What reading an office's own sheet gives: values for fields, each beside the cell it stands in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from zaitaku_xl.cells import Cell, Origin, Position

CONTACT = "contacts"  # the table of a piece that is one contact: its day and its client take it in
CONTACT_FIELDS = ("time", "method", "kind", "content", "staff")


class Placed(NamedTuple):
    """A value for a field, as typed or as put together of several cells, and the cell a person finds it in.

    Without a value: the blank cell where it would stand.
    """

    cell: Cell | None
    at: Origin


@dataclass(slots=True)
class Piece:
    """What one row, one form or one cell of a sheet says: some fields of a record of *table* (a key of ``book.layout``).

    A piece of 「contacts」 has name, day, time, method, kind, content and staff. One of 「office」 is an item of 設定.
    A field of no canonical heading is kept under the heading as typed: it is told, and read by nobody.
    """

    table: str
    fields: dict[str, Placed]
    lacking: frozenset[str] = frozenset()  # fields that its like have, and whose heading nobody found here


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRead:
    """That a place was taken for a field: its heading or label, and which witnesses said so."""

    table: str
    field: str
    words: str  # of the heading or label, as typed
    at: Origin
    witness: str  # 見出し, 内容, 見出しと内容, 答え


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What cannot be told from the book alone; until it is answered, what hangs on it is undecided.

    ``key`` holds no names and is the same in next month's book.
    """

    key: str
    at: Origin
    heading: str  # the heading, label or sign that is asked about, as typed
    words: str  # the question, a sentence
    choices: tuple[str, ...]  # Japanese names of fields, places …
    proposal: str | None = None
    samples: tuple[str, ...] = ()
    fields: frozenset[str] = frozenset()  # "entries.support": what is unread while it is open


class Unknown(NamedTuple):
    """A heading that nobody knows, and what stands below it."""

    at: Origin
    samples: tuple[Cell, ...] = ()


@dataclass(slots=True, kw_only=True)
class SheetRead:
    """What a sheet was taken for, and what of it was not read."""

    sheet: str
    outline: str  # in Japanese: 「1行に1日の表」
    pieces: list[Piece] = field(default_factory=list)
    used: set[Position] = field(default_factory=set)  # values, headings and labels
    decoration: set[Position] = field(default_factory=set)  # titles, legends, totals, notes, examples
    fields: list[FieldRead] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    unknown: dict[str, "Unknown"] = field(default_factory=dict)  # by heading: columns that say something

    @property
    def kind(self) -> str:
        """The outline without what its legend says."""
        return self.outline.partition("（")[0]


Answers = Mapping[str, str]  # key of a question -> choice
