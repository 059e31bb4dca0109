"""在宅利用における申出書（様式1～3）の内容整理シート: everything the notice names, each with the cell it comes from.

What is printed   what the records hold, with sheet and cell; beside it, for who writes the paper, what the records say of the
                  same thing (前回, 参考). An approval without 決定日 is the one being applied for.
What is not       the wish, the assessment and the judgement are not in the records: empty boxes. Nothing is signed here.
Not certain       the city's layout of 様式1～3 is not public: this is a draft to write from, not the form. ``jobs.filling`` puts
                  the same fields into the city's own file.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from zaitaku_xl.a1 import address
from zaitaku_xl.book.values import folded
from zaitaku_xl.forms import checklist
from zaitaku_xl.forms.blocks import NOT_OF_A_CLAIM, Part, begun, label, note, pages, row, said
from zaitaku_xl.forms.facts import ClientFacts
from zaitaku_xl.forms.form import Form
from zaitaku_xl.forms.paper import LABEL, LINK, TEXT, UNREAD, Paper, month_wareki, wareki
from zaitaku_xl.made import MadeSheet
from zaitaku_xl.model import Approval, MonthReview, Place, Record

SHEET = "申出書の内容整理"
TITLE = "在宅利用における申出書 内容整理シート（案）"
_CAUTION = "市の様式ではありません。様式1～3に書く内容を集めた案です。市の申出書に書き写すか、--into で市のファイルに入れてください。"
_SENTENCES = 44
_BY_HAND = "記録なし（記入）"
_SMALL = replace(TEXT, size=8)
_SOURCE = replace(LINK, size=8)
_SELF_CARE = ("生活リズム", "服薬管理", "体調不良時の対処", "仕事の報告", "欠勤等の連絡", "持続力")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to write in the paper. ``value`` is empty where no record says it, 要確認 where nobody can read it."""

    name: str
    value: str = ""
    day: date | None = None  # where the value is a date
    source: tuple[str, int, int] | None = None
    beside: str = ""  # what the records say of it, for who writes the paper
    room: int = 19  # points: sentences are written by hand into the taller ones

    @property
    def where(self) -> str:
        """「利用者台帳!C5」; for a blank, that it is to be written by hand."""
        if self.source is None:
            return _BY_HAND
        sheet, at_row, column = self.source
        return f"{sheet}!{address(at_row, column)}"

    @property
    def is_certain(self) -> bool:
        return bool(self.value) and self.value != UNREAD


Sections = tuple[tuple[str, tuple[Field, ...]], ...]


def sections(facts: ClientFacts) -> Sections:
    """Return all fields, in the order of the paper."""
    approvals = _Approvals.of(facts)
    return (
        ("様式1にあたる内容（申し出）", tuple(_wish(facts, approvals))),
        ("様式2にあたる内容（アセスメント）", tuple(_assessment(facts, approvals))),
        ("様式3にあたる内容（事業所の要件）", tuple(_office(facts, approvals))),
    )


def fields(facts: ClientFacts) -> dict[str, Field]:
    """Return the fields by name: the names a mapping knows."""
    return {field.name: field for _, listed in sections(facts) for field in listed}


def application(facts: ClientFacts) -> Iterator[MadeSheet]:
    """Yield the sheet; none for a client who neither has an approval nor was ever at home."""
    if not facts.person.approvals and all(entry.place is not Place.HOME for entry in facts.person.entries):
        return
    paper = begun(facts, TITLE, NOT_OF_A_CLAIM)
    note(paper, _CAUTION)
    starts = []
    for title, listed in sections(facts):
        paper.gap(6)
        starts.append(paper.row)
        row(paper, Part(12, title, replace(LABEL, size=10, bold=True, align="left", indent=1)), least=20)
        row(paper, label(3, "項目"), label(4, "内容"), label(2, "出どころ"), label(3, "参考（記録から）"), least=16)
        for field in listed:
            _line(paper, field)
    paper.gap(6)
    note(paper, "内容を確かめ、本人の同意の署名は市の申出書にもらってください。署名の欄には何も書き入れません。")
    yield paper.sheet(f"{SHEET}_{facts.person.name}", page=pages(paper, NOT_OF_A_CLAIM, starts))


def _line(paper: Paper, field: Field) -> None:
    style = _SOURCE if field.source else _SMALL
    row(
        paper,
        label(3, field.name),
        Part(4, field.value),
        Part(2, field.where, style, field.source),
        Part(3, field.beside, _SMALL),
        least=field.room,
    )


# ---- where a field comes from


@dataclass(frozen=True, slots=True)
class _Approvals:
    """The newest decided approval, and the newest that waits for its decision."""

    decided: Approval | None
    waiting: Approval | None

    @classmethod
    def of(cls, facts: ClientFacts) -> "_Approvals":
        terms = sorted(facts.person.approvals, key=lambda term: term.start or term.applied_on or date.min)
        waits = [term for term in terms if term.decided_on is None and "decided_on" not in term.row.unread]
        decided = [term for term in terms if term not in waits]
        return cls(decided[-1] if decided else None, waits[-1] if waits else None)


def _of(name: str, record: Record | None, field: str, words: Callable[[Any], str] = str, beside: str = "") -> Field:
    """A field of a record, with its cell; blank where the record is not there or does not say it."""
    value = said(record, field, words) if record else ""
    if record is None or not value:
        return Field(name, beside=beside)
    at = record.row.place(field)
    day = getattr(record, field)
    return Field(name, value, day if isinstance(day, date) else None, at, beside)


def _asked_now(name: str, terms: _Approvals, field: str) -> Field:
    """A day of the approval that waits; beside it the one of the approval before."""
    before = _of(name, terms.decided, field, wareki)
    return _of(
        name=name,
        record=terms.waiting,
        field=field,
        words=wareki,
        beside=f"前回 {before.value}（{before.where}）" if before.value else "",
    )


# ---- 様式1


def _wish(facts: ClientFacts, terms: _Approvals) -> Iterator[Field]:
    client, office = facts.client, facts.office
    yield _of("提出先の市町村", client, "town")
    yield _asked_now("申出日", terms, "applied_on")
    yield Field("申請の別（新規・更新・変更）")
    yield _of("利用者氏名", client, "name") if client else Field("利用者氏名", facts.shown_name)
    yield _of("フリガナ", client, "kana")
    yield _of("生年月日", client, "born", wareki)
    yield _of("受給者証番号", client, "number")
    yield Field("住所")
    yield Field("電話番号")
    service = client if client and (client.service or "service" in client.row.unread) else office
    yield _of("サービス種別", service, "service")
    yield _of("事業所名", office, "office_name")
    yield _of("事業所番号", office, "office_number")
    yield _of("支給決定開始", client, "decided_from", wareki)
    yield _of("支給決定終了", client, "decided_to", wareki)
    yield _of("今の承認開始", terms.decided, "start", wareki)
    yield _of("今の承認終了", terms.decided, "end", wareki)
    yield _of("希望する開始日", terms.waiting, "start", wareki)
    yield _of("希望する終了日", terms.waiting, "end", wareki)
    yield Field("在宅の日数（週・月）", beside=_planned(facts))
    yield Field("通所の日数（週・月）", beside=_planned(facts))
    yield Field("在宅を希望する理由", room=_SENTENCES)


def _planned(facts: ClientFacts) -> str:
    """The days planned in each judged month, as 予定 has them."""
    told = []
    for month in facts.whole.months:
        days = Counter(plan.place for plan in facts.person.plans if plan.day in month)
        words = "・".join(f"{place} {days[place]}日" for place in (Place.HOME, Place.ATTEND) if days[place])
        told += [f"予定 {month_wareki(month.first)}: {words}"] if words else []
    return "\n".join(told)


# ---- 様式2


def _assessment(facts: ClientFacts, terms: _Approvals) -> Iterator[Field]:
    yield _asked_now("アセスメント日", terms, "assessed_on")
    yield Field("障害・疾病の状況", room=_SENTENCES)
    yield Field("通所の困難性1（移動そのものの困難・危険）")
    yield Field("通所の困難性2（自宅以外での制約・移動後の変動）")
    yield Field("通所が困難な具体的な状況", room=_SENTENCES)
    yield Field("根拠となる資料（医師の意見など）", room=_SENTENCES)
    yield Field("自己管理能力", beside=_rated(facts, _SELF_CARE), room=_SENTENCES)
    yield Field("自宅の訓練環境", room=_SENTENCES)
    yield _equipment(facts)
    yield Field("期待する支援の効果", beside=_reviewed(facts), room=_SENTENCES)
    yield Field("妥当性の検討（表4にあたる項目）", beside=_rated(facts, _watched(), only_grave=True))
    yield Field("在宅が妥当と判断した理由", room=_SENTENCES)
    for who in ("家族", "医療機関", "相談支援専門員"):
        yield Field(f"{who}の意見", room=_SENTENCES)
    yield Field("アセスメントの作成者")


def _equipment(facts: ClientFacts) -> Field:
    """What is lent and not given back; the cell is that of the first."""
    lent = [loan for loan in facts.person.loans if loan.returned_on is None and "returned_on" not in loan.row.unread]
    words = [_loan(said(loan, "item"), said(loan, "item_number")) for loan in lent]
    source = lent[0].row.place("item") if lent else None
    return Field("ICT機器（貸与）", "\n".join(words), source=source)


def _loan(item: str, number: str) -> str:
    return f"{item}（{number}）" if number else item


def _rated(facts: ClientFacts, names: Iterable[str], *, only_grave: bool = False) -> str:
    """The newest ratings of these items of the checklist."""
    newest: dict[str, tuple[date, float]] = {}
    wanted = {folded(name): name for name in names}
    for record in facts.person.checklist:
        name = wanted.get(folded(record.item or ""))
        if name and record.day and record.rating is not None and record.day >= newest.get(name, (date.min, 0.0))[0]:
            newest[name] = record.day, record.rating
    kept = {
        name: (day, rating) for name, (day, rating) in newest.items() if not only_grave or _grave(facts, day, rating)
    }
    if not newest:
        return ""
    last = max(day for day, _ in newest.values())
    words = "・".join(f"{name} {rating:g}" for name, (_, rating) in kept.items()) or "4以上の評価なし"
    return f"チェックリスト {wareki(last)}: {words}"


def _grave(facts: ClientFacts, day: date, rating: float) -> bool:
    clause = facts.clause("checklist_concern", day)
    return clause is not None and rating >= clause.asked


def _watched() -> tuple[str, ...]:
    return tuple(item.name for items in checklist.AREAS.values() for item in items if item.watched)


def _reviewed(facts: ClientFacts) -> str:
    review = _last_review(facts)
    return f"月の評価 {wareki(review.done_on)}: {said(review, 'achievement')}" if review else ""


def _last_review(facts: ClientFacts) -> MonthReview | None:
    return max(
        (each for each in facts.person.month_reviews if each.done_on), key=lambda r: r.done_on or date.min, default=None
    )


# ---- 様式3


def _office(facts: ClientFacts, terms: _Approvals) -> Iterator[Field]:
    office, client = facts.office, facts.client
    newest = terms.waiting or terms.decided
    yield _of("運営規程への在宅の記載日", office, "home_in_rules_on", wareki)
    yield _of("(1) 在宅で行う訓練のメニュー", newest, "menu")
    yield _asked_now("個別支援計画への記載日", terms, "planned_on")
    yield Field("(2) 1日2回の連絡の方法と時刻", beside=_contacted(facts), room=_SENTENCES)
    yield _of("(3) 緊急時対応手順の整備日", office, "emergency_flow_on", wareki)
    yield _of("(3) 居宅までの所要時間（分）", client, "arrival_minutes", "{:g}".format)
    yield _of("(3) 居宅までの移動手段", client, "arrival_means")
    yield _of("(3) 所要時間の確認日", client, "arrival_checked_on", wareki)
    yield Field("(3) 緊急時の連絡先と対応の流れ", room=_SENTENCES)
    yield Field("(4) 随時の訪問・連絡の体制", room=_SENTENCES)
    yield _of("苦情の受付窓口", office, "complaint_contact")
    yield Field("(5) 週の評価の方法", beside=_methods(facts))
    yield Field("(6) 月の評価の方法と場所", beside=_last_held(facts))
    yield Field("(7) 週と月の評価を兼ねるか")
    yield Field("担当する職員")
    yield Field("サービス管理責任者")


def _contacted(facts: ClientFacts) -> str:
    entries = (e for e in facts.person.entries if e.place is Place.HOME and any(e.day in m for m in facts.whole.months))
    methods = Counter(str(contact.method) for entry in entries for contact in entry.contacts if contact.method)
    return _times("日報の連絡", methods)


def _methods(facts: ClientFacts) -> str:
    held = (each for each in facts.person.week_reviews if any(each.done_on in month for month in facts.whole.months))
    return _times("週評価", Counter(str(each.method) for each in held if each.method))


def _times(words: str, counts: Counter[str]) -> str:
    return f"{words}: " + "・".join(f"{name} {count}回" for name, count in counts.most_common()) if counts else ""


def _last_held(facts: ClientFacts) -> str:
    review = _last_review(facts)
    return f"月評価 {wareki(review.done_on)}: {said(review, 'method')}　{said(review, 'place')}" if review else ""


FORM = Form("application", "申出書の内容整理シート", ClientFacts, application)
