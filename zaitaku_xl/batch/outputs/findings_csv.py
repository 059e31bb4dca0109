"""--csv: a line a finding, and one for a file without any. Excel opens it as it is, and runs nothing in it."""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from zaitaku_xl.batch.formula_guard import harmless
from zaitaku_xl.batch.once import why_doubled
from zaitaku_xl.batch.outputs.output import Material, Output
from zaitaku_xl.finding import WORDS, Weight
from zaitaku_xl.results.plain import PlainFinding, Result
from zaitaku_xl.visible import visible

HEADINGS = (
    "ファイル",
    "状態",
    "事業所番号",
    "事業所",
    "月",
    "区分",
    "番号",
    "氏名",
    "日付・期間",
    "シート",
    "セル",
    "内容",
    "対応",
    "根拠",
    "適用日",
    "色とメモを付けたコピー",
)
Row = tuple[str, ...]


def write(material: Material, out: BinaryIO) -> None:
    text = io.TextIOWrapper(out, "utf-8-sig", newline="")
    lines = csv.writer(text)
    lines.writerow(HEADINGS)
    for result in material.run.results():
        lines.writerows(map(_row, _rows(result)))
    text.flush()
    text.detach()


def _row(values: Row) -> Row:
    return tuple([harmless(visible(value, lines=True)) for value in values])


def _rows(result: Result) -> Iterator[Row]:
    office = result.office
    head = (result.path, result.status.word, office.number, office.name, "・".join(result.months))
    copy = result.written or ""
    if not result.findings:
        reason = result.reason or ("" if result.counted else why_doubled(result))
        yield *head, "", "", "", "", "", "", reason, "", "", "", copy
    for finding in result.findings:
        yield *head, *_finding(finding), copy


def _finding(finding: PlainFinding) -> Row:
    return (
        WORDS[Weight(finding.weight)],
        finding.rule,
        finding.client or "",
        finding.when,
        finding.sheet or "",
        finding.cell or "",
        finding.message,
        finding.remedy,
        f"{finding.document} {finding.clause}{finding.rests}",
        finding.since,
    )


OUTPUT = Output(option="--csv", help="見直す箇所の一覧をCSVで書きます", write=write)
