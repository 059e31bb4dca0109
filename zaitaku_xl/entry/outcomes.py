"""What a person sees of a run: one file in full, of several a line each and the sum; the ledger; the claim files."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from rich.text import Text

from zaitaku_xl import batch
from zaitaku_xl.batch.ledger import CameAgain
from zaitaku_xl.batch.once import NOT_COUNTED, why_doubled
from zaitaku_xl.book.dates import wareki
from zaitaku_xl.book.j611 import Claims
from zaitaku_xl.entry.columns import pad
from zaitaku_xl.entry.screen import DISCLAIMER, problem, say
from zaitaku_xl.finding import WORDS, Verdict, Weight
from zaitaku_xl.report import ClientResult, Status
from zaitaku_xl.results.plain import PlainFinding, Result
from zaitaku_xl.rules import RULES
from zaitaku_xl.sentence import BELOW

_COLOURS = {
    Weight.BLOCK: "red",
    Weight.UNDECIDED: "magenta",
    Weight.ADDITION: "dark_orange",
    Weight.FIX: "dark_orange",
    Weight.DUE: "blue",
    Weight.ADVISE: "yellow",
}
_TITLES = {rule.id: rule.title for rule in RULES}
_MOST_PLACES = 5  # of the others that one rule found
_MOST_NAMED = 10  # cells or findings of a file that came again


def tell_run(run: batch.Run, totals: batch.Totals, out: Path | None, *, every: bool = False) -> None:
    """Say what came of each file, then of all."""
    alone = len(run.names) == 1
    for result in run.results() if alone or every else run.outlines():
        if not result.judged:
            problem(f"{result.path}: {result.reason}")
            if alone and result.findings:
                _findings(result, every=every)
        elif alone:
            tell_file(result, every=every)
        elif not result.counted:
            say(f"{result.path}: {why_doubled(result)}")
        else:
            say(f"{result.path}: {_counted(result.verdicts)}（{_weighed(result.weights)}）")
            if every:
                _findings(result, every=True)
        for remark in _remarks(result):
            problem(f"{result.path}: {remark}")
        if result.written and (alone or out is None):
            say(f"印を付けたブック: {result.written}")
    tell_skipped(run.skipped)
    if not alone:
        _sum(totals)
    if run.reused:
        say(f"前の点検から変わらない{run.reused}件は、その結果を使いました。")
    if out and (not alone or not totals.states[Status.JUDGED]):
        say(f"まとめと写し: {out}（{batch.SUMMARY}）")
    say(Text(DISCLAIMER, style="dim"))


def _remarks(result: Result) -> Iterator[str]:
    yield from result.remarks
    if result.doubles and result.counted:
        yield why_doubled(result)


def tell_skipped(skipped: Iterable[batch.Skipped]) -> None:
    """A line for each path that was not looked at."""
    for path, reason, named in skipped:
        tell = problem if named else say
        tell(f"{path}: 対象外です。{reason}")


def tell_file(result: Result, *, every: bool = False) -> None:
    _summary(result)
    _findings(result, every=every)


def _sum(totals: batch.Totals) -> None:
    unread = "".join(f"、{words} {count}件" for words, count in totals.not_judged())
    doubled = f"（うち{NOT_COUNTED} {totals.doubled}件）" if totals.doubled else ""
    say()
    say(f"{totals.files}件のうち、点検できたもの {totals.states[Status.JUDGED]}件{doubled}{unread}")
    say(f"在宅の日: {_counted(totals.all.verdicts)}")


def _counted(verdicts: Counter[Verdict]) -> str:
    home = sum(verdicts[v] for v in Verdict if v is not Verdict.NOT_HOME)
    if not verdicts.total():
        return "判定できた日なし"
    if not home:
        return "在宅利用なし"
    parts = [f"{v.word} {verdicts[v]}日" for v in (Verdict.BILLABLE, Verdict.NOT_BILLABLE, Verdict.CHECK)]
    parts += [f"{Verdict.PENDING.word} {verdicts[Verdict.PENDING]}日"] if verdicts[Verdict.PENDING] else []
    return f"在宅 {home}日 = " + "、".join(parts)


def _weighed(weights: Counter[Weight]) -> str:
    return "、".join(f"{WORDS[w]} {weights[w]}件" for w in Weight if weights[w]) or "指摘なし"


def _summary(result: Result) -> None:
    months = "・".join(f"{month[:4]}年{int(month[5:])}月" for month in result.months)
    say(Text(f"{months}の点検", style="bold"))
    if result.as_of:
        say(f"　基準日 {wareki(date.fromisoformat(result.as_of))}（月の途中です。まだ間に合うことは実施待ちです）")
    say(f"　{_counted(result.verdicts)}")
    for client in result.clients:
        say(f"　　{pad(client.client, 14)} {_of_client(client)}")


def _of_client(client: ClientResult) -> str:
    if not client.home_days:
        return "在宅利用なし"
    words = f"在宅 {client.home_days:2}日  算定可 {client.billable:2}日"
    if client.not_billable:
        words += f"  算定不可 {client.not_billable}日"
    words += f"  要確認 {client.check}日" if client.check else ""
    return words + (f"  実施待ち {client.pending}日" if client.pending else "")


def _findings(result: Result, *, every: bool) -> None:
    """Say the first that each rule found in full and where the others are; with *every*, all in full."""
    findings = result.heaviest_first
    if not findings:
        say("指摘はありません。")
        return
    say()
    say(Text(f"指摘 {len(findings)}件（{_weighed(result.weights)}）", style="bold"))
    by_rule: dict[tuple[str, str], list[PlainFinding]] = {}
    for finding in findings:
        by_rule.setdefault((finding.weight, finding.rule), []).append(finding)
    for first, *others in by_rule.values():
        _in_full(first)
        if every:
            for finding in others:
                _in_full(finding)
        elif others:
            say(
                Text(
                    f"　　　同じ{first.rule} {_TITLES.get(first.rule, '')}が、ほかに{len(others)}件：{_places(others)}",
                    style="dim",
                )
            )
    if not every and len(findings) > len(by_rule):
        say("　--all で、すべてを1件ずつ示します。")


def _in_full(finding: PlainFinding) -> None:
    weight = Weight(finding.weight)
    head = Text(f"　{WORDS[weight]} ", style=_COLOURS[weight])
    head.append(f"{finding.rule} ", style="bold")
    head.append(" ".join(part for part in (_where(finding), finding.client, finding.when) if part), style="default")
    say(head)
    sentence, *evidence = finding.message.split(BELOW)
    say(f"　　　{sentence}")
    for line in evidence:
        say(f"　　　・{line}")
    say(Text(f"　　　→ {finding.remedy}", style="dim"))


def _where(finding: PlainFinding) -> str:
    return f"{finding.sheet}!{finding.cell}" if finding.sheet else "ブック全体"


def _places(findings: Sequence[PlainFinding]) -> str:
    more = f" ほか{len(findings) - _MOST_PLACES}件" if len(findings) > _MOST_PLACES else ""
    return "、".join(map(_where, findings[:_MOST_PLACES])) + more


# ---- the ledger


def tell_receipts(files: int, again: Sequence[CameAgain], path: Path) -> None:
    """Say what came into the ledger, and of each file that came again what changed."""
    same = sum(came.same for came in again)
    say()
    say(
        f"受付簿 {path}: {files}件を受け付けました"
        + (f"（{same}件は、すでに受け付けた同じファイルです）" if same else "")
        + "。"
    )
    for came in again:
        if not came.same:
            _compared(came)


def _compared(came: CameAgain) -> None:
    say(Text(f"出し直し: {came.path}（{came.office} {came.month}、前回 {came.before}）", style="bold"))
    if not came.comparable:
        say("　前回の記録が壊れているため、比べられません。今回から控えます。")
        return
    _listed("直ったこと", [finding.words for finding in came.mended])
    _listed("新しい指摘", [finding.words for finding in came.new])
    _listed("点検のあとに変わったセル", came.edited)


def _listed(title: str, items: Sequence[str]) -> None:
    more = f" ほか{len(items) - _MOST_NAMED}件" if len(items) > _MOST_NAMED else ""
    say(f"　{title} {len(items)}件" + (f": {'、'.join(items[:_MOST_NAMED])}{more}" if items else ""))


# ---- claim files


def tell_unmatched_claims(claims: Claims, results: Iterable[Result], codes: batch.Codes | None = None) -> None:
    """Say for which offices there are claims but no workbook; under *codes* results and sentence have those."""
    here = {result.office.number.lstrip("0") for result in results}
    offices = [codes.office(office) if codes else office for office in claims.by_office if office]
    missing = [office for office in offices if office not in here]
    if missing:
        say(f"請求データにあって、ブックのない事業所: {'、'.join(missing)}")
