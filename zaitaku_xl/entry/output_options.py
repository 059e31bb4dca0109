"""An option of `check` for each output there is: what is listed in `batch.outputs` is offered, nothing is said twice."""

from collections.abc import Callable, Iterator
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Annotated, Any

import typer

from zaitaku_xl.batch.outputs import OUTPUTS
from zaitaku_xl.batch.outputs.output import Output, Target
from zaitaku_xl.entry import screen

Targets = dict[Output, Target]
_BEFORE = {"--json": "month"}  # looked for among the first options; all others stand together
_OTHERS_BEFORE = "ledger"


def with_outputs(command: Callable[..., None]) -> Callable[..., None]:
    """Return *command* with the options of all outputs; it is given those that were typed, as its first argument.

    An option that the command has itself (``--out``) stays its own, and reaches it as it is.
    """
    own = list(signature(command).parameters.values())[1:]
    taken = {parameter.name for parameter in own}
    offered = {_name(output): output for output in OUTPUTS if _name(output) not in taken}

    def run(**typed: Any) -> None:
        targets: Targets = {}
        for name, output in offered.items():
            if value := typed.pop(name):
                targets[output] = _target(output, value)
        command(targets, **typed)

    run.__name__ = command.__name__
    run.__signature__ = Signature(list(_in_order(own, offered)))  # type: ignore[attr-defined]
    return run


def to_standard_output(targets: Targets) -> bool:
    """Tell whether an output has the screen to itself."""
    return any(not isinstance(target, Path) for target in targets.values())


def _name(output: Output) -> str:
    return output.option.removeprefix("--").replace("-", "_")


def _target(output: Output, typed: str | Path) -> Target:
    return screen.standard_output() if output.standard_output and typed == "-" else Path(typed)


def _in_order(own: list[Parameter], offered: dict[str, Output]) -> Iterator[Parameter]:
    for parameter in own:
        for name, output in offered.items():
            if _BEFORE.get(output.option, _OTHERS_BEFORE) == parameter.name:
                yield Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=_option(output))
        yield parameter.replace(kind=Parameter.KEYWORD_ONLY)


def _option(output: Output) -> Any:
    if output.standard_output:
        return Annotated[str | None, typer.Option(output.option, help=output.help, metavar="FILE|-")]
    return Annotated[Path | None, typer.Option(output.option, help=output.help, metavar="FILE")]
