"""A08 予定と違う在宅 — at home although not planned so, or the other way round.

Asks      在宅と通所は計画に位置付けて組み合わせ、その日の体調や事業所の都合で自由に変えません。
Reading   予定の区分と日報の提供区分を比べます。予定のない在宅の日は、計画されていない在宅です（その月の予定が
          1行もない利用者は、P02が1度だけ伝えます）。事業所の都合でない理由（体調など）が
          あれば要確認です。在宅の予定で通所した日は助言だけにします。欠席は変更とみなしません。
          日付の分からない在宅の予定があるとき、変更理由の列がないときは、判断できないので要確認です。
Limits    計画をさかのぼって直すことは勧めません。
Passes    1月6日の予定が在宅で、日報も在宅です。
Fails     1月6日の予定は通所ですが日報は在宅で、変更理由が空欄です。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice, breach, undecided
from zaitaku_xl.model import Month, Place, Plan
from zaitaku_xl.ruling.reasons import has_a_column, is_the_offices, is_unread, where_given
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import on
from zaitaku_xl.scopes import Day, Days
from zaitaku_xl.sentence import Sentence, own, typed

_SAY = {"undecided": undecided, "advise": advice, "block": breach}


@rule(
    id="A08",
    title="予定と違う在宅",
    over=Day,
    clause="as_planned",
    needs=("plans", "plans.day", "plans.place"),
    looks_in=("plans",),
    may_rest_on=("A-23",),
    remedy="当日の記録に理由があれば、そのとおり変更理由に入力し、請求できるかを{town}に確かめてください。"
    "予定や個別支援計画をさかのぼって直さないでください。",
    when_open="{town}に確かめるまで請求を控えます。回答の日・課名・氏名を残してください。"
    "予定や個別支援計画をさかのぼって直さないでください。",
    when_advised="国の通知に定めはありません。予定と違う在宅の扱いを、{town}に確かめておくと安心です。",
)
def not_as_planned(days: Days, asked: list[str]) -> Iterator[Flaw]:
    for day in days:
        plans = day.plans
        if len(plans) == 1 and plans[0].place is day.place:
            continue  # kept, as on nearly every day
        if not all(plan.row.clear_of("place") for plan in plans):
            continue
        planned_at_home = [plan for plan in plans if plan.place is Place.HOME]
        if day.place is Place.ATTEND and plans and len(planned_at_home) == len(plans):
            yield _came_instead(day)
        if day.at_home and not planned_at_home and (plans or _has_plans(day)):
            yield from _at_home_unplanned(day, asked)


def _has_plans(day: Day) -> bool:
    """False where the client has no plan of the month on record: P02 says so, once for all its days (A-27)."""
    person, month = day.person, Month.of(day.date)
    if person.likely or person.loose.get("plans"):
        return True  # rows that nobody can place may be theirs
    return any(plan.day is None or plan.day in month for plan in person.plans)


def _came_instead(day: Day) -> Flaw:
    return advice(
        day,
        f"{on(day.date)}は、予定が在宅、日報が通所です。",
        at="place",
        on=day.main,
        remedy="変更理由を入力しておくと、説明しやすくなります。",
    )


def _at_home_unplanned(day: Day, offices_words: list[str]) -> Iterator[Flaw]:
    given = where_given(day)
    loose = [plan for plan in day.person.plans if plan.day is None and _may_be_home(plan)]
    if loose:
        yield undecided(
            day,
            f"{on(day.date)}が在宅の予定だったか、日付の分からない予定の行があるため判断できません。",
            at="day",
            on=loose[0],
            remedy="予定の日付を入力し直してください。",
        )
    elif given is None or given.reason is None:
        yield from _without_reason(day)
    elif not is_the_offices(
        given.reason, offices_words, surely=day.readings.changed_plan == "block"
    ):  # else A09 speaks
        yield _SAY[day.readings.changed_plan](
            day,
            Sentence("{unplanned}変更理由は{reason}です。", unplanned=own(_unplanned(day)), reason=typed(given.reason)),
            at="place",
            on=day.main,
            rests_on=("A-23",),
        )


def _may_be_home(plan: Plan) -> bool:
    return plan.place is Place.HOME or not plan.row.clear_of("place")


def _without_reason(day: Day) -> Iterator[Flaw]:
    message = _unplanned(day)
    if day.readings.changed_plan == "block":
        yield breach(day, message, at="place", on=day.main, rests_on=("A-23",))  # whatever the reason
    elif is_unread(day):
        return  # P01 speaks
    elif has_a_column(day):
        yield breach(day, f"{message}変更理由は空欄です。", at="place", on=day.main)
    else:
        yield undecided(day, f"{message}変更理由の列がないため、理由は分かりません。", at="place", on=day.main)


def _unplanned(day: Day) -> str:
    planned = "・".join(str(plan.place) for plan in day.plans if plan.place)
    words = f"、予定が{planned}" if planned else "予定の行がなく"
    return f"{on(day.date)}は{words}、日報が在宅です。"
