"""Runs on Windows: asks xlwings' real DLL, as the macros do, for one formula served by the program.

python formula_client.py FOLDER_OF_THE_PROGRAM MODULE FUNCTION ARGUMENT
"""

import ctypes
import sys

import pythoncom
import win32com.client

VT_DISPATCH = 9
STOP, START = -1, 1


def main(folder: str, module: str, function: str, argument: str) -> None:
    library = ctypes.WinDLL(rf"{folder}\xlwings64-0.37.8.dll")
    # Word for word what XLPyCommand in xlwings' macros puts together; the DLL puts the number of the server in.
    command = (
        rf'cmd.exe  /K ""{folder}\zaitaku.exe" -B -c "import sys, os;import xlwings.utils;'
        r"xlwings.utils.prepare_sys_path(\"false;C:\\日報.xlsm;;;;;\");import xlwings; xlwings.serve('$(CLSID)')" + '""'
    )
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
