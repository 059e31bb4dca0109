"""A sheet with all that forms need - lines, number formats, page set-up, breaks, charts, a key - in every kind of workbook."""

import io
import warnings
from pathlib import Path

import openpyxl
import pytest

from tests.package import package_bases as bases
from tests.tools import libreoffice, lint, pictures_of, same_parts, validate
from zaitaku_xl.errors import Unreadable
from zaitaku_xl.hosts.marking import alone, cleared, marked, sheets_of_ours
from zaitaku_xl.made import Area, Chart, Edges, MadeCell, MadeSheet, Page, Series, Style
from zaitaku_xl.plan import Plan

TOTAL = Style(
    edges=Edges(left="thin", right="medium", top="double", bottom="hair"),
    shows='0"回"',
    align="center",
    vertical="center",
    bold=True,
)
DIGITS = Style(shows="@", shrink=True, indent=1, vertical="bottom", edges=Edges(bottom="thin"))
UPRIGHT = Style(upright=True, wrap=True)
CHART = Chart(
    title="移り変わり",
    categories=Area(2, 2, 2, 3),
    series=(Series(Area(3, 1, 3, 1), Area(3, 2, 3, 3)),),
    area=Area(6, 1, 20, 3),
    low=1,
    high=5,
    downwards=True,
)
KEY = ("checklist", "髙﨑 𠮷乃", "2026-01", "理由 <&>")
SHEET = MadeSheet(
    name="経過表",
    rows=(
        (MadeCell("【在宅点検】経過表"), None, None),
        (MadeCell("評価日"), MadeCell("4月"), MadeCell("5月")),
        (MadeCell("起床", UPRIGHT), MadeCell(3, TOTAL), MadeCell(2, TOTAL)),
        (MadeCell("0012345678", DIGITS), MadeCell("=1+1"), MadeCell(1.5, Style(shows="0.00"))),
    ),
    widths=(12, 9, 9),
    heights={3: 40.0},
    merges=(Area(1, 1, 1, 3),),
    page=Page(
        tall=1,
        centred=True,
        above="&L上 && 下&R&P",
        below="&C&P / &N",
        repeated=(1, 2),
        breaks=(3,),
        first=4,
        left=0.25,
    ),
    charts=(CHART, CHART),
    key=KEY,
)


def written(data: bytes, folder: Path, name: str = "book.xlsx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


VALIDATED = ("xlsxwriter", "openpyxl", "strict", "x: prefixes", "no styles")  # the SDK is slow; these differ most
OPEN_TO_SHEETS = [name for name in bases.BASES if name != "locked structure"]


@pytest.mark.parametrize("name", OPEN_TO_SHEETS)
def test_it_is_as_valid_as_before_and_goes_without_a_trace(name: str, tmp_path: Path) -> None:
    before = bases.BASES[name]()
    after = marked(before, Plan.of_marks([], [SHEET])).data
    was, now = written(before, tmp_path, "before.xlsx"), written(after, tmp_path, "after.xlsx")
    assert lint(now) == lint(was)
    if name in VALIDATED:
        assert validate(now) == validate(was)
    assert [(ours.name, ours.key, ours.as_made) for ours in sheets_of_ours(after)] == [("経過表", KEY, True)]
    assert same_parts(before, cleared(after).data) == []


def test_another_reader_sees_every_look(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(alone([SHEET]), tmp_path))["経過表"]
    edges = sheet["B3"].border
    assert [getattr(edges, side).style for side in ("left", "right", "top", "bottom")] == [
        "thin",
        "medium",
        "double",
        "hair",
    ]
    assert (sheet["B3"].number_format, sheet["A4"].number_format, sheet["C4"].number_format) == ('0"回"', "@", "0.00")
    assert (sheet["A3"].alignment.textRotation, sheet["A4"].alignment.shrink_to_fit) == (255, True)
    assert (sheet["A4"].alignment.indent, sheet["A4"].alignment.vertical) == (1, "bottom")
    assert sheet.row_dimensions[3].height == 40
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight, sheet.page_setup.firstPageNumber) == (
        "portrait",
        1,
        4,
    )
    assert (sheet.page_margins.left, sheet.print_options.horizontalCentered) == (0.25, True)
    assert (sheet.print_area, sheet.print_title_rows) == ("'経過表'!$A$1:$C$4", "$1:$2")
    assert [brk.id for brk in sheet.row_breaks.brk] == [3]
    assert sheet.oddHeader.left.text == "上 && 下"
    assert [chart.title.tx.rich.p[0].r[0].t for chart in sheet._charts] == ["移り変わり"] * 2
    assert sheet["B4"].data_type == "s"


def test_what_stands_below_the_print_area_is_not_printed(tmp_path: Path) -> None:
    assert len(pictures_of(written(alone([SHEET]), tmp_path), 30)) == 1


@pytest.mark.parametrize("name", ["xlsxwriter", "openpyxl"])
def test_saved_by_libreoffice_it_is_known_again_and_its_charts_go_with_it(name: str, tmp_path: Path) -> None:
    base = bases.BASES[name]()
    saved = libreoffice(
        written(marked(base, Plan.of_marks([], [SHEET])).data, tmp_path), "xlsx", tmp_path / "saved"
    ).read_bytes()
    assert [(ours.key, ours.as_made) for ours in sheets_of_ours(saved)] == [(KEY, True)]
    result = cleared(saved)
    assert result.kept == ()
    left = bases.unzipped(result.data)
    assert not [part for part, data in left.items() if "経過表".encode() in data and "sharedStrings" not in part]
    charts = [
        part
        for part in bases.unzipped(saved)
        if part.startswith("xl/charts/") and "経過表".encode() in bases.unzipped(saved)[part]
    ]
    assert charts
    assert not [part for part in charts if part in left]
    assert lint(written(result.data, tmp_path, "cleared.xlsx")) == []


@pytest.mark.parametrize(
    "edit", [lambda s: s.__setitem__("B3", 4), lambda s: s.__setitem__("E9", "手書き"), lambda s: s.delete_rows(3)]
)
def test_edited_it_stays_unless_it_is_named(edit, tmp_path: Path) -> None:
    data = marked(bases.BASES["openpyxl"](), Plan.of_marks([], [SHEET])).data
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data))
    edit(book["経過表"])
    out = io.BytesIO()
    book.save(out)
    assert cleared(out.getvalue()).kept == ("経過表",)
    assert cleared(out.getvalue(), also=["経過表"]).kept == ()


def test_a_workbook_of_nothing_but_forms_is_not_cleared_away() -> None:
    with pytest.raises(Unreadable, match="様式だけのブック"):
        cleared(alone([SHEET]))
