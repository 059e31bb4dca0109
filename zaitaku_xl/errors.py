"""What can go wrong with us or with a file; what is wrong with a day is a Finding, never an exception."""


class ZaitakuError(Exception):
    """A sentence in Japanese that a clerk can act on."""


class LawError(ZaitakuError):
    """A law text of ours is wrong: names file and place."""


class LayoutError(ZaitakuError):
    """A readable workbook whose sheets cannot be understood; names sheet, cell and remedy."""


class NotALog(ZaitakuError):
    """A readable workbook without a daily log in it."""


class Unreadable(ZaitakuError):
    """A file that cannot be opened as a workbook, or must not be: says why."""


class Unwritten(ZaitakuError):
    """A file that could not be put in place: says why. What was there before is still there."""


class InUse(Unwritten):
    """Somebody else writes there now and will be done some time."""


class WrongUse(ZaitakuError):
    """The command was given something it cannot work with."""


class BrokenRule(ZaitakuError):
    """Our own fault: a rule failed on a day it should have judged. Never a mark against a client."""
