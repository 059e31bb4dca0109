"""点検結果一覧: what the check found, a row each, with room to write how it was dealt with."""

from collections.abc import Iterator

from zaitaku_xl.book.dates import in_a_column
from zaitaku_xl.finding import COLOURS, HEADINGS, NOTHING_FOUND, OFFICE, WORDS, Finding
from zaitaku_xl.forms.facts import OfficeFacts
from zaitaku_xl.forms.form import Form
from zaitaku_xl.forms.paper import AS_LONG_AS_IT_TAKES, CENTRE, LINK, PLAIN, TEXT, Paper
from zaitaku_xl.forms.standing import standing
from zaitaku_xl.made import THIN, MadeCell, MadeSheet, Style

TITLE = "点検結果一覧"

_WIDTHS = (5, 9, 14, 12, 13, 7, 36, 34, 28, 9, 22)
_STYLES = (CENTRE, CENTRE, TEXT, CENTRE, LINK, CENTRE, TEXT, TEXT, TEXT, CENTRE, TEXT)


def findings(facts: OfficeFacts) -> Iterator[MadeSheet]:
    paper = Paper(_WIDTHS)
    paper.head(f"{TITLE}（{facts.words}）", standing(facts))
    counts = facts.report.weights
    told = "　".join(f"{words} {counts[weight]}件" for weight, words in WORDS.items())
    paper.across(f"事業所 {facts.office.office_name or ''}　　{told}", PLAIN)
    top = paper.headings(HEADINGS)
    for number, finding in enumerate(facts.findings, 1):
        _row(paper, number, finding, facts)
    if not facts.findings:
        said = facts.report.nothing or NOTHING_FOUND
        paper.line([said if heading == "内容" else "" for heading in HEADINGS], TEXT)
    yield paper.sheet(TITLE, landscape=True, page=AS_LONG_AS_IT_TAKES, heading_row=top)


def _row(paper: Paper, number: int, finding: Finding, facts: OfficeFacts) -> None:
    source = finding.clause.source
    jotting = facts.report.jotting(finding)
    weight = Style(align="center", vertical="center", edges=THIN, fill=COLOURS[finding.weight])
    paper.line(
        (
            number,
            MadeCell(WORDS[finding.weight], weight),
            finding.client or OFFICE,
            in_a_column(finding.dates, facts.report.years) or "―",
            _cell(finding),
            finding.rule,
            finding.message,
            finding.remedy,
            f"{source.cited}{finding.rests}",
            jotting.ticked,
            jotting.words,
        ),
        _STYLES,
    )


def _cell(finding: Finding) -> MadeCell:
    if not finding.sheet:
        return MadeCell("―", CENTRE)
    return MadeCell(f"{finding.sheet}!{finding.cell}", LINK, (finding.sheet, finding.row, finding.column))


FORM = Form("findings", TITLE, OfficeFacts, findings)
