"""What CONTRIBUTING says of the house is so: its rooms are those of the contract, its nouns those of the code."""

import re
import tomllib

import pytest

import zaitaku_xl
from tests.tools import TOP


def chapter(heading: str) -> str:
    text = (TOP / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def layers() -> list[list[str]]:
    contracts = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    return [line.split(" | ") for line in next(each for each in contracts if each["type"] == "layers")["layers"]]


def test_the_rooms_are_those_of_the_contract_in_their_order() -> None:
    lines = chapter("部屋").split("```")[1].strip().splitlines()
    shown = [re.findall(r"(\w+)(?:/|\.py)(?= \||  | )", line.partition("  ")[0] + "  ") for line in lines]
    assert [sorted(rooms) for rooms in shown] == [sorted(rooms) for rooms in layers()]


def nouns() -> list[str]:
    rows = re.findall(r"^\| ([A-Z][\w, ]*) \|", chapter("ことば"), re.MULTILINE)
    return [noun for row in rows for noun in row.split(", ")]


@pytest.fixture(scope="module")
def code() -> str:
    paths = (TOP / zaitaku_xl.__name__).rglob("*.py")
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


@pytest.mark.parametrize("noun", nouns())
def test_a_noun_is_one_of_the_code(noun: str, code: str) -> None:
    assert re.search(rf"^(?:class {noun}\b|{noun}(?:: TypeAlias)? = )", code, re.MULTILINE)
