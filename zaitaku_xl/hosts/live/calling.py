"""Which workbook a button was pressed in.

Its name reaches us as digits, four for each unit of UTF-16: what a received file is called must not stand in a line for
a shell. Excel itself is named by the number of its window.
"""

import sys
import unicodedata
from collections.abc import Sequence

import xlwings as xw

from zaitaku_xl.hosts.live import api

_BOOK, _WINDOW = "--book=", "--hwnd="


def calling_book(arguments: Sequence[str] | None = None) -> xw.Book:
    """Return the open workbook that the macro's line tells; raises where there is none."""
    arguments = sys.argv if arguments is None else arguments
    digits = _value(arguments, _BOOK)
    if digits is None:
        return xw.Book.caller()  # Python that keeps running, or a workbook whose macros were put in by version 0.1
    name, window = name_in(digits), _value(arguments, _WINDOW)
    for app in api.apps_of_window(int(window)) if window else xw.apps:
        for book in app.books:
            if _same(book.name, name):
                return book
    raise LookupError("no such workbook is open")


def name_in(digits: str) -> str:
    """Return the name that was written in digits.

    >>> name_in("65E55831002E0078006C00730078")
    '日報.xlsx'
    """
    return bytes.fromhex(digits).decode("utf-16-be", "surrogatepass")


def _value(arguments: Sequence[str], option: str) -> str | None:
    return next((each.removeprefix(option) for each in arguments if each.startswith(option)), None)


def _same(one: str, other: str) -> bool:
    """macOS may tell the marks of a kana apart from it, or not."""
    return unicodedata.normalize("NFC", one).casefold() == unicodedata.normalize("NFC", other).casefold()
