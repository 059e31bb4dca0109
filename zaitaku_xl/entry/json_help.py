"""`zaitaku-xl check --help-json`: what the JSON of a check holds, a line a key."""

import typer
from rich.text import Text

from zaitaku_xl.entry.columns import side_by_side
from zaitaku_xl.entry.screen import say
from zaitaku_xl.results.fields import Field, json_fields

_TYPES = {
    "string": "文字列",
    "integer": "整数",
    "boolean": "真偽",
    "date": "日付",
    "list": "配列",
    "object": "オブジェクト",
}
_WIDTHS = (38, 14, 60)


def tell_json_fields(wanted: bool) -> None:
    """End the command with the list, where it is asked for."""
    if not wanted:
        return
    say(Text("--json の中身（文字コードはUTF-8、日付は 2026-01-05 の形の文字列）", style="bold"))
    for field in json_fields():
        for line in side_by_side((field.key, _type(field), _meaning(field)), _WIDTHS):
            say(line)
    raise typer.Exit


def _type(field: Field) -> str:
    name = _TYPES[field.type]
    if field.null:
        return f"{name}かnull"
    if field.optional:
        return f"{name}かなし"
    return name


def _meaning(field: Field) -> str:
    choices = "、".join(f"{value} {word}" for value, word in field.choices.items())
    return f"{field.means}: {choices}" if choices else field.means
