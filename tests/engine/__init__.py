"""An xlwings engine over LibreOffice: what the live host and the buttons do to a workbook, done to one for real.

It offers the members that the live host, the plain script of the benchmark and xlwings' own function server use, each
with the value that xlwings documents for Excel on Windows; ``DIFFERENCES`` says where LibreOffice cannot follow.
"""

from tests.engine.program import start

__all__ = ["DIFFERENCES", "start"]

DIFFERENCES = {
    "time of day": "Excel hands a cell that shows only a time over as a float; LibreOffice knows a time format, and the "
    "engine gives the float all the same.",
    "errors": "Excel hands an error over as a COM code; the engine translates LibreOffice's text into that code. An error "
    "typed as a constant becomes a formula in LibreOffice.",
    "order of colours": "Where two rules meet in a cell Excel shows the one of higher priority, LibreOffice the older one: "
    "the engine makes those below anew. Colour scales, bars and icons cannot be made anew and stay above.",
    "text into cells": "Excel reads numbers, dates and formulas into a text that is written; LibreOffice takes it literally. "
    "The engine refuses such a text unless an apostrophe stands before it, which it takes away as Excel does.",
    "ranges in an array": "VBA puts the values of a range into an array, in Excel days as days and errors as errors, in "
    "LibreOffice all numbers plain: the formulas understand both.",
    "spill": "LibreOffice 7.4 knows no dynamic arrays: a formula that gives a column must be array-entered.",
    "note size": "LibreOffice sizes the box of a note by its text and forgets the author.",
    "threads": "LibreOffice has no threaded comments: the engine's list of them is empty unless a test fills it.",
    "formats": "A workbook of 1904 gives its days counted from 1904 in LibreOffice; the engine gives days as Excel does.",
    "undo": "Excel forgets its list of undo after a program changed a workbook; LibreOffice keeps it.",
    "alerts and dialogs": "Nobody sits there: the engine writes down what was said and answers from a list.",
}
