"""The buttons: never an exception, one sentence for the clerk, nothing heavy imported for a click."""

import io
import logging
import subprocess
import sys

import xlwings as xw

from zaitaku_xl.entry import ribbon
from zaitaku_xl.entry.trouble import MAX_LOG, keep_log, log_file


def in_fresh_python(script: str) -> str:
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def test_a_click_imports_nothing_heavy_even_where_it_is_installed():
    script = """
import sys
from zaitaku_xl.entry import ribbon
from zaitaku_xl.entry.light import HEAVY
print(sorted(HEAVY & sys.modules.keys()))
"""
    assert in_fresh_python(script) == "[]"


def test_after_the_click_heavy_packages_can_be_imported_again():
    assert in_fresh_python("from zaitaku_xl.entry import ribbon; import pandas; print(pandas.Series([1]).sum())") == "1"


def test_without_a_workbook_the_button_says_so_and_does_not_raise(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.delattr(xw.Book, "_mock_caller", raising=False)
    ribbon.run("check_book")
    assert "ブックを開き直してください" in capsys.readouterr().err
    assert "no calling workbook" in (tmp_path / "zaitaku_xl/zaitaku_xl.log").read_text("utf-8")


def test_the_log_keeps_no_words_even_where_another_handler_wrote_them_first(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    ours, first = logging.getLogger("zaitaku_xl"), logging.StreamHandler(io.StringIO())
    ours.handlers.insert(0, first)
    try:
        keep_log()
        try:
            int("山田 花子 8:55")
        except ValueError:
            ours.exception("a click failed")
    finally:
        ours.handlers.remove(first)
    assert "山田" in first.stream.getvalue()
    kept = log_file().read_text("utf-8")
    assert "a click failed\n  ValueError\n  test_ribbon.py:" in kept
    assert "山田" not in kept


def test_a_log_that_grew_large_starts_anew(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    log_file().parent.mkdir(parents=True)
    log_file().write_text("x" * (MAX_LOG + 1), "utf-8")
    keep_log()
    logging.getLogger("zaitaku_xl").error("new")
    assert log_file().stat().st_size < 200
