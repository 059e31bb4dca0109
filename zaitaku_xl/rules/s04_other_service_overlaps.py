"""S04 ほかのサービスとの時間の重なり — another welfare service at the same time as the training at home.

Asks      在宅の訓練の間は、別の障害福祉サービス（居宅介護など）を同時に使いません。
Reading   開始と終了の時刻を比べます。終わりと始まりが同じ時刻なら重なりではありません。ほかのサービスの終了が開始より後でないときは、
          次の日の時刻と読みます（22:00～10:00）。前の日に始まり、その日に続くサービスも比べます。訓練の時間から休憩を除き、
          休憩の中だけの重なりは助言です。費用負担が事業所のもの（在宅時生活支援サービス加算）は、例外を定めない市では要確認、ほかでは助言です。
          日報の終了が開始より後でないとき、時刻が空欄で比べられないとき、休憩が訓練の時間をはみ出すか残さないときは要確認です。
Limits    ブックの「他サービス」にない利用は分かりません。
Passes    1月6日の居宅介護が9:30に終わり、在宅の訓練が9:30に始まります。
Fails     1月6日の居宅介護が10:00から11:00で、在宅の訓練9:30から15:00の中にあります。
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from zaitaku_xl.finding import Flaw, Weight, advice, breach, undecided
from zaitaku_xl.model import Entry, OtherService
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import clock
from zaitaku_xl.scopes import Day, Days
from zaitaku_xl.scopes.intervals import DAY, Hours, Interval, hours_of_log, hours_of_service, midnight, training_of
from zaitaku_xl.sentence import Piece, Sentence, own, typed

_COMPARE = "相手の事業所の記録とあわせて実際の時刻を確かめ、入力の誤りだけを直してください。"
_OVERLAPPED = f"{_COMPARE}重なっていたときは、この日は請求しません。"
_PERHAPS = f"{_COMPARE}重なっていたときは、{{town}}に確かめるまで請求を控えます。"
_UNCLEAR = "双方の記録で実際の時刻を確かめ、確かめられたことだけを入力してください。確かめるまで請求を控えます。"
_IN_BREAK = "休憩の時刻の記録が正しいか、確かめておくと安心です。"
_ASK_ANYWAY = "在宅時生活支援サービス加算の対象になるかを、{town}に確かめておくと安心です。"
_ASK_FIRST = "在宅時生活支援サービス加算の対象になるかを、{town}に確かめるまで請求を控えます。"
_UNLESS_PAID = "unless_office_pays"


@dataclass(frozen=True, slots=True)
class _Service:
    """A row of 他サービス with the hours it tells of."""

    row: OtherService
    hours: Hours


@rule(
    id="S04",
    title="ほかのサービスとの時間の重なり",
    over=Day,
    clause="no_other_service",
    wakes=("services.day",),
    needs=("services", "services.start", "services.end", "entries.start", "entries.end"),
    uses=("services.payer",),
    remedy=_OVERLAPPED,
)
def other_service_overlaps(days: Days, asked: str) -> Iterator[Flaw]:
    for client, its in days.at_home_by_client:
        services = _by_date(client.person.services)
        for day in its if services else ():
            here = services.get(day.date, ())
            rows = _of_other_times(day.home_rows) if here else ()
            for service in here:
                yield from _of_one_service(day, rows, service, asked)


def _by_date(services: Iterable[OtherService]) -> dict[date, list[_Service]]:
    """The services that have a part in each date. Of one whose times cannot be read P01 speaks on its own date."""
    found: dict[date, list[_Service]] = {}
    for row in services:
        if row.day is None:
            continue
        unread = not row.row.clear_of("start", "end")
        service = _Service(row, hours_of_service(row.day, row.start, row.end, unread=unread))
        for day in service.hours.at_most.dates:
            if day != row.day or not unread:
                found.setdefault(day, []).append(service)
    return found


def _of_other_times(rows: Iterable[Entry]) -> list[Entry]:
    """The rows whose times can be read, of several with the same times the first: they would all say the same."""
    found: dict[tuple[object, ...], Entry] = {}
    for row in rows:
        if row.row.clear_of("start", "end"):
            is_clear = row.row.clear_of("break_start", "break_end")
            found.setdefault((row.start, row.end, row.break_start, row.break_end, is_clear), row)
    return list(found.values())


def _of_one_service(day: Day, rows: Iterable[Entry], service: _Service, asked: str) -> Iterator[Flaw]:
    """One service is one finding a day, however many rows at home it meets: the first that is more than advice."""
    first: Flaw | None = None
    for row in rows:
        for flaw in _compared(day, row, service, asked):
            if flaw.lighter is not Weight.ADVISE:
                yield flaw
                return
            first = first or flaw
    if first is not None:
        yield first


def _compared(day: Day, entry: Entry, service: _Service, asked: str) -> Iterator[Flaw]:
    hours = hours_of_log(day.date, entry.start, entry.end)
    both = hours.at_most.shared_with(service.hours.at_most)
    if both is None:
        return
    if hours.told and service.hours.told:
        yield from _overlapping(day, entry, service, both, asked)
    else:
        yield _unclear(day, entry, service)


def _unclear(day: Day, entry: Entry, service: _Service) -> Flaw:
    """One of the two does not say from when to when."""
    if service.hours.told and entry.start is not None and entry.end is not None:
        said = "日報の終了が開始より後でないため、{service}との重なりを判断できません。"
        return undecided(day, Sentence(said, service=_named(service.row)), at="end", on=entry, remedy=_UNCLEAR)
    said = "時刻が空欄のため、{service}との重なりを判断できません。"
    if not service.row.row.clear_of("start", "end"):
        said = "時刻が読み取れないため、{service}との重なりを判断できません。"
    return undecided(day, Sentence(said, service=_named(service.row)), at="start", on=service.row, remedy=_UNCLEAR)


def _overlapping(day: Day, entry: Entry, service: _Service, both: Interval, asked: str) -> Iterator[Flaw]:
    row = service.row
    hours = hours_of_log(day.date, entry.start, entry.end).at_most
    training = training_of(day.date, hours, entry.break_start, entry.break_end)
    message = _said(day, service, hours)
    if not any(part.shared_with(both) for part in training.outside_pause):
        yield advice(day, message.followed_by("重なりは休憩の中です。"), at="start", on=row, remedy=_IN_BREAK)
    elif row.payer == "事業所":
        say, remedy = (advice, _ASK_ANYWAY) if asked == _UNLESS_PAID else (undecided, _ASK_FIRST)
        yield say(day, message.followed_by("費用は事業所の負担です。"), at="start", on=row, remedy=remedy)
    elif not (row.row.clear_of("payer") and entry.row.clear_of("break_start", "break_end")):
        return  # P01 speaks
    elif training.pause and not training.is_sound and training.pause.holds(both):
        doubt = message.followed_by("休憩の時刻が訓練と合わず、休憩の中か判断できません。")
        yield undecided(day, doubt, at="break_start", on=entry, remedy=_UNCLEAR)
    else:
        remedy = _PERHAPS if asked == _UNLESS_PAID else _OVERLAPPED
        yield breach(day, message, at="start", on=row, remedy=remedy)


def _said(day: Day, service: _Service, ours: Interval) -> Sentence:
    return Sentence(
        "{service}（{theirs}）と在宅の訓練（{ours}）の時間が重なっています。",
        service=_named(service.row),
        theirs=own(_over_days(service.hours.at_most, day)),
        ours=own(f"{clock(ours.first % DAY)}～{clock(ours.last % DAY)}"),
    )


def _over_days(hours: Interval, day: Day) -> str:
    """10:00～11:00, 22:00～翌10:00, or 前日22:00～10:00 where the day is the next."""
    start, end = clock(hours.first % DAY), clock(hours.last % DAY)
    if hours.first < midnight(day.date):
        return f"前日{start}～{end}"
    return f"{start}～翌{end}" if hours.last >= midnight(day.date) + DAY else f"{start}～{end}"


def _named(service: OtherService) -> Piece:
    return typed(service.kind, in_brackets=False) if service.kind else own("ほかのサービス")
