"""A program and its workers start with what they use: the rest is loaded when somebody asks for it."""

import ast
import pkgutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

ON_DEMAND = ("zaitaku_xl", "zaitaku_xl.addin", "zaitaku_xl.batch", "zaitaku_xl.jobs")
RUNS = {  # what a process begins with, and what it must not have loaded for it
    "a worker": (
        "zaitaku_xl.batch.running",
        """
        rich typer pandas pyarrow xlsxwriter zaitaku_xl.addin zaitaku_xl.entry zaitaku_xl.forms
        zaitaku_xl.batch.outputs zaitaku_xl.batch.ledger
        zaitaku_xl.sheets.blank zaitaku_xl.sheets.demo zaitaku_xl.sheets.rule_book zaitaku_xl.sheets.printed
        zaitaku_xl.hosts.writing.new_book zaitaku_xl.rule_texts.explained
        """,
    ),
    "the command line": (
        "zaitaku_xl.entry.cli",
        """
        rich.markdown rich.progress pandas pyarrow zaitaku_xl.addin.building zaitaku_xl.addin.doctor
        zaitaku_xl.sheets.blank zaitaku_xl.sheets.demo zaitaku_xl.forms zaitaku_xl.hosts.writing.new_book
        """,
    ),
}


@pytest.mark.parametrize("who", RUNS)
def test_what_is_not_needed_to_begin_is_not_loaded_by(who):
    begin, heavy = RUNS[who]
    script = f"import sys, {begin}\nprint(*(name for name in {heavy.split()} if name in sys.modules))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.split() == []


def names_told_to_type_checkers(package: str) -> dict[str, str]:
    """Return the names that a package imports for a type checker alone, each with the module it comes from."""
    tree = ast.parse(Path(str(import_module(package).__file__)).read_text("utf-8"))
    guarded = [node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    imports = [node for each in guarded for node in each.body if isinstance(node, ast.ImportFrom)]
    return {alias.asname or alias.name: str(node.module) for node in imports for alias in node.names}


@pytest.mark.parametrize("package", ON_DEMAND)
def test_the_names_of_a_package_are_those_a_type_checker_knows(package):
    loaded, told = import_module(package), names_told_to_type_checkers(package)
    assert sorted({*loaded.__all__} - {"__version__"}) == sorted(told)
    for name, module in told.items():
        assert getattr(loaded, name) is getattr(import_module(module), name)


@pytest.mark.parametrize("package", ON_DEMAND)
def test_no_name_of_a_package_is_one_of_its_modules_too(package):
    loaded = import_module(package)
    assert not {*loaded.__all__} & {module.name for module in pkgutil.iter_modules(loaded.__path__)}


@pytest.mark.parametrize("package", ON_DEMAND)
def test_a_name_that_a_package_does_not_have_is_refused_with_both_their_names(package):
    with pytest.raises(AttributeError, match=f"'{package}' has no attribute 'judge'"):
        _ = import_module(package).judge
