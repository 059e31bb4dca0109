"""P02: a sheet or columns that rules need are not in the workbook; a heading nobody knows may be one of them."""

from collections.abc import Iterator
from datetime import date

from zaitaku_xl.finding import Flaw, advice, breach
from zaitaku_xl.model import SLOTS, Remark
from zaitaku_xl.rules.p02_not_available.blocking import BLOCKING
from zaitaku_xl.scopes import Book
from zaitaku_xl.sentence import Piece, Sentence, place, typed

_OPTIONAL = "使っていなければ、このままでかまいません。"
_NEEDED = "シートや列を記入用ブックのとおりにそろえて、もう一度点検してください。"
_HEADING = "見出しを記入用ブックのとおりに直して、もう一度点検してください。"
_TOWN = "clients.town"


def lacking_sheets(book: Book) -> Iterator[Flaw]:
    home = frozenset([day.date for whole in book.people for day in whole.home_days])
    columns: dict[str, list[str]] = {}
    for name in book.lacking:
        table, _, column = name.partition(".")
        if column:
            columns.setdefault(table, []).append(name)
        else:
            yield from _lacking_sheet(book, table, home)
    headings = {remark.table: remark for remark in book.log.remarks if remark.kind == "headings"}
    part = _parts_of_contacts(book)
    if part:
        columns.setdefault("entries", []).extend(part)
    for table in dict.fromkeys(
        (*columns, *(table for table, remark in headings.items() if remark.fields or table == "office"))
    ):
        yield from _lacking_columns(book, table, columns.get(table, []), headings.get(table), home)


def _parts_of_contacts(book: Book) -> list[str]:
    """The 方法 and 種別 that a 連絡 lacks while others have them: read as blank."""
    missing = book.log.missing
    if not missing.isdisjoint(("entries.contacts", "entries")):
        return []
    slots = [
        slot for slot in SLOTS if any(f"entries.contact{slot}.{part}" not in missing for part in ("time", "content"))
    ]
    return [
        name
        for part in ("method", "kind")
        if f"entries.contact.{part}" not in missing
        for slot in slots
        if (name := f"entries.contact{slot}.{part}") in missing
    ]


def _lacking_sheet(book: Book, table: str, home: frozenset[date]) -> Iterator[Flaw]:
    what = "のシートがない"
    if table in book.log.unused:
        what = "に行がない"
    elif table in book.log.headless:
        what = "に見出しの行が見つからない"
    sheet = place(book.log.names.get(table, table), in_brackets=True)
    if table not in BLOCKING:
        message = Sentence(f"{{sheet}}{what}ため、これを使う点検は行っていません。", sheet=sheet)
        yield advice(book, message, days=(), remedy=_OPTIONAL)
    elif home:
        message = Sentence(f"{{sheet}}{what}ため、在宅の日を判断できません。", sheet=sheet)
        yield breach(book, message, days=home, remedy=_NEEDED)


def _lacking_columns(
    book: Book, table: str, names: list[str], headings: Remark | None, home: frozenset[date]
) -> Iterator[Flaw]:
    """Say once a sheet which columns are missing, beside every heading there that nobody knows."""
    pairs = _pairs(headings)
    meant = [likely for _, likely in pairs if likely]
    blocking = [book.log.names.get(name, name) for name in names if name in BLOCKING]
    if headings and "entries.contacts" in names and meant:  # the one misspelt, not the first of all
        blocking = [name for name in blocking if name != book.log.names["entries.contacts"]]
        blocking += [likely for likely in meant if likely.startswith("連絡")]
    optional = [book.log.names.get(name, name) for name in names if name not in BLOCKING]
    optional += [likely for likely in meant if likely not in (*blocking, *optional)]
    if blocking and not home:
        return
    if table == "office" and not optional and headings:
        unknown = typed("".join(f"「{word}」" for word, _ in pairs), in_brackets=False)
        said = Sentence("設定の{unknown}は分からない項目のため、使っていません。", unknown=unknown)
        yield advice(book, said, at="day", on=headings, days=(), remedy=_HEADING)
        return
    message = _without(book, table, blocking, optional)
    if table == "clients" and _TOWN in names:
        message = message.followed_by(f"{_text(book)}で点検しました。")
    if headings:
        message = message.followed_by("{unknown}。", unknown=typed(_asked(pairs), in_brackets=False))
    facts = {"at": "day" if headings else None, "on": headings, "remedy": _HEADING if headings else None}
    if blocking:
        yield breach(book, message, days=home, **(facts | {"remedy": facts["remedy"] or _NEEDED}))  # type: ignore[arg-type]
    else:
        yield advice(book, message, days=(), **(facts | {"remedy": facts["remedy"] or _OPTIONAL}))  # type: ignore[arg-type]


def _without(book: Book, table: str, blocking: list[str], optional: list[str]) -> Sentence:
    sheet = place(book.log.names.get(table, table))
    kind = "項目" if table == "office" else "列"
    if not blocking:
        said = f"{{sheet}}に{{columns}}の{kind}がないため、これを使う点検は行っていません。"
        return Sentence(said, sheet=sheet, columns=_quoted(optional))
    message = Sentence(
        "{sheet}に{columns}の列がないため、在宅の日を判断できません。", sheet=sheet, columns=_quoted(blocking)
    )
    return message.followed_by("ほかに{others}の列もありません。", others=_quoted(optional)) if optional else message


def _quoted(headings: list[str]) -> Piece:
    return place("".join(f"「{heading}」" for heading in headings))


def _text(book: Book) -> str:
    return "指定された市町村の取扱い" if any(whole.town for whole in book.people) else "国の通知"


def _pairs(headings: Remark | None) -> list[tuple[str, str]]:
    words = headings.words if headings else ()
    return list(zip(words[::2], words[1::2], strict=True))


def _asked(pairs: list[tuple[str, str]]) -> str:
    """The likeliest first: each heading nobody knows, with the one it may be."""
    likely_ones = "、".join(f"「{unknown}」は「{likely}」" for unknown, likely in pairs if likely)
    others = "".join(f"「{unknown}」" for unknown, likely in pairs if not likely)
    if not likely_ones:
        return f"分からない見出し：{others}" if others else ""
    beside = f"（ほかに分からない見出し：{others}）" if others else ""
    return f"{likely_ones}のことですか{beside}"
