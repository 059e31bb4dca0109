"""What stands in the way of the add-in on one PC, as plain facts; what they mean is said in ``doctor``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from zaitaku_xl.addin import building, settings
from zaitaku_xl.addin.machine import Machine, scripts_folder
from zaitaku_xl.addin.macro_text import MAC_SCRIPT, XLWINGS, installed_xlwings
from zaitaku_xl.errors import ZaitakuError

NO_CHILD_PROCESSES = "D4F940AB-401B-4EFC-AADC-AD5F3C50688A"
NO_SYSTEM_CALLS = "92E97FA1-2EDF-4476-BDD6-9DD0B4DDDC7B"
_DEFENDER = r"Microsoft\Windows Defender"
_RULES = rf"{_DEFENDER}\Windows Defender Exploit Guard\ASR\Rules"
_EXCEL = r"Microsoft\Office\16.0\Excel"
_SECURITY = rf"{_EXCEL}\Security"
_CLICK_TO_RUN = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
_DISABLED = rf"Software\{_EXCEL}\Resiliency\DisabledItems"
_COMMANDS = r"Software\Policies\Microsoft\Windows\System"


@dataclass(frozen=True, slots=True)
class Facts:
    """One PC. The defaults are those of a PC on which everything works."""

    system: str = "Windows"
    settings_there: bool = True
    interpreter: str = r"C:\zaitaku\python.exe"
    interpreter_there: bool = True
    addin: str = r"C:\XLSTART\zaitaku.xlam"
    addin_there: bool = True
    addin_current: bool = True
    fits: bool = True  # the macros can read every path
    zone: int | None = None
    program_zone: int | None = None
    office_bits: int | None = 64
    office: str | None = "16.0"
    dlls: frozenset[str] = frozenset({f"xlwings64-{XLWINGS}.dll", f"xlwings32-{XLWINGS}.dll"})
    xlwings: str | None = XLWINGS
    one_drive: tuple[str, ...] = ()  # the folders that OneDrive keeps
    rules: Mapping[str, int] = field(default_factory=dict)  # attack surface reduction: 1 block, 2 audit, 6 warn
    macros: int | None = None  # VBAWarnings: 4 none at all, 3 signed ones only
    trusted_places_off: bool = False
    commands_off: bool = False
    disabled_items: bool = False
    script_there: bool = True  # macOS: the script by which a macro starts Python
    resident: bool = False


def facts_of(machine: Machine) -> Facts:
    """Look once. Nothing is changed, nothing is sent."""
    kept = settings.read(machine)
    name = "INTERPRETER_MAC" if machine.system == "Darwin" else "INTERPRETER_WIN"
    program = settings.expanded(machine, kept[name]) if name in kept else machine.interpreter
    addin = settings.expanded(machine, kept[settings.ADDIN]) if settings.ADDIN in kept else None
    script = scripts_folder(machine) / MAC_SCRIPT
    return Facts(
        system=machine.system,
        settings_there=bool(kept),
        interpreter=str(program),
        interpreter_there=program.is_file(),
        addin=str(addin or ""),
        addin_there=addin is not None and addin.is_file(),
        addin_current=addin is not None and _is_current(addin, frozen=settings.EXE in kept),
        fits=all(_fits(machine, path) for path in (program, addin) if path),
        zone=machine.zone(addin) if addin else None,
        program_zone=machine.zone(program),
        office_bits={"x64": 64, "x86": 32}.get(str(machine.registered(_CLICK_TO_RUN, "Platform"))),
        office=_text(machine.registered(_CLICK_TO_RUN, "VersionToReport")),
        dlls=_dlls(program),
        xlwings=installed_xlwings(),
        one_drive=tuple(v for n, v in machine.environment.items() if n.upper().startswith("ONEDRIVE") and v),
        rules=_rules(machine),
        macros=_number(_policy_or_own(machine, _SECURITY, "VBAWarnings")),
        trusted_places_off=bool(_policy_or_own(machine, rf"{_SECURITY}\Trusted Locations", "AllLocationsDisabled")),
        commands_off=bool(machine.registered(_COMMANDS, "DisableCMD")),
        disabled_items=machine.has_values(_DISABLED),
        script_there=machine.system != "Darwin" or script.is_file(),
        resident=kept.get(settings.RESIDENT) == "True",
    )


def _is_current(addin: Path, *, frozen: bool) -> bool:
    """The same text makes the same parts, so an add-in of this version is told by them."""
    try:
        return _parts(addin.read_bytes()) == _parts(building.addin(frozen=frozen))
    except (OSError, ZaitakuError, BadZipFile):
        return False


def _parts(data: bytes) -> dict[str, bytes]:
    # Not the bytes of the whole: a zip made on Windows says so in its directory, one made elsewhere too.
    with ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _fits(machine: Machine, path: Path) -> bool:
    try:
        settings.path_value(machine, path)
    except ZaitakuError:
        return False
    return True


def _dlls(program: Path) -> frozenset[str]:
    """The macros look beside Python and, for a virtual environment, one folder up."""
    folders = [folder for folder in (program.parent, program.parent.parent) if folder.is_dir()]
    return frozenset(file.name for folder in folders for file in folder.glob("xlwings*.dll"))


def _rules(machine: Machine) -> dict[str, int]:
    found = {}
    for rule in (NO_CHILD_PROCESSES, NO_SYSTEM_CALLS):
        one_by_one = (machine.registered(rf"SOFTWARE\{top}{_RULES}", rule) for top in ("Policies\\", ""))
        state = next((_number(value) for value in one_by_one if value is not None), None)
        state = state if state is not None else _in_list(machine, rule)
        if state is not None:
            found[rule] = state
    return found


def _in_list(machine: Machine, rule: str) -> int | None:
    """Management over the internet keeps all rules in one text: GUID=1|GUID=2."""
    listed = _text(machine.registered(rf"SOFTWARE\Policies\{_DEFENDER}\Policy Manager", "ASRRules")) or ""
    pairs = dict(pair.upper().split("=", 1) for pair in listed.split("|") if "=" in pair)
    return _number(pairs.get(rule))


def _policy_or_own(machine: Machine, key: str, name: str) -> str | int | None:
    policy = machine.registered(rf"Software\Policies\{key}", name)
    return policy if policy is not None else machine.registered(rf"Software\{key}", name)


def _number(value: str | int | None) -> int | None:
    return int(value) if value is not None and str(value).isdecimal() else None


def _text(value: str | int | None) -> str | None:
    return None if value is None else str(value)
