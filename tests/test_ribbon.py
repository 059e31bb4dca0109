"""The buttons: never an exception, one sentence for the clerk, nothing heavy imported for a click."""

import subprocess
import sys

from zaitaku_xl.entry import ribbon


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
    ribbon.run("check_book")
    assert "ブックを開き直してください" in capsys.readouterr().err
    assert "no calling workbook" in (tmp_path / "zaitaku_xl/zaitaku_xl.log").read_text("utf-8")
