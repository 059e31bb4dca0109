"""Tables with headings: one row a day, a contact, an evaluation, a client; in one to three heading rows, also in blocks."""

from zaitaku_xl.layouts.around import Around
from zaitaku_xl.layouts.pieces import SheetRead
from zaitaku_xl.layouts.sheet import Sheet


def read(sheet: Sheet, around: Around) -> SheetRead | None:
    """Return what the tables of a sheet say; None where it has none that is understood."""
    return None
