"""Installed for one person, looked for where Excel and the macros look, and taken away without a trace."""

import csv
from pathlib import Path

import pytest

from tests.addin.machines import Pc
from zaitaku_xl.addin import building, installing, settings
from zaitaku_xl.addin.facts import facts_of
from zaitaku_xl.errors import Unwritten, WrongUse

STARTUP = {
    "Windows": "AppData/Roaming/Microsoft/Excel/XLSTART",
    "Darwin": "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel",
}
CONF = {"Windows": ".zaitaku/zaitaku.conf", "Darwin": "Library/Containers/com.microsoft.Excel/Data/zaitaku.conf"}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installing.compileall, "compile_dir", lambda *_, **__: True)


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def conf(pc: Pc) -> dict[str, str]:
    """Read the file as VBA's ``Input #`` does: pairs of quoted words in the code page of the machine."""
    with open(settings.place(pc), encoding=pc.code_page, newline="") as lines:
        return dict(csv.reader(lines))


@pytest.mark.parametrize("system", ["Windows", "Darwin"])
def test_the_addin_lies_where_excel_looks_and_the_settings_where_the_macros_look(tmp_path, system):
    pc = Pc(tmp_path, system)
    installing.install(machine=pc)
    assert (tmp_path / STARTUP[system] / "zaitaku.xlam").read_bytes() == building.addin()
    assert (tmp_path / CONF[system]).is_file()
    script = "Library/Application Scripts/com.microsoft.Excel/zaitaku.applescript"
    assert (script in files(tmp_path)) == (system == "Darwin")


def test_the_settings_name_python_and_nothing_beside_a_workbook(tmp_path):
    pc = Pc(tmp_path)
    installing.install(machine=pc)
    assert conf(pc) == {
        "INTERPRETER_WIN": str(pc.interpreter),
        "ADD_WORKBOOK_TO_PYTHONPATH": "false",
        "UDF MODULES": "zaitaku_xl.entry.udfs",
        "USE UDF SERVER": "False",
        "ZAITAKU_ADDIN": str(tmp_path / STARTUP["Windows"] / "zaitaku.xlam"),
    }
    assert settings.place(pc).read_bytes().count(b"\r\n") == 5


def test_python_may_be_kept_running(tmp_path):
    pc = Pc(tmp_path)
    installing.install(machine=pc, resident=True)
    assert conf(pc)["USE UDF SERVER"] == "True"
    assert facts_of(pc).resident


def test_without_python_the_settings_name_the_program(tmp_path):
    pc, exe = Pc(tmp_path), tmp_path / "zaitaku.exe"
    exe.touch()
    installing.install(machine=pc, exe=exe)
    assert conf(pc)["ZAITAKU_EXE"] == conf(pc)["INTERPRETER_WIN"] == str(exe)
    assert (tmp_path / STARTUP["Windows"] / "zaitaku.xlam").read_bytes() == building.addin(frozen=True)
    assert facts_of(pc).addin_current


def test_the_program_installs_itself(tmp_path):
    pc = Pc(tmp_path, program="zaitaku/zaitaku.exe", is_frozen=True).with_python()
    installing.install(machine=pc)
    assert conf(pc)["ZAITAKU_EXE"] == conf(pc)["INTERPRETER_WIN"] == str(pc.interpreter)


@pytest.mark.parametrize("folder", ["利用者 & 事務", "点検 用", "100"])
def test_a_folder_with_japanese_spaces_or_an_ampersand_is_written_down_as_it_is(tmp_path, folder):
    pc = Pc(tmp_path / folder)
    installing.install(tmp_path / folder / "アドイン", machine=pc)
    assert conf(pc)["ZAITAKU_ADDIN"] == str(tmp_path / folder / "アドイン" / "zaitaku.xlam")
    assert settings.read(pc) == conf(pc)


def test_a_home_the_macros_cannot_read_is_named_by_its_variable(tmp_path):
    pc = Pc(tmp_path / "𠮷田")
    installing.install(machine=pc)
    assert conf(pc)["INTERPRETER_WIN"] == "%USERPROFILE%/python/Scripts/python.exe"
    assert facts_of(pc).addin_there
    assert facts_of(pc).fits


def test_a_place_the_macros_cannot_read_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(WrongUse, match="マクロが読めない文字"):
        installing.install(tmp_path / "é", machine=Pc(tmp_path / "home"))
    assert files(tmp_path) == set()


def test_installing_again_changes_nothing_and_keeps_what_others_wrote(tmp_path):
    pc = Pc(tmp_path)
    settings.place(pc).parent.mkdir(parents=True)
    settings.place(pc).write_text('"SHOW CONSOLE","True"\n"INTERPRETER_WIN","C:\\old\\python.exe"\n', encoding="cp932")
    installing.install(machine=pc)
    once = settings.place(pc).read_bytes()
    installing.install(machine=pc)
    assert settings.place(pc).read_bytes() == once
    assert conf(pc)["SHOW CONSOLE"] == "True"
    assert conf(pc)["INTERPRETER_WIN"] == str(pc.interpreter)


@pytest.mark.parametrize("system", ["Windows", "Darwin"])
def test_what_was_installed_is_removed_whole(tmp_path, system):
    pc = Pc(tmp_path, system)
    installing.install(machine=pc)
    said = installing.remove(machine=pc)
    assert files(tmp_path) == set()
    assert any("zaitaku.xlam を消しました" in sentence for sentence in said)
    assert installing.remove(machine=pc) == ("アドインは入っていません。",)


def test_an_addin_in_a_chosen_folder_is_found_again(tmp_path):
    pc = Pc(tmp_path)
    installing.install(tmp_path / "共有", machine=pc)
    installing.remove(machine=pc)
    assert files(tmp_path) == set()


def test_settings_of_others_stay_when_ours_go(tmp_path):
    pc = Pc(tmp_path)
    installing.install(machine=pc)
    with open(settings.place(pc), "a", encoding="cp932") as lines:
        lines.write('"SHOW CONSOLE","True"\n')
    installing.remove(machine=pc)
    assert conf(pc) == {"SHOW CONSOLE": "True"}


def test_where_there_is_no_excel_a_folder_must_be_named(tmp_path):
    with pytest.raises(WrongUse, match="--to"):
        installing.install(machine=Pc(tmp_path, "Linux"))


def test_a_program_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(WrongUse, match=r"zaitaku\.exe"):
        installing.install(machine=Pc(tmp_path), exe=tmp_path / "zaitaku.exe")


def test_a_file_that_vanishes_at_once_was_taken_by_a_scanner(tmp_path, monkeypatch):
    monkeypatch.setattr(installing, "put", lambda path, data: None)
    with pytest.raises(Unwritten, match="検疫"):
        installing.install(machine=Pc(tmp_path))


def test_the_package_is_compiled_for_the_first_click(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(installing.compileall, "compile_dir", lambda folder, quiet: asked.append(folder) or True)
    assert any("準備しました" in sentence for sentence in installing.install(machine=Pc(tmp_path)))
    assert [folder.name for folder in asked] == ["zaitaku_xl"]


def test_an_addin_of_ours_of_any_version_is_replaced_and_what_is_not_ours_is_kept(tmp_path):
    pc = Pc(tmp_path)
    installing.install(machine=pc)
    target = tmp_path / STARTUP["Windows"] / "zaitaku.xlam"
    for there, kept in ((building.addin(frozen=True), False), (b"somebody's", True)):
        target.write_bytes(there)
        installing.install(machine=pc)
        assert target.read_bytes() == building.addin()
        assert target.with_name("zaitaku_前の版.xlam").exists() == kept
