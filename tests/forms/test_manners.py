"""Forms have manners, as rules have: a title, a docstring, a clause or a reason for none, and a test that makes them."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from zaitaku_xl import forms
from zaitaku_xl.forms import FORMS
from zaitaku_xl.forms.form import Form
from zaitaku_xl.law.clauses import load_clauses

JAPANESE = re.compile("[\u3041-\u30ff\u4e00-\u9fff]")


@cache
def named_by_clauses() -> frozenset[str]:
    return frozenset(name for document in load_clauses().documents for row in document.rows for name in row.forms)


@cache
def made_in_tests() -> frozenset[str]:
    """What the tests beside this one hand to something by name; what runs over all forms does not count."""
    here = Path(__file__)
    trees = [ast.parse(path.read_text("utf-8")) for path in here.parent.glob("test_*.py") if path != here]
    tests = (each for tree in trees for each in tree.body if isinstance(each, ast.FunctionDef))
    return frozenset(text for test in tests if test.name.startswith("test_") for text in _handed_over(test))


def _handed_over(test: ast.FunctionDef) -> Iterator[str]:
    for call in ast.walk(test):
        if isinstance(call, ast.Call):
            arguments = (*call.args, *(keyword.value for keyword in call.keywords))
            yield from (
                each.value for each in arguments if isinstance(each, ast.Constant) and isinstance(each.value, str)
            )


def bad_manners(form: Form) -> Iterator[str]:
    if not JAPANESE.search(form.title):
        yield "the title is not Japanese"
    module = importlib.import_module(form.make.__module__)
    if not (module.__doc__ or "").split("\n\n")[0].rstrip().endswith("."):
        yield "the module does not say in a sentence what it is"
    if (form.name in named_by_clauses()) == bool(form.unasked):
        yield "a clause names it, or it says why none does; one of the two"
    if form.unasked and not form.unasked.endswith("。"):
        yield "the reason is no sentence"
    if made_in_tests().isdisjoint((form.name, module.__name__.rpartition(".")[2])):
        yield "no test makes it by its name"


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_form_has_manners(form: Form) -> None:
    assert list(bad_manners(form)) == []


def test_a_form_without_manners_is_told_so() -> None:
    good = next(form for form in FORMS if form.name == "day_count")

    def told(form: Form) -> list[str]:
        return list(bad_manners(form))

    assert told(replace(good, title="Day count")) == ["the title is not Japanese"]
    assert "the module does not say in a sentence what it is" in told(replace(good, make=nothing))
    assert told(replace(good, unasked="ある。")) == ["a clause names it, or it says why none does; one of the two"]
    stranger = replace(good, name="stranger", make=nothing)
    assert told(stranger)[1:] == [
        "a clause names it, or it says why none does; one of the two",
        "no test makes it by its name",
    ]
    assert told(replace(stranger, unasked="当方の用紙"))[1:] == [
        "the reason is no sentence",
        "no test makes it by its name",
    ]


def nothing(_facts: object) -> Iterable[object]:
    return ()


nothing.__module__ = "tests"  # a package without a docstring


def test_every_form_is_listed_once_and_at_the_end_of_its_module() -> None:
    modules = [
        importlib.import_module(f"{forms.__name__}.{each.name}") for each in pkgutil.iter_modules(forms.__path__)
    ]
    found = [module.FORM for module in modules if hasattr(module, "FORM")]
    assert sorted(form.name for form in FORMS) == sorted(form.name for form in found)
    assert all(any(each is form for each in found) for form in FORMS)
    for of in ("name", "title", "make"):
        assert len({getattr(form, of) for form in FORMS}) == len(FORMS)
