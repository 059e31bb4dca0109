"""The command as a person types it: what it says and how it ends."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class Ran:
    status: int
    out: str
    err: str


Run = Callable[..., Ran]
