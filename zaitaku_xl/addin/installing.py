"""The add-in put in place for one person, without administrator rights, and taken away again."""

import compileall
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import zaitaku_xl
from zaitaku_xl.addin import building, settings
from zaitaku_xl.addin.machine import Machine, ThisPc, scripts_folder, startup_folder
from zaitaku_xl.addin.macro_text import MAC_SCRIPT, XLWINGS, mac_script
from zaitaku_xl.errors import Unwritten, WrongUse
from zaitaku_xl.hosts.writing.safe_file import put, put_own

UDFS = "zaitaku_xl.entry.udfs"
QUARANTINE = (
    "ウイルス対策ソフトが検疫したと思われます。情報システムの担当者に、このファイルの検疫の解除を頼んでください。"
)
OLD_SCRIPT = f"xlwings-{XLWINGS}.applescript"  # version 0.1 laid xlwings' own


def install(
    to: Path | None = None, *, exe: Path | None = None, resident: bool = False, machine: Machine | None = None
) -> tuple[str, ...]:
    """Put add-in and settings in place and say where they lie.

    *exe* is called instead of Python; ``zaitaku.exe`` installs itself. *resident* keeps Python running between two clicks: faster, but a click may then
    not take longer than a minute and a half.
    """
    machine = machine or ThisPc()
    folder = to or startup_folder(machine)
    if folder is None:
        raise WrongUse("このパソコンにはExcelの起動フォルダーがありません。--to で置く場所を指定してください。")
    if exe is None and machine.is_frozen:
        exe = machine.interpreter
    if exe is not None and not exe.is_file():
        raise WrongUse(f"{exe} がありません。zaitaku.exe の場所を確かめてください。")
    wanted = _settings(machine, folder, exe, resident)  # what cannot be written down stops before anything is written
    target = folder / building.ADDIN_FILE
    data = building.addin(frozen=exe is not None)
    folder.mkdir(parents=True, exist_ok=True)
    write_addin = put_own if _is_our_addin(target) else put
    write_addin(target, data)
    if not target.is_file():
        raise Unwritten(f"{target} を置きましたが、すぐに消されました。{QUARANTINE}")
    written = settings.write(machine, wanted)
    return (
        f"{target} にアドインを置きました。",
        f"{written} に設定を書きました。",
        *_script(machine),
        *(() if machine.is_frozen else _compiled()),
        _next_step(to),
    )


def _is_our_addin(target: Path) -> bool:
    """An add-in of ours is the program's own, of whatever version: beside its successor Excel would load it as well."""
    try:
        with ZipFile(target) as package:
            return b'id="zaitaku_tab"' in package.read(building.ribbons()[0].part)
    except (OSError, BadZipFile, KeyError, NotImplementedError):
        return False


def _settings(machine: Machine, folder: Path, exe: Path | None, resident: bool) -> dict[str, str]:
    program = exe.resolve() if exe else machine.interpreter
    wanted = {
        "INTERPRETER_MAC" if machine.system == "Darwin" else "INTERPRETER_WIN": settings.path_value(machine, program),
        "ADD_WORKBOOK_TO_PYTHONPATH": "false",
        "UDF MODULES": UDFS,
        settings.RESIDENT: str(resident),
        settings.ADDIN: settings.path_value(machine, folder / building.ADDIN_FILE),
    }
    return wanted | ({settings.EXE: settings.path_value(machine, exe.resolve())} if exe else {})


def _script(machine: Machine) -> Iterator[str]:
    if machine.system != "Darwin":
        return
    folder = scripts_folder(machine)
    folder.mkdir(parents=True, exist_ok=True)
    put_own(folder / MAC_SCRIPT, mac_script().encode("utf-8"))
    yield f"{folder / MAC_SCRIPT} に、Pythonを呼ぶスクリプトを置きました。"


def _compiled() -> Iterator[str]:
    """A click starts Python with -B, which keeps nothing it compiles: what is not compiled now costs every click."""
    if compileall.compile_dir(Path(zaitaku_xl.__file__).parent, quiet=2):
        yield "ボタンがすぐ動くよう、プログラムを準備しました。"


def _next_step(to: Path | None) -> str:
    if to is None:
        return "Excelを開き直すと、タブ「在宅点検」が出ます。出ないときは zaitaku-xl addin doctor で調べてください。"
    return "Excelの「開発」タブの「Excelアドイン」の「参照」で、置いたファイルを選ぶと、タブ「在宅点検」が出ます。"


def remove(*, machine: Machine | None = None) -> tuple[str, ...]:
    """Take away what ``install`` wrote and say what went; settings that are not ours stay."""
    machine = machine or ThisPc()
    gone = [path for path in _installed(machine) if _deleted(path)]
    written = settings.remove(machine)
    if not gone and written is None:
        return ("アドインは入っていません。",)
    return (*(f"{path} を消しました。" for path in gone), *([f"{written} から設定を消しました。"] if written else ()))


def _installed(machine: Machine) -> Iterator[Path]:
    known = settings.read(machine).get(settings.ADDIN)
    startup = startup_folder(machine)
    if known:
        yield settings.expanded(machine, known)
    elif startup:
        yield startup / building.ADDIN_FILE
    if machine.system == "Darwin":
        yield from (scripts_folder(machine) / name for name in (MAC_SCRIPT, OLD_SCRIPT))


def _deleted(path: Path) -> bool:
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except PermissionError as error:
        raise Unwritten(f"{path} を消せません。Excelをすべて閉じてから、もう一度実行してください。") from error
    return True
