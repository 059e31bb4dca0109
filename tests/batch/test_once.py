"""What was sent again counts once: every output and the ledger say the same, and every file that does not count says why."""

import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

import zaitaku_xl
from tests.batch.conftest import BAD, GOOD, ONE_CONTACT
from tests.command import Run
from tests.workbooks import saved
from zaitaku_xl.batch.ledger import open_ledger
from zaitaku_xl.batch.once import doubles_of, sent
from zaitaku_xl.results.identity import ClientMonth, Identity, OfficeKeys

PORT = {
    "設定": {"事業所番号": "4210000002", "事業所名": "みなと作業所", "一日単価": 7000},
    "在宅承認": [{"承認事業所": "みなと作業所"}],
}
NO_OFFICE = {"設定": {"事業所番号": None, "事業所名": None}}
HOME = ("BILLABLE", "NOT_BILLABLE", "CHECK")
WORDS = {"算定可": "BILLABLE", "算定不可": "NOT_BILLABLE", "要確認": "CHECK"}


def aged(path: Path, hours: int) -> Path:
    """Give a file the time of some hours after a fixed one."""
    when = 1_770_000_000 + 3600 * hours
    os.utime(path, (when, when))
    return path


def home(*days: int, contacts: int = 2) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [{"日付": f"2026-01-{day:02}", "提供区分": "在宅"} for day in days]
    if contacts == 1:
        rows = [row | {"連絡": ONE_CONTACT} for row in rows]
    return {"日報": rows, "月評価": []}


# ---- folders, and what counts in them


def twice(folder: Path, _: Run) -> None:
    saved(folder / "a.xlsx", BAD)
    shutil.copy(folder / "a.xlsx", folder / "b.xlsx")


def renamed_below(folder: Path, _: Run) -> None:
    saved(folder / "a.xlsx", BAD)
    (folder / "控え").mkdir()
    shutil.copy(folder / "a.xlsx", folder / "控え" / "1月（ひかり）.xlsx")


def marked_beside(folder: Path, run: Run) -> None:
    saved(folder / "a.xlsx", BAD)
    run("check", folder / "a.xlsx", "--out", folder / "点検済み")
    (folder / "点検済み" / "点検まとめ.xlsx").unlink()


def forms_beside(folder: Path, run: Run) -> None:
    saved(folder / "a.xlsx", BAD)
    run("forms", folder / "a.xlsx", "--form", "all", "--out", folder / "様式")


def corrected(folder: Path, _: Run) -> None:
    aged(saved(folder / "z.xlsx", BAD), 1)
    aged(saved(folder / "a.xlsx", GOOD), 2)


def spoilt_since(folder: Path, _: Run) -> None:
    aged(saved(folder / "z.xlsx", BAD), 2)
    aged(saved(folder / "a.xlsx", GOOD), 1)


def corrected_in_the_marked_copy(folder: Path, run: Run) -> None:
    aged(saved(folder / "a.xlsx", BAD), 1)
    run("check", folder / "a.xlsx", "--out", folder / "点検済み")
    marked = folder / "点検済み" / "a.xlsx"
    (folder / "点検済み" / "点検まとめ.xlsx").unlink()
    book = openpyxl.load_workbook(marked)
    for row in book["日報"].iter_rows():
        if "在宅" in [cell.value for cell in row]:
            book["日報"].cell(row[0].row, [cell.value for cell in row].index("在宅") + 1).value = "通所"
    book.save(marked)
    aged(marked, 2)


def parts(folder: Path, _: Run) -> None:
    saved(folder / "1.xlsx", home(6, 7))
    saved(folder / "2.xlsx", home(13, 14, contacts=1))


def parts_and_the_whole(folder: Path, _: Run) -> None:
    aged(saved(folder / "1.xlsx", home(6, 7)), 1)
    aged(saved(folder / "2.xlsx", home(13, 14, contacts=1)), 2)
    aged(saved(folder / "whole.xlsx", home(6, 7, 13, 14)), 3)


def another_office_with_the_same_names(folder: Path, _: Run) -> None:
    saved(folder / "a.xlsx", GOOD)
    saved(folder / "b.xlsx", BAD | PORT)


def one_of_two_clients_again(folder: Path, _: Run) -> None:
    both = {
        "日報": [{"日付": "2026-01-06", "提供区分": "在宅"}, {"氏名": "海 次郎", "日付": "2026-01-06", "提供区分": "在宅"}],
        "利用者台帳": [{}, {"氏名": "海 次郎", "受給者証番号": "0000000002"}],
        "月評価": [],
    }  # fmt: skip
    aged(saved(folder / "a.xlsx", both), 1)
    aged(saved(folder / "b.xlsx", BAD), 2)


def one_month_of_two_again(folder: Path, _: Run) -> None:
    rows = [{"日付": "2026-01-06", "提供区分": "在宅"}, {"日付": "2026-02-03", "提供区分": "在宅", "連絡": []}]
    aged(saved(folder / "a.xlsx", {"日報": rows, "設定": {"対象年月": None}}), 1)
    aged(saved(folder / "b.xlsx", BAD), 2)


def without_an_office_and_alike(folder: Path, _: Run) -> None:
    saved(folder / "a.xlsx", BAD | NO_OFFICE)
    shutil.copy(folder / "a.xlsx", folder / "b.xlsx")


def without_an_office_and_unlike(folder: Path, _: Run) -> None:
    saved(folder / "a.xlsx", BAD | NO_OFFICE)
    saved(folder / "b.xlsx", GOOD | NO_OFFICE)


def by_the_name_of_the_office(folder: Path, _: Run) -> None:
    aged(saved(folder / "a.xlsx", BAD | {"設定": {"事業所番号": None}}), 1)
    aged(saved(folder / "b.xlsx", GOOD), 2)


def by_another_name_of_the_office(folder: Path, _: Run) -> None:
    aged(saved(folder / "a.xlsx", BAD | {"設定": {"事業所番号": None, "事業所名": "ひかり"}}), 1)
    aged(saved(folder / "b.xlsx", GOOD | {"設定": {"事業所の別名": "ひかり"}}), 2)


def the_name_spelt_otherwise(folder: Path, _: Run) -> None:
    for hours, (name, written, made) in enumerate((("a", "髙橋　花子", BAD), ("b", "高橋花子", GOOD)), 1):
        entries = [row | {"氏名": written} for row in made["日報"]]
        tables = made | {"日報": entries, "利用者台帳": [{"氏名": written, "受給者証番号": None}]}
        aged(saved(folder / f"{name}.xlsx", tables), hours)


FOLDERS: dict[Callable[[Path, Run], None], tuple[list[str], tuple[int, int, int]]] = {
    twice: (["a.xlsx"], (0, 1, 0)),
    renamed_below: (["a.xlsx"], (0, 1, 0)),
    marked_beside: (["点検済み/a.xlsx"], (0, 1, 0)),
    forms_beside: (["様式/a.xlsx"], (0, 1, 0)),
    corrected: (["z.xlsx"], (1, 0, 0)),
    spoilt_since: (["a.xlsx"], (0, 1, 0)),
    corrected_in_the_marked_copy: (["a.xlsx"], (0, 0, 0)),
    parts: ([], (0, 4, 0)),
    parts_and_the_whole: (["1.xlsx", "2.xlsx"], (0, 4, 0)),
    another_office_with_the_same_names: ([], (1, 1, 0)),
    one_of_two_clients_again: ([], (0, 2, 0)),
    one_month_of_two_again: ([], (0, 2, 0)),
    without_an_office_and_alike: (["a.xlsx"], (0, 1, 0)),
    without_an_office_and_unlike: ([], (0, 1, 1)),
    by_the_name_of_the_office: (["a.xlsx"], (1, 0, 0)),
    by_another_name_of_the_office: (["a.xlsx"], (1, 0, 0)),
    the_name_spelt_otherwise: (["a.xlsx"], (1, 0, 0)),
}


@pytest.fixture(params=FOLDERS, ids=lambda made: made.__name__)
def folder(request: pytest.FixtureRequest, run: Run, tmp_path: Path) -> tuple[Path, list[str], tuple[int, int, int]]:
    path = tmp_path / "in"
    path.mkdir()
    request.param(path, run)
    return path, *FOLDERS[request.param]


def test_every_output_and_the_ledger_count_the_same(
    folder: tuple[Path, list[str], tuple[int, int, int]], run: Run, tmp_path: Path
) -> None:
    path, uncounted, days = folder
    out, ledger = tmp_path / "out", tmp_path / "受付簿.sqlite"
    names = {ending: tmp_path / f"a.{ending}" for ending in ("json", "csv", "html", "parquet")}
    outputs = [word for ending, name in names.items() for word in (f"--{ending}", name)]
    ran = run("check", path, "--out", out, "--ledger", ledger, *outputs)
    body = json.loads(names["json"].read_text("utf-8"))
    not_counted = [Path(f["path"]).relative_to(path).as_posix() for f in body["files"] if not f["counted"]]
    assert not_counted == uncounted
    told = {
        "JSON": of_json(body),
        "frames": of_days(zaitaku_xl.check_files(path)),
        "parquet": of_days(pd.read_parquet(names["parquet"])),
        "summary": of_summary(out / "点検まとめ.xlsx"),
        "page": of_page(names["html"].read_text("utf-8")),
        "ledger": of_ledger(ledger),
    }
    assert told == dict.fromkeys(told, days)
    findings = {
        "JSON": len(findings_of(body)),
        "frames": len(zaitaku_xl.check_files(path, "findings")["rule"].dropna()),
        "CSV": len(pd.read_csv(names["csv"])["番号"].dropna()),
        "summary": len(
            list(
                filter(
                    None,
                    (
                        row[1].value
                        for row in openpyxl.load_workbook(out / "点検まとめ.xlsx")["見直す箇所"].iter_rows(min_row=4)
                    ),
                )
            )
        ),
        "ledger": sum(receipt.findings for receipt in receipts(ledger)),
    }
    assert set(findings.values()) == {findings["JSON"]}, findings
    for name in uncounted:
        assert re.search(rf"{re.escape(name)}: .*数えていません", ran.out)
        assert name in {
            str(row[1].value)[-len(name) :]
            for row in openpyxl.load_workbook(out / "点検まとめ.xlsx")["読み取れないファイル"]
        }


@pytest.mark.parametrize("folder", [marked_beside, one_of_two_clients_again, by_the_name_of_the_office], indirect=True)
def test_workers_a_resumed_run_and_codes_change_nothing(
    folder: tuple[Path, list[str], tuple[int, int, int]], run: Run, tmp_path: Path
) -> None:
    path, uncounted, days = folder
    told = []
    for words in (
        ("--jobs", 1),
        ("--jobs", 4),
        ("--out", tmp_path / "out"),
        ("--out", tmp_path / "out"),
        ("--anonymise",),
    ):
        run("check", path, *words, "--json", tmp_path / "a.json")
        body = json.loads((tmp_path / "a.json").read_text("utf-8"))
        told.append((of_json(body), sum(not file["counted"] for file in body["files"])))
    assert set(told) == {(days, len(uncounted))}


def gone(file: dict[str, Any]) -> set[tuple[str, str]]:
    return {(double["client"], double["month"]) for double in file["doubles"]}


def of_json(body: dict[str, Any]) -> tuple[int, ...]:
    counts = Counter(
        day["verdict"]
        for file in body["files"]
        for day in file["days"]
        if (day["client"], day["date"][:7]) not in gone(file)
    )
    return tuple(counts[verdict] for verdict in HOME)


def findings_of(body: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for file in body["files"]:
        for finding in file["findings"] if file["counted"] else []:
            day = finding["date"] or (
                finding["period"][1] if "period" in finding else min(d["date"] for d in file["days"])
            )
            if (finding["client"], day[:7]) not in gone(file):
                found.append(finding)
    return found


def of_days(frame: pd.DataFrame) -> tuple[int, ...]:
    return tuple(int((frame["verdict"] == verdict).sum()) for verdict in HOME)


def of_summary(path: Path) -> tuple[int, ...]:
    book = openpyxl.load_workbook(path)
    front = {row[0]: row[1] for row in book["まとめ"].iter_rows(values_only=True) if row[2] is not None}
    heading, *rows = book["利用者"].iter_rows(min_row=3, values_only=True)
    by_client = tuple(sum(row[heading.index(word)] for row in rows) for word in WORDS)
    assert tuple(front[word] for word in WORDS) == by_client
    return by_client


def of_page(text: str) -> tuple[int, ...]:
    return tuple(int(re.findall(rf">{word}<b>([\d,]+)日", text)[0]) for word in WORDS)


def receipts(path: Path) -> list[Any]:
    with open_ledger(path, new=False) as ledger:
        return [receipt for month in ledger.months() for receipt in ledger.receipts(month)]


def of_ledger(path: Path) -> tuple[int, ...]:
    found = receipts(path)
    return tuple(sum(getattr(each, name) for each in found) for name in ("billable", "not_billable", "to_check"))


# ---- by itself


def test_the_demo_beside_its_marked_copy_and_its_forms_counts_once(run: Run, tmp_path: Path) -> None:
    run("demo", "--out", tmp_path / "demo")
    ran = run("check", tmp_path / "demo", "--out", tmp_path / "out")
    assert "在宅 64日" in ran.out.splitlines()[-3]
    assert len(zaitaku_xl.check_files(tmp_path / "demo")) == 117
    money = {row[0]: row[1] for row in openpyxl.load_workbook(tmp_path / "out" / "点検まとめ.xlsx")["まとめ"].values}
    assert money["算定不可"] == 104_720


def test_the_ledger_knows_what_came_last_whatever_the_disk_says(run: Run, tmp_path: Path) -> None:
    ledger = tmp_path / "受付簿.sqlite"
    aged(saved(tmp_path / "in" / "a.xlsx", BAD), 9)
    run("check", tmp_path / "in", "--ledger", ledger)
    aged(saved(tmp_path / "in" / "b.xlsx", GOOD), 1)
    ran = run("check", tmp_path / "in", "--ledger", ledger, "--json", tmp_path / "a.json")
    assert ran.status == 0
    first, second = json.loads((tmp_path / "a.json").read_text("utf-8"))["files"]
    assert (first["counted"], second["counted"]) == (False, True)
    assert "後から受け付けた" in first["doubles"][0]["reason"]
    assert of_ledger(ledger) == (1, 0, 0)


def test_a_marked_copy_is_no_return_also_where_the_original_came_before(run: Run, tmp_path: Path) -> None:
    ledger = tmp_path / "受付簿.sqlite"
    run("check", saved(tmp_path / "a.xlsx", BAD), "--ledger", ledger, "--out", tmp_path / "out")
    run("check", tmp_path / "out" / "a.xlsx", "--ledger", ledger)
    assert [receipt.times for receipt in receipts(ledger)] == [1]


def test_parts_are_no_second_return(run: Run, tmp_path: Path) -> None:
    parts(tmp_path / "in", run)
    ran = run("check", tmp_path / "in", "--ledger", tmp_path / "受付簿.sqlite")
    assert "出し直し" not in ran.out
    assert [receipt.times for receipt in receipts(tmp_path / "受付簿.sqlite")] == [1]


# ---- who is who


def _identity(
    *, number: str = "1", names: tuple[str, ...] = (), client: str = "", name: str = "花子", days: int = 2
) -> Identity:
    part = ClientMonth(client=name, number=client, name=name, month="2026-01", days=days, verdicts=(1, 0, 0, 0))
    return Identity(office=OfficeKeys(number, names), parts=(part,), records=f"{name}{days}")


@pytest.mark.parametrize(
    ("one", "other", "double"),
    [
        ({}, {}, True),
        ({}, {"number": "2"}, False),
        ({"names": ("a",)}, {"number": "", "names": ("a",)}, True),
        ({"names": ("a",)}, {"number": "", "names": ("b",)}, False),
        ({"number": "", "names": ("a", "b")}, {"number": "", "names": ("b",)}, True),
        ({"names": ("a",)}, {"number": "2", "names": ("a",)}, False),
        ({"client": "7"}, {"client": "8"}, False),
        ({"client": "7"}, {}, True),
        ({"client": "7"}, {"client": "7", "name": "結婚後 花子"}, True),
        ({}, {"name": "次郎"}, False),
        ({"days": 0b110}, {"days": 0b1000}, False),
        ({"days": 0b110}, {"days": 0b1100}, True),
        ({"number": ""}, {"number": ""}, True),  # nobody knows whose, but the records are the same
        ({"number": "", "days": 0b110}, {"number": "", "days": 0b1100}, False),
        ({}, {"number": "", "days": 0b1110}, False),
    ],
)
def test_the_same_client_of_the_same_office(one: dict[str, Any], other: dict[str, Any], double: bool) -> None:
    files = sent([("a", _identity(**one), None, 1), ("b", _identity(**other), None, 2)])
    assert list(doubles_of(files)) == (["a"] if double else [])


def test_what_a_double_covers_is_not_lost_with_it() -> None:
    """The newest overlaps the second, the second the first: the first still counts."""
    days = {"a": 0b0011, "b": 0b0110, "c": 0b1100}
    files = sent([(path, _identity(days=mask), None, n) for n, (path, mask) in enumerate(days.items())])
    assert list(doubles_of(files)) == ["b"]
