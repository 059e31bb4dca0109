"""What an office has answered about its own sheets: in the sheet 「読み取り方」 of the book, or in a TOML file.

A question is known by the heading or the sign it asks about, so that next month's book and the others of the office are
read without asking. What is kept holds headings and signs, no names.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from zaitaku_xl.book import layout
from zaitaku_xl.book.plain import folded, shown
from zaitaku_xl.cells import Grid
from zaitaku_xl.errors import WrongUse
from zaitaku_xl.layouts.pieces import Answers, SheetRead
from zaitaku_xl.model import Place

SHEET = "読み取り方"
HEADINGS = ("シート", "見出し（見つけたもの）", "何として読んだか", "確かさ", "値の例", "回答（選ぶ）")
NOT_USED = "使わない"
_OF_HEADING, _OF_SIGN = "見出し:", "記号:"
_LARGEST = 1_000_000  # bytes


def key_of_heading(words: str) -> str:
    return f"{_OF_HEADING}{folded(words)}"


def key_of_sign(words: str) -> str:
    return f"{_OF_SIGN}{folded(words)}"


def is_answer_sheet(grid: Grid) -> bool:
    """A second one, made beside the first, has a number behind its name; what it says comes last."""
    return re.fullmatch(rf"{SHEET}[ (]*\d*\)?", folded(grid.name)) is not None


def answers_in(grids: Iterable[Grid]) -> Answers:
    """Return what is answered in the sheet 「読み取り方」; a row without an answer says nothing."""
    found: dict[str, str] = {}
    for grid in filter(is_answer_sheet, grids):
        columns: dict[str, int] = {}
        for row in sorted(grid.rows):
            cells = grid.rows[row]
            words = {column: shown(cell).strip() for column, cell in cells.items()}
            if not columns:
                typed = {folded(word): column for column, word in words.items()}
                if {folded(HEADINGS[1]), folded(HEADINGS[-1])} <= typed.keys():
                    columns = {heading: typed[folded(heading)] for heading in (HEADINGS[1], HEADINGS[2], HEADINGS[-1])}
                continue
            about, answer = words.get(columns[HEADINGS[1]], ""), words.get(columns[HEADINGS[-1]], "")
            if about and answer:
                is_sign = words.get(columns[HEADINGS[2]], "").startswith(SIGN)
                found[key_of_sign(about) if is_sign else key_of_heading(about)] = answer
    return found


SIGN = "場所の記号"  # how a row of the sheet says that a sign is asked about


def field_of(answer: str, table: str) -> str | None:
    """Return the field of a table that an answer means; None where it means none."""
    key = "entries" if table in ("kinds", "contacts") else table
    wanted = folded(answer)
    columns = [column for each in layout.TABLES if each.key == key for column in (*each.columns, layout.NUMBER)]
    if table == "office":
        columns = list(layout.SETTINGS)
    return next((column.field for column in columns if folded(column.heading) == wanted), None)


def choices_of(table: str) -> tuple[str, ...]:
    """Return what can be chosen for a heading of a table."""
    key = "entries" if table in ("kinds", "contacts") else table
    columns = [column for each in layout.TABLES if each.key == key for column in each.columns]
    return tuple(dict.fromkeys([*(column.heading for column in columns), NOT_USED]))


PLACES = tuple(str(place) for place in Place)


# ---- kept in a file


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a file keeps: the answers, and of which headings they were given."""

    answers: tuple[tuple[str, str], ...] = ()
    headings: frozenset[str] = frozenset()
    fingerprint: str = ""


def headings_of(sheets: Iterable[SheetRead]) -> frozenset[str]:
    """Return the headings of sheets, each with the outline it stands in: what next month's book has too."""
    found: set[str] = set()
    for sheet in sheets:
        asked = [each.heading for each in sheet.questions if each.key == key_of_heading(each.heading)]
        words = [*(each.words for each in sheet.fields), *asked, *sheet.unknown]
        found |= {f"{sheet.kind}: {folded(word)}" for word in words if word}
    return frozenset(found)


def fingerprint_of(headings: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(sorted(headings)).encode("utf-8", "replace")).hexdigest()[:16]


def chosen(kept: Sequence[Kept], headings: frozenset[str]) -> Kept | None:
    """Return what is kept of such a book: one file always serves, of several the one that knows its headings."""
    if len(kept) == 1:
        return kept[0]
    mark = fingerprint_of(headings)
    return next((each for each in kept if each.fingerprint == mark), None)


def text_of(answers: Answers, sheets: Iterable[SheetRead]) -> str:
    """Return the file that keeps these answers."""
    headings = headings_of(sheets)
    lines = [
        "# 事業所のシートの読み取り方（zaitaku-xl layout --save）。見出しと回答だけで、氏名は入っていません。",
        f"fingerprint = {_quoted(fingerprint_of(headings))}",
        "headings = [",
        *(f"  {_quoted(heading)}," for heading in sorted(headings)),
        "]",
        "",
        "[answers]",
        *(f"{_quoted(key)} = {_quoted(answer)}" for key, answer in sorted(answers.items())),
    ]
    return "\n".join(lines) + "\n"


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def kept_in(paths: Iterable[Path]) -> tuple[Kept, ...]:
    """Read the files that are named, of a folder every .toml in it; raises WrongUse."""
    found: list[Kept] = []
    for path in paths:
        files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
        if not files:
            raise WrongUse(f"--layout のフォルダー「{path.name}」に .toml のファイルが見つかりません。")
        found += map(_kept, files)
    return tuple(found)


def _kept(path: Path) -> Kept:
    try:
        with path.open("rb") as file:
            data = tomllib.loads(file.read(_LARGEST).decode("utf-8"))
    except (OSError, ValueError) as error:
        raise WrongUse(
            f"--layout の「{path.name}」を読めません。zaitaku-xl layout --save で作ったファイルか確かめてください。"
        ) from error
    answers, headings = data.get("answers", {}), data.get("headings", [])
    if not isinstance(answers, Mapping) or not isinstance(headings, list):
        raise WrongUse(f"--layout の「{path.name}」に回答（answers）が見つかりません。もう一度保存してください。")
    unknown = [answer for answer in answers.values() if not _is_answer(answer)]
    if unknown:
        raise WrongUse(f"--layout の「{path.name}」の回答「{unknown[0]}」は、どの項目の名前でもありません。")
    return Kept(
        answers=tuple(sorted((str(key), str(answer)) for key, answer in answers.items())),
        headings=frozenset(map(str, headings)),
        fingerprint=str(data.get("fingerprint", "")),
    )


def _is_answer(answer: object) -> bool:
    if not isinstance(answer, str):
        return False
    tables = (*(table.key for table in layout.TABLES), "office")
    return answer in (NOT_USED, *PLACES) or any(field_of(answer, table) for table in tables)
