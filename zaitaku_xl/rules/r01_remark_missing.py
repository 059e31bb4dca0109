"""R01 備考「在宅支援」の記載もれ — the remark is missing on a day at home.

Asks      在宅の日は、実績記録票の備考に決められた言葉を書きます。
Reading   全角半角と前後の空白の違いは問いません。ブックにその利用者のその月の実績記録票があればそちらで見て、日報の備考は助言にとどめます。
Limits    国保連へ出す請求データの備考は見ません。
Passes    1月6日の在宅の日の備考が「在宅支援」です。
Fails     1月6日の在宅の日の備考が「在宅」です。
"""

import unicodedata
from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice, breach
from zaitaku_xl.model import Entry
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Day, Days
from zaitaku_xl.sentence import Piece, Sentence, own, typed


@rule(
    id="R01",
    title="備考「在宅支援」の記載もれ",
    over=Day,
    clause="remark_token",
    uses=("entries.remark",),
    rests_on=("A-13",),
    remedy="備考に「在宅支援」と入力してください（この4文字のとおり）。日報の備考は、実績記録票に写ります。",
    when_advised="備考に「在宅支援」と入力しておくと安心です（この4文字のとおり）。",
)
def remark_missing(days: Days, asked: str) -> Iterator[Flaw]:
    for day, line in days.record_lines:
        if day.at_home and not holds(line.remark, asked) and line.row.clear_of("remark"):
            message = Sentence(
                "実績記録票の備考が{remark}です。{asker}では、在宅の日の備考に「{token}」と書くことになっています。",
                remark=_quoted(line.remark),
                token=own(asked),
            )
            yield breach(day, message, at="remark", on=line)
    for day, row in days.rows_at_home.whose("remark", holds=lambda remark: not holds(remark, asked)):
        if _is_there(row):
            say = advice if day.has_record_sheet else breach
            message = Sentence(
                "日報の備考が{remark}です。{asker}では、在宅の日の備考に「{token}」と書くことになっています。",
                remark=_quoted(row.remark),
                token=own(asked),
            )
            yield say(day, message, at="remark", on=row)


def holds(remark: str | None, token: str) -> bool:
    """True when the remark says the token; full and half width are the same."""
    return remark is not None and (token in remark or token in unicodedata.normalize("NFKC", remark))


def _quoted(remark: str | None) -> Piece:
    return typed(remark) if remark else own("空欄")


def _is_there(entry: Entry) -> bool:
    """True when the sheet has the column and the cell could be read."""
    return "remark" in entry.row.columns and "remark" not in entry.row.unread
