"""A button is one line of XML, one Sub and one function with its line in the table."""

from pathlib import Path

from tests.trials.checkout import Checkout, sample

HEADING = "ボタンを足す"
RIBBON, MACRO = "macros/ribbon.xml", "macros/zaitaku_ribbon.bas"
TABLE, JOB = "zaitaku_xl/entry/ribbon.py", "zaitaku_xl/jobs/live.py"
# The texts hang together; each Sub, run by an interpreter, makes its one call; every button is clicked in LibreOffice.
TEXTS = (
    "tests/addin/test_macro_lint.py::test_ribbon_macros_and_formulas_hang_together",
    "tests/addin/test_callbacks.py",
)
SHIPPED = "tests/addin/test_projects.py"
CLICKED = "tests/test_macros.py::test_every_button_clicked_in_the_built_workbook_does_what_the_command_line_says"


def with_button(folder: Path, *left_out: str) -> Checkout:
    copy = Checkout(folder)
    if RIBBON not in left_out:
        copy.insert(RIBBON, '<button id="guide"', sample(HEADING, RIBBON))
    if MACRO not in left_out:
        copy.append(MACRO, sample(HEADING, MACRO))
    copy.insert(TABLE, '"guide":', sample(HEADING, TABLE))
    copy.append(JOB, sample(HEADING, JOB))
    return copy


def test_a_button_is_a_line_a_sub_and_a_function(tmp_path: Path) -> None:
    copy = with_button(tmp_path)
    copy.run("tests.addin.projects")  # what is shipped of the macros is made from their text
    copy.test(SHIPPED, *TEXTS, "tests/test_ribbon.py", CLICKED)
    assert copy.touched == {RIBBON, MACRO, TABLE, JOB}


def test_a_button_without_its_sub_is_noticed(tmp_path: Path) -> None:
    copy = with_button(tmp_path, MACRO)
    assert len(copy.failures(*TEXTS)) >= 2
