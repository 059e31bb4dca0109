"""C03 貸与機器の記録なし — no record of equipment lent to a client at home.

Asks      在宅の訓練に必要なパソコンや安全対策ソフトなどは、事業所が用意して貸し出します。
Reading   貸与機器に、その利用者に在宅の日の間に貸していた機器が1つもなければ助言します。
Limits    本人の機器を使う取り決めがあるかどうかは見ません。
Passes    1月5日に貸したパソコンが貸与機器にあり、返却日が空欄です。
Fails     1月6日に在宅で利用していますが、貸与機器にこの利用者の行がありません。
"""

from collections.abc import Iterator, Sequence
from datetime import date

from zaitaku_xl.finding import Flaw, advice
from zaitaku_xl.model import Loan
from zaitaku_xl.ruling.rule import rule
from zaitaku_xl.scopes import Whole


@rule(
    id="C03",
    title="貸与機器の記録なし",
    over=Whole,
    clause="equipment_lent",
    needs=("loans", "loans.item"),
    remedy="貸し出した機器があれば、貸与機器に入力しておくと安心です。",
)
def no_loan(wholes: Sequence[Whole], asked: bool) -> Iterator[Flaw]:
    for whole in wholes:
        first, last = whole.home_days[0].date, whole.home_days[-1].date
        if not any(_was_lent(loan, first, last) for loan in whole.person.loans):
            yield advice(whole, "在宅の日に貸していた機器の記録が見つかりません（本人の機器を使うときは不要です）。")


def _was_lent(loan: Loan, first: date, last: date) -> bool:
    lent, returned = loan.lent_on, loan.returned_on
    return (lent is None or lent <= last) and (returned is None or returned >= first)
