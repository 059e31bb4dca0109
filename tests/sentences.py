"""python -m tests.sentences [FOLDER]: every distinct message, remedy and weight that the cases bring about, to be read.

Figures and quotations are masked, so that one sentence is one line. As text to be read, rule by rule; with a FOLDER as
sentences.tsv and sentences.txt in it.
"""

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tests.logs import report
from tests.test_cases import CASES, tables_of
from zaitaku_xl.errors import ZaitakuError
from zaitaku_xl.finding import RANK, WORDS, Finding
from zaitaku_xl.report import Report
from zaitaku_xl.rules import RULES

TITLES = {rule.id: rule.title for rule in RULES}
MASKS = (
    (re.compile(r"「[^」]*」"), "「…」"),
    (re.compile(r"\d+(?:[:.]\d+)*"), "0"),
    (re.compile(r"（[月火水木金土日]）"), "（曜）"),
)


class Said(NamedTuple):
    """What a rule says, masked, and at which weight."""

    rule: str
    rank: int
    weight: str
    message: str
    remedy: str


def judged_cases() -> Iterator[Report]:
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text("utf-8"))["case"]:
            with suppress(ZaitakuError):  # some cases are refused
                yield report(tables_of(case))


def masked(text: str) -> str:
    """Return a text with its figures and quotations made alike.

    >>> masked("支援の連絡が1回です（2回必要）"), masked("方法が「Zoom」です。")
    ('支援の連絡が0回です（0回必要）', '方法が「…」です。')
    """
    for pattern, alike in MASKS:
        text = pattern.sub(alike, text)
    return text


def said_in(findings: Iterable[Finding]) -> Counter[Said]:
    return Counter(
        Said(
            rule=finding.rule,
            rank=RANK[finding.weight],
            weight=WORDS[finding.weight],
            message=masked(finding.message),
            remedy=masked(finding.remedy),
        )
        for finding in findings
    )


def as_tsv(said: Counter[Said]) -> Iterator[str]:
    yield "番号\t区分\t件\t内容\t対応"
    for each, count in sorted(said.items()):
        cells = (each.rule, each.weight, str(count), each.message, each.remedy)
        yield "\t".join(cell.replace("\n", " ") for cell in cells)


def as_text(said: Counter[Said]) -> Iterator[str]:
    rule = ""
    for each, count in sorted(said.items()):
        if each.rule != rule:
            rule = each.rule
            yield f"\n{rule} {TITLES[rule]}"
        yield f"　{each.weight}（{count}件）{each.message}"
        yield f"　　→ {each.remedy}"
    yield f"\n{len(said)}通り"


def main(arguments: list[str]) -> None:
    said = said_in(finding for judged in judged_cases() for finding in judged.findings)
    text = "\n".join(as_text(said)).lstrip()
    if not arguments:
        print(text)
        return
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sentences.tsv").write_text("\n".join(as_tsv(said)) + "\n", encoding="utf-8")
    (folder / "sentences.txt").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
