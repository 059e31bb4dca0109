"""What the cells of a column hold: the second witness beside its heading."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zaitaku_xl.book.clocks import Span, time
from zaitaku_xl.book.filling_down import is_ditto
from zaitaku_xl.book.plain import folded, shown
from zaitaku_xl.book.unread import Unread
from zaitaku_xl.book.values import Context, method, place, weekday
from zaitaku_xl.cells import Cell, Kind
from zaitaku_xl.layouts.dating import day_in
from zaitaku_xl.model import Month

_ANY = Month(2000, 1)  # serves to see that 5 is a day


@dataclass(frozen=True, slots=True)
class Content:
    """How many of the cells are of each kind, as shares of those that are not blank."""

    count: int
    days: float
    times: float
    places: float
    methods: float
    weekdays: float
    long: float  # texts of a sentence's length
    texts: float

    def denies(self, field: str, table: str) -> bool:
        """Tell whether what stands there cannot be what the heading says."""
        if self.count == 0:
            return False
        if field in ("start", "end") and table in ("clients", "approvals"):
            return self.days < _LEAST["days"]
        if field == "place" and table == "month_reviews":
            return False
        if field == "place":  # a word nobody knows is asked about by itself
            return max(self.days, self.times) > _MOST or (self.long > _MOST and not self.places)
        wanted = _WANTED.get(field.rpartition(".")[2] if "." in field else field)
        return wanted is not None and getattr(self, wanted) < _LEAST[wanted]


_WANTED = {
    "day": "days",
    "done_on": "days",
    "time": "times",
    "start": "times",
    "end": "times",
    "hours": "times",
    "weekday": "weekdays",
    "training": "texts",
    "support": "texts",
    "content": "texts",
}
_MOST = 0.6
_LEAST = {"days": 0.5, "times": 0.4, "weekdays": 0.5, "texts": 0.3}


def content_of(cells: Iterable[Cell | None], date1904: bool = False) -> Content:
    """Look at the cells of a column; 〃 and blanks say nothing."""
    told: Sequence[Cell] = [cell for cell in cells if cell is not None and not is_ditto(cell)]
    count = len(told)
    share = max(count, 1)
    return Content(
        count=count,
        days=sum(day_in(cell, _ANY, date1904) is not None for cell in told) / share,
        times=sum(is_time(cell) for cell in told) / share,
        places=sum(_is(place, cell) for cell in told) / share,
        methods=sum(_is(method, cell) for cell in told) / share,
        weekdays=sum(_is_weekday(cell) for cell in told) / share,
        long=sum(len(_text(cell)) > 7 for cell in told) / share,
        texts=sum(cell.kind is Kind.TEXT and not is_time(cell) for cell in told) / share,
    )


def is_time(cell: Cell) -> bool:
    """Tell whether a cell is a time of day or a range of two."""
    if cell.kind in (Kind.ERROR, Kind.UNCALCULATED, Kind.BOOLEAN):
        return False
    if cell.kind is Kind.NUMBER and float(cell.value) < 32 and float(cell.value).is_integer():
        return False  # the number of a day
    if cell.kind is Kind.DATE and float(cell.value) >= 1 and float(cell.value).is_integer():
        return False
    found = time(cell)
    return isinstance(found, (int, Span))


def _is(parse: object, cell: Cell) -> bool:
    found = parse(cell, Context())  # type: ignore[operator]
    return found is not None and not isinstance(found, Unread)


def _is_weekday(cell: Cell) -> bool:
    return cell.kind is Kind.TEXT and isinstance(weekday(cell, Context()), int)


def _text(cell: Cell) -> str:
    return folded(shown(cell)) if cell.kind is Kind.TEXT else ""
