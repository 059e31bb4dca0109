"""What version 0.1 left with its users, made by its own code: marked, sealed, with forms, saved since, a ledger, half a run.

    git clone . ../old && git -C ../old checkout 09cd71b     # the last commit before version 0.1 was worked on
    python tests/books/make_0_1.py ../old                      # writes tests/books/made_by_0_1/; needs LibreOffice, Gnumeric

Every person and office in it is fictional. Nothing of today's code runs in it, so it needs to be made once only: what
lies there is what the tests of today read.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

OLD = Path(sys.argv[1]).resolve()
ALONE = os.environ | {"PYTHONPATH": str(OLD)}  # together with the folder: no code but the clone's
TO = Path(__file__).parent / "made_by_0_1"
sys.path.insert(0, str(OLD))

import openpyxl  # noqa: E402
from openpyxl.comments import Comment  # noqa: E402
from openpyxl.formatting.rule import CellIsRule  # noqa: E402
from openpyxl.styles import PatternFill  # noqa: E402
from openpyxl.worksheet.datavalidation import DataValidation  # noqa: E402

from tests.workbooks import saved  # noqa: E402 - of the clone

ONE_CONTACT = ["9:35 電話 開始確認 体調の確認 佐藤"]
PLAIN = {
    "日報": [
        {"日付": "2026-01-06", "提供区分": "在宅", "連絡": ONE_CONTACT},
        {"日付": "2026-01-07", "提供区分": "在宅"},
    ]
}
PORT = {"事業所番号": "4210000002", "事業所名": "みなと作業所", "一日単価": 7000}
OFFICE = PLAIN | {"設定": PORT, "在宅承認": [{"承認事業所": "みなと作業所"}]}
LAID = (("marked", "check"), ("sealed", "check", "--seal"), ("forms", "forms", "--form", "all"))


def zaitaku(*arguments: object) -> None:
    """Run the command of the clone; what it finds is no failure."""
    command = [sys.executable, "-m", "zaitaku_xl", *map(str, arguments)]
    done = subprocess.run(command, env=ALONE, cwd=OLD, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{arguments}: {done.stdout}{done.stderr}")


def furnished(path: Path) -> None:
    """Give the day log what offices add: notes, rules, lists, colours, frozen rows, a sheet of their own."""
    book = openpyxl.load_workbook(path)
    sheet = book["日報"]
    sheet["A4"].comment = Comment("佐藤が電話で確認", "佐藤")
    sheet["B4"].fill = PatternFill("solid", fgColor="FFFFEE99")
    sheet.conditional_formatting.add(
        "D1:D40", CellIsRule(operator="equal", formula=['"在宅"'], fill=PatternFill("solid", bgColor="FFCCFFCC"))
    )
    listed = DataValidation(type="list", formula1='"在宅,通所,欠席"')
    listed.add("D4:D40")
    sheet.add_data_validation(listed)
    sheet.freeze_panes = "B4"
    sheet.column_dimensions["A"].width = 21
    book.create_sheet("覚え")["A1"] = "在宅支援の覚え"
    book.save(path)


def by_libreoffice(source: Path, target: Path) -> None:
    room = target.parent / "room"
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{room}",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    subprocess.run([*command, "--outdir", room / "out", source], check=True, capture_output=True, timeout=120)
    shutil.move(room / "out" / source.name, target)
    shutil.rmtree(room)


def by_openpyxl(source: Path, target: Path) -> None:
    openpyxl.load_workbook(source).save(target)


def by_gnumeric(source: Path, target: Path) -> None:
    subprocess.run(
        ["ssconvert", "--export-type=Gnumeric_Excel:xlsx2", source, target],
        check=True,
        capture_output=True,
        timeout=120,
    )


def by_hand(source: Path, target: Path) -> None:
    book = openpyxl.load_workbook(source)
    book["点検結果"]["A40"] = "所長が確認"
    book.save(target)


SAVERS: dict[str, Callable[[Path, Path], None]] = {
    "libreoffice": by_libreoffice,
    "openpyxl": by_openpyxl,
    "gnumeric": by_gnumeric,
}


def books() -> None:
    """A folder a way of making, in each the same books."""
    originals = TO / "original"
    saved(originals / "plain.xlsx", PLAIN)
    furnished(saved(originals / "furnished.xlsx", OFFICE))
    by_libreoffice(originals / "furnished.xlsx", originals / "libreoffice.xlsx")
    for original in sorted(originals.iterdir()):
        for folder, *command in LAID:
            zaitaku(command[0], original, *command[1:], "--out", TO / folder)
            (TO / folder / "点検まとめ.xlsx").unlink(missing_ok=True)
            for journal in (TO / folder).glob("*.sqlite"):
                journal.unlink()
    zaitaku("forms", TO / "marked" / "plain.xlsx", "--form", "service_record", "--out", TO / "marked_with_forms")
    for folder, *_ in LAID:
        for saver, save in SAVERS.items():
            (TO / f"{folder}_{saver}").mkdir()
            save(TO / folder / "plain.xlsx", TO / f"{folder}_{saver}" / "plain.xlsx")
    (TO / "marked_edited").mkdir()
    by_hand(TO / "marked" / "plain.xlsx", TO / "marked_edited" / "plain.xlsx")


def ledger() -> None:
    """An office that came twice, the second time mended, and one that came in another month alone."""
    received = TO / "ledger"
    other = {
        "設定": PORT | {"事業所番号": "4210000003", "事業所名": "おか作業所", "対象年月": "2026-02"},
        "在宅承認": [{"承認事業所": "おか作業所"}],
    }
    second = [OFFICE["日報"][1], {"日付": "2026-01-06", "提供区分": "在宅"}]
    files = (
        saved(received / "first.xlsx", OFFICE),
        saved(received / "second.xlsx", OFFICE | {"日報": second}),
        saved(received / "other.xlsx", OFFICE | {"日報": [{"日付": "2026-02-03", "提供区分": "在宅"}]} | other),
    )
    for file in files:
        zaitaku("check", file, "--ledger", received / "受付簿.sqlite")


def half_a_run() -> None:
    """Two of three files are judged; at the third the run is killed, as by a power cut."""
    received, out = TO / "half" / "in", TO / "half" / "out"
    saved(received / "a.xlsx", PLAIN)
    saved(received / "b.xlsx", OFFICE)
    long = openpyxl.load_workbook(saved(received / "c.xlsx", PLAIN))
    for _ in range(4_000):
        long["日報"].append([cell.value for cell in long["日報"][4]])
    long.save(received / "c.xlsx")
    command = [sys.executable, "-m", "zaitaku_xl", "check", received, "--out", out, "--jobs", "1"]
    run = subprocess.Popen(command, env=ALONE, cwd=OLD, start_new_session=True, stdout=subprocess.DEVNULL)
    while not (out / "b.xlsx").exists():
        time.sleep(0.05)
    time.sleep(0.5)  # for its line in the journal
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    saved(received / "c.xlsx", PLAIN)


if __name__ == "__main__":
    shutil.rmtree(TO, ignore_errors=True)
    books()
    ledger()
    half_a_run()
