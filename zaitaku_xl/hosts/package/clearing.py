"""Our marks taken off again: exactly where the file is as we left it, by meaning where it was saved since."""

from dataclasses import dataclass

from zaitaku_xl.hosts.package import journal
from zaitaku_xl.hosts.package.opc import Package


@dataclass(frozen=True, slots=True)
class Cleared:
    """A workbook without our marks. ``kept`` names sheets of ours that a person has edited since."""

    data: bytes
    exact: bool
    kept: tuple[str, ...] = ()


def cleared(data: bytes) -> Cleared:
    """Return the workbook as it was before us; what is not ours is never touched."""
    package = Package.opened(data)
    part = journal.find(package)
    record = journal.read(package, part) if part else None
    before = journal.undone(package, record) if record else None
    if before is not None:
        return Cleared(before, exact=True)
    return Cleared(data, exact=part is None)
