"""Ribbon, macros and formulas hang together, and each check catches an error planted in them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from tests.addin.macro_lint import CHECKS, Texts, faults
from tests.addin.modules import xlwings_module
from tests.addin.wrapper import wrapper_text
from zaitaku_xl.addin.macro_text import Home, installed_xlwings, ours_text
from zaitaku_xl.entry import ribbon, udfs
from zaitaku_xl.resources import shipped

Function = Callable[..., Any]


@pytest.fixture(scope="module")
def good() -> Texts:
    return Texts(
        ribbon=shipped("macros", "ribbon.xml").read_text(encoding="utf-8"),
        subs=ours_text("zaitaku_ribbon"),
        start=ours_text("zaitaku_start"),
        wrapper=ours_text("xlwings_udfs"),
        generated=wrapper_text(),
        functions={name: found for name, found in vars(udfs).items() if name.startswith("ZAITAKU_")},
        buttons=tuple(ribbon.BUTTONS),
        xlwings=xlwings_module(Home.WORKBOOK).text,
        installed=installed_xlwings() or "",
    )


def test_the_formulas_of_the_contract_are_all_there(good):
    """``ZAITAKU_DUE`` comes later; the name is taken."""
    named = "BILLABLE FINDINGS RULE VERDICTS WAREKI WHY"
    assert sorted(good.functions) == [f"ZAITAKU_{name}" for name in named.split()]


def test_ribbon_macros_and_formulas_hang_together(good):
    assert faults(good) == []


# ---- planted errors: the check that must speak, where, what stands there, what we put in its place

WHY = """ribbon.run('why')\""""
PLANTED = [
    ("ribbon.xml", "ribbon", "</customUI>", ""),
    ("ribbon.xml", "ribbon", "2009/07/customui", "2010/07/customui"),
    ("ribbon.id", "ribbon", 'id="next_finding"', 'id="why"'),
    ("ribbon.id", "ribbon", 'id="zaitaku_help"', 'id="zaitaku_tab"'),
    ("ribbon.id", "ribbon", 'id="zaitaku_help"', 'id="助け"'),
    ("ribbon.id", "ribbon", 'id="zaitaku_help"', ""),
    ("ribbon.attribute", "ribbon", 'label="理由を見る"', 'label="理由を見る" getLabel="zaitaku_label"'),
    ("ribbon.attribute", "ribbon", 'imageMso="Help"', 'imageMso="Help" image="icon"'),
    ("ribbon.words", "ribbon", 'supertip="点検から提出までの手順を示します。"', ""),
    ("ribbon.words", "ribbon", 'screentip="色の意味と手順"', 'screentip=""'),
    ("ribbon.words", "ribbon", 'label="理由を見る"', f'label="{"な" * 17}"'),
    ("ribbon.words", "ribbon", 'keytip="W"', ""),
    ("ribbon.words", "ribbon", 'keytip="W"', 'keytip="WHY"'),
    ("ribbon.keytip", "ribbon", 'keytip="W"', 'keytip="C"'),
    ("ribbon.keytip", "ribbon", 'keytip="W"', 'keytip="わ"'),
    ("ribbon.icon", "ribbon", 'imageMso="Help"', 'imageMso="Halp"'),
    ("ribbon.icon", "ribbon", 'imageMso="Help"', ""),
    ("ribbon.icon", "ribbon", 'imageMso="Help"', 'imageMso="FindDialog"'),
    ("ribbon.callback", "ribbon", 'onAction="zaitaku_click_why"', 'onAction="zaitaku_click_guide"'),
    ("ribbon.callback", "ribbon", 'onAction="zaitaku_click_why"', ""),
    ("ribbon.callback", "subs", "Public Sub zaitaku_click_why(", "Public Sub zaitaku_click_wye("),
    ("sub.button", "subs", "Public Sub zaitaku_click_why(", "Public Sub zaitaku_click_wye("),
    ("sub.button", "subs", "Public Sub zaitaku_click_why(", "Public Sub zaitaku_click_Guide("),
    (
        "sub.signature",
        "subs",
        "zaitaku_click_why(control As IRibbonControl)",
        "zaitaku_click_why(ByVal control As Object)",
    ),
    ("sub.signature", "subs", "zaitaku_click_why(control As IRibbonControl)", "zaitaku_click_why()"),
    ("sub.one-call", "subs", WHY, WHY + "\n    MsgBox 1"),
    ("sub.one-call", "subs", WHY, "ribbon.run('guide')\""),
    ("sub.one-call", "subs", "Public Sub zaitaku_click_why(", "Private Sub zaitaku_click_why("),
    ("sub.one-call", "subs", "End Sub\n\n' なぜ", "' なぜ"),
    ("python.button", "ribbon", '<button id="why"', '<button id="reason"'),
    ("macro.code-page", "subs", "' なぜ?", "' なぜ\N{WAVE DASH}"),
    ("macro.code-page", "start", "' 置き場所", "' 置き場所\N{WAVE DASH}"),
    ("macro.word", "start", "AscW(", "AskW("),
    ("macro.code-page", "wrapper", "' 関数", "' \N{CJK UNIFIED IDEOGRAPH-20BB7}関数"),
    ("macro.line", "subs", "' なぜ?", "' " + "な" * 511),
    ("macro.word", "subs", WHY, WHY + " & control.Idd"),
    ("macro.word", "subs", 'RunPython "from zaitaku_xl.entry import ribbon; ' + WHY, "RunPyton 1"),
    ("macro.word", "subs", 'RunPython "from zaitaku_xl.entry import ribbon; ' + WHY, "answer = 1"),
    ("macro.word", "subs", 'RunPython "from zaitaku_xl.entry import ribbon; ' + WHY, "If True Then"),
    ("function.wrapper", "wrapper", "' 関数", "' 旧い関数"),
    ("xlwings.release", "installed", "0.37.8", "0.37.9"),
    ("xlwings.release", "xlwings", "xlwings64-0.37.8.dll", "xlwings64-0.37.7.dll"),
    ("xlwings.release", "xlwings", "'Version: 0.37.8", "'Version: 0.37.7"),
]


@pytest.mark.parametrize("planted", PLANTED, ids=[f"{row[0]} {place}" for place, row in enumerate(PLANTED)])
def test_a_planted_error_is_caught_by_its_check(good, planted):
    check, where, old, new = planted
    text = getattr(good, where)
    assert old in text
    bad = replace(good, **{where: text.replace(old, new)})
    assert check in {fault.partition(":")[0] for fault in faults(bad)}


@pytest.mark.parametrize("buttons", [("why", "print_pdf"), ("why",), ()])
def test_a_button_too_many_or_too_few_in_python_is_caught(good, buttons):
    only = [good.buttons[0], *buttons]
    assert any(fault.startswith("python.button") for fault in faults(replace(good, buttons=tuple(only))))


# ---- formulas that Excel or xlwings would choke on


def good_one(client_name: Any, on_day: date, *tables: list[list[Any]]) -> str:
    return ""


def an_end(start_day: Any, end: Any) -> str:
    return ""


def a_type(type: Any) -> str:
    return ""


def its_own_name(zaitaku_odd: Any) -> str:
    return ""


def two_cases(rows: Any, Rows: Any) -> str:  # noqa: N803
    return ""


def a_loop_counter(k: Any, *tables: Any) -> str:
    return ""


def by_name_only(rows: Any, *, day: Any) -> str:
    return ""


def optional_and_more(day: Any = None, *tables: Any) -> str:
    return ""


def may_be_nothing(hours: float | None) -> str:
    return ""


def a_time(at_time: time) -> str:
    return ""


def gives_a_decimal(hours: float) -> Decimal:
    return Decimal()


@dataclass(frozen=True, slots=True)
class Odd:
    check: str
    function: Function
    name: str = "ZAITAKU_ODD"


ODD = [
    Odd("function.argument", an_end),
    Odd("function.argument", a_type),
    Odd("function.argument", its_own_name),
    Odd("function.argument", two_cases),
    Odd("function.argument", a_loop_counter),
    Odd("function.kind", by_name_only),
    Odd("function.kind", optional_and_more),
    Odd("function.hint", may_be_nothing),
    Odd("function.hint", a_time),
    Odd("function.hint", gives_a_decimal),
    Odd("function.name", good_one, "ZAITAKU_Why"),
    Odd("function.name", good_one, "BILLABLE"),
    Odd("function.name", good_one, "ZAITAKU_CLICK_WHY"),
]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: f"{odd.check} {odd.function.__name__}")
def test_a_formula_that_would_not_work_is_caught(good, odd):
    bad = replace(good, functions={**good.functions, odd.name: odd.function})
    assert odd.check in {fault.partition(":")[0] for fault in faults(bad)}


def test_every_check_has_a_planted_error():
    assert {row[0] for row in PLANTED} | {odd.check for odd in ODD} == set(CHECKS)
