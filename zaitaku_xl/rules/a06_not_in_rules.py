"""A06 運営規程の記載 — training and support at home are not in the office's rules in time.

Asks      在宅で行う訓練と支援の内容を、あらかじめ運営規程に書きます。
Reading   設定の運営規程の在宅記載日が、最初の在宅の日より後か空欄なら見直しにします。指定権者の定めによります。
Limits    運営規程の文そのものは見ません。
Passes    運営規程の在宅記載日が12月1日で、最初の在宅の日は1月6日です。
Fails     運営規程の在宅記載日が1月9日ですが、1月6日が在宅です。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, breach
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.ruling.words import dated
from zaitaku_xl.scopes import Book

_LATER = "入力の誤りなら直してください。実際に後だったときは日付を変えずに、請求の前に指定権者に相談してください。"


@rule(
    id="A06",
    title="運営規程の記載",
    over=Book,
    clause="home_in_rules",
    needs=("office.home_in_rules_on",),
    remedy="運営規程に記載があれば、その日付を入力してください。まだなら記載と変更の届出をし、前の日の扱いを指定権者に相談してください。"
    "日付をさかのぼらせないでください。",
)
def not_in_rules(book: Book, asked: bool) -> Iterator[Flaw]:
    office = book.log.office
    if "home_in_rules_on" in office.row.unread:
        return
    written = office.home_in_rules_on
    dates = {day.date for whole in book.people for day in whole.home_days}
    early = {date for date in dates if written is None or date < written}
    if not early:
        return
    message, remedy = "運営規程の在宅記載日が空欄です。", None
    if written:
        message = f"運営規程の在宅記載日（{dated(written)}）より前に、在宅の日があります。"
        remedy = _LATER
    yield breach(book, message, at="home_in_rules_on", on=office, days=early, remedy=remedy)
