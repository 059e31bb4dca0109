"""Each button's Sub, run by an interpreter of VBA, does its one call; what it says is run as Python."""

import pytest
from pyopenvba.interpreter import NOTHING, Interpreter

from tests.addin.modules import modules
from zaitaku_xl.addin.macro_text import Home, ours_text
from zaitaku_xl.entry import ribbon

STAND_IN = """
Public Said As String
Public Function RunPython(PythonCommand As String)
    Said = Said & "RunPython " & PythonCommand
End Function
Public Function RunFrozenPython(Executable As String, Optional Args As String)
    Said = Said & "RunFrozenPython " & Executable & " " & Args
End Function
Public Function GetConfig(configKey As String)
    GetConfig = "<" & configKey & ">"
End Function
Public Function WhatWasSaid() As String
    WhatWasSaid = Said
End Function
"""


def said_by(text: str, button: str) -> str:
    vba = Interpreter()
    vba.add_module(STAND_IN, name="xlwings")
    vba.add_module(text, name="zaitaku_ribbon")
    vba.run(f"zaitaku_click_{button}", [NOTHING])
    return str(vba.run("WhatWasSaid"))


@pytest.mark.parametrize("button", ribbon.BUTTONS)
def test_a_button_reaches_its_function(button, monkeypatch):
    pressed: list[str] = []
    monkeypatch.setattr(ribbon, "run", pressed.append)
    command = said_by(ours_text("zaitaku_ribbon"), button)
    exec(command.removeprefix("RunPython "), {})
    assert pressed == [button]


@pytest.mark.parametrize("button", ribbon.BUTTONS)
def test_without_python_a_button_calls_the_program_with_its_name(button):
    text = next(module.text for module in modules(Home.ADDIN, frozen=True) if module.name == "zaitaku_ribbon")
    assert said_by(text, button) == f"RunFrozenPython <ZAITAKU_EXE> {button}"
