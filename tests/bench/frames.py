"""The same five rules as a careful clerk would script them on parsed tables: pandas, groupby and merge."""

from dataclasses import fields
from typing import Any

import pandas as pd

from zaitaku_xl.model import Log, Record

Fault = tuple[str, str, object]  # rule, client, first day of the day, week or month
_SUPPORT = ("開始確認", "進捗確認", "助言", "終了確認", "訪問", "相談")


def frames_of(log: Log) -> dict[str, pd.DataFrame]:
    """Return a frame a table, as read_excel would give them."""
    tables: dict[str, list[Any]] = {
        name: [row for person in log.people for row in getattr(person, name)]
        for name in ("entries", "plans", "week_reviews", "month_reviews", "services")
    }
    tables["contacts"] = [contact for entry in tables["entries"] for contact in entry.contacts]
    made = {name: pd.DataFrame([_flat(row) for row in rows]) for name, rows in tables.items()}
    made["contacts"]["day"] = [entry.day for entry in tables["entries"] for _ in entry.contacts]
    made["contacts"]["name"] = [entry.name for entry in tables["entries"] for _ in entry.contacts]
    for frame in made.values():
        for column in ("day", "done_on"):
            if column in frame:
                frame[column] = pd.to_datetime(frame[column])
    return made


def _flat(row: Record) -> dict[str, Any]:
    return {f.name: getattr(row, f.name) for f in fields(row) if f.name not in ("row", "contacts")}


def faults(tables: dict[str, pd.DataFrame]) -> set[Fault]:
    entries = tables["entries"]
    home = entries[entries["place"] == "在宅"].copy()
    home["week"] = home["day"].dt.to_period("W-SUN").dt.start_time
    home["month"] = home["day"].dt.to_period("M").dt.start_time
    return (
        _contacts(home, tables["contacts"])
        | _weekly(home, tables["week_reviews"])
        | _monthly(home, entries, tables["month_reviews"])
        | _overlaps(home, tables["services"])
        | _unplanned(home, tables["plans"])
    )


def _contacts(home: pd.DataFrame, contacts: pd.DataFrame) -> set[Fault]:
    good = contacts[contacts["kind"].isin(_SUPPORT) & contacts["time"].notna() & contacts["content"].notna()]
    made = good.drop_duplicates(["name", "day", "time", "content"]).groupby(["name", "day"]).size().rename("made")
    counted = home.join(made, on=["name", "day"])
    return _named("D01", counted[counted["made"].fillna(0) < 2], "day")


def _weekly(home: pd.DataFrame, reviews: pd.DataFrame) -> set[Fault]:
    weeks = reviews.assign(week=reviews["done_on"].dt.to_period("W-SUN").dt.start_time)
    held = weeks.groupby(["name", "week"]).size().rename("held")
    used = home.groupby(["name", "week"], as_index=False)["day"].count().join(held, on=["name", "week"])
    inside = (used["week"] >= home["month"].min()) & (used["week"] + pd.Timedelta(days=6) < _end(home))
    return _named("W01", used[(used["held"].fillna(0) < 1) & inside], "week")


def _end(home: pd.DataFrame) -> pd.Timestamp:
    return home["month"].max() + pd.offsets.MonthBegin(1)


def _monthly(home: pd.DataFrame, entries: pd.DataFrame, reviews: pd.DataFrame) -> set[Fault]:
    used = entries[entries["place"].isin(["通所", "在宅", "訪問", "施設外"])][["name", "day"]]
    held = reviews.merge(used, left_on=["name", "done_on"], right_on=["name", "day"])
    made = held.assign(month=held["done_on"].dt.to_period("M").dt.start_time).groupby(["name", "month"]).size()
    months = (
        home.groupby(["name", "month"], as_index=False)["day"].count().join(made.rename("made"), on=["name", "month"])
    )
    return _named("M01", months[months["made"].fillna(0) < 1], "month")


def _overlaps(home: pd.DataFrame, services: pd.DataFrame) -> set[Fault]:
    both = home.merge(services, on=["name", "day"], suffixes=("", "_other"))
    return _named("S04", both[(both["start"] < both["end_other"]) & (both["start_other"] < both["end"])], "day")


def _unplanned(home: pd.DataFrame, plans: pd.DataFrame) -> set[Fault]:
    at_home = plans.assign(home=plans["place"] == "在宅").groupby(["name", "day"])["home"].any().rename("planned")
    days = home.join(at_home, on=["name", "day"])
    return _named("A08", days[~days["planned"].fillna(False).astype(bool)], "day")


def _named(rule: str, rows: pd.DataFrame, when: str) -> set[Fault]:
    return {(rule, name, day.date()) for name, day in zip(rows["name"], rows[when], strict=True)}
