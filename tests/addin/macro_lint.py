"""What Excel drops, refuses or asks about without a word at load, in the ribbon, the macros and the formulas.

CHECKS at the end is the table of contents; each check looks at the texts and yields one sentence for each thing it
minds. The ribbon's schema is the Open XML SDK's business; here stands what the schema does not say.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from inspect import Parameter, signature
from typing import Any, get_origin, get_type_hints
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import vbalidator

from tests.addin.modules import Module, check_code_page
from zaitaku_xl.addin.macro_text import check_version
from zaitaku_xl.errors import ZaitakuError

UI = "{http://schemas.microsoft.com/office/2009/07/customui}"
ATTRIBUTES = {"id", "size", "onAction", "imageMso", "keytip", "label", "screentip", "supertip"}
LONGEST = {"label": 16, "screentip": 30, "supertip": 90, "keytip": 1}  # what fits, not what Excel allows (1,024)
LINE_BYTES = 1023
# Icons people have seen in Excel. No validator knows these names; a wrong one leaves the button without a picture.
ICONS = """ClearFormats ControlProperties DataFormExcel ErrorChecking FileOpen FilePrint FileSaveAsPdfOrXps FindDialog Help
    ReviewNextComment ReviewPreviousComment ReviewShowAllComments ReviewShowOrHideComment TableInsertExcel"""
VBA_WORDS = """and any as boolean byref byte byval call case close const currency date dim do double each else elseif empty
    end enum eqv erase error event exit explicit false for friend function get global gosub goto if imp implements in
    input integer is len let lib like line load lock long longlong longptr loop lset me mid mod name new next not
    nothing null object on open option optional or paramarray preserve print private property public put raiseevent
    redim rem resume return rset seek select set single spc static step stop string sub tab then time to true type
    typeof unlock until variant wend while width with withevents write xor"""
WRAPPER_WORDS = "app application argsarray failed k range thisworkbook activeworkbook xlpy"
WORDS = {*VBA_WORDS.split(), *WRAPPER_WORDS.split()}
SAFE_HINTS = {Any, str, int, float, bool, date, datetime}
SAFE_ORIGINS = {list, tuple}
SUB = re.compile(r"^(?:Public |Private )?(?:Sub|Function) (\w+)\((.*?)\)", re.MULTILINE | re.IGNORECASE)
A_SUB = """\
Public Sub zaitaku_click_{0}(control As IRibbonControl)
    RunPython "from zaitaku_xl.entry import ribbon; ribbon.run('{0}')"
End Sub
"""
CALLED = """
Public Function RunPython(PythonCommand As String)
    RunPython = 0
End Function
Public Function XLPy() As Object
    Set XLPy = Nothing
End Function
"""  # what our modules call of xlwings
COUNTER = "Undefined identifier 'k'"  # the generated module declares no variables, and may


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything the checks look at."""

    ribbon: str
    subs: str
    start: str  # the parts of the line that starts Python
    wrapper: str
    generated: str  # the wrapper as it would be made now
    functions: Mapping[str, Callable[..., Any]]
    buttons: tuple[str, ...]  # the keys of the table in Python
    xlwings: str  # the text of its VBA module
    installed: str  # the release of the wheel


Check = Callable[[Texts], Iterator[str]]


def twice(values: Iterable[Hashable]) -> list[Hashable]:
    return [value for value, times in Counter(values).items() if times > 1]


# --- the ribbon ------------------------------------------------------------------------------------------------------


def elements(texts: Texts) -> list[Element]:
    try:
        return list(ElementTree.fromstring(texts.ribbon.encode()).iter())
    except ElementTree.ParseError:
        return []


def buttons(texts: Texts) -> list[Element]:
    return [found for found in elements(texts) if found.tag == UI + "button"]


def well_formed(texts: Texts) -> Iterator[str]:
    try:
        root = ElementTree.fromstring(texts.ribbon.encode())
    except ElementTree.ParseError as error:
        yield f"リボンはXMLとして読み取れません（{error}）"
        return
    for found in root.iter():
        if not found.tag.startswith(UI):
            yield f"{found.tag}はリボンの名前空間にありません"


def ids(texts: Texts) -> Iterator[str]:
    found = [element.get("id") for element in elements(texts) if element.get("id")]
    for name in twice(found):
        yield f"id「{name}」が二つあります"
    for name in found:
        if not re.fullmatch(r"[a-z][a-z_]*", name):
            yield f"id「{name}」は英小文字にします"
    for element in elements(texts):
        if element.tag in {UI + "tab", UI + "group", UI + "button"} and not element.get("id"):
            yield f"idのない{element.tag.removeprefix(UI)}があります"


def attributes(texts: Texts) -> Iterator[str]:
    """Only what we use: pictures of our own, labels by callback and two of a kind do not survive everywhere."""
    for button in buttons(texts):
        for name in sorted({*button.keys()} - ATTRIBUTES):
            yield f"{button.get('id')}: 属性{name}は使いません"


def words(texts: Texts) -> Iterator[str]:
    for button in buttons(texts):
        for name, longest in LONGEST.items():
            said = button.get(name, "")
            if not 0 < len(said) <= longest:
                yield f"{button.get('id')}: {name}は1文字以上{longest}文字以内にします"


def keytips(texts: Texts) -> Iterator[str]:
    tips = [button.get("keytip", "") for button in buttons(texts)]
    for tip in twice(tips):
        yield f"キーヒント「{tip}」が二つあります"
    for tip in tips:
        if tip and not re.fullmatch(r"[A-Z]", tip):
            yield f"キーヒント「{tip}」は英大文字にします"


def icons(texts: Texts) -> Iterator[str]:
    for button in buttons(texts):
        if button.get("imageMso") not in ICONS.split():
            yield f"{button.get('id')}: 絵「{button.get('imageMso')}」はExcelで見たことのない名前です"
    for icon in twice(button.get("imageMso") for button in buttons(texts)):
        yield f"絵「{icon}」のボタンが二つあります"


# --- button, Sub, function -------------------------------------------------------------------------------------------


def subs(texts: Texts) -> list[str]:
    return [name for name, _ in SUB.findall(texts.subs)]


def callbacks(texts: Texts) -> Iterator[str]:
    known = subs(texts)
    for button in buttons(texts):
        wanted, called = f"zaitaku_click_{button.get('id')}", button.get("onAction")
        if called != wanted:
            yield f"{button.get('id')}: onActionは{wanted}にします（{called}）"
        if called not in known:
            yield f"{button.get('id')}: Sub {called}がありません"


def subs_have_buttons(texts: Texts) -> Iterator[str]:
    called = {button.get("onAction") for button in buttons(texts)}
    for name in subs(texts):
        if name not in called:
            yield f"Sub {name}のボタンがありません"
    for name in twice(name.casefold() for name in subs(texts)):
        yield f"Sub {name}が二つあります"


def signatures(texts: Texts) -> Iterator[str]:
    for name, arguments in SUB.findall(texts.subs):
        if arguments != "control As IRibbonControl":
            yield f"Sub {name}の引数は control As IRibbonControl だけにします（{arguments}）"


def one_call_each(texts: Texts) -> Iterator[str]:
    """The whole module is the head, comments, and one Sub of one shape for each button."""
    rest = texts.subs
    for button in buttons(texts):
        rest = rest.replace(A_SUB.format(button.get("id")), "")
    head = {'Attribute VB_Name = "zaitaku_ribbon"', "Option Explicit"}
    for line in rest.splitlines():
        if line.strip() and not line.startswith("'") and line not in head:
            yield f"マクロにあるのはPythonの呼び出しだけにします: {line.strip()}"


def python_side(texts: Texts) -> Iterator[str]:
    shown = {button.get("id") for button in buttons(texts)}
    for name in sorted(shown - {*texts.buttons}):
        yield f"ボタン{name}の関数がありません"
    for name in sorted({*texts.buttons} - shown):
        yield f"関数{name}のボタンがありません"


# --- the macro text --------------------------------------------------------------------------------------------------


def ours(texts: Texts) -> dict[str, str]:
    return {"zaitaku_ribbon": texts.subs, "zaitaku_start": texts.start, "xlwings_udfs": texts.wrapper}


def code_page(texts: Texts) -> Iterator[str]:
    for name, text in ours(texts).items():
        try:
            check_code_page(Module(name, False, text))
        except ZaitakuError as error:
            yield str(error)


def line_lengths(texts: Texts) -> Iterator[str]:
    for name, text in ours(texts).items():
        for number, line in enumerate(text.splitlines(), 1):
            if len(line.encode("cp932", "replace")) > LINE_BYTES:
                yield f"{name}の{number}行目が{LINE_BYTES}バイトを超えています"


def known_words(texts: Texts) -> Iterator[str]:
    """VBAlidator knows Excel's type library: undeclared names, unknown members, unclosed blocks."""
    for name, text in ours(texts).items():
        for fault in vbalidator.precheck_source(text + CALLED, name=f"{name}.bas", host="excel").errors:
            if not fault["message"].startswith(COUNTER):
                yield f"{name}の{fault['line']}行目: {fault['message']}"


# --- the formulas ----------------------------------------------------------------------------------------------------


def function_names(texts: Texts) -> Iterator[str]:
    for name in twice(name.casefold() for name in [*texts.functions, *subs(texts)]):
        yield f"大文字と小文字だけが違う名前があります: {name}"
    for name in texts.functions:
        if not re.fullmatch(r"ZAITAKU_[A-Z]+", name):
            yield f"関数の名前{name}は ZAITAKU_ で始まる英大文字にします"


def argument_names(texts: Texts) -> Iterator[str]:
    for name, function in texts.functions.items():
        arguments = [argument.casefold() for argument in signature(function).parameters]
        for argument in arguments:
            if argument in WORDS or argument == name.casefold():
                yield f"{name}: 引数{argument}はVBAか関数の入口の言葉です"
        for argument in twice(arguments):
            yield f"{name}: 引数{argument}は大文字と小文字だけが違います"


def argument_kinds(texts: Texts) -> Iterator[str]:
    for name, function in texts.functions.items():
        for argument in signature(function).parameters.values():
            if argument.kind in (Parameter.KEYWORD_ONLY, Parameter.VAR_KEYWORD):
                yield f"{name}: 名前で渡す引数{argument.name}はExcelから渡せません"
        kinds = signature(function).parameters.values()
        if any(a.kind is Parameter.VAR_POSITIONAL for a in kinds) and any(a.default is not a.empty for a in kinds):
            yield f"{name}: 省ける引数と並べて続く引数を、xlwingsは一緒に扱えません"


def hints(texts: Texts) -> Iterator[str]:
    """``float | None``, Optional, time and Decimal fail when the formula is calculated, not before."""
    for name, function in texts.functions.items():
        for argument, hint in get_type_hints(function).items():
            if hint not in SAFE_HINTS and get_origin(hint) not in SAFE_ORIGINS:
                yield f"{name}: {argument}の型{hint}をxlwingsは変換できません"


def wrapper_is_fresh(texts: Texts) -> Iterator[str]:
    if texts.wrapper != texts.generated:
        yield "関数の入口が古いままです。python -m tests.addin.wrapper で作り直してください"


def one_release(texts: Texts) -> Iterator[str]:
    try:
        check_version(texts.installed)
    except ZaitakuError as error:
        yield str(error)
    numbers = set(
        re.findall(r"(?:Version: |xlwings(?:32|64)-|XLWINGS_VERSION As String = \")([\d.]+\d)", texts.xlwings)
    )
    if numbers != {texts.installed}:
        yield f"xlwingsのマクロの版{sorted(numbers)}とパッケージの版{texts.installed}が違います"


CHECKS: dict[str, Check] = {
    "ribbon.xml": well_formed,
    "ribbon.id": ids,
    "ribbon.attribute": attributes,
    "ribbon.words": words,
    "ribbon.keytip": keytips,
    "ribbon.icon": icons,
    "ribbon.callback": callbacks,
    "sub.button": subs_have_buttons,
    "sub.signature": signatures,
    "sub.one-call": one_call_each,
    "python.button": python_side,
    "macro.code-page": code_page,
    "macro.line": line_lengths,
    "macro.word": known_words,
    "function.name": function_names,
    "function.argument": argument_names,
    "function.kind": argument_kinds,
    "function.hint": hints,
    "function.wrapper": wrapper_is_fresh,
    "xlwings.release": one_release,
}


def faults(texts: Texts) -> list[str]:
    """Return what is wrong, each line led by the name of its check."""
    return [f"{name}: {fault}" for name, check in CHECKS.items() for fault in check(texts)]
