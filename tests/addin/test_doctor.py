"""Each wall is told from the facts of a PC, with what it means and what to tell the IT department."""

import zipfile
from dataclasses import replace

import pytest

from tests.addin.machines import Pc
from zaitaku_xl.addin import building, installing, settings
from zaitaku_xl.addin.doctor import ANYWAY, CHECKS, diagnoses, report, sentences
from zaitaku_xl.addin.facts import NO_CHILD_PROCESSES, NO_SYSTEM_CALLS, Facts, facts_of
from zaitaku_xl.addin.machine import zone_in

GOOD = Facts()

# What is so on this PC, which check must speak, whether it is a wall, what it says.
CASES = [
    ({"system": "Linux"}, "no_excel", False, "Excelがありません"),
    ({"office": None}, "no_excel", False, "32・64ビットの別が分かりません"),
    ({"settings_there": False, "addin": "", "addin_there": False}, "installed", True, "設定がありません"),
    ({"addin_there": False}, "quarantined", True, "なくなっています"),
    ({"addin_current": False}, "outdated", True, "のものと違います"),
    ({"interpreter_there": False}, "python_there", True, "Pythonが見つかりません"),
    ({"interpreter": r"C:\Users\a\AppData\Local\Microsoft\WindowsApps\python.exe"}, "python_there", True, "Store版"),
    ({"xlwings": "0.37.9"}, "one_release", True, "0.37.9"),
    ({"xlwings": None}, "one_release", True, "なし"),
    ({"dlls": frozenset()}, "dll", True, "xlwings64-0.37.8.dll"),
    ({"dlls": frozenset({"xlwings64-0.37.7.dll"})}, "dll", True, "あるもの: xlwings64-0.37.7.dll"),
    ({"office_bits": 32, "dlls": frozenset({"xlwings64-0.37.8.dll"})}, "dll", True, "32ビットのExcel"),
    ({"system": "Darwin", "interpreter": "/usr/bin/python3"}, "script", False, "Windowsの"),
    ({"system": "Darwin", "script_there": False}, "script", True, "スクリプトがありません"),
    ({"fits": False}, "paths", True, "読めない文字"),
    ({"interpreter": r"C:\50%\python.exe"}, "paths", True, "% があります"),
    ({"addin": r"C:\A&B\zaitaku.xlam"}, "paths", False, "& があります"),
    ({"addin": "C:\\" + "深" * 240}, "paths", True, "長すぎます"),
    ({"addin": r"\\server\share\zaitaku.xlam"}, "paths", False, "ネットワーク"),
    (
        {"one_drive": (r"C:\Users\a\OneDrive",), "interpreter": r"C:\Users\a\OneDrive\venv\python.exe"},
        "one_drive",
        True,
        "OneDriveの中",
    ),
    ({"zone": 3}, "from_the_internet", True, "アドインに「インターネットから来た」"),
    ({"program_zone": 4}, "from_the_internet", True, "起動を止めます"),
    ({"rules": {NO_CHILD_PROCESSES: 1}}, "child_processes", True, "呼ぶことが禁じられています"),
    ({"rules": {NO_CHILD_PROCESSES: 2}}, "child_processes", False, "記録が残ります"),
    ({"rules": {NO_SYSTEM_CALLS: 1}}, "system_calls", True, "直接呼ぶことが禁じられています"),
    ({"commands_off": True}, "commands", True, "cmd.exe"),
    ({"macros": 4}, "macros", True, "すべてのマクロ"),
    ({"macros": 3}, "macros", True, "署名のないマクロ"),
    ({"trusted_places_off": True}, "macros", True, "すべて無効"),
    ({"disabled_items": True}, "disabled", False, "止めたアドイン"),
    ({"resident": True}, "resident", False, "1分半"),
]
# What looks like trouble and is none.
FINE = [
    {"interpreter": r"C:\Program Files\在宅 点検\python.exe"},
    {"one_drive": (r"C:\Users\a\OneDrive",), "interpreter": r"C:\Users\a\OneDrive2\python.exe"},
    {"zone": 2},
    {"rules": {NO_CHILD_PROCESSES: 0, NO_SYSTEM_CALLS: 0}},
    {"office_bits": 32},
    {"macros": 2},
]


@pytest.mark.parametrize(("so", "check", "is_wall", "said"), CASES)
def test_a_wall_is_told(so, check, is_wall, said):
    facts = replace(GOOD, **so)
    found = [diagnosis for each in CHECKS if each.__name__ == check for diagnosis in each(facts)]
    assert [diagnosis.is_wall for diagnosis in found if said in " ".join(diagnosis.lines)] == [is_wall]


@pytest.mark.parametrize("so", [{}, *FINE])
def test_where_nothing_is_wrong_nothing_is_said(so):
    found = diagnoses(replace(GOOD, **so))
    assert found == ()
    assert sentences(found)[0].endswith("動かない原因は見つかりませんでした。")


def test_every_check_is_seen_to_speak():
    assert {check for _, check, _, _ in CASES} == {check.__name__ for check in CHECKS}


def test_what_an_organisation_forbids_comes_with_a_word_for_its_it_department_and_another_way():
    forbidden = [
        {"rules": {NO_CHILD_PROCESSES: 1}},
        {"commands_off": True},
        {"macros": 4},
        {"trusted_places_off": True},
    ]
    for so in forbidden:
        found = diagnoses(replace(GOOD, **so))
        assert all(diagnosis.tell for diagnosis in found)
        assert ANYWAY in "\n".join(sentences(found))


def test_walls_come_first_and_are_counted():
    said = sentences(diagnoses(replace(GOOD, disabled_items=True, zone=3, commands_off=True)))
    assert "動かない原因が2つ" in said[0]
    marks = [line[0] for line in said if line[0] in "×△"]
    assert marks == ["×", "×", "△"]


# ---- the facts, as Windows would answer

CLICK_TO_RUN = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
POLICIES = r"Software\Policies\Microsoft"
DEFENDER = r"SOFTWARE\Policies\Microsoft\Windows Defender"
ASR = rf"{DEFENDER}\Windows Defender Exploit Guard\ASR\Rules"
OWN_ASR = r"SOFTWARE\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
SECURITY = r"Microsoft\Office\16.0\Excel\Security"
ANSWERS = [
    ({rf"{CLICK_TO_RUN}\Platform": "x86"}, {"office_bits": 32}),
    ({rf"{CLICK_TO_RUN}\VersionToReport": "16.0.17928.20114"}, {"office": "16.0.17928.20114"}),
    ({rf"{ASR}\{NO_CHILD_PROCESSES}": "1"}, {"rules": {NO_CHILD_PROCESSES: 1}}),
    ({rf"{ASR}\{NO_SYSTEM_CALLS}": 1}, {"rules": {NO_SYSTEM_CALLS: 1}}),
    ({rf"{OWN_ASR}\{NO_CHILD_PROCESSES}": 6}, {"rules": {NO_CHILD_PROCESSES: 6}}),
    (
        {rf"{DEFENDER}\Policy Manager\ASRRules": f"{NO_CHILD_PROCESSES.lower()}=1|{NO_SYSTEM_CALLS}=2"},
        {"rules": {NO_CHILD_PROCESSES: 1, NO_SYSTEM_CALLS: 2}},
    ),
    ({rf"Software\Policies\{SECURITY}\VBAWarnings": 4, rf"Software\{SECURITY}\VBAWarnings": 1}, {"macros": 4}),
    ({rf"Software\{SECURITY}\VBAWarnings": 3}, {"macros": 3}),
    (
        {rf"Software\Policies\{SECURITY}\Trusted Locations\AllLocationsDisabled": 1},
        {"trusted_places_off": True},
    ),
    ({rf"{POLICIES}\Windows\System\DisableCMD": 2}, {"commands_off": True}),
    ({r"Software\Microsoft\Office\16.0\Excel\Resiliency\DisabledItems\1A2B": "…"}, {"disabled_items": True}),
]


@pytest.fixture
def pc(tmp_path, monkeypatch) -> Pc:
    """A Windows PC with Python and the add-in."""
    monkeypatch.setattr(installing.compileall, "compile_dir", lambda *_, **__: True)
    machine = Pc(tmp_path).with_python()
    machine.registry = {rf"{CLICK_TO_RUN}\Platform": "x64", rf"{CLICK_TO_RUN}\VersionToReport": "16.0"}
    installing.install(machine=machine)
    return machine


@pytest.mark.parametrize(("registry", "so"), ANSWERS)
def test_the_registry_is_read(pc, registry, so):
    pc.registry = registry
    facts = facts_of(pc)
    assert {name: getattr(facts, name) for name in so} == so


def test_a_pc_with_everything_in_place_has_no_wall(pc):
    assert report(pc).endswith("動かない原因は見つかりませんでした。")


@pytest.mark.parametrize("other", [building.addin(frozen=True), b"PK", b""], ids=["frozen", "cut off", "empty"])
def test_an_addin_of_another_version_is_told_by_its_parts(pc, other):
    facts = facts_of(pc)
    assert facts.addin_current
    settings.expanded(pc, facts.addin).write_bytes(other)
    assert not facts_of(pc).addin_current


def test_an_addin_built_on_another_system_is_the_same(pc, tmp_path):
    addin = settings.expanded(pc, facts_of(pc).addin)
    with zipfile.ZipFile(addin) as package, zipfile.ZipFile(tmp_path / "copy", "w") as copy:
        for name in package.namelist():
            copy.writestr(name, package.read(name))
    assert (tmp_path / "copy").read_bytes() != addin.read_bytes()
    addin.write_bytes((tmp_path / "copy").read_bytes())
    assert facts_of(pc).addin_current


def test_a_file_gone_after_the_install_was_taken_by_a_scanner(pc):
    settings.expanded(pc, facts_of(pc).addin).unlink()
    assert "検疫" in report(pc)


def test_the_mark_of_the_web_is_read_from_the_file_that_carries_it(pc):
    pc.zones = {
        "python.exe": 3,
        "zaitaku.xlam": zone_in("[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=https://example.jp/\r\n"),
    }
    assert report(pc).count("インターネットから来た") == 2


def test_onedrive_is_known_by_the_environment(pc):
    pc.more = {"OneDriveCommercial": str(pc.home), "OneDrive": ""}
    assert report(pc).count("OneDriveの中にあります") == 2
