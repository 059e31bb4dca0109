"""Worksheet functions. A few lines each; the work is in ``jobs.formulas``. What a clerk reads here is Japanese.

The tables come raw, as Excel hands them over: 620 cells that name the same tables then cost little more than one.
No argument is named by a word of VBA, for xlwings writes these names into the generated module as they are.
"""

import logging
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, TypeVar

import xlwings as xw

from zaitaku_xl.entry.trouble import keep_log
from zaitaku_xl.errors import ZaitakuError
from zaitaku_xl.jobs import formulas

log = logging.getLogger(__name__)
CATEGORY = "在宅点検"
_CLIENT = "氏名のセル"
_DAY = "日付のセル"
_TABLES = "日報、利用者台帳、在宅承認、週評価、月評価、設定などの表。見出しの行から選びます（順は自由）"
_F = TypeVar("_F", bound=Callable[..., Any])


def _spoken(answer: _F) -> _F:
    """Let a sentence come back where an exception would put a traceback into the cell."""

    @wraps(answer)
    def spoken(*typed: Any) -> Any:
        try:
            return answer(*typed)
        except ZaitakuError as error:
            return str(error)
        except Exception as error:
            keep_log()
            log.exception("%s failed", answer.__name__)
            return f"プログラムの不具合で答えられません（{type(error).__name__}）。記録に問題があるわけではありません。"

    return spoken  # type: ignore[return-value]


@xw.func(category=CATEGORY)
@xw.arg("client_name", "raw", doc=_CLIENT)
@xw.arg("on_day", "raw", doc=_DAY)
@xw.arg("tables", "raw", doc=_TABLES)
@_spoken
def ZAITAKU_BILLABLE(client_name: Any, on_day: Any, *tables: Any) -> str:
    """その方のその日が在宅として請求できるかを、算定可・算定不可・要確認・対象外で答えます"""
    return formulas.billable(client_name, on_day, tables)


@xw.func(category=CATEGORY)
@xw.arg("tables", "raw", doc=_TABLES)
@_spoken
def ZAITAKU_VERDICTS(*tables: Any) -> list[list[Any]]:
    """日報の行ごとの判定を、日報の範囲と同じ高さの1列で答えます。日報の横で、日報の見出しの行に入れます"""
    return formulas.verdicts(tables)


@xw.func(category=CATEGORY)
@xw.arg("client_name", "raw", doc=_CLIENT)
@xw.arg("on_day", "raw", doc=_DAY)
@xw.arg("tables", "raw", doc=_TABLES)
@_spoken
def ZAITAKU_WHY(client_name: Any, on_day: Any, *tables: Any) -> str:
    """その日の判定の理由を、番号・内容・根拠の順に1つのセルで答えます"""
    return formulas.why(client_name, on_day, tables)


@xw.func(category=CATEGORY)
@xw.arg("tables", "raw", doc=_TABLES)
@_spoken
def ZAITAKU_FINDINGS(*tables: Any) -> list[list[Any]]:
    """見直す箇所の一覧を見出しとともに答えます"""
    return formulas.findings(tables)


@xw.func(category=CATEGORY)
@xw.arg("rule_id", "raw", doc='点検項目の番号（"D01" など）')
@xw.arg("town", "raw", doc="市町村の名前（省略すると国の通知）")
@xw.arg("on_day", "raw", doc="いつの定めか（省略すると今日）")
@_spoken
def ZAITAKU_RULE(rule_id: Any, town: Any = None, on_day: Any = None) -> str:
    """規則が求めていることを、根拠とともに一文で答えます"""
    return formulas.rule(rule_id, town, date.today() if on_day is None else formulas.day_in(on_day))


@xw.func(category=CATEGORY)
@xw.arg("on_day", "raw", doc="日付のセル")
@_spoken
def ZAITAKU_WAREKI(on_day: Any) -> str:
    """日付を和暦（令和8年1月5日）で答えます"""
    return formulas.wareki(on_day)
