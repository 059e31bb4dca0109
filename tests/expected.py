"""What a marked workbook must look like, derived from the JSON alone."""

from typing import Any

# CONTRACT.md section 5, written out again here on purpose.
COLOURS = {"block": "F8CBCB", "undecided": "E3DAF3", "addition": "FCE4C8", "fix": "FCE4C8", "advise": "FFF7C2"}
HEAVIEST = ["block", "undecided", "addition", "fix", "advise"]
VERDICTS = {"NOT_BILLABLE": "block", "CHECK": "undecided"}
Cells = dict[tuple[str, str], str]


def expected_colours(body: dict[str, Any]) -> Cells:
    """Derive from the JSON alone which cells are coloured: each finding's cell, and 日付 of each home day not 算定可."""
    weights: dict[tuple[str, str], list[str]] = {}
    for finding in body["findings"]:
        if finding["cell"]:
            weights.setdefault((finding["sheet"], finding["cell"]), []).append(finding["weight"])
    for day in body["days"]:
        if day["verdict"] in VERDICTS:
            weights.setdefault((day["sheet"], f"B{day['row']}"), []).append(VERDICTS[day["verdict"]])
    return {cell: COLOURS[min(found, key=HEAVIEST.index)] for cell, found in weights.items()}
