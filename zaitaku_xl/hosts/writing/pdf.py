"""A workbook as PDF, by the LibreOffice that is installed; nothing is sent anywhere and no window opens."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from zaitaku_xl.errors import Unwritten

SECONDS = 300
_FRESH_PROFILE = 81  # LibreOffice made its profile and asks to be started again
_PROGRAMS = ("soffice", "libreoffice", "localc")
_PLACES = (
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.exe"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path("/usr/lib/libreoffice/program/soffice"),
)


def pdf_of(workbook: bytes) -> bytes:
    """Return all sheets of an .xlsx as one PDF, in their order; raises Unwritten with what to do where that fails."""
    program = _program()
    with tempfile.TemporaryDirectory(prefix="zaitaku_xl-") as room:
        book, made = Path(room) / "forms.xlsx", Path(room) / "made"
        book.write_bytes(workbook)
        command = [
            str(program), f"-env:UserInstallation={(Path(room) / 'profile').as_uri()}", "--headless", "--norestore",
            "--convert-to", "pdf:calc_pdf_Export", "--outdir", str(made), str(book),
        ]  # fmt: skip
        status = next((status for _ in range(3) if (status := _run(command)) != _FRESH_PROFILE), _FRESH_PROFILE)
        pdf = made / "forms.pdf"
        if not pdf.is_file():
            raise Unwritten(
                f"LibreOfficeがPDFを作れませんでした（{status}）。様式のブックは作ってあります。"
                "Excelで開き、「ファイル」→「エクスポート」からPDFにしてください。"
            )
        return pdf.read_bytes()


def _program() -> Path:
    named = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    program = Path(named).resolve() if named else next((place for place in _PLACES if place.is_file()), None)
    if program is None:
        raise Unwritten(
            "PDFを作るLibreOfficeが見つかりません。様式のブックは作ってあります。Excelで開いて「ファイル」→「エクスポート」から"
            "PDFにするか、LibreOfficeを入れてからもう一度 --pdf を付けて実行してください。"
        )
    core = program.with_name("soffice.bin")  # the program itself: its launcher would not tell us how it ended
    return core if core.is_file() and sys.platform != "win32" else program


def _run(command: list[str]) -> int:
    """Run in a process group of its own, so that a LibreOffice that hangs ends with all it started."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        return process.wait(timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        _end(process)
        raise Unwritten(f"LibreOfficeが{SECONDS}秒たってもPDFを作り終えないため、やめました。") from error


def _end(process: "subprocess.Popen[bytes]") -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
