"""Addresses: A1 and the numbers behind it. Rows and columns count from 1, as a person counts them."""

import re
from collections.abc import Iterable
from functools import lru_cache

Position = tuple[int, int]  # row, column
Corners = tuple[int, int, int, int]  # first row, first column, last row, last column

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


def area(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    """Return the A1 text of a rectangle; of one cell its address.

    >>> area(1, 2, 3, 4), area(1, 2, 1, 2)
    ('B1:D3', 'B1')
    """
    first, last = address(first_row, first_column), address(last_row, last_column)
    return first if first == last else f"{first}:{last}"


def corners(reference: str) -> Corners:
    """Return the rectangle of an area or of one cell; zeros where there is none.

    >>> corners("B1:D3"), corners("$B$1")
    ((1, 2, 3, 4), (1, 2, 1, 2))
    """
    first, _, last = reference.partition(":")
    return (*position(first), *position(last or first))


def areas_of(cells: Iterable[Position]) -> list[str]:
    """Return cells as areas: what lies in one column without a gap is one.

    >>> areas_of([(1, 2), (2, 2), (4, 3)])
    ['B1:B2', 'C4']
    """
    runs: list[list[int]] = []
    for column, row in sorted({(column, row) for row, column in cells}):
        if runs and runs[-1][0] == column and runs[-1][2] + 1 == row:
            runs[-1][2] = row
        else:
            runs.append([column, row, row])
    return [area(first, column, last, column) for column, first, last in runs]
