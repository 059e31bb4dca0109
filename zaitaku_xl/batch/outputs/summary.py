"""--out: 点検まとめ.xlsx beside the marked copies, the whole run for a manager, the worst first, each finding with a link to its marked copy."""

from collections.abc import Iterator
from typing import BinaryIO

from zaitaku_xl.batch.files import SUMMARY
from zaitaku_xl.batch.outputs.output import Material, Output
from zaitaku_xl.batch.summary_rows import CLIENTS, FILLS, FINDINGS, unpack_rows
from zaitaku_xl.batch.totals import HOME, OfficeSum, RuleSum, Totals
from zaitaku_xl.finding import COLOURS, WORDS, Verdict, Weight
from zaitaku_xl.hosts.writing.summary_book import MOST_ROWS, MOST_SHEETS, Column, Page, Table, Value, summary_book
from zaitaku_xl.law.version import law_version, program_version
from zaitaku_xl.report import NOT_JUDGED, Status
from zaitaku_xl.results.plain import Result
from zaitaku_xl.sheets.canonical import template_version
from zaitaku_xl.sheets.result_sheet import DISCLAIMER

TITLE = "点検まとめ"
_TOP = 10  # offices and rules on the front page
_OF_VERDICT = {Verdict.BILLABLE: "DDEBDA", Verdict.NOT_BILLABLE: COLOURS[Weight.BLOCK],
               Verdict.CHECK: COLOURS[Weight.UNDECIDED]}  # fmt: skip
_OFFICES = (
    Column("事業所", 28), Column("事業所番号", 13, "center"), Column("指定権者", 12, "center"), Column("月", 10, "center"),
    Column("ファイル", 8, "number"), Column("利用者", 8, "number"), Column("在宅の日", 9, "number"),
    *(Column(v.word, 9, "number") for v in HOME), *(Column(WORDS[w], 9, "number") for w in Weight),
    Column("算定不可の金額", 14, "yen"), Column("要確認の金額", 14, "yen"),
)  # fmt: skip
_RULES = (
    Column("規則", 8, "center"), Column("題", 30), *(Column(WORDS[w], 10, "number") for w in Weight),
    Column("指摘", 10, "number"), Column("ファイル", 10, "number"),
)  # fmt: skip
_UNREAD = (Column("わけ", 20, "center"), Column("ファイル", 50), Column("理由と直し方", 90))
_TEMPLATES = (
    Column("ファイル", 50),
    Column("事業所", 28),
    Column("雛形の版", 16, "center"),
    Column("すること", 60),
)


def write(material: Material, out: BinaryIO) -> None:
    run, totals = material.run, material.totals
    with summary_book(out, TITLE, FILLS) as book:
        front = book.page("まとめ")
        offices = book.table(
            "事業所", "算定不可の日が多い順です。金額は設定の「一日単価」がある事業所だけの目安です。", _OFFICES
        )
        clients = book.table("利用者", "指摘の重いファイルから順に並んでいます。", CLIENTS)
        rules = book.table("規則", "算定不可の指摘が多い順です。説明は zaitaku-xl explain 規則 で出ます。", _RULES)
        findings = book.table(
            "指摘", "重いファイルから、その中でも重い順です。「場所」から印を付けた写しが開きます。", FINDINGS
        )
        unread = book.table(
            "読めないファイル", "点検していないファイルと、印を付けた写しを作れなかったファイルです。", _UNREAD
        )
        templates = book.table("古い雛形", f"いまの雛形は版 {template_version()} です。", _TEMPLATES)
        for result, rows in run.journal.outlines_with_rows(run.worst_first()):
            for table, made in zip((clients, findings), unpack_rows(rows), strict=True):
                table.put(made)
            _add_unread(unread, result)
            _add_template(templates, result)
        for office in totals.offices:
            offices.add(tuple(_office(office)))
        for rule in totals.rules:
            rules.add(tuple(_rule(rule)))
        for table in (offices, clients, rules, findings, unread, templates):
            table.close()
        _front(front, totals, findings.left_out + clients.left_out)


# ---- tables


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
    elif result.unwritten:
        table.add(("写しを作れません", result.path, "\n".join(result.remarks)))


def _add_template(table: Table, result: Result) -> None:
    now = template_version()
    if result.judged and result.template != now:
        say = (
            "新しい雛形に写して使ってください。"
            if result.template
            else "雛形から作ったブックか分かりません。見出しが標準のとおりなら、このままで点検できます。"
        )
        table.add((result.path, result.office.label, result.template or "版の記載なし", say))


# ---- the front page


def _front(page: Page, totals: Totals, left_out: int) -> None:
    page.widths((34, 12, 12, 12, 16, 16))
    page.line(TITLE, "title")
    page.line(DISCLAIMER, "hint")
    page.line(f"zaitaku-xl {program_version()}　本文 {law_version()}", "hint")
    page.gap()
    verdicts = _counts(page, totals)
    _money(page, totals)
    page.gap()
    top = page.row
    page.gap(16)
    offices = [office for office in totals.offices if office.sum.verdicts[Verdict.NOT_BILLABLE]][:_TOP]
    page.line(f"算定不可の日が多い事業所（{_TOP}まで）", "section")
    worst = page.rows_of(
        (("事業所", "text"), ("月", "center"), ("算定不可", "number"), ("要確認", "number"), ("算定不可の金額", "yen")),
        ((_worst(office), None) for office in offices),
    )
    page.gap()
    page.line(f"算定不可の指摘が多い規則（{_TOP}まで）", "section")
    rules = page.rows_of(
        (("規則", "text"), ("算定不可", "number"), ("指摘", "number"), ("ファイル", "number")),
        (((f"{rule.rule} {rule.title}", rule.weights[Weight.BLOCK], rule.count, rule.files), None)
         for rule in totals.rules[:_TOP]),
    )  # fmt: skip
    if left_out:
        page.gap()
        page.line(
            f"1つの表に{MOST_ROWS * MOST_SHEETS:,}行までを載せました。載せきれない{left_out:,}行は --csv の表にあります。",
            "hint",
        )
    page.chart("bar", "規則ごとの指摘", rules, 2, (top, 2), (430, 300))
    page.chart("doughnut", "在宅の日", verdicts, 1, (top, 0), (260, 300), tuple(_OF_VERDICT.values()))
    if worst:
        page.gap()
        page.chart("bar", "算定不可の日が多い事業所", worst, 2, (page.row, 0), (690, 300))


def _worst(office: OfficeSum) -> tuple[Value, ...]:
    each = office.sum
    lost = each.lost if office.facts.unit_price is not None else None
    return office.facts.label, office.month, each.verdicts[Verdict.NOT_BILLABLE], each.verdicts[Verdict.CHECK], lost


def _counts(page: Page, totals: Totals) -> range:
    """Return the rows of the verdicts."""
    page.line("ファイル", "section")
    states = [("点検できたもの", totals.states[Status.JUDGED])]
    states += [(status.word, totals.states[status]) for status in NOT_JUDGED]
    page.rows_of(
        (("ファイル", "text"), ("件数", "number")), (((words, count), None) for words, count in (*states, ("合計", totals.files)))
    )  # fmt: skip
    page.gap()
    page.line(
        f"在宅の日（事業所 {len({(o.facts.number, o.facts.name) for o in totals.offices}):,}、利用者 のべ{totals.all.clients:,}人）",
        "section",
    )
    home = totals.all.home
    return page.rows_of(
        (("判定", "text"), ("日数", "number"), ("割合", "percent")),
        (
            ((v.word, totals.all.verdicts[v], totals.all.verdicts[v] / home if home else 0), _OF_VERDICT[v])
            for v in HOME
        ),
    )


def _money(page: Page, totals: Totals) -> None:
    each = totals.all
    page.gap()
    page.line("請求できないおそれのある金額の目安（設定に「一日単価」がある事業所だけ）", "section")
    page.rows_of(
        (("判定", "text"), ("金額", "yen")),
        (((Verdict.NOT_BILLABLE.word, each.lost), _OF_VERDICT[Verdict.NOT_BILLABLE]),
         ((Verdict.CHECK.word, each.open), _OF_VERDICT[Verdict.CHECK])),
    )  # fmt: skip
    if each.unpriced:
        page.line(f"ほかに、一日単価のない事業所の算定不可・要確認が{each.unpriced:,}日あります。", "hint")


OUTPUT = Output(option="--out", help="印を付けた写しを置くフォルダー", write=write, file_name=SUMMARY)
