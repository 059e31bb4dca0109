"""不備一覧: what the check found, a row each, with room to write how it was dealt with."""

from collections.abc import Iterator

from zaitaku_xl.finding import COLOURS, WORDS, Finding
from zaitaku_xl.forms.facts import OfficeFacts
from zaitaku_xl.forms.form import Form
from zaitaku_xl.forms.paper import AS_LONG_AS_IT_TAKES, CENTRE, LINK, PLAIN, TEXT, Paper
from zaitaku_xl.forms.standing import standing
from zaitaku_xl.law.clause import japanese_day
from zaitaku_xl.made import THIN, MadeCell, MadeSheet, Style

HEADINGS = ("No.", "氏名", "日付・期間", "規則", "重さ", "理由", "根拠", "該当セル", "直し方", "対応（記入欄）")
_WIDTHS = (5, 14, 12, 7, 9, 36, 28, 13, 34, 22)
_STYLES = (CENTRE, TEXT, CENTRE, CENTRE, CENTRE, TEXT, TEXT, LINK, TEXT, TEXT)


def findings(facts: OfficeFacts) -> Iterator[MadeSheet]:
    paper = Paper(_WIDTHS)
    paper.head(f"不備一覧（{facts.words}）", standing(facts))
    counts = facts.report.weights
    told = "　".join(f"{words} {counts[weight]}件" for weight, words in WORDS.items())
    paper.across(f"事業所 {facts.office.office_name or ''}　　{told}", PLAIN)
    top = paper.headings(HEADINGS)
    for number, finding in enumerate(facts.findings, 1):
        _row(paper, number, finding)
    if not facts.findings:
        paper.line(("", "", "", "", "", facts.report.nothing or "指摘はありません。", "", "", "", ""), TEXT)
    yield paper.sheet("不備一覧", landscape=True, page=AS_LONG_AS_IT_TAKES, heading_row=top)


def _row(paper: Paper, number: int, finding: Finding) -> None:
    source = finding.clause.source
    weight = Style(align="center", vertical="center", edges=THIN, fill=COLOURS[finding.weight])
    paper.line(
        (
            number,
            finding.client or "（全体）",
            finding.when.replace("～", "～\n") or "―",
            finding.rule,
            MadeCell(WORDS[finding.weight], weight),
            finding.message,
            f"{source.cited}（{japanese_day(finding.clause.since)}から）{finding.rests}",
            _cell(finding),
            finding.remedy,
            "",
        ),
        _STYLES,
    )


def _cell(finding: Finding) -> MadeCell:
    if not finding.sheet:
        return MadeCell("―", CENTRE)
    return MadeCell(f"{finding.sheet}!{finding.cell}", LINK, (finding.sheet, finding.row, finding.column))


FORM = Form("findings", "不備一覧", OfficeFacts, findings)
