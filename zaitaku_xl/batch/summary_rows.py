"""The rows of 点検まとめ that one file brings, made where the file was judged: the summary only numbers them."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from zaitaku_xl.batch.links import link_to
from zaitaku_xl.batch.summary_sheets import CLIENTS, FINDINGS, ROW_STYLES
from zaitaku_xl.finding import COLOURS, OFFICE, WORDS, Weight
from zaitaku_xl.hosts.writing.table_rows import Link, Rows
from zaitaku_xl.law import load_law
from zaitaku_xl.ooxml.deflate import squeezed, unsqueezed
from zaitaku_xl.paper import Value
from zaitaku_xl.results.plain import PlainFinding, Result

_ROW, _TABLE = "\2", "\3"  # no text in XML holds them
_OF_WEIGHT = {weight.value: (WORDS[weight], COLOURS[weight]) for weight in Weight}


def pack_rows(result: Result, folder: Path) -> bytes:
    """Return the rows of clients and of findings; *folder* is where the summary will lie, so that links are relative to it."""
    clients, findings = _makers()
    tables = (
        [clients.row(values) for values in _clients(result)],
        [findings.row(values, colour) for colour, values in _findings(result, folder)],
    )
    return squeezed(_TABLE.join(map(_ROW.join, tables)).encode())


def unpack_rows(data: bytes) -> list[list[bytes]]:
    """Return the rows of clients and of findings, their numbers left open."""
    tables = unsqueezed(data).split(_TABLE.encode())
    return [table.split(_ROW.encode()) if table else [] for table in tables]


@cache
def _makers() -> tuple[Rows, Rows]:
    return Rows(CLIENTS, ROW_STYLES), Rows(FINDINGS, ROW_STYLES)


def _clients(result: Result) -> Iterator[tuple[Value, ...]]:
    found = Counter([said.client for said in result.findings])
    office, months = result.office.label, "・".join(result.months)
    for client in result.clients:
        yield (
            client.client, office, _town(client.city), months, client.home_days, client.billable, client.not_billable,
            client.check, client.pending, found[client.client], result.path,
        )  # fmt: skip


def _town(city: str | None) -> str:
    town = load_law().towns.get(city) if city else None
    return town.name if town else "（全国）"


def _findings(result: Result, folder: Path) -> Iterator[tuple[str, tuple[Value | Link, ...]]]:
    office, copy, years = result.office.label, link_to(result.written, folder), result.years
    for said in result.heaviest_first:
        word, colour = _OF_WEIGHT[said.weight]
        yield colour, (
            word, said.rule, office, said.client or OFFICE, said.when_in(years), _place(said, copy),
            said.message, said.remedy, result.path,
        )  # fmt: skip


def _place(said: PlainFinding, copy: str | None) -> Value | Link:
    if not said.sheet:
        return "―"
    words = f"{said.sheet}!{said.cell}"
    quoted = said.sheet.replace("'", "''")
    return Link(words, copy, f"'{quoted}'!{said.cell}") if copy else words
