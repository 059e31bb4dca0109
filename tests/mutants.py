"""python -m tests.mutants [WORD ...]: change one thing in a rule or a law text, and see whether a case notices.

In the rules, their helpers and the rooms that decide with them: each comparison, boolean operator, `not`, + and -,
whole number, True and False, and any/all, min/max. In the law texts: each clause's asked and advised value and its
weight, where a rule reads it. The cases of the rule concerned run first, then all others, then the examples in the
file and the tests of its own (WITNESSES). A mutant that none of them notices must stand in
mutants_accepted.toml with its reason; without one the command ends with 1, and so it does for a reason that no
surviving mutant needs any more. WORDs narrow it to mutants whose place holds one of them.
"""

import ast
import contextlib
import copy
import doctest
import importlib
import io
import resource
import signal
import sys
import tomllib
import types
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cache, cached_property
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

import zaitaku_xl
from tests.logs import grids, judged
from tests.test_cases import CASES, meets, tables_of
from zaitaku_xl.book.read import read_log
from zaitaku_xl.cells import Grid
from zaitaku_xl.law import Clause, Law, load_law, load_text
from zaitaku_xl.law.library import BASE, TEXTS
from zaitaku_xl.law.loading import WEIGHTS, TextFile
from zaitaku_xl.law.shapes import AS_HOUSE
from zaitaku_xl.model import Log, Method
from zaitaku_xl.rules import RULES, Rule

HERE = Path(__file__).parent
ACCEPTED = HERE / "mutants_accepted.toml"
PACKAGE = Path(zaitaku_xl.__file__).parent
ROOMS = ("rules", "ruling", "scopes", "spelling", "check/completeness.py", "book/whose.py")
OWN_NAMES = ("rules/", "ruling/")  # files that a reason calls by their name alone
NO_RULES = ("rules/__init__.py", "ruling/__init__.py", "ruling/rule.py")  # the registry and the decorator find nothing
# A change there is seen only in a workbook that is read again: it reads, or remembers beside what was read.
READ_WITH = ("spelling/", "book/", "scopes/completeness.py")
WITNESSES = {
    "book/whose.py": ("test_whose.py",),
    "scopes/": ("test_cuts.py",),
    "scopes/intervals.py": ("test_intervals.py",),
    "scopes/silence.py": ("test_silence.py",),
    "spelling/": ("test_spelling.py",),
    "p02_not_available/how_read.py": ("test_how_read.py",),
    "p02_not_available/": ("test_how_sheets_are_read.py",),  # what no row of a case can say of a sheet
}
PROCESSES, PATIENCE = 2, 30  # seconds of work, however busy the machine is
AGAIN = (
    1  # seconds after which a change that never ends is told once more: a callback may have swallowed the first word
)
ROOM = 3 * 1024**3  # bytes of memory: a change that never ends may also never stop gathering


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: ``place`` is a file and a function or clause, ``was`` and ``now`` the words there."""

    place: str
    was: str
    now: str
    number: int  # which of the changes of its file
    line: int = 0

    @property
    def key(self) -> tuple[str, str, str]:
        return self.place, self.was, self.now

    def __str__(self) -> str:
        file, _, where = self.place.partition(" ")
        return f"{file}{f':{self.line}' if self.line else ''} {where}: {self.was} → {self.now}"


# ---- changes in rules

_COMPARE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_NAMES = {"any": "all", "all": "any", "min": "max", "max": "min"}


def _changed(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what the node could be mistaken for."""
    match node:
        case ast.Compare(ops=ops):
            for n, op in enumerate(ops):
                other = copy.deepcopy(node)
                other.ops[n] = _COMPARE[type(op)]()
                yield other
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.And() if isinstance(op, ast.Or) else ast.Or(), copy.deepcopy(values))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield copy.deepcopy(operand)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
            yield ast.BinOp(left, ast.Sub() if isinstance(op, ast.Add) else ast.Add(), right)
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() as value):
            yield ast.Constant(value + 1)
        case ast.Call(func=ast.Name(id=name)) if name in _NAMES:
            yield ast.Call(ast.Name(_NAMES[name], ast.Load()), node.args, node.keywords)


class _Walk(ast.NodeTransformer):
    """Count the possible changes, or make the one with this number."""

    def __init__(self, wanted: int | None = None) -> None:
        self.wanted, self.where = wanted, "module"
        self.found: list[tuple[str, str, str, int]] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        around, self.where = self.where, node.name
        node.body = [self.visit(part) for part in node.body]  # not its annotations, defaults and decorators
        self.where = around
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.body = [self.visit(part) if isinstance(part, ast.FunctionDef) else part for part in node.body]
        return node

    def generic_visit(self, node: ast.AST) -> ast.AST:
        for other in _changed(node):
            number = len(self.found)
            self.found.append((self.where, ast.unparse(node), ast.unparse(other), getattr(node, "lineno", 0)))
            if number == self.wanted:
                return ast.copy_location(other, node)
        return super().generic_visit(node)


def rule_mutants() -> Iterator[Mutant]:
    for path in _rule_files():
        walk = _Walk()
        walk.visit(_tree(path))
        for number, (where, was, now, line) in enumerate(walk.found):
            yield Mutant(f"{_name(path)} {where}", was, now, number, line)


def _rule_files() -> list[Path]:
    """The rules, their helpers and what decides with them; a rule may be a folder of files."""
    rooms = [PACKAGE / room for room in ROOMS]
    paths = [path for room in rooms for path in (room.rglob("*.py") if room.is_dir() else [room])]
    return sorted(path for path in paths if path.relative_to(PACKAGE).as_posix() not in NO_RULES)


def _name(path: Path) -> str:
    """As a reason writes it: d01_too_few_contacts.py, p02_not_available/open_weeks.py, scopes/weeks.py."""
    name = path.relative_to(PACKAGE).as_posix()
    return next((name.removeprefix(room) for room in OWN_NAMES if name.startswith(room)), name)


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _path_of(mutant: Mutant) -> Path:
    return next(path for path in _rule_files() if _name(path) == mutant.place.partition(" ")[0])


def _module_of(path: Path) -> types.ModuleType:
    dotted = ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
    return importlib.import_module(f"zaitaku_xl.{dotted}")


@contextmanager
def changed_rule(mutant: Mutant) -> Iterator[Law]:
    """Put the changed code into the functions that are there, so that whoever imported them has it too."""
    path = _path_of(mutant)
    module = _module_of(path)
    tree = ast.fix_missing_locations(_Walk(mutant.number).visit(_tree(path)))
    fresh: dict[str, Any] = {"__name__": module.__name__, "__doc__": module.__doc__, "__file__": module.__file__}
    exec(compile(tree, str(path), "exec"), fresh)
    ours, changed = _functions(vars(module), path), _functions(fresh, path)
    before = {name: function.__code__ for name, function in ours.items()}
    constants = dict(_changed_constants(module, fresh)) if mutant.place.endswith(" module") else {}
    places = [(holder, name) for name, (was, _) in constants.items() for holder in _holders(name, was)]
    try:
        for name, function in ours.items():
            function.__code__ = changed[name].__code__
        for holder, name in places:
            setattr(holder, name, constants[name][1])
        _forget()
        yield load_law()
    finally:
        for name, code in before.items():
            ours[name].__code__ = code
        for holder, name in places:
            setattr(holder, name, constants[name][0])
        _forget()


def _functions(names: dict[str, Any], path: Path) -> dict[str, types.FunctionType]:
    """The functions and methods that stand in this file, under whatever decorator."""
    bare = [_bare(value) for value in names.values()]
    classes = [value for value in bare if isinstance(value, type) and value.__module__ == names["__name__"]]
    bare += [_bare(value) for each in classes for value in vars(each).values()]
    functions = [value for value in bare if isinstance(value, types.FunctionType)]
    return {each.__qualname__: each for each in functions if each.__code__.co_filename == str(path)}


def _bare(value: Any) -> Any:
    match value:
        case Rule():
            value = value.find
        case property():
            value = value.fget
        case cached_property():
            value = value.func
        case staticmethod() | classmethod():
            value = value.__func__
    return getattr(value, "__wrapped__", value)


def _changed_constants(module: types.ModuleType, fresh: dict[str, Any]) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """Yield what the module and its changed text call by one name, where that is a value."""
    no_value = types.ModuleType | type | types.FunctionType
    for name, was in vars(module).items():
        if name in fresh and not name.startswith("__") and not isinstance(_bare(was), no_value):
            yield name, (was, fresh[name])


def _holders(name: str, was: Any) -> list[types.ModuleType]:
    """The modules that have imported it as well."""
    ours = [module for key, module in sys.modules.items() if key.startswith("zaitaku_xl.")]
    return [module for module in ours if vars(module).get(name) is was]


def _forget() -> None:
    """Whatever was worked out before the change and is remembered."""
    for remembered in _remembered():
        remembered.cache_clear()


@cache
def _remembered() -> list[Any]:
    rooms = ("book", "check", "model", "rules", "ruling", "scopes", "spelling")
    ours = [module for key, module in sys.modules.items() if key.startswith("zaitaku_xl.")]
    values = {id(value): value for module in ours for value in vars(module).values() if hasattr(value, "cache_clear")}
    return [each for each in values.values() if each.__module__.split(".")[1] in rooms]


# ---- changes in law texts

_ADDED = {"weekly_methods": list(Method), "monthly_methods": list(Method), "monthly_place": ["居宅", "事業所", "ホテル"],
          "as_planned": ["体調"]}  # fmt: skip
_SWAPPED: dict[str, object] = {
    "always": "unless_office_pays",
    "unless_office_pays": "always",
    "在宅支援": "在宅",
    "通所": "訪問",
    AS_HOUSE: False,
}


@cache
def _texts() -> dict[str, TextFile]:
    return {path.stem: load_text(path) for path in sorted(TEXTS.glob("*.toml"))}


def _variants(clause: Clause) -> Iterator[tuple[str, str, Clause]]:
    """Yield what was, what it became, and the clause so changed."""
    for field in ("asked", "advised"):
        value = getattr(clause, field)
        for other in _others(clause.requirement, value):
            yield f"{field} = {_words(value)}", _words(other, value), replace(clause, **{field: other})
    if clause.asked is not False:
        step = WEIGHTS.index(clause.weight) + (1 if clause.weight != WEIGHTS[-1] else -1)
        yield f"weight = {clause.weight}", WEIGHTS[step], replace(clause, weight=WEIGHTS[step])


def _others(requirement: str, value: object) -> Iterator[object]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value - 1, value + 1)
    elif isinstance(value, list):
        yield from (value[:n] + value[n + 1 :] for n in range(len(value)))
        yield from ([*value, word] for word in _ADDED[requirement] if word not in value)
    elif isinstance(value, str):
        yield _SWAPPED[value]


def _words(value: object, before: object = None) -> str:
    """A value as the text writes it; of a longer list only what is new or gone."""
    if isinstance(value, list):
        if isinstance(before, list):
            return " ".join(
                [f"ほかに{w}" for w in value if w not in before] + [f"{w}なし" for w in before if w not in value]
            )
        return "・".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _law_changes() -> Iterator[tuple[Mutant, str, Clause, Clause]]:
    for stem, file in _texts().items():
        number = 0
        for clauses in file.clauses.values():
            for clause in clauses:
                for was, now, other in _variants(clause):
                    place = f"{stem}.toml {clause.requirement} {clause.since}{_for(clause)}"
                    yield Mutant(place, was, now, number), stem, clause, other
                    number += 1


def _for(clause: Clause) -> str:
    return " " + "・".join(sorted(clause.services)) if clause.services else ""


@contextmanager
def changed_law(mutant: Mutant) -> Iterator[Law]:
    stem, clause, other = next((s, c, o) for m, s, c, o in _law_changes() if m == mutant)
    files = dict(_texts())
    clauses = dict(files[stem].clauses)
    clauses[clause.requirement] = tuple(other if c is clause else c for c in clauses[clause.requirement])
    files[stem] = replace(files[stem], clauses=clauses)
    towns = [replace(town, clauses=files[id].clauses) if id == stem else town for id, town in load_law().towns.items()]
    yield Law([files[name] for name in BASE], towns)


# ---- judging them


@dataclass(frozen=True, slots=True)
class _Told:
    """A case with its workbook read once."""

    rule: str | None
    case: dict[str, Any]
    sheets: list[Grid]
    log: Log

    def notices(self, law: Law, *, reads: bool = False) -> bool:
        try:
            log = read_log(self.sheets) if reads else self.log
            meets(self.rule, self.case, judged(log, tables_of(self.case), law))
        except Exception:  # noqa: BLE001 - whatever goes wrong is noticed
            return True
        return False


@cache
def _cases() -> list[_Told]:
    told = []
    for path in sorted(CASES.glob("*.toml")):
        book = tomllib.loads(path.read_text(encoding="utf-8"))
        for case in book["case"]:
            sheets = grids(tables_of(case))
            told.append(_Told(case.get("rule", book.get("rule")), case, sheets, read_log(sheets)))
    return told


def survives(mutant: Mutant) -> bool:
    change = changed_law if ".toml" in mutant.place else changed_rule
    near = _concerned(mutant)
    cases = sorted(_cases(), key=lambda told: told.rule not in near)
    reads = mutant.place.startswith(READ_WITH)
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE, AGAIN)  # a change that never ends is noticed as well
    try:
        with change(mutant) as law:
            return not any(told.notices(law, reads=reads) for told in cases) and not _witnessed(mutant)
    except (Exception, SystemExit, KeyboardInterrupt):  # noqa: BLE001 - a module that no longer loads is noticed
        return False
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _witnessed(mutant: Mutant) -> bool:
    """True where an example in the file fails, or a test of its own."""
    if ".toml" in mutant.place:
        return False
    tests = [str(HERE / test) for start, its in WITNESSES.items() if mutant.place.startswith(start) for test in its]
    with contextlib.redirect_stdout(io.StringIO()):
        if doctest.testmod(_module_of(_path_of(mutant))).failed:
            return True
        return bool(tests) and pytest.main(["-x", "-n", "0", "-p", "no:cacheprovider", *tests]) != 0


def _concerned(mutant: Mutant) -> set[str]:
    file, _, where = mutant.place.partition(" ")
    if file.endswith(".toml"):
        return {rule.id for rule in RULES if rule.clause == where.split(" ")[0]}
    return {file[:3].upper()}


def _late(*_: object) -> None:
    raise TimeoutError


def _prepare() -> None:
    """With every file put in place anew, but unchanged, no case may fail: or it would be taken for noticing."""
    signal.signal(signal.SIGVTALRM, _late)
    with ExitStack() as every:
        for path in _rule_files():
            every.enter_context(changed_rule(Mutant(f"{_name(path)} module", "", "", -1)))
        faulty = [told.case["name"] for told in _cases() if told.notices(load_law(), reads=True)]
    if faulty:
        raise SystemExit(f"these cases fail without any change: {faulty}")


def _confine() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))


def _judge(mutant: Mutant) -> tuple[Mutant, bool]:
    return mutant, survives(mutant)


def accepted() -> dict[tuple[str, str, str], str]:
    """Return the reasons written down, by place, was and now; one reason may serve several places."""
    book = tomllib.loads(ACCEPTED.read_text(encoding="utf-8")) if ACCEPTED.exists() else {}
    told = book.get("mutant", [])
    return {(place, each["was"], each["now"]): each["reason"] for each in told for place in each["places"]}


def main(words: list[str]) -> int:
    started = perf_counter()
    mutants = [*rule_mutants(), *(change[0] for change in _law_changes())]
    wanted = [mutant for mutant in mutants if not words or any(word in mutant.place for word in words)]
    _prepare()
    with get_context("fork").Pool(PROCESSES, _confine) as pool:
        judged_ones = list(pool.imap_unordered(_judge, wanted, chunksize=8))
    alive = [mutant for mutant, lives in judged_ones if lives]
    reasons = accepted()
    for mutant in sorted(alive, key=str):
        print(f"{'survives' if mutant.key not in reasons else 'accepted'}  {mutant}")
    unexplained = [mutant for mutant in alive if mutant.key not in reasons]
    keys = {mutant.key for mutant in alive}
    idle = [key for key in reasons if key not in keys and (not words or any(word in key[0] for word in words))]
    for key in idle:
        print(f"a reason that nothing needs: {key}")
    kinds = Counter("law" if ".toml" in mutant.place else "rules" for mutant in wanted)
    print(
        f"{len(wanted)} mutants ({kinds['rules']} in rules, {kinds['law']} in law texts), {len(_cases())} cases: "
        f"{len(wanted) - len(alive)} noticed, {len(alive) - len(unexplained)} accepted with a reason, "
        f"{len(unexplained)} without; {perf_counter() - started:.0f} s"
    )
    return 1 if unexplained or idle else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
