"""`zaitaku.exe`, for a PC without Python: a button by its name, formulas for Excel, or the command line."""

import re
import sys
from importlib import import_module

from zaitaku_xl import children
from zaitaku_xl.entry import ribbon

# What xlwings' macros ask a Python interpreter to run when a formula is calculated. Of that text only the number of the
# server is used: nothing that comes in this way is executed.
_SERVE = re.compile(r"xlwings\.serve\('(\{[0-9A-Fa-f-]{36}\})'\)")


def served(arguments: list[str]) -> str | None:
    """Return the number under which Excel wants formulas served.

    >>> served(["-B", "-P", "-c", "import xlwings; xlwings.serve('{506e67c3-55b5-48c3-a035-eed5deea7d6d}')"])
    '{506e67c3-55b5-48c3-a035-eed5deea7d6d}'
    """
    flags, code = _split(arguments)
    found = _SERVE.search(code) if set(flags) <= {"-B", "-P"} else None
    return found[1] if found else None


def _split(arguments: list[str]) -> tuple[list[str], str]:
    """Return what stands before -c, and the code behind it."""
    if "-c" not in arguments[:-1]:
        return arguments, ""
    at = arguments.index("-c")
    return arguments[:at], arguments[at + 1]


def main() -> None:
    """Do what the first words ask for."""
    arguments = sys.argv[1:]
    children.work_if_asked(arguments)
    number = served(arguments)
    if arguments and arguments[0] in ribbon.BUTTONS:
        ribbon.run(arguments[0])
    elif number:
        import_module("xlwings").serve(number)  # on Windows alone it takes a number
    else:
        from zaitaku_xl.entry.cli import main as command_line  # noqa: PLC0415 - a click does not need it

        command_line()


if __name__ == "__main__":
    main()
