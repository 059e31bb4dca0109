"""python -m tests.batch.pictures: draws the front page of 点検まとめ.xlsx and the HTML page, as a spreadsheet program and a browser show them.

The offices are made up: the demo, and the months of the bench with their planted defects.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from tests.bench.batch import varied
from tests.bench.month import workbook
from tests.tools import needs, pictures_of
from zaitaku_xl.hosts.writing.new_book import written
from zaitaku_xl.sheets import demo

TARGET = Path(__file__).parent.parent / "pictures"
OFFICES = 7
BROWSER = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1240,1500")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        source, out, page = room / "提出", room / "点検済み", room / "点検済み" / "まとめ.html"
        fill(source)
        command = [
            sys.executable,
            "-m",
            "zaitaku_xl",
            "check",
            source.name,
            "--out",
            out.name,
            "--html",
            f"{out.name}/{page.name}",
        ]
        subprocess.run(command, cwd=room, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        small(pictures_of(out / "点検まとめ.xlsx", dpi=80)[0], "summary.png")
        shot = room / "page.png"
        ask = [
            needs("chromium"),
            *BROWSER,
            f"--user-data-dir={room / 'profile'}",
            f"--screenshot={shot}",
            page.as_uri(),
        ]
        subprocess.run(ask, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        small(shot, "summary_page.png")


def fill(folder: Path) -> None:
    folder.mkdir()
    (folder / "いさりび.xlsx").write_bytes(written(demo.demo()))
    for number in range(OFFICES):
        book = workbook(4 + 2 * number, shift=7 * number)
        (folder / f"ひかり{number}.xlsx").write_bytes(varied(book, number))
    (folder / "途中で切れたファイル.xlsx").write_bytes(book[:5000])
    (folder / "回覧.xlsx").write_bytes("日付,氏名\r\n".encode("cp932"))


def small(picture: Path, name: str) -> None:
    drawn = Image.open(picture).convert("RGB")
    drawn.quantize(48, dither=Image.Dither.NONE).save(TARGET / name, optimize=True)


if __name__ == "__main__":
    main()
