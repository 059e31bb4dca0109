"""The packages of a release: each that we ask for, in one version, by the hashes of its files."""

import re
import tomllib

import pytest

from tests.tools import TOP

PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NAME = re.compile(r"[A-Za-z0-9._-]+")
EXTRAS = {"all": PROJECT["optional-dependencies"].keys() - {"dev"}, "excel": {"excel"}}


def asked(which: str) -> dict[str, str]:
    """What the package asks for with these extras, by name."""
    extras = (PROJECT["optional-dependencies"][extra] for extra in EXTRAS[which])
    listed = [*PROJECT["dependencies"], *(line for wanted in extras for line in wanted)]
    return {normal(NAME.match(line)[0]): line for line in listed}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def entries(which: str) -> list[tuple[str, str]]:
    """Each package and what stands about it."""
    text = (TOP / "constraints" / f"{which}.txt").read_text(encoding="utf-8")
    found = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    return [(normal(NAME.match(entry)[0]), entry) for entry in found]


@pytest.mark.parametrize("which", EXTRAS)
def test_each_package_we_ask_for_is_named(which):
    assert asked(which).keys() <= dict(entries(which)).keys()


@pytest.mark.parametrize("which", EXTRAS)
def test_each_package_has_one_version_and_hashes(which):
    for name, entry in entries(which):
        assert re.match(rf"{name}==[\w.]+( ; [^\\]+)? \\\n", entry, re.IGNORECASE), entry[:80]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), name


@pytest.mark.parametrize("which", EXTRAS)
def test_what_is_pinned_is_pinned_alike(which):
    pinned = {name: line for name, line in asked(which).items() if "==" in line}
    assert "xlwings" in pinned
    for name, line in pinned.items():
        assert dict(entries(which))[name].startswith(f"{line} ")


def test_a_clerks_pc_has_the_versions_of_the_whole():
    versions = [{entry.partition(" ")[0] for _, entry in entries(which)} for which in ("excel", "all")]
    assert versions[0] < versions[1]


def test_on_a_clerks_pc_excel_needs_xlwings_and_nothing_that_builds():
    assert [NAME.match(line)[0] for line in PROJECT["optional-dependencies"]["excel"]] == ["xlwings"]
    for which in EXTRAS:
        assert not {"pyopenvba", "oletools", "olefile"} & dict(entries(which)).keys()
