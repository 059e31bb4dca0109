"""P02 判定に要る記録がない — a sheet, column, month or law text that the answer depends on is not there.

Asks      判定に要る表・列・月の記録を、ブックの中にそろえます。
Reading   利用者台帳・在宅承認・週評価・月評価の表、または算定の可否がかかる列がないときは、在宅の日を要確認とします。ほかの表や列が
          ないときは、それを使う点検だけを休み、そのことを助言で伝えます。月をまたぐ週は、ブックにない月の評価しだいのときだけ要確認です。
          本文を持たない市町村の人は全国の本文で判定し、そのことを助言で伝えます。
          同じ氏名の行の受給者証番号が利用者台帳と違うときは、どの方の行か決められないので要確認です。
Limits    ブックの外にある記録は見ません。
Passes    1月のブックに、利用者台帳・在宅承認・週評価・月評価がそろっています。
Fails     1月6日が在宅ですが、ブックに週評価のシートがありません。
"""

from collections.abc import Iterable, Iterator
from datetime import date

from zaitaku_xl.finding import Flaw, Weight
from zaitaku_xl.model import Month, Record
from zaitaku_xl.ruling.missed import questions_of
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Book, Day, Whole

_NUMBERS = "日報などの各シートに受給者証番号の列を設け、番号を入力してください。"
# Tables and columns that a block rests on: without them the days are open, not passed.
_BLOCKING = frozenset({
    "clients", "approvals", "week_reviews", "month_reviews",
    "entries.contacts", "entries.contact.time", "entries.contact.kind", "entries.contact.content",
    "entries.training", "entries.support",
    "week_reviews.done_on", "week_reviews.method", "month_reviews.done_on", "month_reviews.method",
    "approvals.start", "approvals.end",
})  # fmt: skip


@rule(
    id="P02",
    title="判定に要る記録がない",
    over=Book,
    clause="available",
    uses=("clients.town",),
    may_rest_on=("A-2", "A-3", "A-11"),
    remedy="足りない表や列、前後の月の記録を入れてから、もう一度点検してください。",
)
def not_available(book: Book, asked: bool) -> Iterator[Flaw]:
    yield from _lacking(book)
    yield from _no_row_of_the_month(book)
    yield from _towns_without_text(book)
    yield from _overruled(book)
    filled = book.log.filled
    numbered = {"entries", *_BLOCKING} & {name.removesuffix(".number") for name in filled if name.endswith(".number")}
    weeks_known = not book.log.lacks(("week_reviews", "week_reviews.done_on"))
    for whole in book.people:
        yield from _unknown_client(book, whole)
        if whole.person.unsorted:
            yield from _homonyms_rows(book, whole)
        if numbered - {"clients"}:
            yield from _other_numbers(book, whole, numbered)
        if whole.uncovered:
            yield _no_law(whole)
        if weeks_known:
            yield from _open_weeks(whole)
        if whole.transition_ignored:
            yield from _transition_without_term(whole)


def _lacking(book: Book) -> Iterator[Flaw]:
    blocked = not _BLOCKING.isdisjoint(book.lacking)
    home = frozenset([day.date for whole in book.people for day in whole.home_days] if blocked else ())
    for name in book.lacking:
        table, _, column = name.partition(".")
        sheet = book.log.names.get(table, table)
        what = (
            f"{sheet}に「{book.log.names.get(name, column)}」がありません"
            if column
            else f"「{sheet}」のシートがありません"
        )
        if name == "clients.town":
            text = "指定された市町村の本文" if {whole.town for whole in book.people} - {None} else "全国の本文"
            yield Flaw(f"{what}。{text}で判定しました", lighter=Weight.ADVISE, days=frozenset())
        elif name not in _BLOCKING:
            yield Flaw(f"{what}。これを使う点検は休みました", lighter=Weight.ADVISE, days=frozenset())
        elif home:
            yield Flaw(f"{what}。在宅の日を判定できません", days=home)


def _no_row_of_the_month(book: Book) -> Iterator[Flaw]:
    """A 対象年月 left over from another month must not look like a month without faults."""
    if book.held and not book.held & set(book.judged):
        asked, there = (_listed(months) for months in (book.judged, book.held))
        stale = book.log.office.month in book.judged
        yield Flaw(
            f"日報に{asked}の行がありません（あるのは{there}）", "month" if stale else None,
            book.log.office if stale else None, None if stale else Weight.ADVISE, frozenset(),
            "設定の対象年月が正しいか確かめてください。",
        )  # fmt: skip


def _listed(months: Iterable[Month]) -> str:
    return "、".join(f"{month.year}年{month.month}月" for month in sorted(months, key=str))


def _towns_without_text(book: Book) -> Iterator[Flaw]:
    told: set[str] = set()
    for whole in book.people:
        if whole.home_days and whole.town_typed and not whole.town and whole.town_typed not in told:
            told.add(whole.town_typed)
            yield Flaw(
                f"「{whole.town_typed}」の本文を持っていません。全国の本文で判定しました", "town", whole.person.client,
                Weight.ADVISE, frozenset(), "市町村の取扱いに追加の定めがないか、確かめてください。",
            )  # fmt: skip


def _overruled(book: Book) -> Iterator[Flaw]:
    """A choice made in 設定 that a town has answered otherwise is not passed over in silence."""
    office, told = book.log.office, set[tuple[str | None, str]]()
    for whole in book.people:
        for id in whole.readings.overruled if whole.home_days else ():
            if (whole.town, id) in told:
                continue
            told.add((whole.town, id))
            yield Flaw(
                f"設定の{id}の読み方は、{whole.town_typed}の人には使いません。市町村の回答によります",
                id if id in office.row.columns else "week_start", office, Weight.ADVISE, frozenset(),
                f"市町村の回答は zaitaku-xl explain {id} --city {whole.town} で確かめられます。",
            )  # fmt: skip


def _homonyms_rows(book: Book, whole: Whole) -> Iterator[Flaw]:
    """Rows of the same name without a number, in the sheets a block rests on; rows without any name are P01's."""
    nameless = {table for table, _ in book.log.strays}
    shared = [table for table in sorted(whole.person.unsorted - nameless) if table in _BLOCKING]
    if whole.home_days and shared and not whole.person.ambiguous:
        sheets = "・".join(book.log.names[table] for table in shared)
        yield _about(
            whole, whole.home_days,
            f"同じ氏名の方が2人以上いて、{sheets}に受給者証番号のない行があります。どの方の行か決められません", None, None,
            _NUMBERS,
        )  # fmt: skip


def _other_numbers(book: Book, whole: Whole, numbered: set[str]) -> Iterator[Flaw]:
    """Rows under the name of the only client of that name, but with another 受給者証番号."""
    client = whole.person.client
    if client is None or whole.person.ambiguous or not (ours := _bare(client.number)):
        return
    found: dict[tuple[str, str], list[Record]] = {}
    for table, records in whole.person.tables():
        for record in records if table in numbered else ():
            if record.number and (theirs := _bare(record.number)) != ours:
                found.setdefault((table, theirs), []).append(record)
    for (table, _), records in found.items():
        dates = {getattr(record, "day", None) for record in records}
        days = [day for day in whole.home_days if table != "entries" or day.date in dates]
        if days:
            sheet, first = book.log.names[table], records[0]
            yield _about(
                whole, days,
                f"{sheet}の受給者証番号「{first.number}」が利用者台帳の「{client.number}」と違います。どの方の行か決められません",
                "number", first, "同じ方なら番号を直し、別の方なら利用者台帳に加えてください。",
            )  # fmt: skip


def _bare(number: str | None) -> str:
    """A number without the leading zeros that Excel may have dropped."""
    return (number or "").lstrip("0")


def _unknown_client(book: Book, whole: Whole) -> Iterator[Flaw]:
    if not whole.home_days:
        return
    person, client = whole.person, whole.person.client
    if person.ambiguous:
        message = "同じ氏名の方が2人以上います。どの方の行か決められません"
        remedy = _NUMBERS
    elif client is None and book.log.lacks(("clients",)):
        return  # said once, for all
    elif client is None:
        text = "指定された市町村の本文" if whole.town else "全国の本文"
        message = f"利用者台帳にこの方がいません。{text}で判定しました"
        remedy = "利用者台帳に加えるか、氏名の書き方を台帳と合わせてください。"
    elif person.doubled:
        message = f"利用者台帳の{client.row.number}行目と{person.doubled.row.number}行目が同じ方です"
        remedy = "どちらかの行を消すか、別の方なら受給者証番号を入力してください。"
        yield _about(whole, whole.home_days, message, "name", person.doubled, remedy)
        return
    elif (
        whole.town_typed is None
        and whole.town is None
        and "town" in client.row.columns
        and "town" not in client.row.unread
    ):
        message, remedy = (
            "支給決定市町村が空欄です。どの市町村の定めによるか決められません",
            "受給者証を見て市町村名を入力してください。",
        )
        yield _about(whole, whole.home_days, message, "town", client, remedy)
        return
    else:
        return
    yield _about(whole, whole.home_days, message, None, None, remedy)


def _no_law(whole: Whole) -> Flaw:
    return _about(
        whole, whole.uncovered, "この日とサービスの基準を書いた本文を持っていません", None, None,
        "当時の基準は市町村に確かめてください。",
    )  # fmt: skip


def _open_weeks(whole: Whole) -> Iterator[Flaw]:
    for week in whole.weeks:
        if week.beyond and not week.settled and not week.doubtful:
            flaw = _about(
                whole, week.home_days, f"{week.words}の評価が、ブックにない月に行われたかもしれません", None, None,
                "前後の月の日報と週評価を同じブックに入れるか、その週の評価を週評価に記録してください。",
            )  # fmt: skip
            lighter = Weight.ADVISE if week.is_lenient else None
            yield Flaw(
                flaw.message,
                lighter=lighter,
                days=flaw.days,
                remedy=flaw.remedy,
                of=flaw.of,
                period=(week.first, week.last),
                rests_on=questions_of(week),
            )


def _transition_without_term(whole: Whole) -> Iterator[Flaw]:
    if whole.home_days:
        approval = next(a for a in whole.person.approvals if a.transition)
        everyone = whole.readings.transition == "everyone"
        lacking = "経過措置の日までに始まった承認" if everyone else "期限が経過措置の日で終わる承認・支給決定"
        remedy = "承認開始を確かめてください。" if everyone else "承認終了と支給決定終了を確かめてください。"
        yield Flaw(
            f"経過措置の印がありますが、{lacking}がないため使いません", "transition", approval,
            Weight.ADVISE, frozenset(), remedy, whole.person, rests_on=("A-11",),
        )  # fmt: skip


def _about(whole: Whole, days: Iterable[Day], message: str, at: str | None, on: object, remedy: str) -> Flaw:
    touched: frozenset[date] = frozenset(day.date for day in days)
    return Flaw(message, at, on, None, touched, remedy, whole.person)  # type: ignore[arg-type]
