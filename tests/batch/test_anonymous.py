"""With --anonymise no client's name is in any output, and a code is the same wherever the key is the same."""

import json
import re
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from tests.batch.conftest import ONE_CONTACT
from tests.command import Run
from tests.workbooks import saved

NAMES = ("山田 花子", "山田花子", "鈴木", "ヤマダ", "0000000077", "そのほかの秘密")


@pytest.fixture
def named(tmp_path: Path) -> Path:
    rows = [
        {"氏名": name, "日付": "2026-01-06", "提供区分": "在宅", "連絡": ONE_CONTACT, "開始": "そのほかの秘密"}
        for name in ("山田 花子", "鈴木 一郎")
    ]
    clients = [
        {"氏名": "山田 花子", "フリガナ": "ヤマダ", "受給者証番号": "0000000077"},
        {"氏名": "鈴木 一郎", "受給者証番号": "0000000078"},
    ]
    tables = {"日報": rows, "利用者台帳": clients, "実績記録票": [{"氏名": "山田 花子", "日付": 6.0, "備考": "在宅"}]}
    saved(tmp_path / "in" / "山田花子.xlsx", tables)
    saved(tmp_path / "in" / "b.xlsx", {**tables, "設定": {"事業所番号": "4210000002"}})
    saved(tmp_path / "in" / "c.xlsx", {"日報": False})
    (tmp_path / "in" / "鈴木.xlsx").write_bytes(b"PK")
    return tmp_path / "in"


def _all_text(path: Path) -> str:
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as package:
            return "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
    if path.suffix == ".parquet":
        return pd.read_parquet(path).to_csv()
    return path.read_bytes().decode("utf-8", "replace")


def test_no_name_is_in_any_output(run: Run, named: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = run(
        "check", named, "--out", out, "--no-copies", "--anonymise", "--key", tmp_path / "key", "--json", out / "a.json",
        "--csv", out / "a.csv", "--html", out / "a.html", "--parquet", out / "a.parquet", "--ledger", out / "l.sqlite",
    )  # fmt: skip
    told = {path.name: _all_text(path) for path in out.iterdir()} | {"out": ran.out, "err": ran.err}
    assert len(told) == 9
    for where, text in told.items():
        for name in NAMES:
            assert name not in text, where
    assert "利用者-" in told["a.json"]
    assert "D01" in told["a.csv"]


def _codes(run: Run, folder: Path, *options: object) -> list[set[str]]:
    files = json.loads(run("check", folder, "--json", "-", "--anonymise", *options).out)["files"]
    return [{client["client"] for client in file["clients"]} for file in files if file["clients"]]


def test_a_client_has_the_same_code_in_every_file_and_run_under_one_key(run: Run, named: Path, tmp_path: Path) -> None:
    one, other = _codes(run, named, "--key", tmp_path / "key")
    assert one == other  # the same 受給者証番号 at two offices
    assert len(one) == 2
    assert _codes(run, named, "--key", tmp_path / "key") == [one, other]
    assert _codes(run, named)[0] != one
    assert all(re.fullmatch("利用者-[0-9a-f]{10}", code) for code in one)


def test_a_finding_about_a_record_sheet_does_not_tell_whose_it_is(run: Run, named: Path) -> None:
    files = json.loads(run("check", named, "--json", "-", "--anonymise").out)["files"]
    sheets = {finding["sheet"] for file in files for finding in file["findings"]}
    assert "実績記録票" in sheets


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--anonymise", "--out", "out"), "--no-copies"),
        (("--anonymise", "--in-place"), "--no-copies"),
        (("--key", "key"), "--anonymise と一緒に"),
        (("--anonymise", "--ledger", "l.sqlite"), "--key FILE"),
        (("--no-copies",), "--out DIR と一緒に"),
    ],
)
def test_what_would_give_a_name_away_is_refused(
    options: tuple[str, ...], says: str, run: Run, named: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    told = run("check", named, *options)
    assert told.status == 2
    assert says in told.err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_key_too_short_to_keep_a_secret_is_refused(run: Run, named: Path, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("1234")
    assert "短すぎます" in run("check", named, "--anonymise", "--key", tmp_path / "key").err
