"""Offices in turn: each kind of variety comes up again and again, alone and beside others."""

from collections.abc import Iterable, Sequence
from datetime import date
from random import Random

from tests.clean_years import lives, writing
from tests.clean_years.kinds import KINDS, Kind
from tests.clean_years.office import SERVICES, Office, new_client, term

__all__ = ["KINDS", "mixed", "of_client_kinds", "of_kind"]

_WRITTEN_IN = (lives, writing)  # their kinds are listed on import
TOWNS = ("長崎市",) * 7 + ("日野市", "福岡市", "京都市", "豊岡市", "岡崎市")
APART = {  # without a month in the settings every month in the book is judged, and these keep rows of others
    "no_month_in_the_settings",
    "the_months_before_in_the_same_book",
    "last_week_of_the_month_before",
    "hidden_rows_of_the_month_before",
}
OF_CLIENTS = [kind for kind in KINDS.values() if not kind.of_office]
OF_OFFICES = [kind for kind in KINDS.values() if kind.of_office]


def mixed(seed: int, number: int, leaving_out: Iterable[str] = ()) -> Office:
    """Return the office of this number: a kind for each client and one or two for the office, each in its turn."""
    office = _plain(seed + number)
    lives = [kind for kind in OF_CLIENTS if kind.name not in leaving_out]
    ways = [kind for kind in OF_OFFICES if kind.name not in leaving_out]
    _apply(_in_turn(ways, seed, 2 * number), office)
    second = _in_turn(ways, seed, 2 * number + 1)
    if number % 3 and not {*office.kinds, second.name} & APART > {"no_month_in_the_settings"}:
        _apply(second, office)
    for client in office.clients:
        _apply(_in_turn(lives, seed, 7 * number + client.index), office, client.index)
    return office


def of_kind(names: Sequence[str], seed: int) -> Office:
    """Return an office with nothing but these kinds of variety; the first client lives a plain year."""
    office = _plain(seed, most=4)
    for kind in (KINDS[name] for name in names if KINDS[name].of_office):
        _apply(kind, office)
    lives = [KINDS[name] for name in names if not KINDS[name].of_office]
    for client in office.clients[1:] if lives else ():
        _apply(lives[client.index % len(lives)], office, client.index)
    return office


def of_client_kinds(names: Sequence[str]) -> list[tuple[str, ...]]:
    """The kinds of a client's life by twos, so that one office shows both."""
    lives = [name for name in names if not KINDS[name].of_office]
    return [tuple(lives[n : n + 2]) for n in range(0, len(lives), 2)]


def _plain(seed: int, most: int = 8) -> Office:
    rng = Random(seed)
    office = Office(seed, rng, rng.choice(TOWNS), SERVICES[0])
    for index in range(rng.randint(3, most)):
        office.clients.append(new_client(office, index))
    if office.town == "京都市":
        for client in office.clients:
            client.terms = [term(office, date(2025, 4, 1)), term(office, date(2026, 4, 1))]
    return office


def _apply(kind: Kind, office: Office, index: int | None = None) -> None:
    if index is None:
        kind.make(office)
        office.kinds.append(kind.name)
    else:
        kind.make(office, office.clients[index])
        office.clients[index].kinds.append(kind.name)


def _in_turn(kinds: list[Kind], seed: int, turn: int) -> Kind:
    return Random(seed).sample(kinds, len(kinds))[turn % len(kinds)]
