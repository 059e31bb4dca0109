"""Every output that was asked for, one after another."""

from collections.abc import Mapping

from zaitaku_xl.batch.outputs import OUTPUTS
from zaitaku_xl.batch.outputs.output import Output, Target
from zaitaku_xl.batch.running import Run
from zaitaku_xl.batch.totals import Totals, totals_of


def write_outputs(run: Run, targets: Mapping[Output, Target]) -> Totals:
    """Write each output to its target, and return what the run adds up to."""
    totals = totals_of(run.journal.outlines(run.worst_first()))
    for output in OUTPUTS:
        if output in targets:
            output.put(run, totals, targets[output])
    return totals
