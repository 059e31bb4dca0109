"""Who was asked for a sheet."""

from typing import Any

import pytest

from zaitaku_xl.cells import Grid
from zaitaku_xl.hosts.reading import grids as reading
from zaitaku_xl.ooxml.opc import SheetPart


@pytest.fixture
def exact_asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sheets for which the exact reader was asked."""
    asked: list[str] = []
    real = reading._exact

    def watched(data: bytes, sheet: SheetPart, *rest: Any) -> Grid:
        asked.append(sheet.name)
        return real(data, sheet, *rest)

    monkeypatch.setattr(reading, "_exact", watched)
    return asked
