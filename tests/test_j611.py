"""The claim file as software writes it, compared with a month's workbook."""

from datetime import date
from pathlib import Path

import pytest

from tests.workbooks import saved
from zaitaku_xl.book.j611 import claim_lines
from zaitaku_xl.errors import Unreadable
from zaitaku_xl.jobs import Asked, check_file, claims_of
from zaitaku_xl.model import ClaimLine


def _detail(day: int, start: str, end: str, remark: str = "", status: str = "", number: str = "0000000001") -> str:
    items = ["J611", "02", "202601", "422011", "4210000001", number, "1701", "1", str(day)] + [""] * 104
    items[13], items[14], items[34], items[35] = start, end, remark, status
    return ",".join(items)


def _file(*details: str) -> bytes:
    records = ["1,1,0,2,J61,0,4210000001,0,1,202602,,"]
    basic = "J611,01,202601,422011,4210000001,0000000001,1701"
    records += [f'2,{n},"{inner}"' for n, inner in enumerate((basic, *details), 2)]
    records.append(f"3,{len(records) + 1}")
    return "\r\n".join([*records, ""]).encode("cp932")


def test_the_details_of_a_claim_file_are_read() -> None:
    lines = claim_lines(_file(_detail(6, "0930", "1530", "在宅支援"), _detail(7, "", "", "", "8")))
    assert lines == (
        ClaimLine("1", date(2026, 1, 6), 570, 930, "在宅支援", False, "4210000001"),
        ClaimLine("1", date(2026, 1, 7), None, None, None, True, "4210000001"),
    )


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "J611"),
        ("日付,氏名\r\n".encode("cp932"), "J611"),
        ("在宅支援".encode(), "CP932"),
        (_file(_detail(32, "0930", "1530")), "3行目"),
        (_file(_detail(6, "9:30", "1530")), "3行目"),
    ],
)
def test_what_is_no_claim_file_is_refused_with_a_reason(data: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        claim_lines(data)


def test_a_claim_file_is_compared_with_the_workbook(tmp_path: Path) -> None:
    rows = [{"日付": "2026-01-06", "提供区分": "在宅"}, {"日付": "2026-01-28", "提供区分": "通所"}]
    book = saved(tmp_path / "a.xlsx", {"日報": rows})
    claim = tmp_path / "J611.CSV"
    claim.write_bytes(_file(_detail(6, "0930", "1530"), _detail(28, "0930", "1530")))
    outcome = check_file(book, "a", Asked(claims=claims_of(claim)))
    assert outcome.report
    assert [f.message for f in outcome.report.findings if f.rule == "R04"] == [
        "1月6日（火）は在宅ですが、請求データの備考に「在宅支援」がありません。"
    ]


def test_a_quote_never_closed_in_a_claim_file_is_refused() -> None:
    with pytest.raises(Unreadable, match="1行目の引用符"):
        claim_lines('2,1,"J611,02,202601'.encode("cp932"))
