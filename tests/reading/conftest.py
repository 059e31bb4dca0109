"""Who was asked for a sheet."""

from typing import Any

import pytest

from zaitaku_xl.hosts.reading import grids as reading
from zaitaku_xl.hosts.reading.cell_values import Values


@pytest.fixture
def exact_asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sheets for which the exact reader was asked."""
    asked: list[str] = []
    real = reading._exact

    def watched(data: bytes, name: str, part: str, values: Values) -> Any:
        asked.append(name)
        return real(data, name, part, values)

    monkeypatch.setattr(reading, "_exact", watched)
    return asked
