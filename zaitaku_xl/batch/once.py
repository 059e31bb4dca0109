"""Counted once: where several files hold the same client's month of one office, the newest counts and the others do not.

Doubles share at least one date; files whose dates are apart are parts of one month and all count. A copy or a form that we
made of a file never counts beside it. The same fold serves every output and the ledger.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from zaitaku_xl.finding import Verdict
from zaitaku_xl.report import ClientResult
from zaitaku_xl.results.identity import ClientMonth, Identity, OfficeKeys
from zaitaku_xl.results.plain import Double, PlainFinding, Result, rule_counts

_OURS = "在宅点検が作ったコピーか様式のため、「{}」を数え、こちらは数えていません。"
_RECEIVED = "後から受け付けた「{}」を数え、こちらは数えていません。"
_NEWER = "ファイルの日時が新しい「{}」を数え、こちらは数えていません。"
_BY_NAME = "ファイルの日時が同じため、名前の順で後の「{}」を数え、こちらは数えていません。"
NOT_COUNTED = "数えていないもの"
_MOST_NAMED = 5
_NOT_YET = "~"  # after every time in the ledger: a file that it does not know is received now


class Age(NamedTuple):
    """How old a file is; what comes last is the newest, and counts."""

    original: bool  # False: a copy of ours, while a file that is none has the same records
    received: str  # by the ledger
    changed: int  # by the disk, in nanoseconds
    path: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A file among others."""

    age: Age
    identity: Identity

    @property
    def path(self) -> str:
        return self.age.path


def sent(files: Iterable[tuple[str, Identity, str | None, int]]) -> list[Sent]:
    """Return files of a path, an identity, a time of receipt and a time of change, the oldest first."""
    known = list(files)
    originals = {identity.records for _, identity, _, _ in known if identity.records and not identity.ours}
    made = []
    for path, identity, received, changed in known:
        original = not (identity.ours and identity.records in originals)
        made.append(Sent(Age(original, received or _NOT_YET, changed, path), identity))
    return sorted(made, key=lambda each: each.age)


def doubles_of(files: Sequence[Sent]) -> dict[str, tuple[Double, ...]]:
    """Return by path which clients' months of a file do not count; files that count in full are not named.

    *files* are given from the oldest to the newest.
    """
    counted = _Counted()
    doubles = {}
    for file in reversed(files):
        found = [(part, counted.enter(file, part)) for part in file.identity.parts]
        told = tuple(_double(file, part, other) for part, other in found if other)
        if told:
            doubles[file.path] = told
    return doubles


def _double(file: Sent, part: ClientMonth, other: Sent) -> Double:
    return Double(client=part.client, month=part.month, path=other.path, reason=_reason(file.age, other.age))


def _reason(age: Age, other: Age) -> str:
    if age.original is not other.original:
        return _OURS.format(other.path)
    if age.received != other.received:
        return _RECEIVED.format(other.path)
    return (_NEWER if age.changed != other.changed else _BY_NAME).format(other.path)


class _Counted:
    """The clients' months that count so far."""

    def __init__(self) -> None:
        self._by_key: dict[tuple[str, ...], list[tuple[Sent, ClientMonth]]] = {}

    def enter(self, file: Sent, part: ClientMonth) -> Sent | None:
        """Take a client's month, unless one that counts already shares a date with it: return that one's file."""
        keys = list(_keys(file.identity, part))
        for key in keys:
            for other, its in self._by_key.get(key, ()):
                if _is_same(file.identity, part, other.identity, its):
                    return other
        for key in keys:
            self._by_key.setdefault(key, []).append((file, part))
        return None


def _keys(identity: Identity, part: ClientMonth) -> Iterator[tuple[str, ...]]:
    """Yield under which keys its double would be found: each of an office, with each of a client."""
    office = identity.office
    offices = [("number", office.number)] if office.number else []
    offices += [("name", name) for name in office.names]
    offices.append(("records", identity.records))
    for key in offices:
        if part.number:
            yield *key, "number", part.number, part.month
        yield *key, "name", part.name, part.month


def _is_same(file: Identity, part: ClientMonth, other: Identity, its: ClientMonth) -> bool:
    if not part.days & its.days or not is_same_client(part, its):
        return False
    if is_known(file.office) and is_known(other.office):
        return is_same_office(file.office, other.office)
    return file.records == other.records


def shares_a_day(one: Identity, other: Identity) -> bool:
    """Tell whether two files of one office hold a day of the same client."""
    return any(
        mine.month == its.month and mine.days & its.days and is_same_client(mine, its)
        for mine in one.parts
        for its in other.parts
    )


def is_known(office: OfficeKeys) -> bool:
    return bool(office.number or office.names)


def is_same_office(one: OfficeKeys, other: OfficeKeys) -> bool:
    """By number; where one has none, by any name."""
    if one.number and other.number:
        return one.number == other.number
    return not set(one.names).isdisjoint(other.names)


def is_same_client(one: ClientMonth, other: ClientMonth) -> bool:
    """By 受給者証番号; where one has none, by name."""
    if one.number and other.number:
        return one.number == other.number
    return one.name == other.name


# ---- in words


def why_doubled(result: Result) -> str:
    """Say once for each reason whose month does not count, or that nothing of the file does."""
    clients: dict[str, list[str]] = {}
    for double in result.doubles:
        clients.setdefault(double.reason, []).append(f"{double.client} {double.month}")
    if not result.counted:
        return "".join(clients)
    return "".join(f"{_first(who)}：{reason}" for reason, who in clients.items())


def _first(who: Sequence[str]) -> str:
    more = f"ほか{len(who) - _MOST_NAMED}件" if len(who) > _MOST_NAMED else ""
    return "、".join(who[:_MOST_NAMED]) + more


# ---- a result without what does not count


def counted_once(result: Result) -> Result:
    """Return what counts of a result: its days, findings and sums without those of its doubles."""
    if not result.doubles:
        return result
    if not result.counted:
        return replace(
            result,
            clients=(),
            counts=(0,) * len(Verdict),
            rule_counts=(),
            findings=(),
            days=(),
            other_readings=(),
            trial=None,
        )
    gone = {(double.client, double.month) for double in result.doubles}
    parts = [part for part in result.identity.parts if (part.client, part.month) not in gone]
    findings = tuple(
        finding for finding in result.findings if (finding.client, month_of(finding, result.months)) not in gone
    )
    return replace(
        result,
        clients=tuple(_clients(result.clients, parts)),
        counts=verdict_sums(parts),
        rule_counts=rule_counts(findings),
        findings=findings,
        days=tuple(day for day in result.days if (day.client, day.date[:7]) not in gone),
    )


def month_of(finding: PlainFinding, months: Sequence[str]) -> str:
    """Return the month a finding belongs to; what is of no day belongs to the first month of its file."""
    day = finding.date or (finding.period[1] if finding.period else "")
    if day[:7] in months:
        return day[:7]
    return months[0] if months else ""


def verdict_sums(parts: Iterable[ClientMonth]) -> tuple[int, ...]:
    """Return the days of these by verdict, in the order of Verdict."""
    counts = [part.verdicts for part in parts]
    return tuple(map(sum, zip(*counts, strict=True))) if counts else (0,) * len(Verdict)


def _clients(clients: Iterable[ClientResult], parts: Sequence[ClientMonth]) -> Iterator[ClientResult]:
    for client in clients:
        own = [part for part in parts if part.client == client.client]
        if own:
            yield _recounted(client, dict(zip(Verdict, verdict_sums(own), strict=True)))


def _recounted(client: ClientResult, counts: Mapping[Verdict, int]) -> ClientResult:
    numbers: dict[str, Any] = {
        verdict.value.lower(): counts[verdict] for verdict in Verdict if verdict is not Verdict.NOT_HOME
    }
    return client._replace(home_days=sum(numbers.values()), **numbers)
