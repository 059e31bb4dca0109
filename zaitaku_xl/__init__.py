"""在宅点検: checks home use of 就労移行支援 and 就労継続支援 inside the office's own workbook."""

from typing import TYPE_CHECKING

from zaitaku_xl.on_demand import on_demand

__version__ = "0.1.0"

if TYPE_CHECKING:
    from zaitaku_xl.batch.analysis import check_files as check_files
else:
    __all__, __getattr__ = on_demand(__name__, {"batch.analysis": "check_files"})
    __all__ += ["__version__"]
