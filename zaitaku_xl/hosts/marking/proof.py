"""Proof that a workbook we wrote still holds the office's own: take our marks off again and compare every part."""

from zaitaku_xl.hosts.marking.clearing import cleared, sheets_of_ours
from zaitaku_xl.ooxml.archive import Archive


def lost(clean: bytes, written: bytes) -> tuple[str, ...]:
    """Return the parts of *clean* that cannot be had back from *written*; none means that nothing was harmed.

    Parts that came to be by clearing by meaning are new to *clean* too and count as lost; so does a change of order.
    """
    carried = _written_in(written)
    if carried:  # a list with the office's words goes when it is made anew
        carried -= _written_in(clean)
    before, after = Archive(clean), Archive(cleared(written, carried).data)
    return tuple(
        name
        for name in {**before.entries, **after.entries}
        if _raw(before, name) != _raw(after, name) and _part(before, name) != _part(after, name)
    ) or tuple(a for a, b in zip(before.entries, after.entries, strict=True) if a != b)


def _written_in(data: bytes) -> set[str]:
    return {ours.name for ours in sheets_of_ours(data) if ours.as_made and ours.written_in}


def _raw(archive: Archive, name: str) -> bytes | None:
    entry = archive.entries.get(name)
    return archive.data[entry.start : entry.stop] if entry else None


def _part(archive: Archive, name: str) -> bytes | None:
    return archive.read(name) if name in archive.entries else None
