"""Who was asked for a sheet."""

from typing import Any

import pytest

from zaitaku_xl.cells import Grid
from zaitaku_xl.hosts.reading import grids as reading


@pytest.fixture
def exact_asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sheets for which the exact reader was asked."""
    asked: list[str] = []
    real = reading._exact

    def watched(data: bytes, name: str, *rest: Any) -> Grid:
        asked.append(name)
        return real(data, name, *rest)

    monkeypatch.setattr(reading, "_exact", watched)
    return asked
