"""TOML files of ours read strictly, each complaint with its line."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from zaitaku_xl.errors import LawError


class Place:
    """Finds the line of a key, for messages only: TOML readers do not keep line numbers."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.lines = path, text.splitlines()

    def line(self, key: str, table: str = "", nth: int = 0) -> int:
        start = self._table(table, nth) if table else 0
        for number, line in enumerate(self.lines[start:], start + 1):
            if re.match(rf"\s*(?:\[+\s*)?(?:{re.escape(table)}\.)?{re.escape(key)}\b", line):
                return number
        return start + 1

    def _table(self, table: str, nth: int) -> int:
        heads = [n for n, line in enumerate(self.lines) if re.match(rf"\s*\[\[\s*{re.escape(table)}\s*\]\]", line)]
        return heads[nth] if nth < len(heads) else 0

    def wrong(self, what: str, key: str, table: str = "", nth: int = 0) -> LawError:
        return LawError(f"{self.path.name} {self.line(key, table, nth)}行目: {what}")

    def check(
        self, item: Mapping[str, Any], known: Mapping[str, type], needed: Iterable[str], table: str = "", nth: int = 0
    ) -> None:
        """Stop at the first key of a table that is unknown, of a wrong type, or missing."""
        for key, value in item.items():
            if key not in known:
                raise self.wrong(f"知らない項目「{key}」です", key, table, nth)
            if isinstance(value, datetime) or not isinstance(value, known[key]):
                raise self.wrong(f"「{key}」の型が違います（{value!r}）", key, table, nth)
        for key in needed:
            if key not in item:
                raise self.wrong(f"「{key}」がありません", "since", table, nth)


def parsed(path: Path) -> tuple[Place, dict[str, Any]]:
    """Return the tables of a TOML file of ours, and the finder of its lines."""
    if path.exists() and not path.is_file():
        raise LawError(f"{path.name}: ファイルではありません。通知のファイル（TOML）を指定してください。")
    try:
        raw = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise LawError(f"{path.name}: UTF-8の文章として読み取れません。UTF-8で保存し直してください。") from error
    try:
        return Place(path, raw), tomllib.loads(raw)
    except tomllib.TOMLDecodeError as error:
        raise LawError(f"{path.name}: TOMLとして読み取れません（{error}）") from error
