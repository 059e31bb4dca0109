"""在宅点検: checks home use of 就労移行支援 and 就労継続支援 inside the office's own workbook."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zaitaku_xl.batch.analysis import check_files as check_files

__version__ = "0.1.0"
__all__ = ["__version__", "check_files"]


def __getattr__(name: str) -> Any:
    """Load ``check_files`` when somebody asks for it: to import zaitaku_xl costs nothing."""
    if name == "check_files":
        return import_module("zaitaku_xl.batch.analysis").check_files
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
