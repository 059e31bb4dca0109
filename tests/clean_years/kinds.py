"""The kinds of natural variety: each with a name, and what it makes of a client or of an office."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.clean_years.office import Client, Office

Made = Callable[[Office, Client], None]


@dataclass(frozen=True)
class Kind:
    name: str
    make: Callable[..., None]
    of_office: bool


KINDS: dict[str, Kind] = {}


def of_client(make: Callable[[Office, Client], None]) -> Callable[[Office, Client], None]:
    KINDS[make.__name__] = Kind(make.__name__, make, of_office=False)
    return make


def of_office(make: Callable[[Office], None]) -> Callable[[Office], None]:
    KINDS[make.__name__] = Kind(make.__name__, make, of_office=True)
    return make
