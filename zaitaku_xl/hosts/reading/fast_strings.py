"""Texts and attributes as the common programs write them, read without expat; anything else is ``Unsure``."""

import re

from zaitaku_xl.hosts.reading import cell_values
from zaitaku_xl.ooxml.nodes import unescaped

ATTRIBUTES = rb'(?: [A-Za-z][A-Za-z0-9]*(?::[A-Za-z][A-Za-z0-9]*)?="[ -!#-%\'-;=?-~]*+")*+'
_PAIR = re.compile(rb' ([A-Za-z0-9:]+)="([^"]*)"')
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_READING = '<rPh sb="[0-9]{1,9}" eb="[0-9]{1,9}"><t(?: xml:space="preserve")?>[^<>&]*+</t></rPh>'
_HOW_READ = '<phoneticPr fontId="[0-9]{1,9}"(?: type="[A-Za-z]++")?(?: alignment="[A-Za-z]++")?/>'
_READINGS = re.compile(f"(?:(?:{_READING})++(?:{_HOW_READ})?|{_HOW_READ})</si>")
_TABLE = re.compile(
    rb'(?:<\?xml version="1\.0"(?: encoding="[Uu][Tt][Ff]-8")?(?: standalone="(?:yes|no)")? ?\?>)?[ \t\r\n]*<sst(%b)>'
    % ATTRIBUTES
)
_FIRST, _BETWEEN, _LAST = "<si><t>", "</t></si><si><t>", "</t></si>"
_ENTITY = re.compile("&(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});")
_NUMBERED, _LAST_CHARACTER = re.compile("&#(x?)([0-9A-Fa-f]+);"), 0x10FFFF
_CONTROLS = bytes(range(9)) + bytes(range(11, 32))  # a carriage return too: XML reads it as a new line


class Unsure(Exception):
    """The bytes are not of the kind this reader knows for certain."""


def strings(data: bytes) -> list[str]:
    """Return the shared strings, readings left out; raises Unsure."""
    data = data.rstrip(b" \t\r\n")
    opening = _TABLE.match(data)
    if opening is None or not data.endswith(b"</sst>"):
        raise Unsure
    attributes_in(opening[1])
    body = _text_of(data[opening.end() : -len(b"</sst>")])
    if not body:
        return []
    items = _items(body) or _items(_READINGS.sub("</si>", body))
    if items is None:
        raise Unsure
    if "&" not in body and "_x" not in body:
        return items
    return [_spoken(item) if "&" in item or "_x" in item else item for item in items]


def _text_of(data: bytes) -> str:
    """Return bytes as text that has no character XML forbids or reads as another; faster than asking each of them."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise Unsure from error
    if len(data.translate(None, _CONTROLS)) != len(data) or "\ufffe" in text or "\uffff" in text:
        raise Unsure
    return text


def _items(body: str) -> list[str] | None:
    """Return what stands between the tags of a table whose items have one text each: nothing else has so many tags."""
    body = body.replace('<t xml:space="preserve">', "<t>")
    if not (body.startswith(_FIRST) and body.endswith(_LAST)):
        return None
    items = body[len(_FIRST) : -len(_LAST)].split(_BETWEEN)
    if not body.count("<") == body.count(">") == 4 * len(items):
        return None
    if "&" in body and body.count("&") != len(_ENTITY.findall(body)):
        return None
    return items


def _spoken(text: str) -> str:
    return cell_values.unescaped(without_entities(text))


def without_entities(text: str) -> str:
    """Return text with its entities as characters; raises Unsure for a character that XML does not know."""
    if "&" not in text:
        return text
    if any(int(digits, 16 if x else 10) > _LAST_CHARACTER for x, digits in _NUMBERED.findall(text)):
        raise Unsure
    text = unescaped(text)
    if _NOT_XML.search(text):
        raise Unsure
    return text


def decoded(data: bytes) -> str:
    """Return bytes as text that XML may hold; raises Unsure."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise Unsure from error
    if _NOT_XML.search(text):
        raise Unsure
    return text


def attributes_in(raw: bytes) -> dict[str, str]:
    """Return what matches ``ATTRIBUTES`` by name; raises Unsure where a name stands twice."""
    pairs = _PAIR.findall(raw)
    found = {name.decode(): value.decode() for name, value in pairs}
    if len(found) != len(pairs):
        raise Unsure
    return found
