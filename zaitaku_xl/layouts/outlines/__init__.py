"""The outlines of sheets, in the order in which they are tried: the one that accounts for most of a sheet has it."""

from zaitaku_xl.layouts.around import Outline
from zaitaku_xl.layouts.outlines import forms, matrix, tables

OUTLINES: tuple[Outline, ...] = (forms.read, matrix.read, tables.read)
