"""xlwings' own generator, which runs on Windows only, makes the module of the formulas here as well."""

from tests.addin.macro_lint import SUB
from tests.addin.wrapper import HEAD, wrapper_text

STAND_IN = "tests.addin.standin"


def test_each_formula_becomes_a_function_that_calls_python():
    text = wrapper_text(STAND_IN)
    assert text.startswith(HEAD)
    assert SUB.findall(text) == [
        ("ZAITAKU_BILLABLE", "client_name, on_day, ParamArray tables("),
        ("ZAITAKU_WAREKI", "Optional on_day"),
    ]
    assert (
        'XLPy.CallUDF("tests.addin.standin", "ZAITAKU_WAREKI", Array(on_day), ThisWorkbook, Application.Caller)' in text
    )


def test_in_an_addin_the_formulas_are_about_the_workbook_in_front():
    """macro_text makes the add-in's module by this one word; the generator would do no other."""
    own, addin = wrapper_text(STAND_IN), wrapper_text(STAND_IN, "zaitaku.xlam")
    assert own != addin
    assert own.replace("ThisWorkbook", "ActiveWorkbook") == addin
