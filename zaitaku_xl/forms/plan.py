"""Which sheets are to be made, and the sheets themselves: a list that any host can lay.

A sheet's key is (form, client, months, reason): what is needed to make it anew from the records as they are then.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from zaitaku_xl.book.dates import month_of
from zaitaku_xl.book.values import folded
from zaitaku_xl.check import check
from zaitaku_xl.errors import WrongUse
from zaitaku_xl.forms import FORMS, inspection
from zaitaku_xl.forms.facts import ClientFacts, MonthFacts, OfficeFacts
from zaitaku_xl.forms.form import Form
from zaitaku_xl.law import Law
from zaitaku_xl.made import MadeSheet
from zaitaku_xl.model import Log, Month
from zaitaku_xl.report import Report
from zaitaku_xl.spelling import of_person

ALL = "all"
SETS: dict[str, tuple[str, ...]] = {
    ALL: tuple(form.name for form in FORMS if form is not inspection.FORM),
    inspection.NAME: tuple(form.name for form in (inspection.FORM, *inspection.PARTS)),
}
_BY_NAME = {form.name: form for form in FORMS}
_BETWEEN = " "  # the months of a key


@dataclass(frozen=True, slots=True)
class Key:
    """What a sheet is made from; ``client`` and ``reason`` may be empty."""

    form: str
    client: str
    months: str
    reason: str = ""

    @classmethod
    def read(cls, parts: tuple[str, ...]) -> "Key | None":
        """Return the key a sheet carries; None for a sheet that is no form (点検結果)."""
        known = parts and parts[0] in _BY_NAME
        return cls(*(*parts, "", "", "")[:4]) if known else None

    @property
    def parts(self) -> tuple[str, ...]:
        return self.form, self.client, self.months, self.reason


@dataclass(frozen=True)
class Source:
    """A workbook's records and its report, of which the forms are made."""

    log: Log
    report: Report
    law: Law
    city: str | None = None
    _known: dict[tuple[str, str], OfficeFacts] = field(default_factory=dict)

    def facts(self, months: str, reason: str) -> OfficeFacts:
        """Return the facts of these months, judged if they have not been; the same object for the same question."""
        if (months, reason) not in self._known:
            asked = tuple(month for typed in months.split(_BETWEEN) if isinstance(month := month_of(typed), Month))
            judged = asked == self.report.months
            report = self.report if judged else check(self.log, self.law, months=asked, city=self.city)
            self._known[months, reason] = OfficeFacts(self.log, report, self.law, reason or None)
        return self._known[months, reason]


def forms_named(name: str) -> tuple[Form, ...]:
    """Return the form, or the forms of a set (all); raises WrongUse for a name that is neither."""
    if name not in _BY_NAME and name not in SETS:
        known = " ".join((*_BY_NAME, *SETS))
        raise WrongUse(f"様式「{name}」はありません。次のどれかを指定してください: {known}")
    return tuple(_BY_NAME[each] for each in SETS.get(name, (name,)))


def keys(
    source: Source, forms: Iterable[Form], client: str | None = None, reason: str | None = None
) -> tuple[Key, ...]:
    """Return the keys of all sheets that these forms could be made as: client by client, then those of the office."""
    asked = tuple(forms)
    facts = OfficeFacts(source.log, source.report, source.law)
    months = _BETWEEN.join(map(str, source.report.months))
    found = [
        Key(form.name, each.person.name, of_form, reason or "")
        for each in _chosen(facts, client)
        for form in asked
        for of_form in _months(form, each, months)
    ]
    office = [Key(form.name, "", months, reason or "") for form in asked if form.over is OfficeFacts]
    return (*found, *(office if client is None or not found else ()))


def _months(form: Form, client: ClientFacts, all_of_them: str) -> tuple[str, ...]:
    if form.over is MonthFacts:
        return tuple(str(facts.month) for facts in client.months)
    return (all_of_them,) if form.over is ClientFacts else ()


def clients(source: Source, client: str) -> tuple[ClientFacts, ...]:
    """Return the facts of the clients a person means by a name or a 受給者証番号; raises WrongUse where there is none."""
    return _chosen(OfficeFacts(source.log, source.report, source.law), client)


def _chosen(facts: OfficeFacts, client: str | None) -> tuple[ClientFacts, ...]:
    """Return the clients a person means by a name or a 受給者証番号; raises WrongUse where there is none."""
    if client is None:
        return facts.clients
    wanted = folded(client)
    found = tuple(
        each for each in facts.clients if wanted in (folded(each.person.name), folded(each.shown_name), each.number)
    )
    if not found:  # the name may be written otherwise
        written = of_person(client)
        found = tuple(
            each for each in facts.clients if written in (of_person(each.person.name), of_person(each.shown_name))
        )
    if not found:
        raise WrongUse("その利用者は日報にも利用者台帳にもいません。氏名か受給者証番号を確かめてください。")
    return found


def sheets(source: Source, wanted: Iterable[Key]) -> tuple[MadeSheet, ...]:
    """Return the sheets of these keys, each carrying its key; a key that no longer fits the records gives none."""
    return tuple(replace(sheet, key=key.parts) for key in wanted for sheet in _made(source, key))


def month_facts(source: Source, key: Key) -> MonthFacts | None:
    """Return the facts of a key that is a client's month."""
    clients = (client for client in source.facts(key.months, key.reason).clients if client.person.name == key.client)
    return next((month for client in clients for month in client.months), None)


def _made(source: Source, key: Key) -> Iterator[MadeSheet]:
    form = _BY_NAME[key.form]
    office = source.facts(key.months, key.reason)
    if form.over is OfficeFacts:
        yield from form.make(office)
        return
    for client in office.clients:
        if client.person.name == key.client:
            for facts in (client,) if form.over is ClientFacts else client.months:
                yield from form.make(facts)
