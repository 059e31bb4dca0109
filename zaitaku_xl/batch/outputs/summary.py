"""--out: 点検まとめ.xlsx beside the marked copies, the whole run for a manager, the worst first, each finding with a link to its marked copy."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from zaitaku_xl.batch import summary_sheets as looks
from zaitaku_xl.batch.names import SUMMARY
from zaitaku_xl.batch.once import NOT_COUNTED, why_doubled
from zaitaku_xl.batch.outputs.output import Material, Output
from zaitaku_xl.batch.summary_rows import unpack_rows
from zaitaku_xl.batch.summary_sheets import FrontPaper
from zaitaku_xl.batch.totals import HOME, OfficeSum, RuleSum, Totals
from zaitaku_xl.finding import COLOURS, Verdict, Weight
from zaitaku_xl.hosts.writing.summary_book import MOST_ROWS, MOST_SHEETS, SummaryBook, Table, summary_book
from zaitaku_xl.hosts.writing.table_rows import TableColumn
from zaitaku_xl.law.version import law_version, program_version
from zaitaku_xl.made import MadeSheet
from zaitaku_xl.paper import Value
from zaitaku_xl.report import NOT_JUDGED, Status
from zaitaku_xl.results.plain import Result
from zaitaku_xl.sheets.canonical import template_version
from zaitaku_xl.sheets.result_sheet import DISCLAIMER

TITLE, FRONT = "点検まとめ", "まとめ"
_TOP = 10  # offices and rules on the front page
_OF_VERDICT = {
    Verdict.BILLABLE: "DDEBDA",
    Verdict.NOT_BILLABLE: COLOURS[Weight.BLOCK],
    Verdict.CHECK: COLOURS[Weight.UNDECIDED],
    Verdict.PENDING: COLOURS[Weight.DUE],
}


def write(material: Material, out: BinaryIO) -> None:
    run, totals = material.run, material.totals
    with summary_book(out, TITLE, looks.ROW_STYLES) as book:
        front = book.reserve(FRONT)
        offices = _table(
            book,
            "事業所",
            "算定不可の日が多い順です。金額は設定の「一日単価」がある事業所だけの目安です。",
            looks.OFFICES,
        )
        clients = _table(book, "利用者", "算定不可の多いファイルから順に並んでいます。", looks.CLIENTS)
        rules = _table(
            book, "点検項目", "算定不可の件数が多い順です。説明は zaitaku-xl explain 番号 で出ます。", looks.RULES
        )
        findings = _table(
            book,
            "見直す箇所",
            "算定不可の多いファイルから、その中でも重い順です。「該当箇所」から、色とメモを付けたコピーが開きます。",
            looks.FINDINGS,
        )
        unread = _table(
            book,
            "読み取れないファイル",
            "点検していないファイル、色とメモを付けたコピーを作れなかったファイル、ほかのファイルを数えたため数えていないファイルです。",
            looks.UNREAD,
        )
        templates = _table(
            book, "古い記入用ブック", f"今の記入用ブックは版 {template_version()} です。", looks.TEMPLATES
        )
        for result, rows in run.journal.outlines_with_rows(run.worst_first()):
            for table, made in zip((clients, findings), unpack_rows(rows), strict=True):
                table.put(made)
            _add_unread(unread, result)
            _add_template(templates, result)
        for skipped in run.skipped:
            unread.add(("対象外", skipped.path, skipped.reason))
        for office in totals.offices:
            offices.add(tuple(_office(office)))
        for rule in totals.rules:
            rules.add(tuple(_rule(rule)))
        for table in (offices, clients, rules, findings, unread, templates):
            table.close()
        front.print(_front(totals, findings.left_out + clients.left_out))


# ---- tables


def _table(book: SummaryBook, name: str, hint: str, columns: Sequence[TableColumn]) -> Table:
    return book.table(looks.head(name, hint, columns), columns)


def _office(office: OfficeSum) -> Iterator[Value]:
    facts, each = office.facts, office.sum
    yield from (facts.label, facts.number, facts.designator, office.month)
    yield from (each.files, each.clients, each.home)
    yield from (each.verdicts[verdict] for verdict in HOME)
    yield from (each.weights[weight] for weight in Weight)
    priced = facts.unit_price is not None
    yield each.lost if priced else None
    yield each.open if priced else None


def _rule(rule: RuleSum) -> Iterator[Value]:
    yield from (rule.rule, rule.title)
    yield from (*(rule.weights[weight] for weight in Weight), rule.count, rule.files)


def _add_unread(table: Table, result: Result) -> None:
    if not result.judged:
        table.add((result.status.word, result.path, result.reason))
        return
    if result.unwritten:
        table.add(("コピーを作れません", result.path, "\n".join(result.remarks)))
    if result.doubles:
        table.add((NOT_COUNTED, result.path, why_doubled(result)))


def _add_template(table: Table, result: Result) -> None:
    now = template_version()
    if result.judged and result.counted and result.template != now:
        say = (
            "新しい記入用ブックに写して使ってください。"
            if result.template
            else "記入用ブックから作ったものか分かりません。見出しが標準のとおりなら、このままで点検できます。"
        )
        table.add((result.path, result.office.label, result.template or "版の記載なし", say))


# ---- the front page


def _front(totals: Totals, left_out: int) -> MadeSheet:
    paper = FrontPaper((34, 12, 12, 12, 16, 16))
    paper.line(TITLE, looks.TITLE, 27)
    paper.line(DISCLAIMER, looks.HINT)
    paper.line(f"zaitaku-xl {program_version()}　収録した通知の版 {law_version()}", looks.HINT)
    paper.skip()
    _files(paper, totals)
    paper.skip()
    verdicts = _verdicts(paper, totals)
    paper.skip()
    _money(paper, totals)
    paper.skip()
    top = paper.row + 1
    paper.skip(16)
    offices = _worst_offices(paper, totals)
    paper.skip()
    rules = _worst_rules(paper, totals)
    if left_out:
        paper.skip()
        paper.line(
            f"1つの表に{MOST_ROWS * MOST_SHEETS:,}行までを載せました。載せきれない{left_out:,}行は --csv の表にあります。",
            looks.HINT,
        )
    paper.chart("bar", "点検項目ごとの件数", of=rules, column=3, at=(top, 3), size=(430, 300))
    colours = tuple(_OF_VERDICT.values())
    paper.chart("doughnut", "在宅の日", of=verdicts, column=2, at=(top, 1), size=(260, 300), colours=colours)
    if offices:
        below = (paper.row + 2, 1)
        paper.chart("bar", "算定不可の日が多い事業所", of=offices, column=3, at=below, size=(690, 300))
    return paper.sheet(FRONT)


def _section(paper: FrontPaper, words: str) -> None:
    paper.line(words, looks.SECTION, 21)


def _files(paper: FrontPaper, totals: Totals) -> None:
    _section(paper, "ファイル")
    states = [("点検できたもの", totals.states[Status.JUDGED])]
    states += [(status.word, totals.states[status]) for status in NOT_JUDGED]
    if totals.doubled:
        states.append((f"点検できたもののうち{NOT_COUNTED}", totals.doubled))
    states.append(("合計", totals.files))
    paper.table((("ファイル", looks.TEXT), ("件数", looks.NUMBER)), ((state, None) for state in states))


def _verdicts(paper: FrontPaper, totals: Totals) -> range:
    """Return the rows of the verdicts."""
    offices = len({(office.facts.number, office.facts.name) for office in totals.offices})
    _section(paper, f"在宅の日（事業所 {offices:,}、利用者 のべ{totals.all.clients:,}人）")
    home = totals.all.home
    days = {verdict: totals.all.verdicts[verdict] for verdict in HOME}
    return paper.table(
        (("判定", looks.TEXT), ("日数", looks.NUMBER), ("割合", looks.PERCENT)),
        (((verdict.word, count, count / home if home else 0), _OF_VERDICT[verdict]) for verdict, count in days.items()),
    )


def _money(paper: FrontPaper, totals: Totals) -> None:
    _section(paper, "請求できないおそれのある金額の目安（設定に「一日単価」がある事業所だけ）")
    each = totals.all
    sums = {Verdict.NOT_BILLABLE: each.lost, Verdict.CHECK: each.open}
    paper.table(
        (("判定", looks.TEXT), ("金額", looks.YEN)),
        (((verdict.word, yen), _OF_VERDICT[verdict]) for verdict, yen in sums.items()),
    )
    if each.unpriced:
        paper.line(f"ほかに、一日単価のない事業所の算定不可・要確認が{each.unpriced:,}日あります。", looks.HINT)


def _worst_offices(paper: FrontPaper, totals: Totals) -> range:
    _section(paper, f"算定不可の日が多い事業所（{_TOP}まで）")
    worst = [office for office in totals.offices if office.sum.verdicts[Verdict.NOT_BILLABLE]][:_TOP]
    columns = (
        ("事業所", looks.TEXT),
        ("月", looks.CENTRE),
        ("算定不可", looks.NUMBER),
        ("要確認", looks.NUMBER),
        ("算定不可の金額", looks.YEN),
    )
    return paper.table(columns, ((_worst(office), None) for office in worst))


def _worst(office: OfficeSum) -> tuple[Value, ...]:
    each = office.sum
    lost = each.lost if office.facts.unit_price is not None else None
    return office.facts.label, office.month, each.verdicts[Verdict.NOT_BILLABLE], each.verdicts[Verdict.CHECK], lost


def _worst_rules(paper: FrontPaper, totals: Totals) -> range:
    _section(paper, f"算定不可の件数が多い点検項目（{_TOP}まで）")
    columns = (
        ("点検項目", looks.TEXT),
        ("算定不可", looks.NUMBER),
        ("件数", looks.NUMBER),
        ("ファイル", looks.NUMBER),
    )
    return paper.table(columns, ((_worst_rule(rule), None) for rule in totals.rules[:_TOP]))


def _worst_rule(rule: RuleSum) -> tuple[Value, ...]:
    return f"{rule.rule} {rule.title}", rule.weights[Weight.BLOCK], rule.count, rule.files


OUTPUT = Output(option="--out", help="色とメモを付けたコピーを置くフォルダー", write=write, file_name=SUMMARY)
