"""What a person typed beside a command: a town, months, a day, a claim file."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from zaitaku_xl.book import dates
from zaitaku_xl.book.j611 import Claims, is_claim_file
from zaitaku_xl.cells import Cell, Kind
from zaitaku_xl.errors import WrongUse
from zaitaku_xl.hosts.closed_book import bytes_of
from zaitaku_xl.law import load_law
from zaitaku_xl.model import Month
from zaitaku_xl.what_if import draft_of


def town_id(typed: str, draft: Path | None = None) -> str:
    """Return the id of the town a person means; raises WrongUse where neither we nor a draft hold a text for it."""
    law = load_law()
    town = law.town(typed)
    if town is None and draft is not None:
        tried, town = draft_of(draft)
        if tried.town(typed) is town:
            return town.name
        town = None
    if town is None:
        known = "、".join(f"{t.name}（{t.id}）" for t in law.towns.values())
        likely = law.likely_town(typed)
        hint = f"「{likely.name}」のことですか。" if likely else ""
        raise WrongUse(f"「{typed}」の取扱いは収録していません。{hint}収録しているのは {known} です。")
    return town.id


def town_to_read(typed: str) -> tuple[str | None, str | None]:
    """Return the town whose text is to be read, and what to say where none is held: the national text serves then.

    Raises WrongUse for what is no municipality, or may be a slip of one that is held.
    """
    law, name = load_law(), typed.strip()
    if law.town(name) or law.likely_town(name) or not name.endswith(("市", "区", "町", "村")):
        return town_id(typed), None
    return (
        None,
        f"{name}の取扱いは収録していません。国の通知で示します。{name}の求めることは、{name}に確かめてください。",
    )


def months_of(typed: Iterable[str]) -> tuple[Month, ...]:
    """Return the months a person typed; raises WrongUse for what is none."""
    found = []
    for words in typed:
        month = dates.month_of(words)
        if not isinstance(month, Month):
            raise WrongUse(f"「{words}」は年月として読み取れません。2026-01 の形で指定してください。")
        found.append(month)
    return tuple(found)


def town_name(town: str | None) -> str | None:
    return load_law().towns[town].name if town else None


def day_of(typed: str) -> date:
    """Return the day a person typed; raises WrongUse for what is none."""
    found = dates.day(Cell(Kind.TEXT, typed), None, False)
    if not isinstance(found, date):
        raise WrongUse(f"「{typed}」は日付として読み取れません。2026-01-05 の形で指定してください。")
    return found


def claims_of(*paths: Path) -> Claims:
    """Read claim files (J611); of a folder every .csv that is one."""
    files: list[bytes] = []
    for path in paths:
        if path.is_dir():
            found = [bytes_of(file) for file in sorted(path.rglob("*")) if file.suffix.lower() == ".csv"]
            claims = [data for data in found if is_claim_file(data)]
            if not claims:
                raise WrongUse(f"{path} に請求データ（J611のCSV）がありません。場所を確かめてください。")
            files += claims
        else:
            files.append(bytes_of(path))
    return Claims.of_files(files)
