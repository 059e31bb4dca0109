"""日報, evaluations, absences and the schedule as forms: every cell beside the office's own rows, told here a second time."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests import tools
from tests.forms import made
from zaitaku_xl.forms import plan
from zaitaku_xl.hosts.marking import alone
from zaitaku_xl.made import MadeSheet

FIRST_LINE = "【在宅点検】記録から作成した様式です。最終判断は支給決定市町村・指定権者が行います。"
CLIENTS = ("青木 さくら", "岩永 拓海", "浦川 美和", "江口 誠", "川上 ひなた", "松尾 悠人")
METHODS = ("訪問", "通所", "電話", "ICT", "その他")
ICT = {"チャット", "メール", "ビデオ", "Zoom"}
each_client = pytest.mark.parametrize("client", CLIENTS)
Lines = list[list[Any]]
Row = dict[str, Any]


def lines(sheet: MadeSheet) -> Lines:
    """What each row says, from left to right; blank cells and blank rows left out."""
    return made.lines(sheet)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made.demo_book(tmp_path_factory.mktemp("demo"))


@cache
def rows(book: Path, sheet: str, heading: str = "氏名") -> tuple[Row, ...]:
    return tuple(made.rows_of(book, sheet, heading))


def of(book: Path, sheet: str, client: str) -> list[Row]:
    return [row for row in rows(book, sheet) if row["氏名"] == client]


def of_demo(book: Path, form: str, client: str) -> list[MadeSheet]:
    source = made.source_of(book)
    return list(plan.sheets(source, plan.keys(source, plan.forms_named(form), client)))


def head(book: Path, client: str, title: str) -> Lines:
    office = {row["項目"]: row["値"] for row in rows(book, "設定", "項目")}
    (person,) = of(book, "利用者台帳", client)
    return [
        [title],
        ["事業所名", office["事業所名"], "事業所番号", office["事業所番号"]],
        ["氏名", client, "受給者証\n番号", person["受給者証番号"], "サービス\n種別", person["サービス種別"]],
    ]


def compare(sheet: MadeSheet, expected: Lines) -> None:
    said = lines(sheet)
    assert said[0] == [FIRST_LINE]
    assert len(said[1]) == 1  # what the check says: tests/forms/test_service_record.py looks at the words
    assert said[2:] == expected


def day_of(value: datetime | date | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value


def wareki(value: datetime | date | None, weekday: bool = True) -> str:
    day = day_of(value)
    if day is None:
        return ""
    words = f"令和{day.year - 2018}年{day.month}月{day.day}日"
    return f"{words}（{made.WEEKDAYS[day.weekday()]}）" if weekday else words


def clock(value: Any) -> str:
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02}"
    return "要確認" if value else ""  # 「9.3」 cannot be read


def filled(*values: Any) -> list[Any]:
    return [value for value in values if value not in (None, "")]


def boxes(chosen: str | None) -> str:
    known = "ICT" if chosen in ICT else chosen
    line = "　".join(("☑" if method == known else "☐") + method for method in METHODS)
    return f"{line}（{chosen}）" if chosen and chosen != known else line


# ---- 日報


def block(row: Row) -> Iterator[list[Any]]:
    """A day at home as the form lays it out."""
    yield ["実施日", wareki(row["日付"]), "時間", f"{clock(row['開始'])}～{clock(row['終了'])}", "休憩",
           f"{clock(row['休憩開始'])}～{clock(row['休憩終了'])}"]  # fmt: skip
    yield filled("在宅場所", row["在宅場所"], "開始の確認", row["開始確認方法"], "終了の確認", row["終了確認方法"])
    yield filled("作業・訓練内容", row["訓練内容"])
    yield ["支援内容（1日2回以上）", "時刻", "方法", "種別", "内容", "職員"]
    for n in (1, 2, 3):
        method = row[f"連絡{n}方法"]
        said = filled(clock(row[f"連絡{n}時刻"]), "ICT" if method in ICT else method, row[f"連絡{n}種別"], row[f"連絡{n}内容"],
                      row[f"連絡{n}職員"])  # fmt: skip
        if said:
            yield said
    yield filled("支援記録", row["支援記録"])
    yield filled("心身の状況と助言", row["心身の状況"])
    for name, heading in (("照会", "照会"), ("照会への対応", "照会対応"), ("変更理由", "変更理由")):
        if row[heading]:
            yield [name, row[heading]]
    yield filled("備考", row["備考"], "記録者", row["記録者"], "確認の記録", row["利用者確認"], "利用者署名")


@each_client
def test_the_daily_record_says_what_the_log_says_of_each_day_at_home(book: Path, client: str) -> None:
    (sheet,) = of_demo(book, "daily_record", client)
    home = [row for row in of(book, "日報", client) if row["提供区分"] == "在宅"]
    expected = head(book, client, "在宅における就労支援記録（日報）　令和8年1月分")
    compare(sheet, [*expected, *(line for row in home for line in block(row))])


# ---- evaluations


def week_block(book: Path, client: str, row: Row, before: Row | None) -> Iterator[list[Any]]:
    first, last = day_of(row["対象開始"]), day_of(row["対象終了"])
    used: dict[str, list[date]] = {}
    for entry in of(book, "日報", client):
        if first <= day_of(entry["日付"]) <= last and entry["提供区分"] in ("通所", "在宅"):
            used.setdefault(entry["提供区分"], []).append(day_of(entry["日付"]))
    told = [
        f"{place} {len(used[place])}日（{'・'.join(f'{d.month}/{d.day}' for d in used[place])}）"
        for place in ("通所", "在宅")
        if place in used
    ]
    yield ["対象期間", f"{wareki(first)}～{wareki(last)}"]
    yield ["期間中の利用", "　".join(told)]
    yield filled("評価実施日", wareki(row["実施日"]), "前回の評価日", wareki(before["実施日"]) if before else "")
    yield ["方法", boxes(row["方法"])]
    yield ["評価の内容", row["内容"]]
    yield ["達成度", row["達成度"]]
    yield ["評価者", row["評価者"], "確認者\n（サービス管理責任者）", row["確認者"]]
    yield ["確認者の確認欄", "利用者署名欄"]


@each_client
def test_the_weekly_reviews_are_those_of_the_records(book: Path, client: str) -> None:
    (sheet,) = of_demo(book, "weekly_review", client)
    reviews = of(book, "週評価", client)
    expected = head(book, client, "週の評価の記録")
    expected.append(["対象年月", "令和8年1月分", "評価の記録", f"{len(reviews)}件"])
    for before, row in zip([None, *reviews], reviews, strict=False):
        expected += week_block(book, client, row, before)
    compare(sheet, expected)


@each_client
def test_the_monthly_review_leaves_what_no_record_says_to_be_written_by_hand(book: Path, client: str) -> None:
    (sheet,) = of_demo(book, "monthly_review", client)
    (row,) = of(book, "月評価", client)
    compare(sheet, [
        *head(book, client, "在宅における就労達成度評価シート"),
        ["対象年月", "令和8年1月分", "前回の評価日"], ["実施日", wareki(row["実施日"]), "実施した時刻"],
        ["方法", boxes(row["方法"])], ["場所", row["場所"]], ["訓練目標", row["訓練目標"]], ["取組内容"], ["達成度", row["達成度"]],
        ["課題", row["課題"]], ["改善方針"], ["健康・体調面"], ["継続の妥当性", row["継続の妥当性"]], ["その他特記事項"],
        ["評価者", row["評価者"], "本人確認の記録", row["本人確認"]], ["評価者の確認欄", "利用者署名欄"],
        ["空欄の欄は記録に列がないものです。行ったこと、確かめたことだけを書いてください。"],
    ])  # fmt: skip


# ---- absences


@pytest.mark.parametrize("client", [client for client in CLIENTS if client != "江口 誠"])
def test_the_absences_are_those_of_the_records_claimed_or_not(book: Path, client: str) -> None:
    (sheet,) = of_demo(book, "absence", client)
    absences = of(book, "欠席時対応", client)
    claimed = [row for row in absences if row["加算算定"]]
    expected = head(book, client, "欠席時対応の記録")
    expected.append(["対象年月", "令和8年1月分", "加算する欠席", f"{len(claimed)}回（月4回まで）"])
    for row in absences:
        claim = f"算定する（月{claimed.index(row) + 1}回目）" if row in claimed else "算定しない"
        expected += [
            ["欠席日", wareki(row["欠席日"]), "加算の算定", claim],
            ["連絡のあった日", wareki(row["連絡日"]), "時刻", clock(row["連絡時刻"])],
            ["連絡者", row["連絡者"], "受けた職員", row["受けた職員"]], ["連絡の方法", boxes(row["方法"])],
            ["欠席の理由・様子", row["理由"]], ["相談援助の内容", row["相談援助内容"]],
            ["次回の予定日", wareki(row["次回予定日"]), "確認欄"],
        ]  # fmt: skip
    compare(sheet, expected)


def test_a_client_without_an_absence_has_no_sheet_of_absences(book: Path) -> None:
    assert of_demo(book, "absence", "江口 誠") == []


# ---- the schedule


@each_client
def test_the_schedule_is_the_plan_and_a_change_stands_there_with_its_reason(book: Path, client: str) -> None:
    (sheet,) = of_demo(book, "schedule", client)
    plans = {day_of(row["日付"]): row for row in of(book, "予定", client)}
    places = [row["予定区分"] for row in plans.values()]
    used = {day_of(row["日付"]): row["提供区分"] for row in of(book, "日報", client)}
    expected = [
        *head(book, client, "在宅利用・通所スケジュール申請"), ["対象年月", "令和8年1月分", "申請日"],
        ["予定の日数", "　".join(f"{p} {places.count(p)}日" for p in ("通所", "在宅") if p in places)],
        ["日付", "曜日", "予定区分", "時間帯", "訓練予定", "評価予定", "変更後", "変更の理由", "申出者・承認者"],
    ]  # fmt: skip
    for n in range(31):
        day = date(2026, 1, 1) + timedelta(days=n)
        row = plans.get(day)
        planned = [row["予定区分"], row["時間帯"], "☐週　☐月"] if row else []
        changed = [used[day], row["変更理由"]] if row and row["変更理由"] else []
        expected.append([n + 1, made.WEEKDAYS[day.weekday()], *planned, *changed])
    expected.append(["利用者署名欄", "事業所の確認欄"])
    expected.append(["在宅と通所の予定は、前もって利用者が申し出るものです。計画をさかのぼって直さないでください。"])
    compare(sheet, expected)


def test_a_month_that_has_not_begun_has_a_schedule_too() -> None:
    tables = {
        "日報": [{"日付": "2026-01-06", "提供区分": "在宅"}],
        "予定": [{"日付": "2026-02-03", "予定区分": "在宅", "時間帯": "午前"}], "点検月": ["2026-02"],
    }  # fmt: skip
    (sheet,) = made.sheets(tables, "schedule")
    assert [3, "火", "在宅", "午前", "☐週　☐月"] in lines(sheet)
    assert sheet.name == "スケジュール申請_山田 花子_2026年2月"


# ---- what the records leave out, and what nobody can read

HOME = {"日付": "2026-01-06", "提供区分": "在宅"}


def only(tables: dict[str, Any], form: str) -> MadeSheet:
    (sheet,) = made.sheets({"設定": {"対象年月": "2026-01"}, **tables}, form)
    return sheet


def test_a_cell_nobody_could_read_says_so_and_is_not_left_blank() -> None:
    said = lines(
        only(
            {"日報": [HOME | {"開始": "9.3", "連絡": ["9.3 電話 開始確認 体調 佐藤", "15:20 電話 助言 作業 佐藤"]}]},
            "daily_record",
        )
    )
    assert ["実施日", "令和8年1月6日（火）", "時間", "要確認～15:30", "休憩"] in said
    assert ["要確認", "電話", "開始確認", "体調", "佐藤"] in said
    review = {"実施日": "26/1/6", "対象開始": "2026-01-05", "対象終了": "2026-01-11"}
    said = lines(only({"日報": [HOME], "週評価": [review]}, "weekly_review"))
    assert ["評価実施日", "要確認", "前回の評価日"] in said


def test_a_day_without_any_contact_has_an_empty_line_for_none() -> None:
    said = lines(only({"日報": [HOME | {"連絡": []}]}, "daily_record"))
    top = said.index(["支援内容（1日2回以上）", "時刻", "方法", "種別", "内容", "職員"])
    assert said[top + 1][0] == "支援記録"


def test_a_month_without_a_day_at_home_has_no_daily_record() -> None:
    assert (
        made.sheets(
            {"日報": [{"日付": "2026-01-06", "提供区分": "通所"}], "設定": {"対象年月": "2026-01"}}, "daily_record"
        )
        == []
    )


def test_an_evaluation_that_nobody_recorded_is_not_made_up() -> None:
    tables = {"日報": [HOME], "週評価": [], "月評価": [], "設定": {"対象年月": "2026-01"}}
    assert made.sheets(tables, "weekly_review") == made.sheets(tables, "monthly_review") == []


def test_an_exception_s_reason_is_printed_and_the_day_of_the_one_before() -> None:
    reviews = [
        {"対象年月": "2025-12", "実施日": "2025-12-20"},
        {"対象年月": "2026-01", "実施日": None, "例外理由": "入院のため"},
    ]
    said = lines(only({"日報": [HOME], "月評価": reviews}, "monthly_review"))
    assert ["例外の理由", "入院のため"] in said
    reviews[1] |= {"実施日": "2026-01-20"}
    said = lines(only({"日報": [HOME], "月評価": reviews}, "monthly_review"))
    assert ["対象年月", "令和8年1月分", "前回の評価日", "令和7年12月20日（土）"] in said


def test_a_week_across_two_months_stands_in_both() -> None:
    tables = {
        "日報": [HOME | {"日付": "2026-01-30"}, HOME | {"日付": "2026-02-01"}],
        "週評価": [{"対象開始": "2026-01-26", "対象終了": "2026-02-01", "実施日": "2026-01-30"}], "点検月": ["2026-01", "2026-02"],
    }  # fmt: skip
    both = made.sheets(tables, "weekly_review")
    assert len(both) == 2
    assert all(["対象期間", "令和8年1月26日（月）～令和8年2月1日（日）"] in lines(sheet) for sheet in both)


# ---- much text, many days

LONG = "午前は入力の練習をし、午後は見直しをした。\n" * 220 + "終わりの一文。"
RARE = "髙﨑 𠮷乃"


def much() -> dict[str, Any]:
    contacts = [
        f"{9 + n}:05 電話 進捗確認 =SUM(A1:A{n})の式を確かめ、次に進む手順を一つずつ伝えた。区切りごとに休む。 {RARE}"
        for n in range(8)
    ]
    entries = [
        {"氏名": RARE, "日付": f"2026-01-{n:02}", "提供区分": "在宅", "連絡": contacts, "支援記録": f"=1+{n} 見直し"}
        for n in range(1, 32)
    ]
    entries[10] |= {"支援記録": LONG}
    plans = [
        {"氏名": RARE, "日付": f"2026-01-{n:02}", "予定区分": "在宅", "時間帯": "=午前", "変更理由": "-体調"}
        for n in range(1, 32)
    ]
    weeks = [
        {
            "氏名": RARE,
            "対象開始": f"2026-01-{n:02}",
            "対象終了": f"2026-01-{n + 6:02}",
            "内容": LONG if n < 6 else "@見直し",
        }
        for n in (5, 12, 19, 25)
    ]
    return {
        "日報": entries, "予定": plans, "週評価": weeks, "利用者台帳": [{"氏名": RARE}], "設定": {"対象年月": "2026-01"},
        "月評価": [{"氏名": RARE, "対象年月": "2026-01", "実施日": "2026-01-20", "課題": "+課題", "達成度": LONG[:900]}],
        "欠席時対応": [{"氏名": RARE, "欠席日": "2026-01-20", "連絡日": "2026-01-20", "理由": "=熱", "相談援助内容": LONG}],
    }  # fmt: skip


def is_said(text: str) -> Callable[[MadeSheet], bool]:
    """Tell whether a text stands in a sheet, over several rows if it is long."""

    def told(sheet: MadeSheet) -> bool:
        for column in range(len(sheet.widths)):
            cells = (row[column].value for row in sheet.rows if column < len(row) and row[column])
            if text.replace("\n", "") in "".join(str(cell).replace("\n", "") for cell in cells):
                return True
        return False

    return told


@pytest.fixture(scope="module")
def plenty() -> dict[str, list[MadeSheet]]:
    forms = ("daily_record", "weekly_review", "monthly_review", "absence", "schedule")
    return {form: made.sheets(much(), form) for form in forms}


def test_no_text_is_lost_and_no_row_is_higher_than_programs_show(plenty: dict[str, list[MadeSheet]]) -> None:
    for form, texts in (
        ("daily_record", (LONG, "=1+31 見直し", RARE, "=SUM(A1:A7)の式を確かめ、次に進む手順を一つずつ伝えた。区切りごとに休む。")),
        ("weekly_review", (LONG, "@見直し", RARE)), ("monthly_review", ("+課題", LONG[:900].strip(), RARE)),
        ("absence", (LONG, "=熱")), ("schedule", ("=午前", "-体調")),
    ):  # fmt: skip
        (sheet,) = plenty[form]
        assert all(map(lambda text, sheet=sheet: is_said(text)(sheet), texts)), form
        assert max(sheet.heights.values()) <= 409


def test_forms_with_much_text_are_valid_and_take_the_pages_they_say(
    plenty: dict[str, list[MadeSheet]], tmp_path: Path
) -> None:
    for form, (sheet,) in plenty.items():
        path = tmp_path / f"{form}.xlsx"
        path.write_bytes(alone([sheet]))
        assert tools.validate(path) == tools.lint(path) == [], form
        pages = len(tools.pictures_of(path, 20))
        if sheet.page.tall:
            assert pages == sheet.page.tall, form
        else:
            assert pages == len(sheet.page.breaks) + 1, form


def test_a_block_begins_a_page_where_it_would_be_torn(book: Path) -> None:
    (sheet,) = of_demo(book, "daily_record", "岩永 拓海")
    begins = [row for (row, column), value in made.cells(sheet).items() if column == 1 and value == "実施日"]
    assert len(sheet.page.breaks) > 3
    assert {row + 2 for row in sheet.page.breaks} <= set(begins)  # the gap before the block is the page's first row


def test_a_block_longer_than_a_page_is_broken_between_its_rows(plenty: dict[str, list[MadeSheet]]) -> None:
    (sheet,) = plenty["absence"]
    first = made.find(sheet, "相談援助の内容")[0]
    assert len([row for row in sheet.page.breaks if row >= first]) > 2


def test_a_form_of_a_month_prints_the_row_of_the_register_that_holds_it() -> None:
    days = [{"日付": day, "提供区分": "在宅"} for day in ("2026-01-06", "2026-02-06")]
    rows = [
        {"支給決定開始": "2025-02-01", "支給決定終了": "2026-01-31", "契約支給量": "20日"},
        {"支給決定開始": "2026-02-01", "支給決定終了": "2027-01-31", "契約支給量": "15日"},
    ]
    tables = {"日報": days, "利用者台帳": rows, "在宅承認": [{}], "点検月": ["2026-01", "2026-02"]}
    words = ["\n".join(map(str, made.lines(sheet))) for sheet in made.sheets(tables, "service_record")]
    assert ["20日" in words[0], "15日" in words[0]] == [True, False]
    assert ["20日" in words[1], "15日" in words[1]] == [False, True]
