"""Read, load the law, check: how every job comes from tables to what is to be said of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zaitaku_xl.book.j611 import Claims
from zaitaku_xl.book.read import read_log
from zaitaku_xl.cells import Grid
from zaitaku_xl.check import check
from zaitaku_xl.law import Law, load_law
from zaitaku_xl.layouts.answers import Kept
from zaitaku_xl.layouts.pieces import Question
from zaitaku_xl.model import ClaimLine, Log, Month, Remark
from zaitaku_xl.report import Report
from zaitaku_xl.sentence import Sentence, typed


@dataclass(frozen=True, slots=True)
class Asked:
    """How to judge: these months instead of 対象年月, this town (id) for clients without one, these claim files.

    And what to judge beside it: the other readings of the open questions, a draft notice. ``seal`` puts the digest of
    the judged cells into the marked copy, ``cells`` gives it back.
    """

    months: tuple[Month, ...] | None = None
    city: str | None = None
    claims: Claims | None = None
    readings: bool = False
    draft: Path | None = None
    seal: bool = False
    cells: bool = False
    as_of: date | None = None  # the day of reference; without one every month counts as over
    layouts: tuple[Kept, ...] = ()  # how an office's own sheets are read

    @property
    def month(self) -> Month | None:
        """The one month asked for; None where none is, or several."""
        return self.months[0] if self.months and len(self.months) == 1 else None


AS_IT_STANDS = Asked()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The records of a workbook and the report about them; ``law`` and ``asked`` are how it was judged."""

    log: Log
    report: Report
    law: Law
    asked: Asked
    claims: tuple[ClaimLine, ...] | None
    questions: tuple[Question, ...] = ()  # about an office's own sheets, still open

    def under(self, law: Law, tried: Mapping[str, str]) -> Report:
        """Judge the same once more by another law or under other readings."""
        return _report(log=self.log, law=law, asked=self.asked, claims=self.claims, tried=tried)

    @property
    def remarks(self) -> tuple[Sentence, ...]:
        """Say where nothing could be compared with the claims that were given."""
        if self.asked.claims is None or self.claims:
            return ()
        number = self.log.office.office_number
        who = "事業所番号{number}" if number else "この事業所"
        remark = Sentence(
            "請求データに" + who + "のこの月の行がないため、照合していません。",
            number=typed(number, in_brackets=False),
        )
        return (remark,)


def judged(grids: Sequence[Grid], asked: Asked = AS_IT_STANDS, told: Sequence[Remark] = ()) -> Judged:
    """Read the tables and judge them; raises NotALog, LayoutError, Unreadable or BrokenRule.

    *told* is what there is to say of tables that were put together from an office's own sheets.
    """
    log, law = read_log(grids, asked.month, told), load_law()
    claims = _claims(log, asked)
    return Judged(
        log=log,
        report=_report(log=log, law=law, asked=asked, claims=claims, tried={}),
        law=law,
        asked=asked,
        claims=claims,
    )


def _report(log: Log, law: Law, asked: Asked, claims: tuple[ClaimLine, ...] | None, tried: Mapping[str, str]) -> Report:
    return check(log, law, months=asked.months, city=asked.city, claims=claims, tried=tried, as_of=asked.as_of)


def _claims(log: Log, asked: Asked) -> tuple[ClaimLine, ...] | None:
    """The claim lines of this office and these months; None where there is nothing to compare with."""
    if asked.claims is None:
        return None
    months = asked.months or ((log.office.month,) if log.office.month else ())
    return asked.claims.of(log.office.office_number, months)
