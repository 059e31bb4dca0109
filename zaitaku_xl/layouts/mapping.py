"""Which column of a table is which field: its heading and its content are two witnesses, and neither is overruled."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from zaitaku_xl.book import layout
from zaitaku_xl.cells import Cell
from zaitaku_xl.layouts.answers import NOT_USED, field_of, key_of_heading
from zaitaku_xl.layouts.around import Around
from zaitaku_xl.layouts.headings import bare_part, contact_part, meanings, titled
from zaitaku_xl.layouts.pieces import Question
from zaitaku_xl.layouts.sheet import Sheet
from zaitaku_xl.layouts.table_heads import Head
from zaitaku_xl.layouts.witnesses import Content, content_of

_COMMON = ("name", "number")
_LONG = frozenset(("training", "support", "condition", "remark", "content", "goal", "issue", "advice", "reason"))
_RECORDS = frozenset(("training", "support", "condition"))
_PROVE_A_DAY = frozenset(("place", *_RECORDS, "start", "hours"))
_ANSWERED = 3  # the strength of a claim that the office made


@dataclass(slots=True, kw_only=True)
class Mapped:
    """The columns of a table: field -> column; what is open, and the headings nobody knows over columns that say something."""

    table: str  # entries, contacts, kinds, week_reviews …
    columns: dict[str, int] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    ignored: list[int] = field(default_factory=list)  # columns that count rows or sums
    slots: dict[str, int] = field(default_factory=dict)  # as the headings call a contact -> 1, 2, 3
    contents: dict[int, Content] = field(default_factory=dict)
    score: float = 0


def mapped_best(sheet: Sheet, head: Head, around: Around) -> Mapped | None:
    """Return how the table reads best; None where it is none of ours."""
    title = " ".join([sheet.name, *(sheet.title(row) for row in sheet.between(head.first - 4, head.first - 1))])
    told = titled(title)
    contents = {column: content_of(_below(sheet, head, column), sheet.grid.date1904) for column in head.words}
    tried = [
        _mapped(table, sheet, head, contents, around)
        for table in ("entries", "week_reviews", "month_reviews", "clients", "absences", "plans", "services")
    ]
    for mapped in tried:
        if mapped.table in told or (mapped.table == "clients" and "approvals" in told):
            mapped.score += 3
        elif told & {"week_reviews", "month_reviews", "absences", "services", "plans"} and mapped.table != "entries":
            mapped.score -= 3
        elif mapped.table in ("absences", "plans", "services"):
            mapped.score = 0  # nothing but its title tells it apart
    if told & {"week_reviews", "month_reviews"} and not tried[0].slots:
        tried[0].score -= 3
    good = [mapped for mapped in tried if mapped.score >= 2.5 and _is_enough(mapped, head)]
    return max(good, key=lambda mapped: mapped.score, default=None)


def _is_enough(mapped: Mapped, head: Head) -> bool:
    has = mapped.columns.keys()
    if mapped.table in ("entries", "contacts", "kinds"):
        if mapped.table == "entries":
            return bool(has & _PROVE_A_DAY or mapped.slots)
        return "day" in has or "contact.time" in has
    if mapped.table in ("clients", "approvals"):
        return "name" in has and len(has) >= 3
    if mapped.table in ("week_reviews", "month_reviews"):
        return "done_on" in has and len(has - set(_COMMON)) >= 2
    return "day" in has


def _below(sheet: Sheet, head: Head, column: int) -> Iterable[Cell | None]:
    return (sheet.own(row, column) for row in sheet.between(head.last + 1, head.last + 200))


def _mapped(table: str, sheet: Sheet, head: Head, contents: Mapping[int, Content], around: Around) -> Mapped:
    mapped = Mapped(table=table, contents=dict(contents))
    slots = _slots(head) if table == "entries" else {}
    bare = _bare_parts(head, slots, contents) if table == "entries" and not slots else {}
    claims: dict[str, list[tuple[int, int]]] = {}  # field -> (strength, column)
    for column in head.words:
        heading = head.heading(column)
        answer = around.answers.get(key_of_heading(heading))
        if answer == NOT_USED:
            mapped.ignored.append(column)
            continue
        if answer is not None and (chosen := field_of(answer, table)):
            claims.setdefault(chosen, []).append((_ANSWERED, column))
            continue
        if column in slots:
            slot, part = slots[column]
            mapped.slots.setdefault(slot, len(mapped.slots) + 1)
            claims.setdefault(f"contact{mapped.slots[slot]}.{part}", []).append((2, column))
            continue
        if column in bare:
            claims.setdefault(f"contact.{bare[column]}", []).append((2, column))
            continue
        found = _fields(head.words[column], table)
        found = [each for each in found if not contents[column].denies(each, table)] if len(found) > 1 else found
        found = _by_length(found, contents[column])
        if len(found) == 1:
            strength = 2 if heading and meanings(heading, table) == (found[0],) else 1
            claims.setdefault(found[0], []).append((strength, column))
        elif found:
            mapped.questions.append(_which(sheet, head, column, found, table))
        elif meanings(heading, "ignored"):
            mapped.ignored.append(column)
        elif contents[column].count and heading:
            mapped.unknown[heading] = column
    _settle(mapped, claims, sheet, head)
    _by_content(mapped, head)
    if table == "clients":
        mapped.score = len(mapped.columns)
    else:
        mapped.score = len(mapped.columns) - 0.5 * len(mapped.unknown)
    if table == "entries" and not mapped.columns.keys() & (_RECORDS | {"place"}) and bare:
        mapped.table = "kinds" if _is_by_kind(sheet, head, mapped) else "contacts"
    return mapped


def _fields(words: Sequence[str], table: str) -> list[str]:
    """The fields that a heading may be: as a whole, by its own words, or by its group's where it has none."""
    tables = ("clients", "approvals") if table == "clients" else (table,)
    whole = "".join(words)
    for heading in dict.fromkeys((whole, words[-1])):
        found = [name for each in tables for name in meanings(heading, each)]
        if not found or table not in ("entries",):
            found = [*(name for name in meanings(heading, "entries") if name in _COMMON), *found]
        if found:
            return list(dict.fromkeys(found))
    return []


def _slots(head: Head) -> dict[int, tuple[str, str]]:
    """The columns that are parts of numbered contacts. 開始時 and 終了時 are so only where they have a text beside them."""
    found = {column: slot for column in head.words if (slot := contact_part(head.heading(column)))}
    parts: dict[str, set[str]] = {}
    for slot in found.values():
        parts.setdefault(slot.slot, set()).add(slot.part)
    return {
        column: (slot.slot, slot.part)
        for column, slot in found.items()
        if "content" in parts[slot.slot] or "method" in parts[slot.slot]
    }


def _bare_parts(head: Head, slots: Mapping[int, object], contents: Mapping[int, Content]) -> dict[int, str]:
    """The columns of a list in which each row is one contact: a time and what was said, and what goes with them."""
    found: dict[int, str] = {}
    for column, words in head.words.items():
        heading = words[-1]
        if part := bare_part(heading):
            if part == "time" and contents[column].times < 0.4:
                continue
            if part == "content" and contents[column].texts < 0.5:
                continue
            found.setdefault(column, part)
    parts = list(found.values())
    complete = "time" in parts and "content" in parts
    return {column: part for column, part in found.items() if parts.count(part) == 1} if complete else {}


def _by_length(found: Sequence[str], content: Content) -> list[str]:
    """Of several fields those whose cells are as long as the column's."""
    if len(found) < 2 or not content.count:
        return list(found)
    is_long = content.long >= 0.5
    fitting = [each for each in found if (each in _LONG) == is_long]
    return fitting or list(found)


def _settle(mapped: Mapped, claims: Mapping[str, list[tuple[int, int]]], sheet: Sheet, head: Head) -> None:
    """Give each field its column; where two claim it alike, ask."""
    for name, its in claims.items():
        best = max(strength for strength, _ in its)
        columns = [column for strength, column in its if strength == best]
        filled = [column for column in columns if mapped.contents[column].count] or columns
        for _, column in its:
            if column not in filled and mapped.contents[column].count:
                mapped.unknown[head.heading(column)] = column
        if len(filled) == 1:
            column = filled[0]
            if best < _ANSWERED and mapped.contents[column].denies(name, mapped.table):
                mapped.questions.append(_which(sheet, head, column, [name], mapped.table))
            else:
                mapped.columns[name] = column
        elif name in ("remark", "recorder", "condition", "client_confirmed", "answer", "question"):
            mapped.columns[name] = filled[0]
            mapped.unknown |= {head.heading(column): column for column in filled[1:]}
        else:
            mapped.questions += [_which(sheet, head, column, [name], mapped.table) for column in filled]


def _by_content(mapped: Mapped, head: Head) -> None:
    """A heading nobody knows over cells that are one thing for certain."""
    for name, share in (("weekday", "weekdays"), ("day", "days"), ("place", "places")):
        if name in mapped.columns or mapped.table not in ("entries",):
            continue
        sure = [
            c
            for c in mapped.unknown.values()
            if mapped.contents[c].count >= 3 and getattr(mapped.contents[c], share) >= 0.9
        ]
        if len(sure) == 1:
            mapped.columns[name] = sure[0]
            mapped.unknown.pop(head.heading(sure[0]), None)


def _is_by_kind(sheet: Sheet, head: Head, mapped: Mapped) -> bool:
    column = mapped.columns.get("contact.kind")
    if column is None:
        return False
    words = {sheet.words(row, column) for row in sheet.between(head.last + 1, sheet.rows[-1])}
    kinds = {kind for word in words if word for kind in meanings(word, "kinds")}
    return bool(kinds & _RECORDS)


# ---- questions


def heading_words(table: str, name: str) -> str:
    """Return what a field is called in the contract's tables."""
    for each in layout.TABLES:
        for column in (*each.columns, layout.NUMBER):
            if (each.key == table or table in ("kinds", "contacts")) and column.field == name:
                return column.heading
    return name


def _which(sheet: Sheet, head: Head, column: int, found: Sequence[str], table: str) -> Question:
    heading = head.heading(column)
    names = [heading_words(table, name) for name in found]
    samples: list[str] = []
    for row in sheet.between(head.last + 1, head.last + 200):
        if (words := sheet.words(row, column)) and len(samples) < 3:
            samples.append(words)
    return Question(
        key=key_of_heading(heading),
        at=(sheet.name, *sheet.carrier(head.last, column)),
        heading=heading,
        words=f"「{heading}」の列は、どの項目ですか。",
        choices=(*names, NOT_USED),
        proposal=names[0] if len(names) == 1 else None,
        samples=tuple(samples),
        fields=frozenset(f"{table}.{name}" for name in found),
    )
