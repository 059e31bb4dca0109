"""A fictional office's month as a workbook, and the defects planted in it. Nobody in it exists."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

from zaitaku_xl.a1 import address
from zaitaku_xl.book import layout
from zaitaku_xl.errors import LayoutError
from zaitaku_xl.made import MadeBook
from zaitaku_xl.resources import shipped
from zaitaku_xl.sheets.blank import Value, filled, place, unknown

FILE = "demo.toml"
WEEKDAYS = "月火水木金土日"
_PLACES = {"通": "通所", "在": "在宅"}
_ALL_DAY = "終日"
_KINDS = ("進捗確認", "助言", "相談")
Values = dict[str, Value | None]
Tables = dict[str, list[Values]]


@dataclass(frozen=True, slots=True)
class Planted:
    """A defect put there on purpose: the finding it must bring, and where."""

    rule: str
    weight: str
    client: str
    sheet: str
    cell: str
    date: date | None
    story: str


def demo(clean: bool = False) -> MadeBook:
    """Return the office's workbook; *clean* leaves the defects out."""
    data = _data()
    rows = _month_of_records(data)
    if not clean:
        for defect in (*data["planted"], *data["hinted"]):
            _change(rows, defect)
    return filled(data["office"], rows, note=data["note_clean" if clean else "note"])


def planted() -> tuple[Planted, ...]:
    """Return the defects of ``demo()`` that weigh more than advice, in the order of demo.toml."""
    return _declared("planted")


def hinted() -> tuple[Planted, ...]:
    """Return what ``demo()`` holds for advice only."""
    return _declared("hinted")


@cache
def _data() -> dict[str, Any]:
    path = shipped("workbook_templates", FILE)
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    for sheet, rows in _month_of_records(data).items():
        for row in rows:
            for heading in unknown(row, sheet):
                raise LayoutError(f"{FILE}: {sheet}に見出し「{heading}」はありません。")
    return data


# ---- defects


def _declared(group: str) -> tuple[Planted, ...]:
    data = _data()
    rows = _month_of_records(data)
    found = [(defect, *_place_of(rows, defect)) for defect in data[group]]  # every place as the book stands unchanged
    for defect in (*data["planted"], *data["hinted"]):
        _change(rows, defect)
    return tuple(
        Planted(
            rule=d["rule"],
            weight=d["weight"],
            client=d["client"],
            sheet=sheet,
            cell=_address(rows, sheet, row, d),
            date=d.get("date"),
            story=d["story"],
        )
        for d, sheet, row in found
    )


def _place_of(rows: Tables, defect: Mapping[str, Any]) -> tuple[str, Values]:
    spot = defect.get("at") or defect["change"]
    return spot["sheet"], _row(rows, defect, spot)


def _address(rows: Tables, sheet: str, row: Values, defect: Mapping[str, Any]) -> str:
    index = next(index for index, each in enumerate(rows[sheet]) if each is row)
    return address(*place(sheet, defect["heading"], index))


def _row(rows: Tables, defect: Mapping[str, Any], spot: Mapping[str, Any]) -> Values:
    """The one row of the client that has these values."""
    wanted = {"氏名": defect["client"], **spot["row"]}
    found = [row for row in rows[spot["sheet"]] if all(row.get(k) == v for k, v in wanted.items())]
    if len(found) != 1:
        raise LayoutError(f"{FILE}: {defect['rule']}の行が{len(found)}つあります（{spot['sheet']} {wanted}）。")
    return found[0]


def _change(rows: Tables, defect: Mapping[str, Any]) -> None:
    change = defect["change"]
    row = _row(rows, defect, change)
    if change.get("drop"):
        rows[change["sheet"]] = [each for each in rows[change["sheet"]] if each is not row]
        return
    for heading in unknown(change["set"], change["sheet"]):
        raise LayoutError(f"{FILE}: {defect['rule']}の見出し「{heading}」はありません。")
    row.update({heading: None if value == "" else value for heading, value in change["set"].items()})


# ---- a month without defects


def _month_of_records(data: Mapping[str, Any]) -> Tables:
    rows: Tables = {table.sheet: [] for table in layout.TABLES}
    rows[layout.CALENDAR.sheet] = [dict(row) for row in data["calendar"]]
    counter = _Counter()
    for client in data["client"]:
        days = _days(data, client)
        rows[layout.CLIENTS.sheet].append(_ledger(client))
        rows[layout.APPROVALS.sheet] += [_approval(data, client, term) for term in client["approvals"]]
        rows[layout.PLANS.sheet] += [_plan(client, day) for day in days]
        rows[layout.ENTRIES.sheet] += [_entry(data, client, day, counter) for day in days]
        rows[layout.WEEK_REVIEWS.sheet] += _week_reviews(data, client, days, counter)
        rows[layout.MONTH_REVIEWS.sheet].append(_month_review(data, client))
        rows[layout.SERVICES.sheet] += [{"氏名": client["name"], **row} for row in client.get("services", ())]
        rows[layout.CHECKLIST.sheet] += _checklist(data, client)
        rows[layout.LOANS.sheet] += [{"氏名": client["name"], **row} for row in client["loans"]]
        rows[layout.ABSENCES.sheet] += _absences(data, client, days)
    rows[layout.ABSENCES.sheet].sort(key=lambda row: str(row["欠席日"]))
    return rows


@dataclass(frozen=True, slots=True)
class _Day:
    date: date
    planned: str
    place: str
    absence: Mapping[str, Any] | None
    fair: bool
    number: int  # of the client's days


class _Counter:
    """How often each kind of text was needed: the next one takes the next pair."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def text(self, data: Mapping[str, Any], kind: str, task: str) -> str:
        """Return the next text of a kind. Pools of coprime lengths give many pairs before one comes again."""
        number = self._counts.get(kind, 0)
        self._counts[kind] = number + 1
        pool = data["texts"][kind]
        first, second = pool["first"], pool["second"]
        return str(first[number % len(first)] + second[number % len(second)]).format(task=task)


def _days(data: Mapping[str, Any], client: Mapping[str, Any]) -> list[_Day]:
    exceptions = {row["日付"]: row["区分"] == "営業" for row in data["calendar"]}
    absences = {row["date"]: row for row in data["absence"] if row["client"] == client["name"]}
    days: list[_Day] = []
    day = data["month"]
    while day.month == data["month"].month:
        fair = exceptions.get(day, False)
        if (fair and client.get("fair")) or (day.weekday() < 5 and exceptions.get(day, True)):
            planned = "通所" if fair else _PLACES[client["week"][day.weekday()]]
            absence = absences.get(day)
            days.append(
                _Day(
                    date=day,
                    planned=planned,
                    place="欠席" if absence else planned,
                    absence=absence,
                    fair=fair,
                    number=len(days),
                )
            )
        day += timedelta(days=1)
    return days


def _ledger(client: Mapping[str, Any]) -> Values:
    usual = {"契約支給量": "原則の日数", "支給量": "原則の日数", "他事業所利用日数": 0, "施設外支援累計": 0}
    return {"氏名": client["name"], **usual, **client["ledger"]}


def _approval(data: Mapping[str, Any], client: Mapping[str, Any], term: Mapping[str, Value]) -> Values:
    office = data["office"]["事業所名"]
    menu = "・".join(client["tasks"])
    return {
        "氏名": client["name"],
        "承認事業所": office,
        "受給者証印字": f"在宅利用／（{office}）",
        "計画メニュー": menu,
        **term,
    }


def _plan(client: Mapping[str, Any], day: _Day) -> Values:
    return {"氏名": client["name"], "日付": day.date, "予定区分": day.planned, "時間帯": _ALL_DAY}


def _task(client: Mapping[str, Any], number: int) -> str:
    return str(client["tasks"][number % len(client["tasks"])])


# ---- 日報


def _entry(data: Mapping[str, Any], client: Mapping[str, Any], day: _Day, counter: _Counter) -> Values:
    row: Values = {
        "氏名": client["name"],
        "日付": day.date,
        "曜日": WEEKDAYS[day.date.weekday()],
        "提供区分": day.place,
        "記録者": _recorder(data, day),
    }
    if day.absence:
        return row | _absent(data, day)
    row |= _question(data, client, day)
    start, pause, resume, end = client["hours"]
    row |= {"開始": start, "終了": end, "休憩開始": pause, "休憩終了": resume, "利用者確認": "済"}
    if day.place == "在宅":
        return row | _at_home(data, client, day, counter)
    return row | _attended(data, client, day, counter)


def _question(data: Mapping[str, Any], client: Mapping[str, Any], day: _Day) -> Values:
    asked = [q for q in data["question"] if q["client"] == client["name"] and q["date"] == day.date]
    return {"照会": asked[0]["ask"], "照会対応": asked[0]["answer"]} if asked else {}


def _recorder(data: Mapping[str, Any], day: _Day) -> str:
    return str(data["recorders"][(day.date.day + day.number) % len(data["recorders"])])


def _absent(data: Mapping[str, Any], day: _Day) -> Values:
    absence = day.absence or {}
    return {
        "支援記録": absence["advice"],
        **_contact(
            slot=1,
            at=absence["told_at"],
            method="電話",
            kind="欠席連絡",
            text=f"{absence['told_by']}から連絡。{absence['reason']}",
            staff=_recorder(data, day),
        ),
    }


def _attended(data: Mapping[str, Any], client: Mapping[str, Any], day: _Day, counter: _Counter) -> Values:
    task = "地域の販売会" if day.fair else _task(client, day.number)
    row: Values = {
        "訓練内容": counter.text(data, "attend_training", task),
        "支援記録": counter.text(data, "fair" if day.fair else "attend_support", task),
        "心身の状況": counter.text(data, "condition", task),
    }
    if day.fair:
        row["訓練内容"] = "地域の販売会で、商品の準備と販売を行った。"
    if client.get("ride"):
        row |= {"送迎往": "○", "送迎復": "○"}
    if client.get("meal"):
        row["食事"] = "○"
    return row


def _at_home(data: Mapping[str, Any], client: Mapping[str, Any], day: _Day, counter: _Counter) -> Values:
    task = _task(client, day.number)
    methods = client["methods"]
    confirmed = methods[day.number % len(methods)]
    row: Values = {
        "在宅場所": "居宅",
        "開始確認方法": confirmed,
        "終了確認方法": confirmed,
        "備考": "在宅支援",
        "訓練内容": counter.text(data, "training", task),
        "支援記録": counter.text(data, "support", task),
        "心身の状況": counter.text(data, "condition", task),
    }
    for slot, (at, method, kind, text) in enumerate(
        _contacts(data=data, client=client, day=day, counter=counter, task=task), 1
    ):
        row |= _contact(
            slot=slot,
            at=at,
            method=method,
            kind=kind,
            text=text,
            staff=data["recorders"][(day.date.day + slot) % len(data["recorders"])],
        )
    return row


def _contacts(
    data: Mapping[str, Any], client: Mapping[str, Any], day: _Day, counter: _Counter, task: str
) -> Iterator[tuple[time, str, str, str]]:
    """Three contacts, on every third day two; the middle one is the visit where staff came."""
    start, _, resume, end = client["hours"]
    methods = client["methods"]
    first, second = methods[day.number % len(methods)], methods[(day.number + 1) % len(methods)]
    yield _shifted(start, (day.date.day % 3) * 5), first, "開始確認", counter.text(data, "start", task)
    if _visited(data, client, day):
        yield _shifted(resume, 20), "訪問", "訪問", counter.text(data, "visit", task)
    else:
        kind = _KINDS[day.number % len(_KINDS)]
        yield _shifted(resume, 10 + (day.date.day % 4) * 10), second, kind, counter.text(data, "progress", task)
    if day.date.day % 3:
        yield _shifted(end, -(day.date.day % 2) * 5), first, "終了確認", counter.text(data, "end", task)


def _visited(data: Mapping[str, Any], client: Mapping[str, Any], day: _Day) -> bool:
    if client.get("visit") == day.date:
        return True
    weeks = dict(zip(_mondays(data), client["reviews"], strict=True))
    if weeks[_monday(day.date)] != "訪問":
        return False
    home = [each for each in _days(data, client) if each.place == "在宅" and _monday(each.date) == _monday(day.date)]
    return home[-1].date == day.date


def _contact(slot: int, at: time, method: str, kind: str, text: str, staff: str) -> Values:
    values = (at, method, kind, text, staff)
    headings = [column.heading for column in layout.contact_columns(slot)]
    return dict(zip(headings, values, strict=True))


def _shifted(at: time, minutes: int) -> time:
    return (datetime.combine(date.min, at) + timedelta(minutes=minutes)).time() if minutes else at


# ---- evaluations


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _mondays(data: Mapping[str, Any]) -> list[date]:
    """The weeks in which the office is open."""
    first: date = _monday(data["month"]) + timedelta(days=7)
    return [first + timedelta(days=7 * n) for n in range(4)]


def _week_reviews(
    data: Mapping[str, Any], client: Mapping[str, Any], days: Sequence[_Day], counter: _Counter
) -> Iterator[Values]:
    for number, (monday, method) in enumerate(zip(_mondays(data), client["reviews"], strict=True)):
        week = [day for day in days if _monday(day.date) == monday and not day.fair]
        there = "通所" if method == "通所" else "在宅"
        held = [day for day in week if day.place == there][-1]
        yield {
            "氏名": client["name"],
            "対象開始": monday,
            "対象終了": monday + timedelta(days=6),
            "実施日": held.date,
            "方法": method,
            "内容": counter.text(data, "week", _task(client, number)),
            "達成度": counter.text(data, "achievement", ""),
            "評価者": data["reviewers"][(number + len(client["name"])) % len(data["reviewers"])],
            "確認者": data["manager"],
        }


def _month_review(data: Mapping[str, Any], client: Mapping[str, Any]) -> Values:
    row: Values = {"氏名": client["name"], "対象年月": data["month"], "評価者": data["manager"], "本人確認": "済"}
    row.update(client["month_review"])
    return row


def _absences(data: Mapping[str, Any], client: Mapping[str, Any], days: Sequence[_Day]) -> Iterator[Values]:
    for day, following in pairwise(days):
        if day.absence:
            yield {
                "氏名": client["name"],
                "欠席日": day.date,
                "連絡日": day.date,
                "連絡時刻": day.absence["told_at"],
                "連絡者": day.absence["told_by"],
                "受けた職員": _recorder(data, day),
                "理由": day.absence["reason"],
                "相談援助内容": day.absence["advice"],
                "方法": "電話",
                "次回予定日": following.date,
                "加算算定": "○" if day.absence["claimed"] else None,
            }


def _checklist(data: Mapping[str, Any], client: Mapping[str, Any]) -> Iterator[Values]:
    """The newest evaluation and those before it, oldest first: what is hard now was harder then."""
    listed = data["checklist"]
    items = [(area, item) for area, items in listed["items"].items() for item in items]
    held = client.get("checklists", ())
    for before, day in zip(range(len(held) - 1, -1, -1), held, strict=True):
        for number, (area, item) in enumerate(items):
            yield {
                "氏名": client["name"],
                "評価日": day,
                "領域": area,
                "項目": item,
                "評価": _rating(listed, item, number + len(client["tasks"][0]), before),
                "評価者": data["manager"],
            }


def _rating(listed: Mapping[str, Any], item: str, number: int, before: int) -> int:
    two_step = item in listed["two_step"]
    newest = 1 if two_step else listed["ratings"][number % len(listed["ratings"])]
    return int(min(2 if two_step else 5, newest + before * listed["earlier"][number % len(listed["earlier"])]))
