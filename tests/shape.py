"""Results as JSON gives them, by the one function that all doors use."""

import json
from typing import Any

from zaitaku_xl.jobs import Outcome
from zaitaku_xl.report import Report, Status
from zaitaku_xl.results.as_json import json_text
from zaitaku_xl.results.plain import result_of


def as_json(judged: Outcome | Report) -> dict[str, Any]:
    """Return the object of a file; a report alone has no file, and its path is empty."""
    outcome = Outcome("", Status.JUDGED, report=judged) if isinstance(judged, Report) else judged
    made: dict[str, Any] = json.loads(json_text(result_of(outcome)))
    return made
