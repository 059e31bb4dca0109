"""What makes a package unsound is seen, one fault at a time, and what was wrong before is not counted."""

import re

import pytest

from tests.attack.believing import packed, parts_of
from tests.soundness import RELS, faults, unsound
from tests.workbooks import workbook

SOUND = parts_of(workbook({"日報": [{"日付": "2026-01-06", "提供区分": "在宅"}]}))
TYPES, WORKBOOK, STYLES, SHEET = "[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet4.xml"
WORKBOOK_RELS = "xl/_rels/workbook.xml.rels"
FAULTS = {
    "rels untyped": (TYPES, r'<Default Extension="rels"[^>]*/>', ""),
    "rels of another type": (TYPES, re.escape(RELS), "application/xml"),
    "a type twice": (TYPES, r"(<Override [^>]*/>)", r"\1\1"),
    "a type of nothing": (TYPES, "(?=</Types>)", '<Override PartName="/xl/x.xml" ContentType="a/b"/>'),
    "a sheet of another type": (TYPES, r"worksheet\+xml", "chartsheet+xml"),
    "a dangling relation": (WORKBOOK_RELS, "sheet4.xml", "sheet44.xml"),
    "an id twice": (WORKBOOK_RELS, 'Id="rId2"', 'Id="rId1"'),
    "styles twice": (
        WORKBOOK_RELS,
        r'(<Relationship [^>]*styles.xml"[^>]*)Id="rId\d+"([^>]*/>)',
        r'\g<0>\1Id="rId99"\2',
    ),
    "dxfs before fonts": (STYLES, r"(<fonts.*</fonts>)(.*)", r'<dxfs count="0"/>\1\2'),
    "a wrong count": (STYLES, r'<cellXfs count="\d+"', '<cellXfs count="77"'),
    "sheetId beyond its limit": (WORKBOOK, 'sheetId="4"', 'sheetId="65535"'),
    "sheetId twice": (WORKBOOK, 'sheetId="4"', 'sheetId="3"'),
    "a name too long": (WORKBOOK, 'name="日報"', f'name="{"日" * 32}"'),
    "a drawing twice": (SHEET, "(?=</worksheet>)", "<legacyDrawing/><legacyDrawing/>"),
    "a format that is not there": (SHEET, '<c r="A3"', '<c r="A3" s="999"'),
}


def broken(part: str, old: str, new: str) -> bytes:
    text = SOUND[part].decode()
    changed = re.sub(old, new, text, count=1, flags=re.DOTALL)
    assert changed != text
    return packed({**SOUND, part: changed.encode()})


def test_a_sound_package_has_no_fault():
    assert faults(packed(SOUND)) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_seen_and_is_not_new_where_it_was_before(fault):
    data = broken(*FAULTS[fault])
    assert unsound(packed(SOUND), data)
    assert unsound(data, data) == []


def test_a_part_that_nothing_leads_to_is_seen():
    data = packed({**SOUND, "xl/media/image9.xml": b"<a/>"})
    assert "nothing leads to xl/media/image9.xml" in unsound(packed(SOUND), data)
