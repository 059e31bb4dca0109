"""Forms of a client over several months: the checklist, the report of a term, the consent; told here a second time."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests import tools
from tests.forms import made
from tests.forms.test_records import (
    CLIENTS,
    FIRST_LINE,
    Lines,
    book,
    compare,
    day_of,
    each_client,
    head,
    is_said,
    lines,
    of,
    of_demo,
    wareki,
)
from zaitaku_xl.forms import checklist
from zaitaku_xl.hosts.marking import alone
from zaitaku_xl.made import MadeSheet
from zaitaku_xl.rules import c01_checklist_concern
from zaitaku_xl.sheets.demo import demo

__all__ = ["book"]

# 就労移行支援のためのチェックリスト, its 34 items: DOMAIN.md section 4, written out again here on purpose.
FIRST = [
    "起床",
    "生活リズム",
    "食事",
    "服薬管理",
    "外来通院",
    "体調不良時の対処",
    "身だしなみ",
    "金銭管理",
    "自分の障害や症状の理解",
    "援助の要請",
    "社会性",
]
SECOND = [
    "あいさつ",
    "会話",
    "言葉遣い",
    "非言語的コミュニケーション",
    "協調性",
    "感情のコントロール",
    "意思表示",
    "共同作業",
]
THIRD = [
    *(
        "一般就労への意欲",
        "作業意欲",
        "就労能力の自覚",
        "働く場のルールの理解",
        "仕事の報告",
        "欠勤等の連絡",
        "出勤状況",
    ),
    *("作業に取り組む態度", "持続力", "作業速度", "作業能率の向上", "指示内容の理解", "作業の正確性", "危険への対処"),
    "作業環境の変化への対応",
]
AREAS = {"日常生活": FIRST, "対人関係": SECOND, "行動・態度": THIRD}
TWO_STEP = {"社会性", "共同作業"}
WATCHED = {
    "服薬管理",
    "体調不良時の対処",
    "自分の障害や症状の理解",
    "感情のコントロール",
    "意思表示",
    "一般就労への意欲",
    "作業意欲",
    "作業に取り組む態度",
    "指示内容の理解",
}
NOTE = (
    "「※」は、在宅での訓練が合うかをよく検討することが望まれる例（ハンドブック 表4）に当たる評価です。"
    "この表は経過を見るためのもので、就労の可否を決めるものではありません。"
)


def test_the_list_has_the_items_of_the_law_s_document_of_the_demo_and_of_the_rule() -> None:
    assert {area: [item.name for item in items] for area, items in checklist.AREAS.items()} == AREAS
    assert sum(map(len, AREAS.values())) == 34
    items = [item for items in checklist.AREAS.values() for item in items]
    assert {item.name for item in items if item.watched} == WATCHED
    assert {item.name for item in items if item.steps == checklist.TWO_STEP} == TWO_STEP
    drafted = demo().sheet("チェックリスト")
    typed = {str(cell.value) for row in drafted.rows for cell in row if cell}
    assert {item for items in AREAS.values() for item in items} <= typed
    rule = c01_checklist_concern._WATCHED
    assert {item.name for item in items if any(word in item.name for word in rule)} == WATCHED


# ---- the checklist


def table(rated: list[dict[str, Any]]) -> Iterator[list[Any]]:
    """The rows of the form from the office's rows, three days of evaluation at most."""
    days = sorted({day_of(row["評価日"]) for row in rated})
    given = {(row["項目"], day_of(row["評価日"])): row["評価"] for row in rated}
    yield ["領域", "項目", "段階", "表4", *(f"R{d.year - 2018}.{d.month}.{d.day}" for d in days)]
    for area, items in AREAS.items():
        for item in items:
            ratings = [given[item, day] for day in days]
            said = [f"{r}※" if item in WATCHED and r >= 4 else str(r) for r in ratings]
            first = [area] if item == items[0] else []
            yield [*first, item, "2段階" if item in TWO_STEP else "5段階", *(["表4"] if item in WATCHED else []), *said]
    yield ["評価者", *("中村 恵" for _ in days)]
    five = [item for items in AREAS.values() for item in items if item not in TWO_STEP]
    for words, ratings in (("①・②の項目の数", (1, 2)), ("③の項目の数", (3,)), ("④・⑤の項目の数", (4, 5))):
        yield [words, *(sum(given[item, day] in ratings for item in five) for day in days)]
    yield [NOTE]


@pytest.mark.parametrize("client", ["浦川 美和", "川上 ひなた"])
def test_the_checklist_is_the_ratings_of_the_records_and_a_concern_is_marked_by_a_sign(book: Path, client: str) -> None:
    (sheet,) = of_demo(book, "checklist", client)
    rated = of(book, "チェックリスト", client)
    compare(sheet, [*head(book, client, "就労移行支援チェックリスト 経過表"), *table(rated)])
    if client == "浦川 美和":
        assert any("4※" in line for line in lines(sheet))


def test_the_chart_is_drawn_from_the_counts_and_opens_in_another_reader(book: Path) -> None:
    (sheet,) = of_demo(book, "checklist", "浦川 美和")
    page = openpyxl.load_workbook(io.BytesIO(alone([sheet]))).worksheets[0]
    (chart,) = page._charts
    row, column = made.find(sheet, "①・②の項目の数")
    days = made.find(sheet, "R7.7.18")
    assert days[1] == 7
    for n, series in enumerate(chart.series):
        assert series.tx.strRef.f == f"'{sheet.name}'!$A${row + n}"
        assert series.val.numRef.f == f"'{sheet.name}'!$G${row + n}:$I${row + n}"
        assert series.cat.strRef.f == f"'{sheet.name}'!$G${days[0]}:$I${days[0]}"
    assert column == 1
    assert len(chart.series) == 3


def ratings(*rows: tuple[str, str, Any], **more: Any) -> dict[str, Any]:
    listed = [
        {"評価日": day, "項目": item, "評価": rating, "領域": "日常生活", "評価者": "佐藤", **more}
        for day, item, rating in rows
    ]
    return {
        "チェックリスト": listed,
        "日報": [{"日付": "2026-01-06", "提供区分": "通所"}],
        "設定": {"対象年月": "2026-01"},
    }


def test_an_item_that_is_not_in_the_list_is_not_left_out() -> None:
    tables = ratings(("2026-01-06", "文字", 5), ("2026-01-06", "交通機関の利用", 2))
    (sheet,) = made.sheets(tables | {"利用者台帳": [{"サービス種別": "就労移行支援"}]}, "checklist")
    assert ["参考", "文字", "5段階", "表4", "5※"] in lines(sheet)
    assert ["交通機関の利用", "5段階", "2"] in lines(sheet)


def test_one_day_has_no_chart_and_more_than_six_have_a_second_sheet() -> None:
    (sheet,) = made.sheets(ratings(("2026-01-06", "起床", 1)), "checklist")
    assert sheet.charts == ()
    many = [(f"2026-01-{n:02}", "起床", n % 5 + 1) for n in range(1, 9)]
    first, second = made.sheets(ratings(*many), "checklist")
    assert ["起床", "5段階", "2", "3", "4", "5", "1", "2"] in [
        line[1:] for line in lines(first) if line[0] == "日常生活"
    ]
    assert ["起床", "5段階", "3", "4"] in [line[1:] for line in lines(second) if line[0] == "日常生活"]
    assert len(first.charts) == len(second.charts) == 1


def test_a_rating_nobody_can_read_says_so_and_two_of_one_day_stand_side_by_side() -> None:
    (sheet,) = made.sheets(
        ratings(("2026-01-06", "起床", "良好"), ("2026-01-06", "食事", 2), ("2026-01-06", "食事", 3)), "checklist"
    )
    assert ["日常生活", "起床", "5段階", "要確認"] in lines(sheet)
    assert ["食事", "5段階", "2／3"] in lines(sheet)


def test_a_note_is_printed_and_a_formula_in_it_is_text() -> None:
    (sheet,) = made.sheets(ratings(("2026-01-06", "起床", 4), 補足="=a,c"), "checklist")
    assert ["補足　起床（R8.1.6）", "=a,c"] in lines(sheet)


# ---- the report of a term

ASKED = (
    "在宅での支援を記録に残し保存することについて、次の内容で説明を受けました。"
    "同意するかどうかは私が決め、あとからいつでも取り消せます。同意しなくても、支援に不利はありません。"
)
BY_HAND = ["通所が困難な理由", "期間全体の評価（支援目標に対して）", "在宅で行った支援の効果", "今後の支援の方針"]
LAST = "空欄は記録から分からないものです。事業所で書いてください。提出の時期と様式は支給決定市町村に確かめてください。"


def term(book: Path, client: str) -> Lines:
    """The report of the term that January 2026 lies in."""
    (approval,) = [row for row in of(book, "在宅承認", client) if day_of(row["承認終了"]).year == 2026]
    first, last = day_of(approval["承認開始"]), day_of(approval["承認終了"])
    used = [row["提供区分"] for row in of(book, "日報", client) if first <= day_of(row["日付"]) <= last]
    places = [used.count(place) for place in ("在宅", "通所", "訪問", "施設外", "欠席")]
    weekly = [row for row in of(book, "週評価", client) if first <= day_of(row["実施日"]) <= last]
    (review,) = of(book, "月評価", client)
    method = {"Zoom": "ICT"}.get(review["方法"], review["方法"])
    return [
        ["承認期間", f"{wareki(first, weekday=False)}～{wareki(last, weekday=False)}"],
        ["承認事業所", approval["承認事業所"], "決定日", wareki(approval["決定日"], weekday=False)],
        ["集計した記録", "令和8年1月分"], ["利用状況（日報による日数）"],
        ["年月", "在宅", "通所", "訪問", "施設外", "欠席", "利用日数", "週の評価", "月の評価"],
        ["令和8年1月", *places, sum(places[:4]), len(weekly), f"{wareki(review['実施日'], weekday=False)} {method}"],
        ["月の評価の経過"], ["実施日", wareki(review["実施日"]), "方法", method, "場所", review["場所"]],
        ["訓練目標", review["訓練目標"]], ["達成度", review["達成度"]], ["課題", review["課題"]], ["継続の妥当性", review["継続の妥当性"]],
        *([name] for name in BY_HAND), ["継続の要否", "☐継続する　☐継続しない"], ["その理由"], ["作成日", "作成者"],
        ["管理者の確認欄", "利用者署名欄"], [LAST],
    ]  # fmt: skip


@each_client
def test_the_report_of_a_term_counts_the_days_and_imagines_nothing(book: Path, client: str) -> None:
    (sheet,) = of_demo(book, "term_report", client)  # a term that the workbook holds no day of has none
    compare(sheet, [*head(book, client, "在宅利用の報告書"), *term(book, client)])


def test_days_outside_the_term_are_not_counted_and_months_are_summed() -> None:
    entries = [
        {"日付": day, "提供区分": "在宅"}
        for day in ("2025-12-26", "2026-01-06", "2026-01-07", "2026-02-03", "2026-03-02")
    ]
    tables = {
        "日報": entries, "在宅承認": [{"承認開始": "2026-01-01", "承認終了": "2026-02-28"}],
        "月評価": [{"対象年月": "2026-01", "実施日": "2026-01-06"}, {"対象年月": "2026-03", "実施日": "2026-03-02"}], "週評価": [],
    }  # fmt: skip
    (sheet,) = made.sheets(tables, "term_report")
    said = lines(sheet)
    assert ["集計した記録", "令和8年1月分・令和8年2月分"] in said
    assert ["令和8年1月", 2, 0, 0, 0, 0, 2, 0, "令和8年1月6日 通所"] in said
    assert ["合計", 3, 0, 0, 0, 0, 3, 0, "1回"] in said
    assert sum(line[0] == "実施日" for line in said) == 1


def test_a_term_whose_end_nobody_can_read_says_so() -> None:
    tables = {
        "日報": [{"日付": "2026-01-06", "提供区分": "在宅"}],
        "在宅承認": [{"承認開始": "2026-01-01", "承認終了": "26/3/1"}],
    }
    (sheet,) = made.sheets(tables, "term_report")
    assert ["承認期間", "令和8年1月1日～要確認"] in lines(sheet)


# ---- the consent


@each_client
def test_the_consent_leaves_everything_to_the_person_who_decides(book: Path, client: str) -> None:
    (sheet,) = of_demo(book, "consent", client)
    said = lines(sheet)
    assert said[:2] == [[FIRST_LINE], ["この用紙は請求の記録ではないため、点検の結果は書いていません。"]]
    asked = "☐同意します　☐同意しません"
    assert said[2:] == [
        *head(book, client, "在宅支援の記録・動画等の保存に関する同意書"),
        [ASKED],
        ["日報・支援記録", asked], ["メール・チャット", asked], ["音声", asked], ["動画", asked], ["静止画（写真・画面）", asked], ["そのほか残すもの"],
        ["使う目的", "☐支援の内容の確認と振り返り\n☐市町村・指定権者の求めがあったときの提出\n☐そのほか（　　　　　　　　　　　　　　　　）"],
        ["保存する期間"], ["保存する場所と方法"], ["見ることのできる人"], ["取り消すときの申し出先"], ["苦情の受付窓口", "中村 恵（095-000-0000）"],
        ["利用者の希望・条件"], ["説明した日", "同意した日"], ["説明した職員の署名欄", "利用者署名欄"], ["代筆・立会人の署名欄", "利用者との関係"],
    ]  # fmt: skip


def test_a_client_who_only_attends_is_asked_for_no_consent() -> None:
    tables = {"日報": [{"日付": "2026-01-06", "提供区分": "通所"}], "在宅承認": [], "設定": {"対象年月": "2026-01"}}
    assert made.sheets(tables, "consent") == []


# ---- much text, and all of them

LONG = "手順を一つずつ確かめ、自分で見直してから報告した。" * 90
RARE = "髙﨑 𠮷乃"


def much() -> dict[str, Any]:
    items = [item for items in AREAS.values() for item in items]
    rated = [
        {
            "氏名": RARE,
            "評価日": f"2026-01-{n:02}",
            "項目": item,
            "評価": 5,
            "補足": f"={item}の{n}回目。{LONG[:120]}",
            "評価者": RARE,
        }
        for n in range(1, 7)
        for item in items
    ]
    return {
        "日報": [{"氏名": RARE, "日付": "2026-01-06", "提供区分": "在宅"}], "設定": {"対象年月": "2026-01", "苦情受付窓口": f"={LONG[:300]}"},
        "利用者台帳": [{"氏名": RARE, "サービス種別": "就労移行支援"}], "チェックリスト": rated,
        "在宅承認": [{"氏名": RARE, "承認開始": "2026-01-01", "承認終了": "2026-12-31", "計画メニュー": f"@{LONG}"}],
        "月評価": [{"氏名": RARE, "対象年月": "2026-01", "実施日": "2026-01-06", "訓練目標": f"+{LONG}", "達成度": LONG}],
        "貸与機器": [{"氏名": RARE, "品名": f"PC{n}", "管理番号": "0012"} for n in range(30)],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("form", "texts"),
    [
        ("checklist", (f"=起床の6回目。{LONG[:120]}", f"=作業環境の変化への対応の1回目。{LONG[:120]}", RARE)),
        ("term_report", (f"+{LONG}", LONG, RARE)), ("consent", (f"={LONG[:300]}", RARE)),
        ("application", (f"@{LONG}", "PC29（0012）", RARE)), ("monthly_review", (f"+{LONG}", LONG)),
    ],
)  # fmt: skip
def test_nothing_is_lost_or_cut_however_much_the_records_say(form: str, texts: tuple[str, ...], tmp_path: Path) -> None:
    (sheet,) = made.sheets(much(), form)
    assert [text for text in texts if not is_said(text)(sheet)] == []
    assert max(sheet.heights.values()) <= 409
    path = tmp_path / f"{form}.xlsx"
    path.write_bytes(alone([sheet]))
    assert tools.validate(path) == tools.lint(path) == []
    if form != "term_report":  # flows as it comes
        assert len(tools.pictures_of(path, 20)) == (sheet.page.tall or len(sheet.page.breaks) + 1)


@pytest.mark.parametrize("form", ["checklist", "term_report", "consent"])
def test_the_papers_are_valid_and_take_one_page(book: Path, tmp_path: Path, form: str) -> None:
    sheets: list[MadeSheet] = [sheet for client in CLIENTS for sheet in of_demo(book, form, client)]
    path = tmp_path / f"{form}.xlsx"
    path.write_bytes(alone(sheets))
    assert tools.validate(path) == tools.lint(path) == []
    assert len(tools.pictures_of(path, 20)) == len(sheets)
