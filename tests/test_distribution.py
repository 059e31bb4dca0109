"""What a wheel carries and says of itself."""

import re
import tomllib
from typing import Any

import zaitaku_xl
from tests.tools import TOP


def project() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
    return table


def test_a_type_checker_is_told_that_the_package_has_types():
    told = "Typing :: Typed" in project()["project"]["classifiers"]
    assert told == (TOP / "zaitaku_xl/py.typed").is_file()
    assert told
    assert project()["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == ["zaitaku_xl"]


def test_the_oldest_python_is_one_of_those_it_was_seen_on():
    told = project()["project"]
    oldest = told["requires-python"].removeprefix(">=")
    assert f"Programming Language :: Python :: {oldest}" in told["classifiers"]
    assert project()["tool"]["mypy"]["python_version"] == oldest


def test_the_changelog_has_what_comes_on_top_and_this_version_below_with_its_day():
    headings = [
        line for line in (TOP / "CHANGELOG.md").read_text(encoding="utf-8").splitlines() if line.startswith("## ")
    ]
    assert headings[0] == "## [Unreleased]"
    assert re.fullmatch(rf"## \[{re.escape(zaitaku_xl.__version__)}\] - \d{{4}}-\d\d-\d\d", headings[1])


def test_each_version_says_which_judged_days_a_change_of_law_touches():
    versions = (TOP / "CHANGELOG.md").read_text(encoding="utf-8").split("\n## ")[1:]
    assert all("\n### Law\n" in version for version in versions)
