"""One cell under its heading: the value, or the sentence that says why there is none."""

from zaitaku_xl.book.layout import Column
from zaitaku_xl.book.unread import UnknownWord, Unread
from zaitaku_xl.book.values import Context, shown
from zaitaku_xl.cells import Cell, Kind
from zaitaku_xl.sentence import Sentence, own, typed

_ERROR, _UNCALCULATED, _UNPLACED = (
    Kind.ERROR,
    Kind.UNCALCULATED,
    Kind.UNPLACED,
)  # asked of every cell, and a member of an Enum is slow to find


def read_cell(column: Column, cell: Cell, context: Context) -> object:
    """Read one cell; an error and a formula never calculated are unreadable whatever the column."""
    kind = cell[0]
    if kind is _ERROR:
        return Unread("はエラーの値です")
    if kind is _UNCALCULATED:
        return Unread("は数式で、計算結果が保存されていません")
    if kind is _UNPLACED:
        return Unread("に当たる見出しが、このシートでは分かりません")
    return column.parse(cell, context)


def said(heading: str, cell: Cell, unread: Unread) -> Sentence:
    if cell.kind in (_UNCALCULATED, _UNPLACED):
        return Sentence(f"{heading}{unread.why}")
    if isinstance(unread, UnknownWord):  # however often it stands there, it is one question
        return Sentence("{heading}{word}{why}", heading=own(heading), word=typed(shown(cell)), why=own(unread.why))
    return Sentence("{heading}{value}{why}", heading=own(heading), value=typed(shown(cell)), why=own(unread.why))
