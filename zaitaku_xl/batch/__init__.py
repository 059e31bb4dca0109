"""Many files: found, judged by one worker or several, each ending in exactly one result, and gathered.

One file a thing: ``files`` found, ``running`` the map over them (``pool`` here, ``elsewhere`` on other
machines), ``journal`` what is known so far, ``results`` what came of a file (``summary_rows`` its rows in the summary), and what is
made of all of them: ``totals``, ``summary``, ``html_page``, ``tables``, ``analysis``, ``ledger``.
"""

from typing import TYPE_CHECKING

from zaitaku_xl.on_demand import on_demand

if TYPE_CHECKING:
    from zaitaku_xl.batch.analysis import check_files as check_files
    from zaitaku_xl.batch.analysis import write_parquet as write_parquet
    from zaitaku_xl.batch.anonymous import Codes as Codes
    from zaitaku_xl.batch.anonymous import key_of as key_of
    from zaitaku_xl.batch.elsewhere import dask_map as dask_map
    from zaitaku_xl.batch.files import SUMMARY as SUMMARY
    from zaitaku_xl.batch.files import Found as Found
    from zaitaku_xl.batch.files import found as found
    from zaitaku_xl.batch.files import placed as placed
    from zaitaku_xl.batch.html_page import write_html as write_html
    from zaitaku_xl.batch.running import Run as Run
    from zaitaku_xl.batch.running import run as run
    from zaitaku_xl.batch.summary import summarised as summarised
    from zaitaku_xl.batch.tables import write_csv as write_csv
    from zaitaku_xl.batch.tables import write_json as write_json
    from zaitaku_xl.batch.totals import Totals as Totals
    from zaitaku_xl.batch.totals import totals_of as totals_of
    from zaitaku_xl.batch.watching import watched as watched
else:
    __all__, __getattr__ = on_demand(
        __name__,
        {
            "analysis": "check_files write_parquet",
            "anonymous": "Codes key_of",
            "elsewhere": "dask_map",
            "files": "SUMMARY Found found placed",
            "html_page": "write_html",
            "running": "Run run",
            "summary": "summarised",
            "tables": "write_csv write_json",
            "totals": "Totals totals_of",
            "watching": "watched",
        },
    )
