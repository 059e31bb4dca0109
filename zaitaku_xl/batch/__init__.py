"""Many files: found, judged by one worker or several, each ending in exactly one result, and made into outputs.

One file a thing: ``files`` which there are, ``running`` the map over them (``pool`` here, ``elsewhere`` on other machines),
``packing`` a result as bytes, ``journal`` what is known so far, ``summary_rows`` what a file brings to the summary, ``totals``
what all add up to, ``outputs`` what is made of them, ``tables`` and ``analysis`` for frames, ``ledger`` what came when.
"""

from typing import TYPE_CHECKING

from zaitaku_xl.on_demand import on_demand

if TYPE_CHECKING:
    from zaitaku_xl.batch.analysis import check_files as check_files
    from zaitaku_xl.batch.anonymous import Codes as Codes
    from zaitaku_xl.batch.anonymous import key_of as key_of
    from zaitaku_xl.batch.elsewhere import dask_map as dask_map
    from zaitaku_xl.batch.files import BookFile as BookFile
    from zaitaku_xl.batch.files import Skipped as Skipped
    from zaitaku_xl.batch.files import find_files as find_files
    from zaitaku_xl.batch.files import search_files as search_files
    from zaitaku_xl.batch.files import with_targets as with_targets
    from zaitaku_xl.batch.names import SUMMARY as SUMMARY
    from zaitaku_xl.batch.running import Run as Run
    from zaitaku_xl.batch.running import run as run
    from zaitaku_xl.batch.totals import Totals as Totals
    from zaitaku_xl.batch.totals import totals_of as totals_of
    from zaitaku_xl.batch.watching import skipped_paths as skipped_paths
    from zaitaku_xl.batch.watching import watch_folders as watch_folders
else:
    __all__, __getattr__ = on_demand(
        __name__,
        {
            "analysis": "check_files",
            "anonymous": "Codes key_of",
            "elsewhere": "dask_map",
            "files": "BookFile Skipped find_files search_files with_targets",
            "names": "SUMMARY",
            "running": "Run run",
            "totals": "Totals totals_of",
            "watching": "skipped_paths watch_folders",
        },
    )
