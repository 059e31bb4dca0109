"""Other programs as witnesses: the Open XML SDK's validator, LibreOffice, pdftoppm; and our own lint beside them.

Where a program is missing the test is skipped with MISSING first in its reason; with ZAITAKU_REQUIRE_ALL set,
conftest.py turns that skip into a failure.
"""

import atexit
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from itertools import islice, product
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from tests.lint import lint
from tests.parts import ALTERNATIVES, MAIN, Book, Sheet, area

__all__ = [
    "coloured_cells",
    "html_of",
    "libreoffice",
    "lint",
    "needs",
    "pdf_of",
    "pictures_of",
    "same_parts",
    "validate",
]

TOP = Path(__file__).resolve().parent.parent
MISSING = "プログラムがない: "
VALIDATOR = "ooxml-validator"
SECONDS = 120
FRESH_PROFILE = 81  # LibreOffice made its profile and asks to be started again
FAR_DOWN, FAR_RIGHT = 20_000, 500
COLUMN_LABEL, ROW_LABEL = "§列", "§行"


def needs(program: str) -> str:
    """Return where *program* lies, or skip the test that asked."""
    found = shutil.which(program, path=os.pathsep.join([str(TOP / ".tools/node_modules/.bin"), os.environ["PATH"]]))
    if found is None:
        pytest.skip(MISSING + program, allow_module_level=True)
    return found


@cache
def _workroom() -> Path:
    """A folder that lives as long as this process: results for which nobody named a place."""
    folder = tempfile.TemporaryDirectory(prefix="zaitaku_xl-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


def _place() -> Path:
    return Path(tempfile.mkdtemp(dir=_workroom()))


# --- the Open XML SDK -------------------------------------------------------------------------------------------------


def validate(path: Path) -> list[str]:
    """Return the validator's findings, sorted; positions are left out, so that before and after can be compared."""
    ran = subprocess.run([needs(VALIDATOR), str(path)], capture_output=True, text=True, timeout=SECONDS)
    if ran.returncode not in (0, 1):
        raise RuntimeError(f"{VALIDATOR}: {ran.stdout}{ran.stderr}")
    return sorted(_sentence(error) for error in json.loads(ran.stdout)["errors"])


def _sentence(error: dict[str, str | None]) -> str:
    element = re.sub(r"\[\d+\]", "", error["xPath"] or "")
    return " ".join([error["path"] or "", element, error["id"] or error["errorType"] or "", error["description"] or ""])


# --- LibreOffice ------------------------------------------------------------------------------------------------------


def libreoffice(path: Path, to: str, out_dir: Path, filter: str | None = None) -> Path:
    """Return the file that LibreOffice makes of *path*; it works on a copy, so no lock file is seen or left behind."""
    program = Path(needs("soffice")).resolve().with_name("soffice.bin")
    with tempfile.TemporaryDirectory(prefix="zaitaku_xl-") as room:
        copy = Path(shutil.copy(path, room))
        ask = [str(program), f"-env:UserInstallation={(Path(room) / 'profile').as_uri()}", "--headless", "--norestore"]
        ask += ["--convert-to", f"{to}:{filter}" if filter else to, "--outdir", str(Path(room) / "made"), str(copy)]
        said = _run_until_done(ask)
        made = Path(room) / "made" / f"{path.stem}.{to}"
        if not made.exists():
            raise RuntimeError(f"LibreOfficeは{path.name}から{to}を作れませんでした: {said}")
        out_dir.mkdir(parents=True, exist_ok=True)
        return Path(shutil.move(made, out_dir / made.name))


def _run_until_done(command: list[str]) -> str:
    for _ in range(3):
        code, said = _run(command)
        if code != FRESH_PROFILE:
            break
    return f"{said} ({code})"


def _run(command: list[str]) -> tuple[int, str]:
    """Run in a process group of its own, so that a hanging LibreOffice ends with all it started."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        said, _ = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise
    return process.returncode, said


def pdf_of(path: Path) -> Path:
    return libreoffice(path, "pdf", _place())


def pictures_of(path: Path, dpi: int = 70) -> list[Path]:
    """Return one PNG a page of *path*, a workbook or a PDF, in page order."""
    program = needs("pdftoppm")
    pdf = path if path.suffix == ".pdf" else pdf_of(path)
    room = _place()
    subprocess.run([program, "-r", str(dpi), "-png", str(pdf), str(room / "page")], check=True, timeout=SECONDS)
    return sorted(room.glob("page-*.png"))  # pdftoppm pads the numbers


def html_of(path: Path) -> str:
    return libreoffice(path, "html", _place()).read_text(encoding="utf-8")


# --- colours as shown -------------------------------------------------------------------------------------------------


def coloured_cells(path: Path) -> dict[str, dict[str, str]]:
    """Return the background of each cell as LibreOffice shows it, conditional formats included, as "RRGGBB".

    A merged area stands at its first cell. Hidden rows and columns show nothing, colour scales and data bars are not
    seen; a conditional format that reaches far below or right of the cells is followed to the last cell only.

    LibreOffice's HTML leaves out the blank edges of a sheet, hidden rows and columns, and blank sheets, and miscounts a
    merged area with hidden rows, so a position in it is no address. We export a copy with a ruler: right of and below
    everything stand the numbers of the rows and the names of the columns; areas are not merged there.
    """
    names = Book(path).sheet_names
    with tempfile.TemporaryDirectory(prefix="zaitaku_xl-") as room:
        copy = Path(room) / f"ruled{path.suffix}"
        covered = _write_ruled(path, copy)
        page = _Page()
        page.feed(html_of(copy))
    shown = dict(zip(page.titles or names, map(_by_address, page.tables), strict=False))
    return {
        name: {cell: colour for cell, colour in shown.get(name, {}).items() if cell not in covered.get(name, ())}
        for name in names
    }


def _write_ruled(path: Path, copy: Path) -> dict[str, set[str]]:
    """Write the copy with rulers; return, by sheet, the cells that a merged area covers."""
    book = Book(path)
    covered = {sheet.name: set(_unmerge(sheet.root)) for sheet in book.worksheets}
    for sheet in book.worksheets:
        _lay_rulers(sheet)
    ruled = {sheet.part: ElementTree.tostring(sheet.root, "utf-8") for sheet in book.worksheets}
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as package:
        for name, raw in book.bytes.items():
            package.writestr(name, ruled.get(name, raw))
    return covered


def _unmerge(root: Element) -> Iterator[str]:
    merges = root.find(MAIN + "mergeCells")
    for block in [area(merge.get("ref", "")) for merge in (merges if merges is not None else ())]:
        spots = product(range(block.left, block.right + 1), range(block.top, block.bottom + 1))
        yield from (f"{letters(column)}{row}" for column, row in islice(spots, 1, None))
    if merges is not None:
        root.remove(merges)


def _lay_rulers(sheet: Sheet) -> None:
    root = sheet.root
    root.attrib.pop(ALTERNATIVES + "Ignorable", None)  # its prefixes do not survive ElementTree, and nobody asks here
    right, bottom = _extent(sheet)
    _free_columns_from(root, right + 1)
    data = root.find(MAIN + "sheetData")
    rows = {number: row for number, row in _rows(data) if number <= bottom}
    shown = root.find(f"{MAIN}sheetFormatPr[@zeroHeight]") is None
    for number in range(1, bottom + 1):
        row = rows.setdefault(number, Element(MAIN + "row", {"r": str(number)} | ({} if shown else {"hidden": "1"})))
        row.attrib.pop("spans", None)
        row.append(_label(number, right + 1, f"{ROW_LABEL}{number}"))
    last = Element(MAIN + "row", {"r": str(bottom + 1), "ht": "15", "customHeight": "1"})
    last.extend(_label(bottom + 1, column, COLUMN_LABEL + letters(column)) for column in range(1, right + 1))
    data[:] = [*(rows[number] for number in sorted(rows)), last]


def _rows(data: Element) -> Iterator[tuple[int, Element]]:
    number = 0
    for row in data:
        number = int(row.get("r", number + 1))
        yield number, row


def _extent(sheet: Sheet) -> tuple[int, int]:
    """Return the last column and row that hold a cell or, not too far off, a format."""
    columns, rows = [1], [1]
    for row, column, _ in sheet.cells():
        columns.append(column)
        rows.append(row)
    areas = [area(text) for text in _areas(sheet.root)]
    styled = [int(column.get("max")) for column in sheet.root.iter(MAIN + "col") if column.get("style")]
    ends = styled + [block.right for block in areas]
    bottoms = [number for number, _ in _rows(sheet.root.find(MAIN + "sheetData"))] + [block.bottom for block in areas]
    right = max(columns + [end for end in ends if end <= FAR_RIGHT])
    bottom = max(rows + [end for end in bottoms if end <= FAR_DOWN])
    if right * bottom > 3_000_000:
        raise ValueError(f"{sheet.name}: {right}列{bottom}行は色を調べるには広すぎます")
    return right, bottom


def _areas(root: Element) -> Iterator[str]:
    for found in root.iter():
        if found.tag == MAIN + "conditionalFormatting":
            yield from found.get("sqref", "").split()
        elif found.tag.endswith("}sqref"):
            yield from (found.text or "").split()


def _free_columns_from(root: Element, first: int) -> None:
    """Keep the office's column widths and hiding left of the ruler only: a hidden ruler cannot be read."""
    columns = root.find(MAIN + "cols")
    for column in list(columns if columns is not None else ()):
        column.set("max", str(min(int(column.get("max")), first - 1)))
        if int(column.get("min")) >= first:
            columns.remove(column)
    if columns is not None and not len(columns):
        root.remove(columns)


def letters(column: int) -> str:
    """Return the name of a column.

    >>> letters(1), letters(28)
    ('A', 'AB')
    """
    name = ""
    while column:
        column, place = divmod(column - 1, 26)
        name = chr(65 + place) + name
    return name


def _label(row: int, column: int, text: str) -> Element:
    cell = Element(MAIN + "c", {"r": f"{letters(column)}{row}", "t": "inlineStr"})
    ElementTree.SubElement(ElementTree.SubElement(cell, MAIN + "is"), MAIN + "t").text = text
    return cell


class _Page(HTMLParser):
    """LibreOffice's HTML as tables of rows of cells; a cell is its attributes and, under "text", what it says."""

    def __init__(self) -> None:
        super().__init__()
        self.titles: list[str] = []
        self.tables: list[list[list[dict[str, str]]]] = []
        self._in: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag == "td":
            self.tables[-1][-1].append({name: value or "" for name, value in attrs} | {"text": ""})
        elif tag == "em" and "h1" in self._in:
            self.titles.append("")
        if tag in {"td", "h1", "em"}:
            self._in.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._in:
            del self._in[self._in.index(tag) :]

    def handle_data(self, data: str) -> None:
        if "td" in self._in:
            self.tables[-1][-1][-1]["text"] += data
        elif "em" in self._in:
            self.titles[-1] += data


def _by_address(table: list[list[dict[str, str]]]) -> dict[str, str]:
    """A line without its number is the ruler itself; so is a column without its name."""
    columns = {place: name for line in table for place, name in _labels(line, COLUMN_LABEL).items()}
    return {
        columns[place] + number: cell["bgcolor"].lstrip("#").upper()
        for line in table
        for number in _labels(line, ROW_LABEL).values()
        for place, cell in enumerate(line)
        if place in columns and "bgcolor" in cell
    }


def _labels(line: list[dict[str, str]], mark: str) -> dict[int, str]:
    return {place: cell["text"].removeprefix(mark) for place, cell in enumerate(line) if cell["text"].startswith(mark)}


# --- parts ------------------------------------------------------------------------------------------------------------


def same_parts(a: bytes, b: bytes) -> list[str]:
    """Return the names of parts that differ, are missing, added or elsewhere in the order; [] means alike."""
    before, after = _parts(a), _parts(b)
    common = [name for name in before if name in after], [name for name in after if name in before]
    moved = {name for name, other in zip(*common, strict=True) if name != other}
    return [name for name in before | after if before.get(name) != after.get(name) or name in moved]


def _parts(package: bytes) -> dict[str, list[bytes]]:
    """Every entry's bytes by name, in the order of the directory; a name may stand there twice."""
    found: dict[str, list[bytes]] = {}
    with zipfile.ZipFile(BytesIO(package)) as opened:
        for entry in opened.infolist():
            found.setdefault(entry.filename, []).append(opened.read(entry))
    return found
