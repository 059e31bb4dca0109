"""--html: one page that says it all to somebody without Excel. It asks nothing of any network and holds its own looks."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape as html_escape
from itertools import chain
from pathlib import Path
from string import Template
from typing import BinaryIO
from urllib.parse import quote

from zaitaku_xl.batch.links import link_to
from zaitaku_xl.batch.once import NOT_COUNTED, why_doubled
from zaitaku_xl.batch.outputs.output import Material, Output
from zaitaku_xl.batch.running import Run
from zaitaku_xl.batch.totals import HOME, OfficeSum, RuleSum, Totals
from zaitaku_xl.finding import OFFICE, WORDS, Verdict, Weight
from zaitaku_xl.hosts.writing.stamped import stamping
from zaitaku_xl.law.version import law_version, program_version
from zaitaku_xl.report import Status
from zaitaku_xl.results.plain import PlainFinding, Result
from zaitaku_xl.sheets.result_sheet import DISCLAIMER
from zaitaku_xl.visible import visible


def escape(text: str) -> str:
    return html_escape(visible(text, lines=True))


MOST_FINDINGS = 5_000  # more would not scroll
MOST_OFFICES = 1_000
_FRAME = Path(__file__).with_name("page.html")
_OFFICE = ("事業所", "事業所番号", "月", "ファイル", "在宅の日")
_FINDINGS = ("区分", "番号", "事業所", "氏名", "日付・期間", "該当箇所", "内容", "対応")


def write(material: Material, out: BinaryIO) -> None:
    before, after = Template(_FRAME.read_text(encoding="utf-8")).substitute(body="\0").split("\0")
    with stamping(out) as page:
        for text in chain((before,), _body(material), (after,)):
            page.write(text.encode())


def _body(material: Material) -> Iterator[str]:
    run, totals = material.run, material.totals
    yield from _top(totals)
    yield from _offices(totals)
    yield "<h2>点検項目ごと</h2>\n"
    weights = _weights(totals)
    headings = ("点検項目", *(WORDS[weight] for weight in weights), "件数", "ファイル")
    yield from _table(headings, (_rule(rule, weights) for rule in totals.rules))
    yield from _unread(run)
    yield from _findings(run, totals, material.folder)


def _top(totals: Totals) -> Iterator[str]:
    each = totals.all
    yield f"<h1>点検まとめ</h1>\n<p class=quiet>{escape(DISCLAIMER)}</p>\n"
    yield f"<p class=quiet>zaitaku-xl {escape(program_version())}　収録した通知の版 {law_version()}</p>\n<div class=cards>\n"
    yield _card("ファイル", f"{totals.files:,}", "", _judged(totals))
    verdicts = _verdicts(totals)
    for verdict in verdicts:
        share = each.verdicts[verdict] / each.home if each.home else 0
        yield _card(verdict.word, f"{each.verdicts[verdict]:,}日", verdict.value, f"在宅の日の{share:.1%}")
    unpriced = f"一日単価のない {each.unpriced:,}日を除く" if each.unpriced else f"ほかに要確認 {each.open:,.0f}円"
    yield _card("算定不可の金額の目安", f"{each.lost:,.0f}円", "", unpriced)
    yield "</div>\n"
    if each.home:
        parts = (f'<span class={v.value} style="width:{each.verdicts[v] / each.home:.3%}"></span>' for v in verdicts)
        words = "、".join(f"{v.word} {each.verdicts[v]:,}日" for v in verdicts)
        yield f'<div class=bar role=img aria-label="{escape(words)}">{"".join(parts)}</div>\n'


def _judged(totals: Totals) -> str:
    doubled = f"（うち{NOT_COUNTED} {totals.doubled:,}）" if totals.doubled else ""
    return f"点検できたもの {totals.states[Status.JUDGED]:,}{doubled}"


def _card(title: str, number: str, look: str, beside: str) -> str:
    return f'<div class="card {look}">{escape(title)}<b>{escape(number)}</b><span class=quiet>{escape(beside)}</span></div>\n'


def _offices(totals: Totals) -> Iterator[str]:
    offices = totals.offices
    yield "<h2>事業所ごと（算定不可の日が多い順）</h2>\n"
    verdicts = _verdicts(totals)
    headings = (*_OFFICE, *(verdict.word for verdict in verdicts), "件数", "算定不可の金額")
    yield from _table(headings, (_office(office, verdicts) for office in offices[:MOST_OFFICES]))
    if len(offices) > MOST_OFFICES:
        yield f"<p class=quiet>ほか{len(offices) - MOST_OFFICES:,}件は点検まとめ.xlsxにあります。</p>\n"


def _office(office: OfficeSum, verdicts: Sequence[Verdict]) -> str:
    each = office.sum
    lost = f"{each.lost:,.0f}円" if office.facts.unit_price is not None else "―"
    days = (each.files, each.home, *(each.verdicts[v] for v in verdicts), each.weights.total())
    return _cells((office.facts.label, office.facts.number, office.month), days) + f"<td class=n>{lost}"


def _rule(rule: RuleSum, weights: Sequence[Weight]) -> str:
    counts = [rule.weights[weight] for weight in weights]
    return _cells((f"{rule.rule} {rule.title}",), (*counts, rule.count, rule.files))


def _verdicts(totals: Totals) -> tuple[Verdict, ...]:
    """What is only of a month that is not over stands where there is one."""
    return tuple(verdict for verdict in HOME if verdict is not Verdict.PENDING or totals.all.verdicts[verdict])


def _weights(totals: Totals) -> tuple[Weight, ...]:
    return tuple(weight for weight in Weight if weight is not Weight.DUE or totals.all.weights[weight])


def _unread(run: Run) -> Iterator[str]:
    names = [
        name
        for name, tally in zip(run.names, run.tallies, strict=True)
        if tally.status is not Status.JUDGED or tally.unwritten or name in run.doubles
    ]
    if names or run.skipped:
        yield "<h2>点検していないファイル、コピーを作れなかったファイル、数えていないファイル</h2>\n"
        skipped = (_cells(("対象外", each.path, each.reason), ()) for each in run.skipped)
        rows = chain(chain.from_iterable(map(_reasons, run.journal.outlines(names))), skipped)
        yield from _table(("結果", "ファイル", "理由と対応"), rows)


def _reasons(result: Result) -> Iterator[str]:
    if not result.judged:
        yield _cells((result.status.word, result.path, result.reason or " ".join(result.remarks)), ())
    if result.unwritten:
        yield _cells(("コピーを作れません", result.path, " ".join(result.remarks)), ())
    if result.doubles:
        yield _cells((NOT_COUNTED, result.path, why_doubled(result)), ())


def _findings(run: Run, totals: Totals, folder: Path) -> Iterator[str]:
    count = totals.all.weights.total()
    room = min(count, MOST_FINDINGS)
    more = ""
    if count > room:
        more = f"算定不可の多いファイルから{room:,}件を載せました。残りの{count - room:,}件は点検まとめ.xlsxか --csv にあります。"
    choices = "".join(f"<option value={weight.value}>{WORDS[weight]}</option>" for weight in _weights(totals))
    yield f"<h2>見直し {count:,}件</h2>\n<p class=quiet>{more}</p>\n<div class=tools>"
    yield "<label>検索 <input id=words type=search placeholder=事業所・氏名・番号></label>"
    yield f"<label>区分 <select id=weight><option value=''>すべて</option>{choices}</select></label>"
    yield f"<span id=shown class=quiet>{room:,}件</span></div>\n<div id=findings>\n"
    yield from _table(_FINDINGS, _finding_rows(run, folder))
    yield "</div>\n"


def _finding_rows(run: Run, folder: Path) -> Iterator[str]:
    left = MOST_FINDINGS
    for result in run.journal.results(run.worst_first()):
        for finding in result.heaviest_first[:left]:
            yield _finding(result, finding, folder)
        left -= len(result.findings)
        if left <= 0:
            return


def _finding(result: Result, finding: PlainFinding, folder: Path) -> str:
    weight = Weight(finding.weight)
    who = _cells((result.office.label, finding.client or OFFICE, finding.when_in(result.years)), ())
    what = _cells((finding.message, finding.remedy), ())
    place = _place(result, finding, folder)
    return f"<td class={weight.value}>{WORDS[weight]}<td class=s>{finding.rule}{who}<td class=s>{place}{what}"


def _place(result: Result, finding: PlainFinding, folder: Path) -> str:
    if not finding.sheet:
        return "―"
    place = escape(f"{finding.sheet}!{finding.cell}")
    path = link_to(result.written, folder)
    return f'<a href="{quote(path)}" title="{escape(path)}">{place}</a>' if path else place


def _cells(words: Sequence[str], numbers: Sequence[int]) -> str:
    return "".join(f"<td>{escape(word)}" for word in words) + "".join(f"<td class=n>{number:,}" for number in numbers)


def _table(headings: Iterable[str], rows: Iterable[str]) -> Iterator[str]:
    yield "<table><thead><tr>" + "".join(f"<th>{escape(heading)}" for heading in headings) + "</thead><tbody>\n"
    for row in rows:
        yield f"<tr>{row}\n"
    yield "</tbody></table>\n"


OUTPUT = Output(option="--html", help="まとめを1枚のページで書きます", write=write)
