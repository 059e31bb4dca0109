"""Workbooks for the readers: hand-written cells in a book with strings and styles, and everything other folders make."""

from collections.abc import Callable, Iterator

from tests.hostile import build
from tests.package import package_bases as bases

STRINGS = (
    f'<sst xmlns="{bases.MAIN}" count="5" uniqueCount="5"><si><t>あ</t></si><si><r><t>必ず</t></r><r><rPr><b/></rPr>'
    '<t>2回</t></r></si><si><t>山田</t><rPh sb="0" eb="2"><t>ヤマダ</t></rPh><phoneticPr fontId="1"/></si><si><t/></si>'
    "<si><t>_x0041_&amp;</t></si></sst>"
)
PLAIN_STRINGS = f'<sst xmlns="{bases.MAIN}"><si><t>あ</t></si><si><t xml:space="preserve"> い </t></si><si><t>_x0041_&amp;</t></si></sst>'
STYLES = (
    f'<styleSheet xmlns="{bases.MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="[$-411]ggge&quot;年&quot;m&quot;月&quot;"/>'
    '<numFmt numFmtId="165" formatCode="[Red]0"/><numFmt numFmtId="166" formatCode="[h]:mm"/></numFmts><cellXfs>'
    + "".join(f'<xf numFmtId="{n}"/>' for n in (0, 14, 57, 164, 165, 166))
    + "</cellXfs></styleSheet>"
)


def book(rows: str, *, strings: str = STRINGS, before: str = "", after: str = "", workbook: str = "") -> bytes:
    """Return a workbook with these rows in its sheet 日報."""
    lines = (
        f'<Relationship Id="rId1" Type="{bases.RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{bases.RELATIONS}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId3" Type="{bases.RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    )
    parts = bases.unzipped(bases.by_hand(bases.worksheet(rows, before, after), before=workbook))
    parts["xl/_rels/workbook.xml.rels"] = build.relations(lines).encode()
    parts["xl/sharedStrings.xml"], parts["xl/styles.xml"] = strings.encode(), STYLES.encode()
    return bases.zipped(parts.items())


def everything() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield every workbook the tests can make, by name; some are refused, and both readers must say so."""
    yield from bases.BASES.items()
    yield from build.HARMLESS.items()
    for name, (make, _) in build.REFUSED_LATER.items():
        yield name, make
    for name, (make, _) in build.REFUSED.items():
        if "60,000" not in name and "bomb" not in name and "limit" not in name:
            yield name, make
