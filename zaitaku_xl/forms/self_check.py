"""在宅利用 要件確認・自己点検シート: the conditions one by one, what the check found of each, and room for the office's own answer.

What is asked and where it is written comes from the text of the 指定権者 on the last judged day, in our own words. What the check
cannot see is the office's to answer: the boxes stay empty.
"""

from collections.abc import Iterator
from datetime import timedelta

from zaitaku_xl.finding import WORDS, Finding, Weight
from zaitaku_xl.forms.facts import OfficeFacts
from zaitaku_xl.forms.form import Form
from zaitaku_xl.forms.paper import AS_LONG_AS_IT_TAKES, CENTRE, LABEL, SMALL, TEXT, Paper, wareki
from zaitaku_xl.forms.standing import standing
from zaitaku_xl.law import Clause
from zaitaku_xl.made import MadeSheet
from zaitaku_xl.report import NOTHING

HEADINGS = ("要件", "通知の要旨", "根拠", "点検の結果", "事業所の確認", "確かめた記録・気付いたこと（記入欄）")
_WIDTHS = (20, 42, 30, 30, 12, 36)
_STYLES = (LABEL, TEXT, TEXT, TEXT, CENTRE, TEXT)
_ANSWER = "□ はい\n□ いいえ"
# The conditions of the notice in its order, each with the requirements of our texts that make it up.
CONDITIONS = (
    ("(1)ア 訓練のメニュー", ("menu",)),
    ("(2)イ 1日2回の連絡と日報", ("contacts_per_day", "contact_record", "daily_log", "mere_absence")),
    ("(3)ウ 緊急時の対応", ("emergency_flow", "arrival_minutes")),
    ("(4)エ 随時の支援", ("questions_answered",)),
    ("(5)オ 週1回の評価", ("weekly_review", "weekly_methods", "weekly_content")),
    ("(6)カ 月1回の評価", ("monthly_review", "monthly_methods", "monthly_place", "monthly_content")),
    ("(7)キ 評価の置き換え", ("one_review_for_both",)),
    ("運営規程", ("home_in_rules",)),
    ("市町村の決定", ("approval", "approval_office")),
    ("同意と個別支援計画", ("consent_and_plan", "as_planned")),
    ("実績記録票", ("remark_token", "record_sheet_agrees")),
    ("利用日数", ("days_of_use",)),
    ("ほかのサービス", ("no_other_service", "outside_or_home")),
    (
        "加算",
        (
            "absence_additions",
            "no_meal_at_home",
            "no_ride_at_home",
            "visit_addition_gap",
            "outside_days",
            "unlikely_at_home",
            "absence_alone",
        ),
    ),
)
_READING = ("readable", "available")
_REST = "そのほか（読み取れないセル、足りない記録など）"  # nothing that was found is left out of this sheet


def self_check(facts: OfficeFacts) -> Iterator[MadeSheet]:
    if not facts.months:
        return
    paper = Paper(_WIDTHS)
    paper.head(f"在宅利用 要件確認・自己点検シート（{facts.words}）", standing(facts))
    office = facts.office
    dated = (
        f"事業所 {office.office_name or ''}（{office.office_number or ''}）　指定権者 {office.designator or ''}　"
        f"運営規程の在宅記載日 {wareki(office.home_in_rules_on)}　緊急時対応手順の整備日 {wareki(office.emergency_flow_on)}"
    )
    paper.across(dated, SMALL)
    top = paper.headings(HEADINGS)
    named = {name for _, requirements in CONDITIONS for name in requirements}
    rest = dict.fromkeys(f.clause.requirement for f in facts.findings if f.clause.requirement not in named)
    for words, requirements in (*CONDITIONS, (_REST, tuple(rest))):
        _condition(paper, facts, words, requirements)
    paper.gap()
    for label in ("点検した日", "点検者", "管理者の確認"):
        row = paper.row + 1
        paper.put(row, 1, label, LABEL)
        paper.put(row, 2, "", TEXT)
        paper.heights[row] = 26
    yield paper.sheet("自己点検シート", landscape=True, page=AS_LONG_AS_IT_TAKES, heading_row=top)


def _condition(paper: Paper, facts: OfficeFacts, words: str, requirements: tuple[str, ...]) -> None:
    asked = [clause for name in requirements if (clause := _clause(facts, name))]
    found = [finding for finding in facts.findings if finding.clause.requirement in requirements]
    said = dict.fromkeys(clause.source.gist for clause in asked)  # several rules may stand on one clause
    gists = "\n".join(f"・{gist}" for gist in said) or "定めなし"
    places = "\n".join(dict.fromkeys(f"{clause.source.document} {clause.source.clause}" for clause in asked))
    paper.line((words, gists, places, _result(facts, found), _ANSWER, ""), _STYLES, 34)


def _clause(facts: OfficeFacts, requirement: str) -> Clause | None:
    town = facts.law.town(facts.office.designator)
    last = facts.months[-1].after.first - timedelta(days=1)
    clause = facts.law.on(town.id if town else None, facts.office.service, last).get(requirement)
    return None if clause is None or clause.asked is False else clause


def _result(facts: OfficeFacts, found: list[Finding]) -> str:
    """Count by weight; that nothing was found is said as such, for it is not the same as fulfilled."""
    if not found:
        if not facts.report.days:
            return NOTHING
        return f"見直す箇所なし（{'「そのほか」の要確認を除く' if _is_open(facts) else '記録から分かる範囲'}）"
    counts = {words: sum(finding.weight is weight for finding in found) for weight, words in WORDS.items()}
    rules = "・".join(sorted({finding.rule for finding in found}))
    return "、".join(f"{words} {count}件" for words, count in counts.items() if count) + f"（{rules}）"


def _is_open(facts: OfficeFacts) -> bool:
    """Tell whether some cell or sheet could not be read: then no condition is known to be met."""
    return any(f.weight is Weight.UNDECIDED and f.clause.requirement in _READING for f in facts.findings)


FORM = Form("self_check", "要件確認・自己点検シート", OfficeFacts, self_check)
