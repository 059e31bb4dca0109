"""One cell's value for one field: what is certain is read, what could be two things is ``Unread``, never a guess."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from zaitaku_xl import model
from zaitaku_xl.book import clocks, dates
from zaitaku_xl.book.plain import folded, plain, shown
from zaitaku_xl.book.unread import Unread
from zaitaku_xl.book.words import Choice, choice, comparable
from zaitaku_xl.cells import Cell, Kind, serial_day
from zaitaku_xl.law import Question

__all__ = ["folded", "shown"]  # handed on: whoever reads values compares and shows them too

_TEXT = Kind.TEXT  # most cells are asked, and a member of an Enum is slow to find


@dataclass(frozen=True, slots=True)
class Context:
    """What a cell's sheet says about the values in it."""

    month: model.Month | None = None  # serves 5日, 1/5
    date1904: bool = False


Parse = Callable[[Cell, Context], object]


# A box without a tick and the 0 of a formula that found nothing; a CSV and a formula hand them over in letters.
UNTICKED = frozenset(("0", "０", "FALSE", "False", "false"))


def text(cell: Cell, context: Context) -> str | None:
    kind, value = cell[0], cell[1]
    if kind is _TEXT:
        typed = plain(value)  # type: ignore[arg-type]
        return typed if typed and typed not in UNTICKED else None
    if not value:
        return None
    if kind is Kind.DATE:
        found = serial_day(float(cell.value), context.date1904)
        return found.isoformat() if found and float(cell.value).is_integer() else shown(cell)
    return shown(cell)


def achievement(cell: Cell, context: Context) -> str | None:
    """達成度: here a 0 was reached."""
    return text(cell, context) if cell.value is False or cell.kind is not Kind.NUMBER else shown(cell)


def name(cell: Cell, context: Context) -> str | None:
    """氏名 as it is written, with what nobody sees in it: who reads it tells whether that made another name of it."""
    typed = text(cell, context)
    return str(cell[1]).strip() if typed and cell[0] is _TEXT else typed


def digits(cell: Cell, context: Context) -> str | None:
    """A number that is a name: ten digits. What Excel made of it (a lost leading zero) stays visible."""
    if cell.kind in (Kind.NUMBER, Kind.DATE):
        value = float(cell.value)
        return str(int(value)) if value.is_integer() else shown(cell)
    typed = text(cell, context)
    return folded(typed) if typed else None


def day(cell: Cell, context: Context) -> date | Unread | None:
    return dates.day(cell, context.month, context.date1904)


def birthday(cell: Cell, context: Context) -> date | Unread | None:
    return dates.birthday(cell, context.date1904)


def month(cell: Cell, context: Context) -> model.Month | Unread | None:
    return dates.month(cell, context.date1904, context.month)


def time(cell: Cell, _: Context) -> int | clocks.Span | Unread | None:
    """Minutes since midnight; a range typed into one cell comes back as a Span for the reader to place."""
    return clocks.time(cell)


def number(cell: Cell, _: Context) -> float | Unread | None:
    if cell.kind in (Kind.NUMBER, Kind.DATE):
        return float(cell.value)
    typed = folded(str(cell.value)).rstrip("円分日名人回").replace(",", "")
    if not typed:
        return None
    try:
        return float(typed)
    except ValueError:
        return Unread("は数として読み取れません")


_DAYS_A_MONTH = re.compile(
    r"(?:月|毎月|(?:1|一)(?:か|ヶ|ヵ|カ|ケ|箇)?月)?(\d{1,2}(?:\.\d+)?)日?(?:/月|/(?:1|一)?(?:か|ヶ|ヵ|カ|ケ|箇)?月)?"
)


def allowance(cell: Cell, context: Context) -> float | Unread | None:
    """支給量: a number of days a month, or None for 原則の日数."""
    if cell.kind is Kind.TEXT:
        typed = "".join(unicodedata.normalize("NFKC", str(cell.value)).split())
        if "原則" in typed or "控除" in typed:
            return None
        if days := _DAYS_A_MONTH.fullmatch(typed):
            return float(days[1])
    found = number(cell, context)
    return Unread("は「原則の日数」とも日数とも読み取れません") if isinstance(found, Unread) else found


_NO_FLAG = Unread("は有無として読み取れません（有なら○、無なら空欄）")
_marked = choice("flag", {"有": True, "無": False}, "有・無")


def flag(cell: Cell, context: Context) -> bool | Unread | None:
    found = cell.value if isinstance(cell.value, bool) else _marked(cell, context)
    return _NO_FLAG if isinstance(found, Unread) else found  # type: ignore[return-value]


place = choice(
    "place", {place.value: place for place in model.Place}, "通所・在宅・訪問・施設外支援・施設外就労・欠席・休"
)
method = choice("method", {method.value: method for method in model.Method}, "訪問・通所・電話・ICT・その他")
contact_kind = choice(
    "contact_kind",
    {kind.value: kind for kind in model.ContactKind},
    "開始確認・進捗確認・助言・終了確認・訪問・相談・欠席連絡・事務連絡",
)
opening = choice("opening", {"営業": True, "休業": False}, "営業・休業")


def _choice(table: Mapping[str, object], hint: str) -> Choice:
    known = {comparable(word): value for word, value in table.items()}
    return Choice(known, Unread(f"は決められた言葉ではありません（{hint}）"))


service = _choice(
    {s.value: s for s in model.Service}
    | {
        "就労移行": model.Service.TRANSITION,
        "移行": model.Service.TRANSITION,
        "就労継続支援(A型)": model.Service.TYPE_A,
        "就労継続A型": model.Service.TYPE_A,
        "A型": model.Service.TYPE_A,
        "就労継続支援(B型)": model.Service.TYPE_B,
        "就労継続B型": model.Service.TYPE_B,
        "B型": model.Service.TYPE_B,
    },
    "就労移行支援・就労継続支援A型・就労継続支援B型",
)
payer = _choice({"給付": "給付", "事業所": "事業所", "事業所負担": "事業所"}, "給付・事業所")


def reading(question: Question) -> Parse:
    """A choice of an open question, by its word or its key."""
    known = {word: choice.key for choice in question.choices for word in (choice.key, *choice.words)}
    words = "・".join(choice.word for choice in question.choices)
    return _choice(known, words if question.is_open_to_choice else f"この版で選べるのは {words} だけです")


def no_such_reading(cell: Cell, _: Context) -> Unread | None:
    return Unread("は使えません。この番号の解釈は一覧にありません") if folded(shown(cell)) else None


week_start = _choice(
    {word + suffix: number for word, number in (("月", 0), ("日", 6)) for suffix in ("", "曜", "曜日")}, "月・日"
)

_PLACES = {
    "自宅": "居宅",
    "利用者宅": "居宅",
    "本人宅": "居宅",
    "利用者居宅": "居宅",
    "居宅内": "居宅",
    "事業所内": "事業所",
}


def review_place(cell: Cell, context: Context) -> str | None:
    """場所 of an evaluation: 居宅 or 事業所 by their usual other names, else as typed."""
    typed = text(cell, context)
    return _PLACES.get(folded(typed), typed) if typed else None


_WEEKDAYS = "月火水木金土日"


def weekday(cell: Cell, _: Context) -> int | str | None:
    """0 for Monday. A number or a date shown as a weekday is one; words that are no weekday come back as typed."""
    if cell.kind in (Kind.NUMBER, Kind.DATE):
        return (int(float(cell.value)) + 5) % 7  # serial 1 is a Sunday, and so is 1 of WEEKDAY()
    return _weekday_said(str(cell.value))


@lru_cache(maxsize=256)
def _weekday_said(words: str) -> int | str | None:
    typed = folded(words).strip("()")
    core = typed.removesuffix("日").removesuffix("曜") if len(typed) > 1 else typed
    if len(core) == 1 and core in _WEEKDAYS:
        return _WEEKDAYS.index(core)
    return plain(words) or None


def weekdays(cell: Cell, context: Context) -> frozenset[int] | Unread | None:
    typed = folded(shown(cell)).translate({ord(c): None for c in "・、,/曜"})
    if not typed:
        return None
    if set(typed) <= set(_WEEKDAYS):
        return frozenset(_WEEKDAYS.index(letter) for letter in typed)
    return Unread("は曜日の並びとして読み取れません（例 月火水木金）")
