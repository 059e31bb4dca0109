"""The way back travels inside the workbook, as a custom XML part of ours.

It holds, for each part we touched, the splices that undo us and the checksums before and after. A workbook
that no program saved in between goes back to what it was, byte for byte; any other is cleared by meaning.
"""

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from zaitaku_xl.ooxml.deflate import BY
from zaitaku_xl.ooxml.edit import XML, Edit
from zaitaku_xl.ooxml.nodes import cell_text, located, spoken_text
from zaitaku_xl.ooxml.opc import Package, relations_name
from zaitaku_xl.ooxml.splices import Splice, spliced

SPACE = "urn:zaitaku-xl:marks"
STORE_ID = "{6B3E4C0A-9D52-4E57-A1C8-2A5F0E7B91D4}"
VERSION = 1
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_CUSTOM_XML = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_STRICT_CUSTOM_XML = "http://purl.oclc.org/ooxml/officeDocument/customXml"


@dataclass(frozen=True, slots=True)
class Touched:
    """A part we changed: its checksums, and the steps back, the last of ours first."""

    before: str
    after: str
    steps: tuple[tuple[Splice, ...], ...]


@dataclass(frozen=True, slots=True)
class Journal:
    """What we did to a workbook. ``added`` are parts with their checksums."""

    touched: dict[str, Touched]
    added: dict[str, str | None]


def find(package: Package) -> str | None:
    """Return the part that holds our journal, wherever the last program to save the file put it."""
    related = (r for source in _sources(package) for r in package.relations(source))
    kept = (r.part for r in related if r.kind == "customXml" and r.part)
    return next((part for part in kept if SPACE.encode() in package.part(part)[:1000]), None)


def _sources(package: Package) -> tuple[str, str]:
    # LibreOffice keeps custom XML and hangs it on the package itself.
    return package.workbook_part, ""


def attach(edit: Edit) -> None:
    """Write the journal of everything done so far; nothing may be changed after this."""
    number = _free_number(edit)
    item, properties = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
    edit.add(item, f'{XML}<marks xmlns="{SPACE}"/>'.encode(), "application/xml")
    edit.add(properties, _properties(edit.package.strict), _PROPERTIES_TYPE)
    edit.relate(edit.package.workbook_part, "customXml", item)
    edit.relate(item, "customXmlProps", properties)
    edit.settle()
    text = json.dumps(_record(edit, item), ensure_ascii=False, separators=(",", ":"))
    edit.added[item] = f'{XML}<marks xmlns="{SPACE}">{cell_text(text)}</marks>'.encode()


def detach(edit: Edit, item: str) -> None:
    """Take the journal out of a workbook in which it no longer fits."""
    for relation in edit.package.relations(item):
        if relation.part:
            edit.drop(item, relation.part)
    for source in _sources(edit.package):
        edit.drop(source, item)


def read(package: Package, part: str) -> Journal | None:
    """Return the journal, or None where somebody's program left only half of it."""
    try:
        record = json.loads(spoken_text(located(package.part(part), part, 1).text))
        return _journal(record) if record["version"] == VERSION else None
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return None


def undone(package: Package, journal: Journal) -> dict[str, bytes] | None:
    """Return the parts we changed as they were, or None where any part is no longer as we left it."""
    if any(package.find(name) is None for name in (*journal.touched, *journal.added)):
        return None
    if any(checksum and not _is(package.part(name), checksum) for name, checksum in journal.added.items()):
        return None
    before: dict[str, bytes] = {}
    for name, touched in journal.touched.items():
        data = _stepped_back(package.part(name), touched)
        if data is None:
            return None
        before[name] = data
    return before


def _stepped_back(data: bytes, touched: Touched) -> bytes | None:
    if not _is(data, touched.after):
        return None
    try:
        for step in touched.steps:
            data, _ = spliced(data, step)
    except ValueError:
        return None
    return data if _is(data, touched.before) else None


def _free_number(edit: Edit) -> int:
    number = 1
    while any(edit.find(f"customXml/{name}{number}.xml") for name in ("item", "itemProps")) or edit.find(
        relations_name(f"customXml/item{number}.xml")
    ):
        number += 1
    return number


def _properties(strict: bool) -> bytes:
    space = _STRICT_CUSTOM_XML if strict else _CUSTOM_XML
    return (
        f'{XML}<ds:datastoreItem ds:itemID="{STORE_ID}" xmlns:ds="{space}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{SPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode()


def _record(edit: Edit, own: str) -> dict[str, Any]:
    return {
        "version": VERSION,
        "touched": {
            name: {
                "before": _checksum(edit.package.part(name)),
                "after": _checksum(edit.part(name)),
                "steps": [[_packed(splice) for splice in step] for step in reversed(steps)],
            }
            for name, steps in edit.inverse.items()
        },
        "added": {name: None if name == own else _checksum(data) for name, data in edit.added.items()},
    }


def _packed(splice: Splice) -> list[Any]:
    return [splice.start, splice.end, base64.b64encode(splice.new).decode()]


def _journal(record: dict[str, Any]) -> Journal:
    touched = {
        name: Touched(
            line["before"],
            line["after"],
            tuple(
                tuple(Splice(int(start), int(end), base64.b64decode(new)) for start, end, new in step)
                for step in line["steps"]
            ),
        )
        for name, line in record["touched"].items()
    }
    return Journal(touched, dict(record["added"]))


def _checksum(data: bytes) -> str:
    """Return what tells whether a part is as we left it: against a program that saved it, not against a forger."""
    return f"{BY.crc32(data):08x}-{len(data):x}"


def _is(data: bytes, checksum: str) -> bool:
    """Tell whether a part has a checksum, of today's kind or of the kind that workbooks were marked with before."""
    return checksum == (_checksum(data) if "-" in checksum else hashlib.sha256(data).hexdigest())
