"""What comes of one file, whatever it holds."""

from dataclasses import KW_ONLY, dataclass
from pathlib import Path

from zaitaku_xl.layouts.pieces import Question
from zaitaku_xl.model import Log
from zaitaku_xl.report import Report, Status
from zaitaku_xl.sentence import Sentence
from zaitaku_xl.sheets.seal import Seal
from zaitaku_xl.what_if import OtherReading, Trial


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file. ``path`` is as the person gave it, ``written`` where a marked copy lies.

    ``remarks`` are sentences for the person: what could not be marked and why.
    """

    path: str
    status: Status
    reason: Sentence | str | None = None
    _: KW_ONLY
    report: Report | None = None
    written: Path | None = None
    remarks: tuple[Sentence | str, ...] = ()
    copy_reason: Sentence | str | None = None  # judged, but the marked copy that was asked for could not be made: why
    other_readings: tuple[OtherReading, ...] = ()
    trial: Trial | None = None
    log: Log | None = None  # what was judged
    template: str | None = None  # the version of the template the workbook was made from
    seal: Seal | None = None
    ours: bool = False  # sheets that we made lie in the file
    questions: tuple[Question, ...] = ()  # about an office's own sheets, still open

    @property
    def unwritten(self) -> bool:
        return self.copy_reason is not None

    @property
    def exit_status(self) -> int:
        if self.report is None or self.unwritten:
            return 2
        if self.status.exit_status:
            return self.status.exit_status
        return 0 if self.report.clean else 1
