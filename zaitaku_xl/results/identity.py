"""Whose records a file holds and for which days, in few words: what tells that the same month was sent twice."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from operator import attrgetter
from typing import NamedTuple

from zaitaku_xl.finding import Verdict
from zaitaku_xl.model import Log, Office, Person
from zaitaku_xl.report import DayResult, Report
from zaitaku_xl.spelling import of_person, squeezed, standard

_PLACES = {verdict: place for place, verdict in enumerate(Verdict)}
_OF_AN_ENTRY = attrgetter("start", "end", "training", "support", "condition", "recorder", "reason", "remark")
_OF_A_CONTACT = attrgetter("time", "content", "staff")


class OfficeKeys(NamedTuple):
    """An office by its number and by its names, each as it is compared; empty where the workbook does not say."""

    number: str = ""
    names: tuple[str, ...] = ()


class ClientMonth(NamedTuple):
    """A client's judged days of a month, counted."""

    client: str  # as the days name them
    number: str  # 受給者証番号 as it is compared; empty where there is none
    name: str  # as it is compared
    month: str
    days: int  # a bit a day
    verdicts: tuple[int, ...]  # in the order of Verdict


class Identity(NamedTuple):
    """Of a file: its office, its clients' months and a digest of its records. *ours*: sheets that we made lie in it."""

    office: OfficeKeys = OfficeKeys()
    parts: tuple[ClientMonth, ...] = ()
    records: str = ""
    ours: bool = False


def identity_of(log: Log, report: Report, *, ours: bool) -> Identity:
    return Identity(
        office=_office(log.office),
        parts=tuple(_parts(log, report.days)),
        records=_digest(log, report),
        ours=ours,
    )


def office_key(name: str | None) -> str:
    """Return the name of an office as it is compared."""
    return standard(name or "")


def name_key(name: str | None) -> str:
    """Return the name of a client as it is compared.

    >>> name_key("髙橋　花子 様") == name_key("高橋花子")
    True
    """
    return of_person(name or "")


def number_key(number: str | None) -> str:
    """Return a number as it is compared: Excel may have dropped leading zeros, and zeros alone are none.

    >>> number_key("０012"), number_key("0000000000")
    ('12', '')
    """
    return squeezed(number or "").lstrip("0")


def _office(office: Office) -> OfficeKeys:
    names = dict.fromkeys(map(office_key, (office.office_name, *office.aliases)))
    return OfficeKeys(number_key(office.office_number), tuple(filter(None, names)))


def _parts(log: Log, days: Sequence[DayResult]) -> Iterator[ClientMonth]:
    people = {person.name: person for person in log.people}
    counts: dict[tuple[str, int, int], list[int]] = {}
    masks: dict[tuple[str, int, int], int] = {}
    for client, day, _, verdict, *_ in days:
        key = client, day.year, day.month
        if key not in counts:
            counts[key] = [0] * len(_PLACES)
            masks[key] = 0
        counts[key][_PLACES[verdict]] += 1
        masks[key] |= 1 << day.day
    for key, verdicts in counts.items():
        client, year, month = key
        number, name = _told(people, client)
        yield ClientMonth(
            client=client,
            number=number,
            name=name,
            month=f"{year:04}-{month:02}",
            days=masks[key],
            verdicts=tuple(verdicts),
        )


def _told(people: Mapping[str, Person], client: str) -> tuple[str, str]:
    """Return number and name of a client; a row of 日報 may carry the number that 利用者台帳 lacks."""
    person = people.get(client)
    records = [person.client, *person.entries[:1]] if person else []
    said = [record for record in records if record]
    number = next((key for record in said if (key := number_key(record.number))), "")
    name = next((record.name for record in said if record.name), client)
    return number, name_key(name)


def _digest(log: Log, report: Report) -> str:
    """A number over what is told of each day and over all that was found: what changes neither changes no count."""
    told = blake2b(digest_size=12)
    for person in log.people:
        for entry in person.entries:
            contacts = list(map(_OF_A_CONTACT, entry.contacts))
            told.update(
                repr((entry.day and entry.day.toordinal(), _OF_AN_ENTRY(entry), contacts)).encode("utf-8", "replace")
            )
    for day in report.days:
        told.update(f"{day.client}\t{day.verdict}\n".encode("utf-8", "replace"))
    for finding in report.findings:
        told.update(f"{finding.rule}\t{finding.client}\t{finding.when}\t{finding.message}\n".encode("utf-8", "replace"))
    return told.hexdigest()
