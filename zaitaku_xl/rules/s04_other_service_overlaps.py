"""S04 他のサービスとの重なり — another welfare service at the same time as the training at home.

Asks      在宅の訓練の間は、別の障害福祉サービス（居宅介護など）を同時に使いません。
Reading   開始と終了の時刻を比べます。終わりと始まりが同じ時刻なら重なりではありません。記録された休憩の中だけの重なりは助言です。
          費用負担が事業所のもの（在宅時生活支援サービス加算）は、例外を定めない市では要確認、ほかでは助言です。
          時刻が空欄で比べられないときは要確認です。
Limits    ブックの「他サービス」にない利用は分かりません。
Passes    1月6日の居宅介護が9:30に終わり、在宅の訓練が9:30に始まります。
Fails     1月6日の居宅介護が10:00から11:00で、在宅の訓練9:30から15:00の中にあります。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice, breach, undecided
from zaitaku_xl.model import Entry, OtherService
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import clock
from zaitaku_xl.scopes import Day, Days, by_date
from zaitaku_xl.sentence import Piece, Sentence, own, typed


@rule(
    id="S04",
    title="他のサービスとの重なり",
    over=Day,
    clause="no_other_service",
    wakes=("services.day",),
    needs=("services", "services.start", "services.end", "entries.start", "entries.end"),
    uses=("services.payer",),
    remedy="双方の記録で実際の時刻を確かめてください。重なった日は在宅として請求できません。",
)
def other_service_overlaps(days: Days, asked: str) -> Iterator[Flaw]:
    for client, its in days.at_home_by_client:
        services = by_date([service for service in client.person.services if service.row.clear_of("start", "end")])
        for day in its if services else ():
            for service in services.get(day.date, ()):
                for entry in day.home_rows:
                    if entry.row.clear_of("start", "end"):
                        yield from _compared(day, entry, service, asked)


def _compared(day: Day, entry: Entry, service: OtherService, asked: str) -> Iterator[Flaw]:
    if entry.start is None or entry.end is None or service.start is None or service.end is None:
        message = Sentence("{service}との重なりを、時刻が空欄のため決められません", service=_named(service))
        yield undecided(day, message, at="start", on=service)
        return
    start, end = max(entry.start, service.start), min(entry.end, service.end)
    if start >= end:
        return
    message = Sentence(
        "{service} {theirs}が在宅 {ours}と重なります",
        service=_named(service),
        theirs=own(f"{clock(service.start)}～{clock(service.end)}"),
        ours=own(f"{clock(entry.start)}～{clock(entry.end)}"),
    )
    if _in_break(entry, start, end):
        remedy = "休憩の時刻の記録が正しいか確かめてください。"
        yield advice(day, message.followed_by("（休憩の中です）"), at="start", on=service, remedy=remedy)
    elif service.payer == "事業所":
        say = advice if asked == "unless_office_pays" else undecided
        remedy = "在宅時生活支援サービス加算の対象になるかを市町村に確かめてください。"
        yield say(day, message.followed_by("（費用は事業所の負担）"), at="start", on=service, remedy=remedy)
    elif service.row.clear_of("payer") and entry.row.clear_of("break_start", "break_end"):  # else P01 speaks
        yield breach(day, message, at="start", on=service)


def _named(service: OtherService) -> Piece:
    return typed(service.kind, in_brackets=False) if service.kind else own("他のサービス")


def _in_break(entry: Entry, start: int, end: int) -> bool:
    pause = entry.break_start, entry.break_end
    return pause[0] is not None and pause[1] is not None and pause[0] <= start and end <= pause[1]
