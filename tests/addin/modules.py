"""The macro project as text: our modules from ``macros/``, and those of the pinned xlwings with the changes we name."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from zaitaku_xl.addin.macro_text import Home, ours_text, pinned_text, with_change
from zaitaku_xl.errors import ZaitakuError

CODE_PAGE = 932
OURS = ("zaitaku_ribbon", "zaitaku_start", "xlwings_udfs")
ADAPTED = Path(__file__).with_name("adapted.toml")
_RUN_PYTHON = re.compile(r"""RunPython "from zaitaku_xl\.entry import ribbon; ribbon\.run\('(\w+)'\)\"""")
_RUN_FROZEN = r'RunFrozenPython GetConfig("ZAITAKU_EXE"), "\1"'


@dataclass(frozen=True, slots=True)
class Module:
    """One module of the project; its text as git has it: lines end in LF, the attributes come first."""

    name: str
    is_class: bool
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """Lines of xlwings' module and what we put in their place."""

    why: str
    old: str
    new: str
    times: int = 1
    only: str = ""  # the workbook the module must be about


def modules(home: Home, *, frozen: bool = False) -> tuple[Module, ...]:
    """Return every module of the project; *frozen* calls ``zaitaku.exe`` where there is no Python."""
    ours = (_ours(name, home, frozen) for name in OURS)
    found = (*ours, xlwings_module(home), Module("Dictionary", True, pinned_text("addin/Dictionary.cls")))
    for module in found:
        check_code_page(module)
    return found


def _ours(name: str, home: Home, frozen: bool) -> Module:
    text = ours_text(name)
    if home is Home.ADDIN:
        text = text.replace(Home.WORKBOOK.value, Home.ADDIN.value)
    return Module(name, False, _RUN_PYTHON.sub(_RUN_FROZEN, text) if frozen else text)


def xlwings_module(home: Home) -> Module:
    """Return xlwings' module: the standalone one for a workbook, the one for custom add-ins for ours."""
    name = pinned_name(home)
    text = pinned_text(name)
    for change in changes(home):
        text = with_change(name, text, change.old, change.new, change.times)
    return Module("xlwings", False, text)


def pinned_name(home: Home) -> str:
    """Return the name of the file in xlwings' wheel."""
    return "xlwings.bas" if home is Home.WORKBOOK else "xlwings_custom_addin.bas"


def changes(home: Home) -> list[Change]:
    """Return what we change in xlwings' module, in the order of the table."""
    listed = [Change(**change) for change in tomllib.loads(ADAPTED.read_text(encoding="utf-8"))["change"]]
    return [_for(home, change) for change in listed if change.only in ("", home.value)]


def _for(home: Home, change: Change) -> Change:
    project = "xlwings" if home is Home.WORKBOOK else "myaddin"

    def named(text: str) -> str:
        return text.replace("{project}", project).replace("{book}", home.value)

    return Change(why=change.why, old=named(change.old), new=named(change.new), times=change.times, only=change.only)


def check_code_page(module: Module) -> None:
    """Refuse a character that a macro project in Japanese cannot hold: it would become a question mark."""
    for number, line in enumerate(module.text.splitlines(), 1):
        if _held(line):
            continue
        letter = next(letter for letter in line if not _held(letter))
        raise ZaitakuError(
            f"macros/{module.name} の{number}行目の「{letter}」(U+{ord(letter):04X}) は、マクロに書けない文字です。"
            "似た文字（～、－ など）に替えてください。"
        )


def _held(text: str) -> bool:
    page = f"cp{CODE_PAGE}"
    return text.encode(page, "ignore").decode(page) == text  # 〜 goes in and comes back as ～
