"""What says nothing: a box without a tick, the 0 of a formula that found nothing, a mark for no."""

from collections.abc import Iterable

_NOTHING: frozenset[object] = frozenset((None, False, "0", "０", "FALSE", "False", "false"))  # False equals 0


def says_something(value: object) -> bool:
    """Tell whether a value that was read says anything.

    >>> [says_something(value) for value in ("在宅", True, 570, None, False, 0, "0", "FALSE")]
    [True, True, True, False, False, False, False, False]
    """
    return value not in _NOTHING


def all_say_something(values: Iterable[object]) -> bool:
    """Tell the same of each of them at one go: a column has thousands."""
    return _NOTHING.isdisjoint(values)


def any_says_something(values: Iterable[object]) -> bool:
    return not _NOTHING.issuperset(values)
