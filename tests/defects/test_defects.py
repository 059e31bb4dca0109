"""One trial of each kind of defect comes out as the description says; what does not yet is listed with its reason."""

import pytest

from tests.defects.known import NOT_YET
from tests.defects.listed import DEFECTS, trials
from tests.defects.running import tried

ALL = list(trials())
SMALL = [next((trial for trial in one.trials if trial.name not in NOT_YET), None) for one in DEFECTS.values()]


@pytest.mark.parametrize("trial", [trial for trial in SMALL if trial], ids=lambda trial: trial.name)
def test_the_defect_is_noticed_by_the_rule_that_the_description_names(trial):
    seen = tried(trial)
    assert seen.as_described, f"wanted {trial.defect.expects} ({trial.defect.clause}), said: {seen.said[:5]}"


def test_there_are_enough_of_enough_kinds_and_no_reason_is_idle():
    assert len(DEFECTS) >= 60
    assert len(ALL) >= 150
    assert set(NOT_YET) <= {trial.name for trial in ALL}
