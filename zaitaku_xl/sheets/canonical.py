"""The look of the canonical workbook, read from ``canonical.toml``: strictly, so that a slip of the pen stops here."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from types import GenericAlias, UnionType
from typing import Any, get_type_hints

from zaitaku_xl.book import layout
from zaitaku_xl.errors import LayoutError
from zaitaku_xl.resources import shipped

FILE = "canonical.toml"


@dataclass(frozen=True, slots=True)
class BookLook:
    """[book]: what all sheets share."""

    title: str
    font: str
    size: int
    ink: str
    quiet: str
    line: str
    edge: str
    gap: str
    dated: date
    rows: int
    version: str


@dataclass(frozen=True, slots=True)
class Tint:
    """[tints]: the band over a group, its needed headings, its other headings."""

    band: str
    needed: str
    plain: str


@dataclass(frozen=True, slots=True)
class KindLook:
    """[kinds]: how a kind of value is shown, and what is said when another is typed."""

    align: str
    shows: str
    wrap: bool = False
    indent: int = 0
    says: str = ""


@dataclass(frozen=True, slots=True)
class ColumnLook:
    heading: str
    kind: str
    width: int
    needed: bool = False
    choices: tuple[str, ...] = ()
    strict: bool = False
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class GroupLook:
    """A band over neighbouring columns; it ends where the next one begins."""

    title: str
    from_heading: str
    tint: str


@dataclass(frozen=True, slots=True)
class SheetLook:
    """[[sheet]]: one sheet with a heading row. Without ``scale`` it is printed one page wide."""

    name: str
    hint: str
    tab: str
    columns: tuple[ColumnLook, ...]
    groups: tuple[GroupLook, ...] = ()
    tint: str = "slate"
    frozen_columns: int = 0
    filter: bool = False
    portrait: bool = False
    scale: int | None = None
    page_breaks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SettingLook:
    heading: str
    kind: str
    help: str
    needed: bool = False
    value: str = ""
    choices: tuple[str, ...] = ()
    strict: bool = False


@dataclass(frozen=True, slots=True)
class SettingsLook:
    """[settings]: 設定, one row an item."""

    title: str
    hint: str
    tab: str
    help: str
    widths: tuple[int, ...]
    tint: str
    items: tuple[SettingLook, ...]


@dataclass(frozen=True, slots=True)
class StepsLook:
    when: str
    items: tuple[tuple[str, str], ...]  # sheet, what to write in it


@dataclass(frozen=True, slots=True)
class NotesLook:
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LegendLook:
    weight: str
    says: str


@dataclass(frozen=True, slots=True)
class GuideLook:
    """[guide]: the first sheet."""

    sheet: str
    title: str
    lead: str
    tab: str
    steps_title: str
    legend_title: str
    legend_lead: str
    last_title: str
    last: str
    town: str
    steps: tuple[StepsLook, ...]
    notes: tuple[NotesLook, ...]
    legend: tuple[LegendLook, ...]


@dataclass(frozen=True, slots=True)
class Canonical:
    """The whole of canonical.toml."""

    book: BookLook
    tints: Mapping[str, Tint]
    kinds: Mapping[str, KindLook]
    guide: GuideLook
    settings: SettingsLook
    sheet: tuple[SheetLook, ...]


@cache
def canonical() -> Canonical:
    """Return the look we ship."""
    return read_canonical(shipped("workbook_templates", FILE))


def read_canonical(path: Path) -> Canonical:
    """Read a look; raises LayoutError naming file and place for whatever is unknown, lacking or at odds with layout."""
    raw = path.read_text(encoding="utf-8")
    try:
        data = tomllib.loads(raw)
    except tomllib.TOMLDecodeError as error:
        raise LayoutError(f"{path.name}: TOMLとして読み取れません（{error}）") from error
    file = _File(path.name, raw)
    look: Canonical = file.made(Canonical, data, "")
    _agrees(file, look)
    return look


@dataclass(frozen=True, slots=True)
class _File:
    """Makes dataclasses of TOML tables, and knows where a word stands."""

    name: str
    raw: str

    def wrong(self, what: str, word: str, place: str) -> LayoutError:
        lines = self.raw.splitlines()
        line = next((n for n, text in enumerate(lines, 1) if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)), None)
        where = f"{self.name} {line}行目" if line else self.name
        return LayoutError(f"{where}: {place + 'の' if place else ''}{what}")

    def made(self, kind: Any, value: Any, place: str) -> Any:
        hints = get_type_hints(kind)
        named = {_key(field.name): field for field in fields(kind)}
        if not isinstance(value, dict):
            raise self.wrong(f"{value!r} は表ではありません", str(value), place)
        place = str(value.get("heading") or value.get("name") or place)
        for key in value:
            if key not in named:
                raise self.wrong(f"知らない項目「{key}」です", key, place)
        for key, field in named.items():
            if field.default is MISSING and key not in value:
                raise self.wrong(f"項目「{key}」がありません", place, place)
        return kind(**{named[k].name: self.fitted(hints[named[k].name], v, k, place) for k, v in value.items()})

    def fitted(self, kind: Any, value: Any, key: str, place: str) -> Any:
        """Return a value as the type asks, or stop."""
        if isinstance(kind, UnionType):
            kind = next(part for part in kind.__args__ if part is not type(None))
        origin = getattr(kind, "__origin__", None)
        if origin is tuple:
            return self._fitted_list(kind, value, key, place)
        if origin is not None and isinstance(value, dict):  # Mapping[str, X]
            return {name: self.made(kind.__args__[1], item, name) for name, item in value.items()}
        if hasattr(kind, "__dataclass_fields__"):
            return self.made(kind, value, place or key)
        if type(value) is not kind:
            raise self.wrong(f"「{key}」の型が違います（{value!r}）", key, place)
        return value

    def _fitted_list(self, kind: GenericAlias, value: Any, key: str, place: str) -> tuple[Any, ...]:
        item, *rest = kind.__args__
        if not isinstance(value, list) or (rest != [...] and len(value) != len(kind.__args__)):
            raise self.wrong(f"「{key}」の型が違います（{value!r}）", key, place)
        return tuple(self.fitted(item, each, key, place) for each in value)


def _key(field: str) -> str:
    return "from" if field == "from_heading" else field


# ---- what the look may not contradict


def _agrees(file: _File, look: Canonical) -> None:
    """Stop where the look names a sheet, heading, kind or tint that is not there, or forgets one."""
    tables = {table.sheet: table for table in layout.TABLES}
    _same(file=file, found=[sheet.name for sheet in look.sheet], wanted=list(tables), what="シート", place="")
    headings = [column.heading for column in layout.SETTINGS]
    _same(
        file=file,
        found=[item.heading for item in look.settings.items],
        wanted=headings,
        what="項目",
        place=layout.SETTINGS_SHEET,
    )
    for sheet in look.sheet:
        columns = [column.heading for column in layout.template_columns(tables[sheet.name])]
        _same(
            file=file,
            found=[column.heading for column in sheet.columns],
            wanted=columns,
            what="見出し",
            place=sheet.name,
        )
        named = (*sheet.page_breaks, *(group.from_heading for group in sheet.groups))
        _known(file=file, found=named, wanted=columns, what="見出し", place=sheet.name)
        _known(
            file=file,
            found=(sheet.tint, *(group.tint for group in sheet.groups)),
            wanted=look.tints,
            what="色",
            place=sheet.name,
        )
        _known(
            file=file, found=[column.kind for column in sheet.columns], wanted=look.kinds, what="種類", place=sheet.name
        )
    _known(
        file=file,
        found=[item.kind for item in look.settings.items],
        wanted=look.kinds,
        what="種類",
        place=layout.SETTINGS_SHEET,
    )
    _known(file=file, found=[look.settings.tint], wanted=look.tints, what="色", place=layout.SETTINGS_SHEET)
    sheets = (layout.SETTINGS_SHEET, *tables)
    _known(
        file=file,
        found=[name for step in look.guide.steps for name, _ in step.items],
        wanted=sheets,
        what="シート",
        place=look.guide.sheet,
    )


def _same(file: _File, found: list[str], wanted: list[str], what: str, place: str) -> None:
    _known(file=file, found=found, wanted=wanted, what=what, place=place)
    for name in wanted:
        if found.count(name) != 1:
            many = "がありません" if name not in found else "が2つ以上あります"
            raise file.wrong(f"{what}「{name}」{many}", place or name, place)


def _known(file: _File, found: Any, wanted: Any, what: str, place: str) -> None:
    for name in found:
        if name not in wanted:
            raise file.wrong(f"{what}「{name}」は知りません", name, place)


def template_version() -> str:
    """Return the version of the template we make now."""
    return canonical().book.version
