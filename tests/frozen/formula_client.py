"""Runs on Windows: asks xlwings' real DLL, as the macros do, for one formula served by the program.

python formula_client.py FOLDER_OF_THE_DLL LINE.txt MODULE FUNCTION ARGUMENT

The line is what XLPyCommand in the macros puts together; the DLL puts the number of the server in.
"""

import ctypes
import sys

import pythoncom
import win32com.client

VT_DISPATCH = 9
STOP, START = -1, 1


def main(folder: str, line: str, module: str, function: str, argument: str) -> None:
    library = ctypes.WinDLL(rf"{folder}\xlwings64-0.37.8.dll")
    with open(line, encoding="utf-8") as told:
        command = told.read()
    answer = (ctypes.c_ubyte * 24)()
    pythoncom.CoInitialize()
    failed = library.XLPyDLLActivateAuto(ctypes.byref(answer), ctypes.c_char_p(command.encode("cp932")), START)
    kind = int.from_bytes(bytes(answer[:2]), "little")
    if failed or kind != VT_DISPATCH:
        raise SystemExit(f"no server: {failed}, {kind}")
    pointer = int.from_bytes(bytes(answer[8:16]), "little")
    server = win32com.client.Dispatch(pythoncom.ObjectFromAddress(pointer, pythoncom.IID_IDispatch))
    print(server.CallUDF(module, function, (argument,), None, None))
    library.XLPyDLLActivateAuto(ctypes.byref((ctypes.c_ubyte * 24)()), ctypes.c_char_p(command.encode("cp932")), STOP)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    main(*sys.argv[1:])
