"""Formulas that exist only to see what the generator makes of them."""

from typing import Any

import xlwings as xw


@xw.func(category="在宅点検")
@xw.arg("client_name", doc="氏名のセル")
def ZAITAKU_BILLABLE(client_name: Any, on_day: Any, *tables: Any) -> str:  # noqa: N802
    """その日が請求できるか"""
    return f"{client_name}{on_day}{len(tables)}"


@xw.func
def ZAITAKU_WAREKI(on_day: Any = None) -> str:  # noqa: N802
    """和暦"""
    return str(on_day)
