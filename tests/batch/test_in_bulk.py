"""Claim files, other readings and a draft notice over many workbooks at once."""

import json
from pathlib import Path

import pytest

from tests.command import Run
from tests.workbooks import saved

DRAFT = """
name = "長崎市"
prefecture = "長崎県"

[[contacts_per_day]]
since  = 2026-01-01
asked  = 3
weight = "block"
[contacts_per_day.source]
document = "下書き"
clause   = "1"
gist     = "在宅の日は三回"
seen_on  = 2026-01-01
"""


def _claim(office: int, month: str, day: int, number: int = 1) -> bytes:
    items = ["J611", "02", month, "422011", f"421000000{office}", f"{number:010}", "1701", "1", str(day)] + [""] * 104
    items[13], items[14], items[34] = "0930", "1530", "在宅支援"
    return ('1,1,0,1,J61,0,4210000001,0,1,202602,,\r\n2,2,"' + ",".join(items) + '"\r\n3,3\r\n').encode("cp932")


def _office(folder: Path, number: int, **more: object) -> None:
    tables = {"日報": [{"日付": "2026-01-06", "提供区分": "在宅"}, {"日付": "2026-01-20", "提供区分": "通所"}]}
    settings = {"事業所番号": f"421000000{number}", "事業所名": f"作業所{number}"}
    approvals = [{"承認事業所": f"作業所{number}"}]
    saved(folder / f"{number}.xlsx", tables | {"設定": settings, "在宅承認": approvals} | more)


def _claims_said(out: str) -> dict[str, list[str]]:
    return {
        Path(file["path"]).name: [f["message"] for f in file["findings"] if f["rule"] == "R04"]
        for file in json.loads(out)["files"]
    }


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    folder = tmp_path / "claims"
    folder.mkdir()
    (folder / "1.csv").write_bytes(_claim(1, "202601", 6))
    (folder / "2.CSV").write_bytes(_claim(2, "202601", 7))
    (folder / "3.csv").write_bytes(_claim(3, "202512", 6))
    (folder / "9.csv").write_bytes(_claim(9, "202601", 6))
    (folder / "other.csv").write_text("a,b\n", encoding="utf-8")
    return folder


def test_each_workbook_meets_the_claims_of_its_office_and_month(run: Run, claims: Path, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        _office(tmp_path / "in", number)
    told = _claims_said(run("check", tmp_path / "in", "--j611", claims, "--json", "-").out)
    assert told["1.xlsx"] == ["1月20日（火）の通所が請求データにありません。"]
    assert len(told["2.xlsx"]) == 3  # two days not claimed, one claimed and not recorded
    assert told["3.xlsx"] == []  # claims of another month alone: not compared
    screen = run("check", tmp_path / "in", "--j611", claims / "1.csv", "--j611", claims / "9.csv")
    assert "3.xlsx: 請求データに事業所番号4210000003のこの月の行がないため、照合していません。" in screen.err
    assert "請求データにあって、ブックのない事業所: 4210000009" in screen.out


def test_an_office_without_a_number_is_found_by_its_clients(run: Run, claims: Path, tmp_path: Path) -> None:
    _office(tmp_path / "in", 1, 設定={"事業所番号": None, "事業所名": "作業所1"})
    told = _claims_said(run("check", tmp_path / "in", "--j611", claims / "1.csv", "--json", "-").out)
    assert told["1.xlsx"] == ["1月20日（火）の通所が請求データにありません。"]


def test_a_folder_without_claim_files_is_wrong_use(run: Run, tmp_path: Path) -> None:
    _office(tmp_path / "in", 1)
    told = run("check", tmp_path / "in", "--j611", tmp_path / "in")
    assert (told.status, "請求データ（J611のCSV）がありません" in told.err) == (2, True)


def test_a_draft_is_tried_on_all_and_counted_by_file_and_in_total(run: Run, tmp_path: Path) -> None:
    for number in range(1, 8):
        _office(tmp_path / "in", number)
    (tmp_path / "draft.toml").write_text(DRAFT, encoding="utf-8")
    told = run("check", tmp_path / "in", "--trial", tmp_path / "draft.toml", "--jobs", 2).out
    assert "長崎市の人 7人。判定の変わる日 7日" in told
    assert "算定可 → 算定不可  7日" in told
    assert "7.xlsx: 1日（算定可 → 算定不可  1日）" in told


def test_other_readings_are_counted_by_file_and_in_total(run: Run, tmp_path: Path) -> None:
    contacts = ["9:35 電話 開始確認 体調の確認 佐藤", "9:40 電話 終了確認 作業の振り返り 佐藤"]
    for number in range(1, 8):
        rows = [{"日付": "2026-01-06", "提供区分": "在宅", "連絡": contacts}]
        _office(tmp_path / "in", number, 日報=rows, 週評価=[{"実施日": "2026-01-13"}])
    told = run("check", tmp_path / "in", "--readings").out
    assert "（7件のファイル）" in told
    assert "7.xlsx: " in told
    assert "解釈によって判定の変わる日は、合わせて7日です。" in told
