"""A workbook as PDF, by the LibreOffice that is installed; nothing is sent anywhere and no window opens."""

import sys
from pathlib import Path

from zaitaku_xl import children
from zaitaku_xl.errors import Unwritten
from zaitaku_xl.hosts.writing.safe_file import passing_folder

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
    with passing_folder() as room:
        book, made = room / "forms.xlsx", room / "made"
        book.write_bytes(workbook)
        arguments = [
            f"-env:UserInstallation={(room / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "pdf:calc_pdf_Export",
            "--outdir",
            str(made),
            str(book),
        ]
        status = _status(program, arguments, room)
        pdf = made / "forms.pdf"
        if not pdf.is_file():
            raise Unwritten(
                f"LibreOfficeがPDFを作れませんでした（{status}）。様式のブックは作ってあります。"
                "Excelで開き、「ファイル」→「エクスポート」からPDFにしてください。"
            )
        return pdf.read_bytes()


def _program() -> Path:
    program = children.program(_PROGRAMS, _PLACES)
    if program is None:
        raise Unwritten(
            "PDFを作るLibreOfficeが見つかりません。様式のブックは作ってあります。Excelで開いて「ファイル」→「エクスポート」から"
            "PDFにするか、LibreOfficeを入れてからもう一度 --pdf を付けて実行してください。"
        )
    core = program.with_name("soffice.bin")  # the program itself: its launcher would not tell us how it ended
    return core if core.is_file() and sys.platform != "win32" else program


def _status(program: Path, arguments: list[str], room: Path) -> int:
    for _ in range(3):
        try:
            status = children.run_program(program, arguments, room, SECONDS)
        except children.ChildFailed as error:
            raise Unwritten(f"LibreOfficeが{SECONDS}秒たってもPDFを作り終えないため、やめました。") from error
        if status != _FRESH_PROFILE:
            break
    return status
