"""python -m tests.picture: draws tests/pictures/coloured_day.png, the README's picture, from the demo itself.

LibreOffice prints the marked demo; the piece around the first red 日付 is cut out, and the note of that cell, which no
print shows, is set beside it word for word.
"""

import subprocess
import tempfile
from pathlib import Path

import openpyxl
from PIL import Image, ImageDraw, ImageFont

from tests.tools import pictures_of
from zaitaku_xl.hosts.writing.new_book import written
from zaitaku_xl.jobs import Asked, check_file
from zaitaku_xl.sheets import demo

TARGET = Path(__file__).parent / "pictures" / "coloured_day.png"
RED = (0xF8, 0xCB, 0xCB)
DPI, CUT, ABOVE, BELOW = 110, 1030, 76, 44
INK, PAPER, EDGE = "#333333", "#FFFFE6", "#9A9A78"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        book, marked = Path(folder) / "demo.xlsx", Path(folder) / "marked" / "demo.xlsx"
        book.write_bytes(written(demo.demo()))
        outcome = check_file(book, "demo.xlsx", Asked(), marked)
        assert outcome.report
        planted = next(p for p in demo.planted() if p.rule == "D01")
        row = planted.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        note = openpyxl.load_workbook(marked)[planted.sheet][f"B{row}"].comment.text
        pages = (Image.open(picture).convert("RGB") for picture in pictures_of(marked, dpi=DPI))
        page, box = next((page, box) for page in pages if (box := _lone_red_cell(page)))
        _drawn(page, box, note).save(TARGET, optimize=True)


def _lone_red_cell(page: Image.Image) -> tuple[int, int, int, int] | None:
    """The box of the red on a page where one cell alone is red."""
    mask = Image.new("L", page.size)
    mask.frombytes(bytes(255 if pixel == RED else 0 for pixel in zip(*[iter(page.tobytes())] * 3, strict=True)))
    box = mask.getbbox()
    return box if box and 20 < box[3] - box[1] < 60 and box[2] - box[0] < 90 else None


def _drawn(page: Image.Image, box: tuple[int, int, int, int], note: str) -> Image.Image:
    cut = page.crop((40, box[1] - ABOVE, 40 + CUT, box[3] + BELOW))
    font = ImageFont.truetype(_font(), 15)
    lines = [piece for line in note.splitlines() for piece in _wrapped(line, 46)]
    height = 16 + 21 * len(lines)
    made = Image.new("RGB", (CUT, cut.height + height + 22), "white")
    made.paste(cut, (0, 0))
    draw = ImageDraw.Draw(made)
    left, top = 150, cut.height + 8
    cell = (box[0] - 40 + 30, ABOVE + (box[3] - box[1]))
    draw.line([cell, (left + 40, top)], fill=EDGE, width=2)
    draw.rectangle((left, top, CUT - 60, top + height), fill=PAPER, outline=EDGE)
    for number, line in enumerate(lines):
        draw.text((left + 12, top + 8 + 21 * number), line, font=font, fill=INK)
    return made


def _wrapped(line: str, units: int) -> list[str]:
    pieces, piece, width = [], "", 0
    for letter in line:
        width += 1 if letter.isascii() else 2
        if width > units * 2:
            pieces, piece, width = [*pieces, piece], "", 2
        piece += letter
    return [*pieces, piece]


def _font() -> str:
    found = subprocess.run(
        ["fc-match", "-f", "%{file}", "Noto Sans CJK JP"], check=True, capture_output=True, text=True
    )
    return found.stdout


if __name__ == "__main__":
    main()
