"""What `check` can make of a run: one module an output, each with its option and its writer. This tuple is the registry."""

from importlib import import_module

from zaitaku_xl.batch.outputs.output import Output

_MODULES = (  # in the order of writing
    "summary",
    "findings_csv",
    "html_page",
    "days_parquet",
    "results_json",
)
OUTPUTS: tuple[Output, ...] = tuple(import_module(f"{__name__}.{name}").OUTPUT for name in _MODULES)
