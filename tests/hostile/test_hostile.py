"""The programs of this folder, run small: every answer in time and in bounded memory, and nothing but refusals comes out."""

from pathlib import Path

import pytest

from tests import fidelity
from tests.hostile.__main__ import asked, is_kept
from tests.hostile.build import HARMLESS, LARGE, REFUSED, REFUSED_LATER
from tests.hostile.fuzz import batch

HEAVY = {
    **HARMLESS,
    **LARGE,
    "bomb of blanks": REFUSED["bomb of blanks"][0],
    "60,000 entries": REFUSED["60,000 entries"][0],
}
SLOW = {name for name in HEAVY if any(word in name for word in ("million", "thousand", ",000"))}
A_FEW = {"a million numbers", "100,000 names", "bomb of blanks", "60,000 entries", "related in circles"}


@pytest.mark.parametrize("name", sorted(set(HEAVY) - SLOW | A_FEW))
def test_a_hostile_file_is_answered_in_time_and_in_bounded_memory(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(HEAVY[name]())
    answer = asked(tmp_path / "a.xlsx")
    assert is_kept(answer), answer
    assert str(answer["said"]).endswith(("。", "marked and cleared"))


@pytest.mark.parametrize("seed", [-1, -2])
def test_mutated_files_are_refused_or_come_back_whole(seed: int) -> None:
    seen, faults, _ = batch((seed, 400))
    assert faults == []
    assert seen["marked"] > 20


def test_every_reason_tells_a_clerk_what_to_do() -> None:
    """Handled or refused: what is not handled names the remedy in the last sentence."""
    remedies = ("ください", "ブックです", "開きません", "使ってください")
    for name, (make, word) in (REFUSED | REFUSED_LATER).items():
        if name not in ("bomb of blanks", "part over the limit", "60,000 entries"):
            result = fidelity._examined_or_refused(name, make())
            assert result.state == "refused", name
            assert word in result.reason
            assert any(remedy in result.reason for remedy in remedies), result.reason
            assert not any(term in result.reason for term in ("Traceback", "Error", "expat", "zip")), result.reason


def test_the_fidelity_program_tells_marked_refused_and_harmed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.xlsx").write_bytes(HARMLESS["two cells at the far ends"]())
    (tmp_path / "b.xls").write_bytes(REFUSED["old xls"][0]())
    assert fidelity.main([str(tmp_path), "--jobs", "1"]) == 0
    said = capsys.readouterr().out
    assert "2 files: 1 marked, 1 refused, 0 harmed" in said
    assert "古い形式" in said
    monkeypatch.setattr(fidelity, "lost", lambda *_: ("xl/media/image1.png",))
    result = fidelity.examined(str(tmp_path / "a.xlsx"))
    assert (result.state, "image1.png" in result.reason) == ("harmed", True)
