"""A macro project with another list of sheets: what we write is what pyOpenVBA would write, and others read it."""

import io
import warnings

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyopenvba import ExcelFile

from tests.addin import projects
from tests.addin.modules import modules
from zaitaku_xl.addin import compound
from zaitaku_xl.addin.building import with_macros
from zaitaku_xl.addin.macro_text import Home
from zaitaku_xl.addin.vba_project import vba_project
from zaitaku_xl.addin.vba_text import compress, decompress
from zaitaku_xl.errors import ZaitakuError
from zaitaku_xl.hosts.marking.macros import Document

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # olevba uses old names of pyparsing
    from oletools.olevba import decompress_stream

BOOK = Document("ThisWorkbook", "Workbook")
LISTS = {
    "one sheet": [BOOK, Document("Sheet1", "Sheet")],
    "a chart": [BOOK, Document("Sheet2", "Sheet"), Document("Sheet2_1", "Sheet"), Document("Chart3", "Chart")],
    "a chart named as a sheet of the template": [BOOK, Document("Sheet1", "Chart")],
    "another book": [Document("Book", "Workbook"), Document("ThisWorkbook", "Sheet")],
    "many": [BOOK, *(Document(f"Sheet{number}", "Sheet") for number in range(1, 256))],
}
JAPANESE = [Document("このブック", "Workbook"), Document("日報シート", "Sheet"), Document("表ソ能", "Chart")]


def read_by_others(project: bytes) -> dict[str, bytes]:
    file = olefile.OleFileIO(io.BytesIO(project), raise_defects=olefile.DEFECT_POTENTIAL)
    assert file.parsing_issues == []
    return {"/".join(path): file.openstream(path).read() for path in file.listdir()}


def documents_in(project: bytes) -> list[str]:
    lines = read_by_others(project)["PROJECT"].decode("cp932").splitlines()
    return [line.removeprefix("Document=").partition("/")[0] for line in lines if line.startswith("Document=")]


@pytest.mark.parametrize("listed", LISTS)
@pytest.mark.parametrize("home", Home)
def test_the_list_of_modules_is_that_of_the_other_writer(home, listed):
    documents = LISTS[listed]
    ours = read_by_others(vba_project(documents, home))
    theirs = read_by_others(projects.vba_project(documents, modules(home)))
    assert ours.keys() == theirs.keys()
    assert decompress(ours["VBA/dir"]) == decompress(theirs["VBA/dir"])
    assert documents_in(vba_project(documents, home)) == [document.name for document in documents]
    for module in modules(home):
        assert ours[f"VBA/{module.name}"] == theirs[f"VBA/{module.name}"]


def test_a_new_sheet_has_the_text_that_excel_gives_one():
    documents = LISTS["a chart"]
    ours = read_by_others(vba_project(documents, Home.WORKBOOK))
    theirs = read_by_others(projects.vba_project(documents, modules(Home.WORKBOOK)))
    for name in ("VBA/Sheet2_1", "VBA/Chart3"):
        assert decompress(ours[name]) == bytes(decompress_stream(bytearray(theirs[name])))


def test_names_in_japanese_stand_in_every_list():
    """pyOpenVBA would write question marks here, in the text of the project."""
    project = vba_project(JAPANESE, Home.WORKBOOK)
    assert documents_in(project) == [document.name for document in JAPANESE]
    streams = read_by_others(project)
    assert "日報シート=0, 0, 0, 0, C".encode("cp932") in streams["PROJECT"]
    assert "日報シート".encode("cp932") + b"\0" + "日報シート".encode("utf-16-le") in streams["PROJECTwm"]
    assert "日報シート".encode("utf-16-le") in decompress(streams["VBA/dir"])


@pytest.mark.parametrize("listed", LISTS)
def test_the_same_list_makes_the_same_bytes(listed):
    assert vba_project(LISTS[listed], Home.WORKBOOK) == vba_project(LISTS[listed], Home.WORKBOOK)


def test_another_reader_finds_nothing_wrong_with_an_attached_workbook(demo_file, tmp_path):
    path = tmp_path / "tab.xlsm"
    path.write_bytes(with_macros(demo_file.read_bytes()))
    with ExcelFile(path) as file:
        assert file.validate() == []


# ---- the container


SIZES = st.sampled_from([0, 1, 63, 64, 65, 4095, 4096, 4097, 20_000])
NAMES = st.text("abcABC日_", min_size=1, max_size=12)
STREAMS = st.dictionaries(
    st.one_of(NAMES, st.builds("VBA/{}".format, NAMES)), SIZES.map(lambda size: bytes(range(1, 251)) * (size // 250 + 1)),
    min_size=1, max_size=20,
)  # fmt: skip


def told_apart(streams: dict[str, bytes]) -> bool:
    """Names that differ by their case alone are one name there."""
    return len({name.upper() for name in streams} | {"VBA"}) == len(streams) + 1


@given(STREAMS.filter(told_apart))
def test_what_is_put_into_a_container_comes_out_of_it_for_us_and_for_others(streams):
    data = compound.compound_file(streams)
    assert compound.streams(data) == streams
    assert read_by_others(data) == streams


def test_a_large_container_has_its_table_in_several_sectors():
    streams = {f"VBA/{number}": bytes([number]) * 60_000 for number in range(60)}
    assert read_by_others(compound.compound_file(streams)) == streams


def test_what_is_no_container_is_refused():
    with pytest.raises(ZaitakuError, match="入れ直してください"):
        compound.streams(b"PK\x03\x04")


# ---- the text in it


@given(st.lists(st.sampled_from(["Sub a()\r\n", "End Sub\r\n", "日報", "x", "aaaaaaaa", "\0"]), max_size=3000))
def test_packed_text_comes_back_for_us_and_for_others(pieces):
    text = "".join(pieces).encode("cp932")
    assert decompress(compress(text)) == text
    if text:
        assert bytes(decompress_stream(bytearray(compress(text)))) == text


def test_the_text_of_every_module_we_ship_comes_back():
    for module in modules(Home.ADDIN):
        text = module.text.encode("cp932")
        assert bytes(decompress_stream(bytearray(compress(text)))) == text
