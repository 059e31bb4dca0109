"""Rows of joined cells: they end, lose no text, and stay on their paper, whatever widths they are given."""

import pytest

from tests.forms import made
from zaitaku_xl.forms.blocks import GRID, Part, begun, row
from zaitaku_xl.forms.facts import ClientFacts, OfficeFacts
from zaitaku_xl.forms.paper import TEXT, Paper
from zaitaku_xl.forms.standing import standing

TEXT_OF_MANY_LINES = "午前は入力の練習をし、\n午後は abc 見直しをした。" * 3
each_width = pytest.mark.parametrize("width", [-1.0, 0.0, 0.1, 8.0, 200.0])


@pytest.fixture(scope="module")
def client() -> ClientFacts:
    source = made.source({"日報": [{"日付": "2026-01-06", "提供区分": "在宅"}]})
    (client,) = OfficeFacts(source.log, source.report, source.law).clients
    return client


@each_width
@pytest.mark.parametrize("count", range(1, 41))
def test_a_form_has_twelve_columns_or_is_refused(client: ClientFacts, count: int, width: float) -> None:
    widths = (width,) * count
    if count != len(GRID):
        with pytest.raises(ValueError, match=f"not {count}$"):
            begun(client, "題", standing(client), widths)
        return
    paper = begun(client, "題", standing(client), widths)
    said = "".join(str(cell.value) for _, cell in sorted(paper.cells.items()))
    assert all(word in said for word in ("題", client.shown_name, client.number))


@each_width
@pytest.mark.parametrize("count", range(1, 41))
def test_a_row_stays_on_its_paper_and_loses_no_text(count: int, width: float) -> None:
    paper = Paper((width,) * count)
    row(paper, Part(count, TEXT_OF_MANY_LINES))
    assert "".join(str(paper.cells[n, 1].value) for n in range(1, paper.row + 1)).replace("\n", "") == (
        TEXT_OF_MANY_LINES.replace("\n", "")
    )
    for parts, after in (((Part(count, "a"), Part(1, "b")), 0), ((Part(count, "a"),), 1)):
        with pytest.raises(ValueError, match="wider than"):
            row(paper, *parts, after=after)
    assert max(column for _, column in paper.cells) == count


def test_a_text_too_long_for_one_row_has_lines_above_and_below_only() -> None:
    paper = Paper((3.0,))
    row(paper, Part(1, "長い文。" * 200))
    edges = [paper.cells[n, 1].style.edges for n in range(1, paper.row + 1)]
    assert len(edges) > 2
    assert TEXT.edges
    assert [bool(edge and edge.top) for edge in edges] == [True, *(False,) * (len(edges) - 1)]
    assert [bool(edge and edge.bottom) for edge in edges] == [*(False,) * (len(edges) - 1), True]
