"""P02 足りないシート・列・月 — a sheet, column, month or law text that the answer depends on is not there.

Asks      判定に必要な表・列・月の記録を、ブックの中にそろえます。
Reading   利用者台帳・在宅承認・週評価・月評価の表、または算定の可否がかかる列がないときは、在宅の日を要確認とします。ほかの表や列が
          ないときは、それを使う点検だけを行わず、そのことを助言で伝えます。月をまたぐ週は、ブックにない月の評価しだいのときだけ要確認です。
          取扱いを収録していない市町村の利用者は国の通知で点検し、そのことを助言で伝えます。
          同じ氏名の行の受給者証番号が利用者台帳と違うときは、どの利用者の行か判断できないので要確認です。氏名の異体字や敬称の違いは同じ利用者と
          して点検し、助言します。台帳の利用者と1文字違いの氏名と、だれのものか分からない行は、近い利用者を挙げて要確認とし、「ない」とは言いません。
Limits    ブックの外にある記録は見ません。
Passes    1月のブックに、利用者台帳・在宅承認・週評価・月評価がそろっています。
Fails     1月6日が在宅ですが、ブックに週評価のシートがありません。
"""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw
from zaitaku_xl.rules.p02_not_available.how_read import how_read
from zaitaku_xl.rules.p02_not_available.lacking_sheets import lacking_sheets
from zaitaku_xl.rules.p02_not_available.months_without_rows import months_without_rows
from zaitaku_xl.rules.p02_not_available.names_from_above import names_from_above
from zaitaku_xl.rules.p02_not_available.no_text_on_record import no_text_on_record
from zaitaku_xl.rules.p02_not_available.open_weeks import open_weeks
from zaitaku_xl.rules.p02_not_available.orphans import orphans
from zaitaku_xl.rules.p02_not_available.other_months import other_months
from zaitaku_xl.rules.p02_not_available.other_numbers import other_numbers
from zaitaku_xl.rules.p02_not_available.overruled_readings import overruled_readings
from zaitaku_xl.rules.p02_not_available.respelt_names import respelt_names
from zaitaku_xl.rules.p02_not_available.rows_of_namesakes import rows_of_namesakes
from zaitaku_xl.rules.p02_not_available.rows_set_aside import copies, hidden_records, rows_set_aside, words_beside
from zaitaku_xl.rules.p02_not_available.stated_months import stated_months
from zaitaku_xl.rules.p02_not_available.towns_without_text import towns_without_text
from zaitaku_xl.rules.p02_not_available.transition_without_term import transition_without_term
from zaitaku_xl.rules.p02_not_available.unknown_clients import unknown_clients
from zaitaku_xl.rules.p02_not_available.unplanned_clients import unplanned_clients
from zaitaku_xl.rules.p02_not_available.words_read import words_read
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Book

_PARTS = (
    lacking_sheets,
    months_without_rows,
    other_months,
    stated_months,
    rows_set_aside,
    words_beside,
    copies,
    hidden_records,
    words_read,
    how_read,
    towns_without_text,
    overruled_readings,
    unknown_clients,
    unplanned_clients,
    respelt_names,
    names_from_above,
    orphans,
    rows_of_namesakes,
    other_numbers,
    no_text_on_record,
    open_weeks,
    transition_without_term,
)


@rule(
    id="P02",
    title="足りないシート・列・月",
    over=Book,
    clause="available",
    uses=("clients.town",),
    may_rest_on=("A-2", "A-3", "A-11"),
    remedy="足りない表や列、前後の月の記録を入力してから、もう一度点検してください。",
)
def not_available(book: Book, asked: bool) -> Iterator[Flaw]:
    for part in _PARTS:
        yield from part(book)
