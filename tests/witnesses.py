"""How densely a checkout is written: figures that bear witness, and no goals.

    python -m tests.witnesses [CHECKOUT [CHECKOUT]]

Two checkouts stand side by side. Nothing fails for a figure: a clear line is not to be split to please one.
"""

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOMS = "zaitaku_xl"
MANY_ARGUMENTS, LONG_FUNCTION, LONG_FILE = 5, 30, 300
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True)
class Witness:
    """One figure: what it counts, and whether it is told for every 1,000 lines of code."""

    counts: str
    title: str
    per_thousand: bool = False


WITNESSES = (
    Witness("positional", f"calls with {MANY_ARGUMENTS} positional arguments and more", per_thousand=True),
    Witness("nested", "comprehensions inside a comprehension", per_thousand=True),
    Witness("ternaries", "ternaries", per_thousand=True),
    Witness("skips", "fmt: skip"),
    Witness("ids", "id() of something"),
    Witness("long functions", f"functions over {LONG_FUNCTION} lines"),
    Witness("long files", f"files over {LONG_FILE} lines"),
    Witness("functions", "functions"),
    Witness("files", "files"),
    Witness("lines", "lines that are neither blank nor a comment"),
)


def figures(checkout: Path) -> Counter[str]:
    """Count in the package of a checkout; tests are not looked at."""
    count: Counter[str] = Counter()
    for path in sorted((checkout / ROOMS).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        count["files"] += 1
        count["skips"] += text.count("# fmt: skip")
        count["long files"] += len(text.splitlines()) > LONG_FILE
        count["lines"] += sum(_is_written(line) for line in text.splitlines())
        count.update(_sights(ast.parse(text)))
    return count


def _is_written(line: str) -> bool:
    """Blank lines and comments are room to breathe."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _sights(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.IfExp):
            yield "ternaries"
        elif isinstance(node, _COMPREHENSIONS):
            yield from _nested(node)
        elif isinstance(node, ast.Call):
            yield from _call(node)
        elif isinstance(node, _FUNCTIONS):
            yield from _function(node)


def _call(call: ast.Call) -> Iterator[str]:
    if len(call.args) >= MANY_ARGUMENTS:
        yield "positional"
    if isinstance(call.func, ast.Name) and call.func.id == "id":
        yield "ids"


def _nested(comprehension: ast.expr) -> Iterator[str]:
    """One for each that stands inside another or has a second ``for``."""
    inner = [node for node in ast.walk(comprehension) if isinstance(node, _COMPREHENSIONS)][1:]
    second_for = len(getattr(comprehension, "generators", ())) > 1
    if inner or second_for:
        yield "nested"


def _function(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    yield "functions"
    if (function.end_lineno or 0) - function.lineno + 1 > LONG_FUNCTION:
        yield "long functions"


def told(witness: Witness, count: Counter[str]) -> str:
    if witness.per_thousand:
        return f"{1000 * count[witness.counts] / max(count['lines'], 1):.1f} per 1,000"
    return f"{count[witness.counts]:,}"


def table(checkouts: list[Path]) -> Iterator[str]:
    counts = [figures(checkout) for checkout in checkouts]
    for witness in WITNESSES:
        yield f"{witness.title:<44}" + "".join(f"{told(witness, count):>18}" for count in counts)


def main() -> None:
    checkouts = [Path(name).resolve() for name in sys.argv[1:]] or [Path(__file__).resolve().parent.parent]
    print(f"{'':<44}" + "".join(f"{checkout.name[-16:]:>18}" for checkout in checkouts))
    print(*table(checkouts), sep="\n")


if __name__ == "__main__":
    main()
