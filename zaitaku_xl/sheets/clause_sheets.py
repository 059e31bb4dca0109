"""条項の対応表 as a workbook: a sheet a document, a row a clause, and what answers it."""

from collections.abc import Mapping, Sequence

from zaitaku_xl.draft import Draft, DraftCell, DraftSheet, Look, PrintSetup
from zaitaku_xl.law import Law
from zaitaku_xl.law.clauses import ClauseTable, Document, Row
from zaitaku_xl.rules import Rule
from zaitaku_xl.sheets.printed import Page, draft, look

HEADINGS = ("条項", "求められていること（要旨）", "答える規則", "答える様式", "しないこと・断り")
_WIDTHS = (16, 42, 36, 28, 42)
_TITLE = "条項の対応表"


def clause_sheets(table: ClauseTable, rules: Sequence[Rule], law: Law) -> Draft:
    """Return the workbook."""
    titles = {rule.id: rule.title for rule in rules}
    return draft(_TITLE, *(_sheet(document, titles, table.forms, law) for document in table.documents))


def _sheet(document: Document, rules: Mapping[str, str], forms: Mapping[str, str], law: Law) -> DraftSheet:
    page, ink, line = Page(_WIDTHS), look().ink, look().line
    page.across(DraftCell(f"{_TITLE}　{document.title}", Look(bold=True, size=14, colour=ink)))
    page.across(DraftCell(document.about, Look(size=9, colour=look().quiet)))
    head = Look(bold=True, colour=ink, fill="E9EDF1", line=line, align="center")
    page.add(*(DraftCell(heading, head) for heading in HEADINGS))
    top = page.row
    text = Look(colour=ink, line=line, wrap=True, vertical="top", indent=1)
    for row in document.rows:
        page.add(*(DraftCell(words, text) for words in _words(document, row, rules, forms, law)))
    return page.sheet(document.sheet, PrintSetup(repeat_rows=(top, top)), frozen=top)


def _words(
    document: Document, row: Row, rules: Mapping[str, str], forms: Mapping[str, str], law: Law
) -> tuple[str, ...]:
    said = [limit.what for limit in document.limits(law, row)]
    return (
        "\n".join(part for part in (row.clause, row.part) if part),
        row.gist,
        "\n".join(f"{rule} {rules[rule]}" for rule in row.rules),
        "\n".join(forms[form] for form in row.forms),
        "\n".join([*said, *([row.says] if row.says else [])]),
    )
