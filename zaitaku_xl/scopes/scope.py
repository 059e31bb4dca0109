"""What every scope is: a record that nobody changes once it is made, and equal to itself alone."""

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

_Scope = TypeVar("_Scope")


@dataclass_transform(frozen_default=True, eq_default=False)
def scope(cls: type[_Scope]) -> type[_Scope]:
    """Make a dataclass that mypy holds frozen; one that Python does takes three times as long to make.

    >>> @scope
    ... class Night:
    ...     hours: int
    >>> Night(8) == Night(8), hasattr(Night(8), "__dict__")
    (False, False)
    """
    return dataclass(slots=True, eq=False)(cls)
