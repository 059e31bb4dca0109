"""The table of sentences holds what the cases say, each sentence once at each weight."""

from tests.logs import report
from tests.sentences import as_text, as_tsv, said_in

TWO_ALIKE = {
    "日報": [
        {"日付": "2026-01-06", "提供区分": "在宅", "訓練内容": None},
        {"日付": "2026-01-07", "提供区分": "在宅", "訓練内容": None},
    ]
}


def test_a_sentence_stands_once_with_how_often_it_was_said() -> None:
    said = said_in(report(TWO_ALIKE).findings)
    (line,) = (line for line in as_tsv(said) if line.startswith("D03"))
    assert line.split("\t")[1:3] == ["算定不可", "2"]
    assert sum("D03" in line for line in as_text(said)) == 1


def test_a_sentence_at_two_weights_stands_twice() -> None:
    judged = report(TWO_ALIKE)
    first = next(finding for finding in judged.findings if finding.rule == "D03")
    lighter = first._replace(weight=type(first.weight).ADVISE)
    assert len(said_in([first, lighter])) == 2
