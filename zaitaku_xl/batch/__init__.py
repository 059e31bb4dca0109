"""Many files: found, judged by one worker or several, each ending in exactly one result, and gathered.

One file a thing: ``files`` found, ``running`` the map over them (``pool`` here, ``elsewhere`` on other
machines), ``journal`` what is known so far, ``results`` what came of a file (``summary_rows`` its rows in the summary), and what is
made of all of them: ``totals``, ``summary``, ``html_page``, ``tables``, ``analysis``, ``ledger``.
"""

from zaitaku_xl.batch.analysis import check_files, write_parquet
from zaitaku_xl.batch.anonymous import Codes, key_of
from zaitaku_xl.batch.elsewhere import dask_map
from zaitaku_xl.batch.files import SUMMARY, Found, found, placed
from zaitaku_xl.batch.html_page import write_html
from zaitaku_xl.batch.results import NOT_JUDGED, Result, Said, result_of
from zaitaku_xl.batch.running import Run, run
from zaitaku_xl.batch.summary import summarised
from zaitaku_xl.batch.tables import write_csv, write_json
from zaitaku_xl.batch.totals import Totals, totals_of
from zaitaku_xl.batch.watching import watched
from zaitaku_xl.hosts.frames import check_parquet

__all__ = [
    "NOT_JUDGED",
    "SUMMARY",
    "Codes",
    "Found",
    "Result",
    "Run",
    "Said",
    "Totals",
    "check_files",
    "check_parquet",
    "dask_map",
    "found",
    "key_of",
    "placed",
    "result_of",
    "run",
    "summarised",
    "totals_of",
    "watched",
    "write_csv",
    "write_html",
    "write_json",
    "write_parquet",
]
