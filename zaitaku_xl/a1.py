"""Addresses: A1 and the numbers behind it. Rows and columns count from 1, as a person counts them."""

import re
from functools import lru_cache

Position = tuple[int, int]  # row, column

_LETTERS = 26
_REF = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """Return the letters of a column counted from 1.

    >>> column_letters(1), column_letters(28)
    ('A', 'AB')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(65 + rest) + letters
    return letters


def column_of(letters: str) -> int:
    """Return the column that capital letters name, counted from 1, however far to the right.

    >>> column_of("A"), column_of("AB")
    (1, 28)
    """
    column = 0
    for letter in letters:
        column = column * _LETTERS + ord(letter) - 64
    return column


def address(row: int, column: int) -> str:
    """Return the A1 address of a cell, both counted from 1."""
    return f"{column_letters(column)}{row}"


def position(reference: str) -> Position:
    """Return (row, column) of a reference; (0, 0) for what is none.

    >>> position("AB12"), position("$A$1:B2")
    ((12, 28), (1, 1))
    """
    match = _REF.match(reference.replace("$", "").upper())
    return (int(match[2]), column_of(match[1])) if match else (0, 0)
