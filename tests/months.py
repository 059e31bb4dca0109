"""A month in which nothing is missing, for any town, service and month: what the properties and the ten clean months begin with.

`month_of(...)` gives the tables of tests/logs.py. The weeks that cross the ends of the month are whole, so its
neighbours have rows as well; judged is the month alone.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from tests.logs import NAME, WEEKDAYS, Row
from zaitaku_xl.model import Month

_WORK = ("データ入力", "封入", "画像の加工", "文書の校正", "在庫表の更新")
Rows = list[Row]


def month_of(
    town: str,
    service: str,
    month: Month,
    *,
    home: str = "月水木金",
    commute: str = "火",
    week_start: str = "月",
    weekly: str = "通所",
    closed: Iterable[date] = (),
    name: str = NAME,
) -> dict[str, Rows | Row]:
    """Return a clean month: *home* and *commute* are the weekdays spent so, *weekly* how the weeks are evaluated.

    *closed* days are not used. An evaluation by 通所 or of the month is held on a day at the office.
    """
    days = [day for day in weeks_around(month, week_start) if WEEKDAYS[day.weekday()] in home + commute]
    days = [day for day in days if day not in set(closed)]
    entries = [_entry(name, day, "在宅" if WEEKDAYS[day.weekday()] in home else "通所") for day in days]
    there = [row for row in entries if row["提供区分"] == "通所"]
    return {
        "設定": {
            "対象年月": str(month), "指定権者": town, "サービス種別": service, "週の始まり": week_start,
            "営業曜日": "".join(day for day in WEEKDAYS if day in home + commute),
        },
        "利用者台帳": [{"氏名": name, "支給決定市町村": town, "サービス種別": service}],
        "在宅承認": [{"氏名": name, "承認開始": "2015-04-01", "承認終了": "2030-03-31", "同意署名日": "2015-03-01",
                     "計画記載日": "2015-03-01"}],
        "日報": entries,
        "週評価": [_weekly(name, rows, weekly) for rows in by_week(entries, week_start)],
        "月評価": [{"氏名": name, "対象年月": when, "実施日": min(held)} for when, held in _by_month(there).items()],
        "営業日": [{"氏名": None, "日付": day.isoformat(), "区分": "休業"} for day in closed],
    }  # fmt: skip


def weeks_around(month: Month, week_start: str = "月") -> list[date]:
    """Every day of the weeks that hold a day of the month."""
    first, end = month.first, month.after.first
    begin = WEEKDAYS.index(week_start)
    first -= timedelta(days=(first.weekday() - begin) % 7)
    end += timedelta(days=(begin - end.weekday()) % 7)
    return [first + timedelta(days=n) for n in range((end - first).days)]


def by_week(entries: Rows, week_start: str = "月") -> list[Rows]:
    weeks: dict[date, Rows] = {}
    for row in entries:
        day = date.fromisoformat(row["日付"])
        start = day - timedelta(days=(day.weekday() - WEEKDAYS.index(week_start)) % 7)
        weeks.setdefault(start, []).append(row)
    return list(weeks.values())


def _by_month(entries: Rows) -> dict[str, list[str]]:
    months: dict[str, list[str]] = {}
    for row in entries:
        months.setdefault(row["日付"][:7], []).append(row["日付"])
    return months


def _entry(name: str, day: date, place: str) -> Row:
    work = _WORK[day.toordinal() % len(_WORK)]
    row = {"氏名": name, "日付": day.isoformat(), "提供区分": place, "訓練内容": work,
           "支援記録": f"{work}の{day.day}件目まで進み、手順を{day.month}回確かめた"}  # fmt: skip
    if place == "在宅":
        row |= {"開始確認方法": "電話", "終了確認方法": "メール"}
    return row


def _weekly(name: str, rows: Rows, method: str) -> Row:
    fit = [row["日付"] for row in rows if row["提供区分"] == method] if method == "通所" else []
    return {
        "氏名": name,
        "実施日": max(fit or [row["日付"] for row in rows]),
        "方法": method if fit or method != "通所" else "電話",
    }
