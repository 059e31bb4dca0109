"""Kinds of variety for which a careful office is still blamed, each with the reason; a line goes when it is mended."""

import tomllib
from pathlib import Path

_BOOK = tomllib.loads(Path(__file__).with_name("not_yet.toml").read_text(encoding="utf-8"))
NOT_YET: dict[str, str] = {kind: told["why"] for told in _BOOK["reason"] for kind in told["kinds"]}
