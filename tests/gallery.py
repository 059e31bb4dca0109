"""python -m tests.gallery: the pages that tests/pictures/README.md shows, made anew from the demo."""

import tempfile
from pathlib import Path

from PIL import Image

from tests.tools import pdf_of, pictures_of
from zaitaku_xl import jobs
from zaitaku_xl.jobs import Asked
from zaitaku_xl.jobs.forms import Wanted, make_forms

PICTURES = Path(__file__).parent / "pictures"
SHOWN = {
    "service_record": "青木 さくら", "daily_record": "青木 さくら", "weekly_review": "青木 さくら", "monthly_review": "青木 さくら",
    "evidence": "岩永 拓海", "monthly_summary": "岩永 拓海", "checklist": "浦川 美和", "self_check": None, "renewals": None, "findings": None,
}  # fmt: skip
DPI, COLOURS = 75, 32


def main() -> None:
    from zaitaku_xl.hosts.marking import alone

    with tempfile.TemporaryDirectory() as room:
        folder = Path(room)
        jobs.write_demo(folder)
        for form, client in SHOWN.items():
            made = make_forms(folder / "demo.xlsx", Asked(), Wanted(form, client), folder / "out" / "demo.xlsx")
            book = folder / f"{form}.xlsx"
            book.write_bytes(alone(made.sheets))
            first = pictures_of(pdf_of(book), DPI)[0]
            Image.open(first).quantize(COLOURS).save(PICTURES / f"form_{form}.png", optimize=True)


if __name__ == "__main__":
    main()
