"""Where the rows of a sheet lie, so that nothing ever looks at them twice, and how high they are."""

from collections.abc import Iterator

import pytest

from tests.package import package_bases as bases
from zaitaku_xl.ooxml.edit import Edit
from zaitaku_xl.ooxml.nodes import NO_HOLE, Hole, Node, located
from zaitaku_xl.ooxml.opc import Package
from zaitaku_xl.ooxml.splices import Splice
from zaitaku_xl.ooxml.worksheet import moved, row_points, rows_hole


@pytest.mark.parametrize("name", bases.BASES)
def test_where_the_rows_lie_is_still_known_after_a_change_around_them(name: str) -> None:
    edit = Edit(Package.opened(bases.BASES[name]()))
    for sheet in edit.package.sheets:
        root = edit.skeleton(sheet.part)
        edit.splice(sheet.part, [Splice(root.inner, root.inner, b"<a/>"), Splice(root.tail, root.tail, b"<b></b>")])
        assert edit._hole(sheet.part) == rows_hole(edit.part(sheet.part))


@pytest.mark.parametrize(
    ("splice", "where"),
    [
        (Splice(0, 2, b"12345"), Hole(13, 23)),
        (Splice(25, 26, b""), Hole(10, 20)),
        (Splice(10, 10, b"x"), None),
        (Splice(12, 13, b""), None),
        (Splice(9, 21, b""), None),
        (Splice(0, 0, b"<!-- -->"), None),
    ],
)
def test_a_change_that_may_touch_the_rows_makes_them_be_looked_for_again(splice: Splice, where: Hole | None) -> None:
    assert moved(Hole(10, 20), [splice]) == where


@pytest.mark.parametrize("words", ["<!-- <sheetData> -->", "<?x <sheetData> ?>", "<![CDATA[<sheetData>]]>"])
@pytest.mark.parametrize("declared", ["", '<?xml version="1.0"?>', '\ufeff<?xml version="1.0"?>'])
def test_rows_are_not_looked_for_by_bytes_where_words_may_deceive(declared: str, words: str) -> None:
    sheet = f"{declared}<worksheet>%s<sheetData><row/></sheetData>%s</worksheet>"
    assert rows_hole((sheet % ("", "")).encode()) != NO_HOLE
    assert rows_hole((sheet % (words, "")).encode()) == rows_hole((sheet % ("", words)).encode()) == NO_HOLE


def test_rows_are_not_looked_for_by_bytes_where_a_second_list_of_rows_may_follow() -> None:
    once = b"<worksheet><cols/><sheetData><row/></sheetData><mergeCells/></worksheet>"
    assert rows_hole(once) == Hole(29, 35)
    for more in (b"<sheetData/>", b"<x:sheetData><row/></x:sheetData>", b"<a>sheetData</a>"):
        assert rows_hole(once.replace(b"<mergeCells/>", more)) == NO_HOLE
        assert rows_hole(once.replace(b"<cols/>", more)) == NO_HOLE


@pytest.mark.parametrize("name", bases.BASES)
def test_what_stands_around_the_rows_is_found_with_and_without_them(name: str) -> None:
    package = Package.opened(bases.BASES[name]())
    for sheet in package.sheets:
        data = package.part(sheet.part)
        fast, slow = Edit(package).skeleton(sheet.part), located(data, sheet.part, 7)
        assert list(_seen(fast)) == list(_seen(slow))


def _seen(node: Node) -> Iterator[tuple[object, ...]]:
    """What is known of a node and all in it, the rows left out."""
    for child in node.children if node.local != "sheetData" else ():
        yield from _seen(child)
    text = node.text if node.local != "sheetData" else ""
    yield node.name, node.attributes, node.start, node.inner, node.tail, node.end, node.empty, text


def test_a_row_has_the_height_it_says_however_it_is_written() -> None:
    rows = (
        '<row r="2" ht="20" customHeight="1"/><row r="3" ht="20" hidden="1"/><row/><row ht=\'7.5\' r = "9"></row>'
        '<row r="10"><c r="A10"><v>1</v></c></row>'
    )
    for prefix in ("", "x:"):
        data = (
            f"<worksheet><sheetData>{rows}</sheetData></worksheet>".replace("</", "\0")
            .replace("<", f"<{prefix}")
            .replace("\0", f"</{prefix}")
        )
        sheet = data.encode()
        assert row_points(sheet, located(sheet, "a", 2)) == {2: 20.0, 3: 0.0, 9: 7.5}
