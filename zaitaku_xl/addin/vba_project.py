"""The macro project as it is shipped, for the documents of one workbook.

A project lists the workbook and each of its sheets as modules. Where these are those of the shipped project, its bytes
are taken as they are; else its modules are copied and the list alone is written anew ([MS-OVBA], section 2.3).
"""

import re
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from zaitaku_xl.addin import compound
from zaitaku_xl.addin.macro_text import Home
from zaitaku_xl.addin.vba_text import compress, decompress
from zaitaku_xl.hosts.marking.macros import Document
from zaitaku_xl.resources import shipped

_PAGE = "cp932"
_LIST, _PROJECT, _NAMES = "VBA/dir", "PROJECT", "PROJECTwm"
_VERSION, _MODULES, _LAST_OF_HEAD, _LAST = 0x09, 0x0F, 0x13, 0x10
_NAME, _OFFSET, _MODULE_ENDS = 0x19, 0x31, 0x2B
_INTERFACES = {"Workbook": "00020819", "Sheet": "00020820", "Chart": "00020821"}  # of Excel, as a module names them
_BASE = re.compile(rb'VB_Base = "0\{(\w+)-')
_DOCUMENT_TEXT = """\
Attribute VB_Name = "{name}"
Attribute VB_Base = "0{{{interface}-0000-0000-C000-000000000046}}"
Attribute VB_GlobalNameSpace = False
Attribute VB_Creatable = False
Attribute VB_PredeclaredId = True
Attribute VB_Exposed = True
Attribute VB_TemplateDerived = False
Attribute VB_Customizable = True
"""


@dataclass(frozen=True, slots=True)
class _Module:
    """One module: its lines in the list of modules, and its stream."""

    name: str
    listed: bytes
    stream: bytes
    kind: str  # of a document; none for the modules of ours


def project_name(home: Home, *, frozen: bool) -> str:
    """Return what the shipped project is called in ``macros/``."""
    return f"projects/{home.name.lower()}{'_frozen' if frozen else ''}.bin"


def vba_project(documents: Sequence[Document], home: Home, *, frozen: bool = False) -> bytes:
    """Return the project for a workbook whose parts bear these code names. Same documents, same bytes."""
    return for_documents(shipped("macros", project_name(home, frozen=frozen)).read_bytes(), documents)


def for_documents(project: bytes, documents: Sequence[Document]) -> bytes:
    """Return *project* with these documents in place of its own."""
    streams = compound.streams(project)
    head, modules, tail = _listed(streams)
    own = {(module.name, module.kind): module for module in modules if module.kind}
    if list(own) == [(document.name, document.kind) for document in documents]:
        return project
    ours = [module for module in modules if not module.kind]
    wanted = [own.get((document.name, document.kind)) or _document(document) for document in documents]
    together = [*wanted, *ours]
    streams = {name: data for name, data in streams.items() if name not in {f"VBA/{m.name}" for m in modules}}
    streams |= {f"VBA/{module.name}": module.stream for module in together}
    streams[_LIST] = compress(_counted(head, len(together)) + b"".join(m.listed for m in together) + tail)
    streams[_PROJECT] = _project_text(streams[_PROJECT], documents, [module.name for module in together])
    streams[_NAMES] = _names(module.name for module in together)
    return compound.compound_file(streams)


# ---- the list of modules


def _records(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield each record of the list: its number, what it holds, and all of it."""
    at = 0
    while at < len(data):
        number, size = struct.unpack_from("<HI", data, at)
        end = at + 6 + (6 if number == _VERSION else size)  # this one tells another size than it has
        end = len(data) if number == _LAST else end
        yield number, data[at + 6 : end], data[at:end]
        at = end


def _listed(streams: dict[str, bytes]) -> tuple[bytes, list[_Module], bytes]:
    """Return the list of modules: what stands before, the modules, and what stands behind."""
    head, modules, current = b"", [], b""
    name, offset = "", 0
    for number, held, whole in _records(decompress(streams[_LIST])):
        current += whole
        if number == _LAST_OF_HEAD:
            head, current = current, b""
        elif number == _NAME:
            name = held.decode(_PAGE)
        elif number == _OFFSET:
            (offset,) = struct.unpack("<I", held)
        elif number == _MODULE_ENDS:
            stream = streams[f"VBA/{name}"]
            modules.append(_Module(name, current, stream, _kind(decompress(stream[offset:]))))
            current = b""
    return head, modules, current


def _kind(text: bytes) -> str:
    found = _BASE.search(text)
    kinds = {interface.encode(): kind for kind, interface in _INTERFACES.items()}
    return kinds.get(found[1], "") if found else ""


def _document(document: Document) -> _Module:
    """Return the module of a sheet without macros of its own."""
    text = _DOCUMENT_TEXT.format(name=document.name, interface=_INTERFACES[document.kind]).replace("\n", "\r\n")
    name, wide = document.name.encode(_PAGE), document.name.encode("utf-16-le")
    records = [
        (0x19, name),
        (0x47, wide),
        (0x1A, name),  # its stream
        (0x32, wide),
        (0x1C, b""),  # no description
        (0x48, b""),
        (_OFFSET, bytes(4)),  # nothing compiled stands before the text
        (0x1E, bytes(4)),
        (0x2C, bytes(2)),
        (0x22, b""),  # a document or a class
        (_MODULE_ENDS, b""),
    ]
    listed = b"".join(struct.pack("<HI", number, len(held)) + held for number, held in records)
    return _Module(document.name, listed, compress(text.encode(_PAGE)), document.kind)


def _counted(head: bytes, count: int) -> bytes:
    records = list(_records(head))
    changed = (struct.pack("<HIH", number, 2, count) if number == _MODULES else whole for number, _, whole in records)
    return b"".join(changed)


# ---- the same names in the two other streams


def _project_text(data: bytes, documents: Sequence[Document], modules: Sequence[str]) -> bytes:
    """Return the text of the project with its lines of documents and of windows replaced."""
    text, _, windows = data.decode(_PAGE).partition("[Workspace]\r\n")
    lines = [line for line in text.split("\r\n") if not line.startswith("Document=")]
    first = lines[0]  # its ID
    listed = [f"Document={document.name}/&H00000000" for document in documents]
    kept = dict(line.split("=", 1) for line in windows.split("\r\n") if "=" in line)
    places = [f"{name}={kept.get(name, '0, 0, 0, 0, C')}\r\n" for name in modules]
    return "".join(("\r\n".join((first, *listed, *lines[1:])), "[Workspace]\r\n", *places)).encode(_PAGE)


def _names(names: Iterable[str]) -> bytes:
    pairs = (name.encode(_PAGE) + b"\0" + name.encode("utf-16-le") + b"\0\0" for name in names)
    return b"".join(pairs) + b"\0\0"
