"""Every ``>>>`` example in a docstring is run; a module whose examples are not is one that was never seen to be right."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import zaitaku_xl

TOP = Path(zaitaku_xl.__file__).parent


def modules_with_examples() -> list[str]:
    paths = [path for path in TOP.rglob("*.py") if ">>> " in path.read_text(encoding="utf-8")]
    return sorted(".".join(path.relative_to(TOP.parent).with_suffix("").parts) for path in paths)


@pytest.mark.parametrize("name", modules_with_examples())
def test_the_examples_are_true_in(name: str) -> None:
    ran = doctest.testmod(import_module(name.removesuffix(".__init__")))
    assert ran.attempted, "an example that stands in no docstring"
    assert not ran.failed
