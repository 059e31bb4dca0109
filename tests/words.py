"""Every literal a person may read, with its place: strings of the code, docstrings of the rules, texts, labels, templates."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parents[1]
CODE = HOME / "zaitaku_xl"
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠々]")
_ATTRIBUTE = re.compile(r'\b(?:label|screentip|supertip|title)="([^"]*)"')
_BASIC = re.compile(r'"((?:[^"\n]|"")*)"')


def literals() -> Iterator[tuple[str, str]]:
    """Yield place and words."""
    for place, words in _all():
        if _JAPANESE.search(words):
            yield place, words


def _all() -> Iterator[tuple[str, str]]:
    for path in sorted(CODE.rglob("*.py")):
        yield from _of_code(path)
    for path in sorted([*CODE.rglob("*.toml"), *(HOME / "workbook_templates").glob("*.toml")]):
        for words in _of_table(tomllib.loads(path.read_text(encoding="utf-8"))):
            yield _place(path), words
    for path in sorted([*CODE.rglob("*.xml"), *(HOME / "macros").rglob("*.xml")]):
        for words in _ATTRIBUTE.findall(path.read_text(encoding="utf-8")):
            yield _place(path), words
    for path in sorted((HOME / "macros").rglob("*.bas")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for words in _BASIC.findall(line.split("'")[0]):
                yield f"{_place(path)}:{number}", words


def _of_code(path: Path) -> Iterator[tuple[str, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = (
        {id(node) for node in _docstrings(tree)} if path.parent.name not in ("rules", "p02_not_available") else set()
    )
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            yield f"{_place(path)}:{node.lineno}", node.value


def _docstrings(tree: ast.AST) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def _of_table(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _of_table(each)
    elif isinstance(value, list):
        for each in value:
            yield from _of_table(each)


def _place(path: Path) -> str:
    return path.relative_to(HOME).as_posix()
