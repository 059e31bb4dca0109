"""An office's own sheets understood: which place is which field. The result is the tables of the contract, with addresses.

Each outline (a table, forms, a matrix) is one module of ``outlines`` that reads a sheet or says that it is none of its
kind. Whoever judges the tables does not know that they were put together.
"""

from zaitaku_xl.layouts.understanding import Understanding, needs_understanding, understood

__all__ = ["Understanding", "needs_understanding", "understood"]
