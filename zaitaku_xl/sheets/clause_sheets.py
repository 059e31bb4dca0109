"""条項の対応表 as a workbook: a sheet a document, a row a clause, and what answers it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from zaitaku_xl.law import Law
from zaitaku_xl.law.clauses import ClauseTable, Document, Row
from zaitaku_xl.made import MadeBook, MadeCell, MadeSheet
from zaitaku_xl.rules import Rule
from zaitaku_xl.sheets.printed import ON_ITS_SIDE, ReadingPaper, ink, look, made_book, text

HEADINGS = ("条項", "通知の要旨", "答える点検項目", "答える様式", "点検していないこと")
_WIDTHS = (16, 42, 36, 28, 42)
_TITLE = "条項の対応表"


def clause_sheets(table: ClauseTable, rules: Sequence[Rule], law: Law) -> MadeBook:
    """Return the workbook."""
    titles = {rule.id: rule.title for rule in rules}
    return made_book(_TITLE, *(_sheet(document, titles, table.forms, law) for document in table.documents))


def _sheet(document: Document, rules: Mapping[str, str], forms: Mapping[str, str], law: Law) -> MadeSheet:
    paper = ReadingPaper(_WIDTHS)
    paper.across(f"{_TITLE}　{document.title}", replace(ink(), bold=True, size=14))
    paper.across(document.about, replace(ink(), size=9, colour=look().quiet))
    paper.headings(HEADINGS)
    top = paper.row
    for row in document.rows:
        paper.line(
            *(
                MadeCell(words, text())
                for words in _words(document=document, row=row, rules=rules, forms=forms, law=law)
            )
        )
    return paper.sheet(document.sheet, replace(ON_ITS_SIDE, repeated=(top, top)), frozen=top)


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
