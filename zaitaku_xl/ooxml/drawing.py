"""Charts on a sheet of ours: a drawing part that places them, and a part for each chart."""

from collections.abc import Iterator, Sequence

from zaitaku_xl.a1 import column_letters
from zaitaku_xl.made import Area, Chart, Series
from zaitaku_xl.ooxml.edit import XML, Edit
from zaitaku_xl.ooxml.nodes import cell_text
from zaitaku_xl.ooxml.styles import FONT
from zaitaku_xl.ooxml.workbook import quoted

_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
# (transitional, strict)
_MAIN = ("http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main")
_CHART = ("http://schemas.openxmlformats.org/drawingml/2006/chart", "http://purl.oclc.org/ooxml/drawingml/chart")
_ANCHOR = (
    "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
)
_COLOURS = ("0B5394", "C55A11", "548235", "7F6000", "7030A0", "404040")
_SYMBOLS = ("circle", "square", "triangle", "diamond", "x", "plus")  # told apart in print without colour
_CATEGORIES, _VALUES = 111, 222  # the two axes' ids


def draw(edit: Edit, sheet_part: str, sheet: str, charts: Sequence[Chart]) -> None:
    """Add the charts of a sheet that was just added; its one relation names the drawing."""
    part = edit.free_name("xl/drawings/drawing{}.xml")
    strict = int(edit.package.strict)
    edit.add(part, _drawing(charts, strict, edit.package.relation_space).encode(), _DRAWING_TYPE)
    edit.relate(sheet_part, "drawing", part)
    for chart in charts:
        name = edit.free_name("xl/charts/chart{}.xml")
        edit.add(name, _chart(chart, sheet, strict).encode(), _CHART_TYPE)
        edit.relate(part, "chart", name)


def _drawing(charts: Sequence[Chart], strict: int, relations: str) -> str:
    frames = "".join(_frame(chart, number, strict) for number, chart in enumerate(charts, 1))
    return f'{XML}<xdr:wsDr xmlns:xdr="{_ANCHOR[strict]}" xmlns:a="{_MAIN[strict]}" xmlns:r="{relations}">{frames}</xdr:wsDr>'


def _frame(chart: Chart, number: int, strict: int) -> str:
    area = chart.area
    corners = _corner("from", area.first_row - 1, area.first_column - 1) + _corner(
        "to", area.last_row, area.last_column
    )
    return (
        f"<xdr:twoCellAnchor>{corners}"
        f'<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="{number + 1}" name="Chart {number}"/>'
        "<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>"
        '<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>'
        f'<a:graphic><a:graphicData uri="{_CHART[strict]}"><c:chart xmlns:c="{_CHART[strict]}" r:id="rId{number}"/>'
        "</a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>"
    )


def _corner(word: str, row: int, column: int) -> str:
    return (
        f"<xdr:{word}><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:{word}>"
    )


def _chart(chart: Chart, sheet: str, strict: int) -> str:
    lines = "".join(_series(chart, series, number, sheet) for number, series in enumerate(chart.series))
    return (
        f'{XML}<c:chartSpace xmlns:c="{_CHART[strict]}" xmlns:a="{_MAIN[strict]}"><c:roundedCorners val="0"/><c:chart>'
        f'<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1100" b="1"/></a:pPr><a:r><a:rPr lang="ja-JP"'
        f' sz="1100" b="1">{_font()}</a:rPr><a:t>{cell_text(chart.title)}</a:t></a:r></a:p></c:rich></c:tx>'
        '<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>'
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{lines}<c:marker val="1"/>'
        f'<c:axId val="{_CATEGORIES}"/><c:axId val="{_VALUES}"/></c:lineChart>{"".join(_axes(chart))}</c:plotArea>'
        '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend><c:plotVisOnly val="1"/>'
        f'<c:dispBlanksAs val="gap"/></c:chart><c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900">{_font()}</a:defRPr>'
        '</a:pPr><a:endParaRPr lang="ja-JP"/></a:p></c:txPr></c:chartSpace>'
    )


def _font() -> str:
    return f'<a:latin typeface="{FONT}"/><a:ea typeface="{FONT}"/>'


def _series(chart: Chart, series: Series, number: int, sheet: str) -> str:
    colour, symbol = _COLOURS[number % len(_COLOURS)], _SYMBOLS[number % len(_SYMBOLS)]
    fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        f"{_name(sheet, series)}"
        f'<c:spPr><a:ln w="22225">{fill}</a:ln></c:spPr>'
        f'<c:marker><c:symbol val="{symbol}"/><c:size val="6"/><c:spPr>{fill}</c:spPr></c:marker>'
        f"<c:cat><c:strRef><c:f>{_reference(sheet, chart.categories)}</c:f></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{_reference(sheet, series.values)}</c:f></c:numRef></c:val>"
        '<c:smooth val="0"/></c:ser>'
    )


def _name(sheet: str, series: Series) -> str:
    if series.name is None:
        return ""
    return f"<c:tx><c:strRef><c:f>{_reference(sheet, series.name)}</c:f></c:strRef></c:tx>"


def _axes(chart: Chart) -> Iterator[str]:
    low = "" if chart.low is None else f'<c:min val="{chart.low:g}"/>'
    high = "" if chart.high is None else f'<c:max val="{chart.high:g}"/>'
    way = "maxMin" if chart.downwards else "minMax"
    yield (
        f'<c:catAx><c:axId val="{_CATEGORIES}"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        f'<c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'<c:crossAx val="{_VALUES}"/><c:crosses val="autoZero"/></c:catAx>'
    )
    yield (
        f'<c:valAx><c:axId val="{_VALUES}"/><c:scaling><c:orientation val="{way}"/>{high}{low}</c:scaling>'
        '<c:delete val="0"/><c:axPos val="l"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill>'
        '<a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="out"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/><c:crossAx val="{_CATEGORIES}"/><c:crosses val="{"max" if chart.downwards else "autoZero"}"/>'
        f'<c:majorUnit val="{chart.step:g}"/></c:valAx>'
    )


def _reference(sheet: str, area: Area) -> str:
    corners = ((area.first_row, area.first_column), (area.last_row, area.last_column))
    cells = [f"${column_letters(column)}${row}" for row, column in dict.fromkeys(corners)]
    return cell_text(f"{quoted(sheet)}!{':'.join(cells)}")
