"""申出書: each field with the cell it comes from, and the city's own file filled by a mapping."""

import re
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Border, Font, Side

from tests import tools
from tests.forms import made
from tests.forms.test_records import CLIENTS, FIRST_LINE, book, day_of, each_client, head, lines, of_demo, wareki
from zaitaku_xl.a1 import address
from zaitaku_xl.entry.cli import main
from zaitaku_xl.errors import Unwritten, WrongUse
from zaitaku_xl.forms import application, plan
from zaitaku_xl.forms.mapping import mapped
from zaitaku_xl.jobs import Asked
from zaitaku_xl.jobs.filling import fill_application
from zaitaku_xl.resources import shipped

__all__ = ["book"]

SAMPLE = shipped("workbook_templates", "application_mapping.toml")
BY_HAND = "記録なし（記入）"
Run = Callable[..., tuple[int, str]]


def cell(book: Path, sheet: str, client: str, heading: str, nth: int = -1) -> tuple[Any, str]:
    """The value under a heading in a client's row (the last of several), and its place, as openpyxl finds it."""
    page = openpyxl.load_workbook(book)[sheet]
    (top,) = [row for row in range(1, 16) if "氏名" in [c.value for c in page[row]]]
    columns = {c.value: c.column for c in page[top]}
    rows = [row for row in range(top + 1, page.max_row + 1) if page.cell(row, columns["氏名"]).value == client]
    found = page.cell(rows[nth], columns[heading])
    return found.value, f"{sheet}!{found.coordinate}"


def setting(book: Path, item: str) -> tuple[Any, str]:
    page = openpyxl.load_workbook(book)["設定"]
    (found,) = [row for row in page.iter_rows() for c in row if c.value == item]
    place = next(c for c in found if c.value == item).offset(column=1)
    return place.value, f"設定!{place.coordinate}"


def by_era(day: date) -> str:
    if day >= date(2019, 5, 1):
        return wareki(day, weekday=False)
    name, before = ("平成", 1988) if day >= date(1989, 1, 8) else ("昭和", 1925)
    return f"{name}{day.year - before}年{day.month}月{day.day}日"


def written(value: Any) -> str:
    if isinstance(value, (datetime, date)):
        return by_era(day_of(value))
    return "" if value is None else str(value)


# name of the field, sheet, heading: what the records hold, told a second time
FROM_THE_CLIENT = {
    "提出先の市町村": "支給決定市町村", "利用者氏名": "氏名", "フリガナ": "フリガナ", "生年月日": "生年月日", "受給者証番号": "受給者証番号",
    "サービス種別": "サービス種別", "支給決定開始": "支給決定開始", "支給決定終了": "支給決定終了", "(3) 居宅までの所要時間（分）": "到達所要分",
    "(3) 居宅までの移動手段": "到達手段", "(3) 所要時間の確認日": "到達確認日",
}  # fmt: skip
FROM_THE_APPROVAL = {
    "今の承認開始": "承認開始",
    "今の承認終了": "承認終了",
    "(1) 在宅で行う訓練のメニュー": "計画メニュー",
}
FROM_THE_OFFICE = {
    "事業所名": "事業所名", "事業所番号": "事業所番号", "運営規程への在宅の記載日": "運営規程の在宅記載日",
    "(3) 緊急時対応手順の整備日": "緊急時対応手順の整備日", "苦情の受付窓口": "苦情受付窓口",
}  # fmt: skip
NEVER_IN_RECORDS = {
    "申請の別（新規・更新・変更）", "住所", "電話番号", "在宅の日数（週・月）", "通所の日数（週・月）", "在宅を希望する理由", "障害・疾病の状況",
    "通所の困難性1（移動そのものの困難・危険）", "通所の困難性2（自宅以外での制約・移動後の変動）", "通所が困難な具体的な状況",
    "根拠となる資料（医師の意見など）", "自己管理能力", "自宅の訓練環境", "期待する支援の効果", "妥当性の検討（表4にあたる項目）",
    "在宅が妥当と判断した理由", "家族の意見", "医療機関の意見", "相談支援専門員の意見", "アセスメントの作成者", "(2) 1日2回の連絡の方法と時刻",
    "(3) 緊急時の連絡先と対応の流れ", "(4) 随時の訪問・連絡の体制", "(5) 週の評価の方法", "(6) 月の評価の方法と場所", "(7) 週と月の評価を兼ねるか",
    "担当する職員", "サービス管理責任者",
}  # fmt: skip
OF_THE_NEXT_TERM = {
    "申出日": "申出書日",
    "アセスメント日": "アセスメント日",
    "個別支援計画への記載日": "計画記載日",
    "希望する開始日": "",
    "希望する終了日": "",
}


@each_client
def test_each_field_says_where_it_comes_from_or_that_it_is_to_be_written(book: Path, client: str) -> None:
    (sheet,) = of_demo(book, "application", client)
    said = {}
    for row in sheet.rows:
        cells = [c for c in row if c is not None]
        if len(cells) == 12:
            said[cells[0].value] = (cells[3].value, cells[7].value, cells[7].link, cells[9].value)
    for name, heading in FROM_THE_CLIENT.items():
        value, where = cell(book, "利用者台帳", client, heading)
        assert said[name][:2] == (written(value), where), name
    for name, heading in FROM_THE_APPROVAL.items():
        value, where = cell(book, "在宅承認", client, heading)
        assert said[name][:2] == (written(value), where), name
    for name, item in FROM_THE_OFFICE.items():
        value, where = setting(book, item)
        assert said[name][:2] == (written(value), where), name
    for name, heading in OF_THE_NEXT_TERM.items():
        before = cell(book, "在宅承認", client, heading) if heading else None
        assert said[name][:2] == ("", BY_HAND)
        assert said[name][3] == (f"前回 {written(before[0])}（{before[1]}）" if before else "")
    assert all(said[name][:2] == ("", BY_HAND) for name in NEVER_IN_RECORDS)
    known = {
        *FROM_THE_CLIENT,
        *FROM_THE_APPROVAL,
        *FROM_THE_OFFICE,
        *OF_THE_NEXT_TERM,
        *NEVER_IN_RECORDS,
        "ICT機器（貸与）",
    }
    assert {name for name, (_, where, _, _) in said.items() if where == BY_HAND or "!" in str(where)} == known
    for _, where, link, _ in said.values():
        assert link is None or f"{link[0]}!{address(*link[1:])}" == where


@each_client
def test_the_sheet_says_that_it_is_a_draft_and_not_the_city_s_form(book: Path, client: str) -> None:
    (sheet,) = of_demo(book, "application", client)
    said = lines(sheet)
    assert said[0] == [FIRST_LINE]
    assert said[2:5] == head(book, client, "在宅利用における申出書 内容整理シート（案）")
    assert said[5][0].startswith("市の様式ではありません。")
    assert [line[0] for line in said if str(line[0]).startswith("様式")] == [
        "様式1にあたる内容（申し出）", "様式2にあたる内容（アセスメント）", "様式3にあたる内容（事業所の要件）",
    ]  # fmt: skip


def test_what_the_records_say_beside_a_field_to_be_written_is_told(book: Path) -> None:
    (sheet,) = of_demo(book, "application", "浦川 美和")
    said = {line[0]: line[-1] for line in lines(sheet)}
    assert said["在宅の日数（週・月）"] == "予定 令和8年1月分: 在宅 9日・通所 10日"
    assert said["期待する支援の効果"] == "月の評価 令和8年1月22日: あいさつと結びは手本なしで書けた。"
    assert said["(6) 月の評価の方法と場所"] == "月評価 令和8年1月22日: 訪問　事業所"
    assert said["妥当性の検討（表4にあたる項目）"] == "チェックリスト 令和8年1月23日: 4以上の評価なし"
    assert said["自己管理能力"].startswith("チェックリスト 令和8年1月23日: 生活リズム 2・")
    assert said["ICT機器（貸与）"].startswith("貸与機器!")


HOME = [{"日付": "2026-01-06", "提供区分": "在宅"}]


def field(tables: dict[str, Any], name: str) -> application.Field:
    source = made.source({"日報": HOME, "設定": {"対象年月": "2026-01"}, **tables})
    (facts,) = plan.clients(source, "山田花子")
    return application.fields(facts)[name]


def test_an_approval_that_waits_for_its_decision_is_the_one_applied_for() -> None:
    approvals = [
        {"承認開始": "2025-04-01", "承認終了": "2026-03-31", "決定日": "2025-03-20", "申出書日": "2025-03-05"},
        {"承認開始": "2026-04-01", "承認終了": "2027-03-31", "申出書日": "2026-01-20"},
    ]
    tables = {"在宅承認": approvals}
    assert field(tables, "申出日").value == "令和8年1月20日"
    assert field(tables, "申出日").beside.startswith("前回 令和7年3月5日（在宅承認!")
    assert field(tables, "希望する開始日").value == "令和8年4月1日"
    assert field(tables, "今の承認終了").value == "令和8年3月31日"


def test_a_rating_of_concern_and_what_was_given_back_are_told_apart() -> None:
    rated = [
        {"評価日": "2026-01-06", "項目": "意思表示", "評価": 4},
        {"評価日": "2025-01-06", "項目": "服薬管理", "評価": 5},
    ]
    tables = {
        "チェックリスト": rated, "利用者台帳": [{"サービス種別": "就労移行支援"}],
        "貸与機器": [{"品名": "旧PC", "返却日": "2025-12-01"}, {"品名": "=PC", "管理番号": "1"}],
    }  # fmt: skip
    assert "意思表示 4" in field(tables, "妥当性の検討（表4にあたる項目）").beside
    assert field(tables, "ICT機器（貸与）").value == "=PC（1）"


def test_a_cell_that_nobody_can_read_is_not_certain() -> None:
    tables = {"利用者台帳": [{"到達所要分": "15～20"}]}
    found = field(tables, "(3) 居宅までの所要時間（分）")
    assert (found.value, found.is_certain) == ("要確認", False)


# ---- the city's own file


def city_file(folder: Path) -> Path:
    """A file with the cells that the sample mapping names, drawn as cities draw them."""
    book = openpyxl.Workbook()
    first = book.active
    first.title = "様式1"
    texts = {"A3": "あて先", "A6": "氏名", "A7": "受給者証番号", "A8": "生年月日", "E4": "令和", "G4": "年", "I4": "月", "K4": "日", "E8": "年",
             "G8": "月", "I8": "日", "C9": "□ 就労移行支援", "F9": "□ Ａ型", "I9": "□ Ｂ型", "A12": "本人の署名"}  # fmt: skip
    for place, text in texts.items():
        first[place] = text
    for row in first["B3:L12"]:
        for each in row:
            each.border, each.font = Border(bottom=Side("thin")), Font("ＭＳ 明朝", 11)
    first.merge_cells("C6:F6")
    first["M6"] = "=LEN(C6)"
    for name in ("様式2", "様式3"):
        book.create_sheet(name)["A1"] = name
    path = folder / "申出書.xlsx"
    book.save(path)
    return path


EXPECTED = {  # 青木 さくら by the sample mapping
    "様式1": {"B3": "長崎市", "C6": "青木 さくら", "C8": "平成", "D8": "6", "F8": "4", "H8": "12", "I9": "☑ Ｂ型", "C10": "就労支援センターいさりび",
             "C11": "4299900017"} | dict(zip(("C7", "D7", "E7", "F7", "G7", "H7", "I7", "J7", "K7", "L7"), "0099100018", strict=True)),
    "様式2": {"C5": "ノートパソコン（業務アプリ入り）（PC-011）\nセキュリティソフト（SEC-011）"},
    "様式3": {"C4": "データ入力・宛名ラベルの作成・商品写真の整理・アンケートの集計・在庫表の更新", "C6": "20"},
}  # fmt: skip


def test_the_city_s_file_is_filled_by_the_sample_mapping_and_only_there(book: Path, tmp_path: Path) -> None:
    city = city_file(tmp_path)
    before = city.read_bytes()
    done = fill_application(book, Asked(), "青木さくら", city, SAMPLE, tmp_path / "out")
    assert done.written == tmp_path / "out" / "申出書_青木 さくら.xlsx"
    assert (done.blank, done.unread) == (("申出日",), ())
    assert city.read_bytes() == before
    was, now = (openpyxl.load_workbook(path) for path in (city, done.written))
    for sheet in now:
        for row in sheet.iter_rows(max_row=15, max_col=14):
            for each in row:
                same = was[sheet.title][each.coordinate]
                assert each.value == EXPECTED[sheet.title].get(each.coordinate, same.value), each.coordinate
                assert (each.font.name, each.border.bottom.style) == (same.font.name, same.border.bottom.style)
    assert now["様式1"]["C11"].data_type == "s"
    assert now["様式1"]["A12"].offset(column=1).value is None
    assert tools.validate(done.written) == tools.validate(city)
    assert tools.lint(done.written) == tools.lint(city)


def mapping(folder: Path, text: str) -> Path:
    path = folder / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return path


def fields(book: Path) -> dict[str, application.Field]:
    (facts,) = plan.clients(made.source_of(book), "青木さくら")
    return application.fields(facts)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[[cell]]\nfield = "氏名"\ncell = "様式1!A1"', "2行目: 「氏名」という項目はありません"),
        ('[[cell]]\nfield = "利用者氏名"', "入れるセルがありません"),
        ('[[cell]]\nfield = "利用者氏名"\ncell = "D6"', "「D6」はセルの番地ではありません"),
        ('[[cell]]\nfield = "利用者氏名"\ncell = "様式1!A1:B2"', "セルの番地ではありません"),
        ('[[cell]]\nfield = "利用者氏名"\ncel = "様式1!A1"', "3行目: 知らない項目「cel」です"),
        ('[[cell]]\nfield = "受給者証番号"\ncells = "様式1!A1:E1"', "10文字ですが、様式1!A1:E1は5マスです"),
        ('[[cell]]\nfield = "利用者氏名"\nyear = "様式1!A1"', "「利用者氏名」は日付ではありません"),
        ('[[cell]]\nfield = "利用者氏名"\ncell = "様式1!A1"\nreplace = "はい"', "「replace」の型が違います"),
        ('[[cell]]\nfield = "サービス種別"\ntick = { "就労継続支援B型" = "C9" }', "「C9」はセルの番地ではありません"),
        (
            '[[cell]]\nfield = "サービス種別"\ntick = { "就労移行支援" = "様式1!C9" }',
            "3行目: 「サービス種別」が「就労継続支援B型」のときに○を付けるセルがありません",
        ),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused_with_its_line(book: Path, tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(WrongUse, match=re.escape(why)):
        mapped(mapping(tmp_path, text), fields(book))


def test_a_mapping_that_is_not_there_is_named(book: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match=r"見つかりません。見本は .*application_mapping\.toml"):
        mapped(tmp_path / "none.toml", fields(book))


def test_a_cell_with_other_text_stops_it_all_unless_the_mapping_says_otherwise(book: Path, tmp_path: Path) -> None:
    city = city_file(tmp_path)
    text = '[[cell]]\nfield = "利用者氏名"\ncell = "様式1!A6"\n[[cell]]\nfield = "フリガナ"\ncell = "様式1!M6"\n'
    with pytest.raises(Unwritten, match=r"様式1!A6（「氏名」と入っています）、様式1!M6（数式が入っています）"):
        fill_application(book, Asked(), "青木さくら", city, mapping(tmp_path, text), tmp_path / "out")
    assert not (tmp_path / "out").exists()
    allowed = mapping(tmp_path, text.replace('!A6"\n', '!A6"\nreplace = true\n') + "replace = true\n")
    done = fill_application(book, Asked(), "青木さくら", city, allowed, tmp_path / "out")
    sheet = openpyxl.load_workbook(done.written)["様式1"]
    assert (sheet["A6"].value, sheet["M6"].value) == ("青木 さくら", "アオキ サクラ")


def test_a_value_nobody_could_read_is_not_put_into_the_city_s_file(tmp_path: Path) -> None:
    tables = {"日報": HOME, "利用者台帳": [{"到達所要分": "15～20"}], "設定": {"対象年月": "2026-01"}}
    log, city = made.workbook(tmp_path, tables), city_file(tmp_path)
    text = '[[cell]]\nfield = "(3) 居宅までの所要時間（分）"\ncells = "様式3!C6:D6"\n'
    done = fill_application(log, Asked(), "山田花子", city, mapping(tmp_path, text), tmp_path / "out")
    assert (done.cells, done.unread) == (0, ("(3) 居宅までの所要時間（分）",))
    assert openpyxl.load_workbook(done.written)["様式3"]["C6"].value is None


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    def called(*arguments: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["zaitaku-xl", "forms", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capfdbinary.readouterr()
        return int(ended.value.code or 0), (captured.out + captured.err).decode()

    return called


def test_the_command_fills_the_file_and_says_what_is_left_to_write(book: Path, tmp_path: Path, run: Run) -> None:
    city = city_file(tmp_path)
    status, said = run(
        book,
        "--form",
        "application",
        "--client",
        "0099100018",
        "--into",
        city,
        "--mapping",
        SAMPLE,
        "--out",
        tmp_path / "out",
    )
    assert status == 0, said
    assert "記録にないため空けてあるもの: 申出日" in said
    assert "最終判断は支給決定市町村・指定権者" in said
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["申出書_青木 さくら.xlsx"]


@pytest.mark.parametrize("left_out", ["--client", "--mapping", "--out", "--into", "--form"])
def test_the_command_says_what_filling_needs(book: Path, tmp_path: Path, left_out: str, run: Run) -> None:
    asked: dict[str, object] = {
        "--form": "application", "--client": "青木さくら", "--into": city_file(tmp_path), "--mapping": SAMPLE, "--out": tmp_path / "out",
    }  # fmt: skip
    if left_out == "--form":
        asked["--form"] = "consent"
    else:
        del asked[left_out]
    status, said = run(book, *(word for pair in asked.items() for word in pair))
    assert status == 2
    assert "--into 市のファイル" in said
    assert not (tmp_path / "out").exists()


def test_the_command_takes_no_option_that_it_would_ignore(book: Path, tmp_path: Path, run: Run) -> None:
    status, said = run(
        book, "--form", "application", "--client", "青木さくら", "--into", city_file(tmp_path), "--mapping", SAMPLE,
        "--out", tmp_path / "out", "--pdf",
    )  # fmt: skip
    assert status == 2
    assert "ほかには --month と --city だけが使えます" in said


def test_neither_the_records_nor_the_city_s_file_is_written_over(book: Path, tmp_path: Path) -> None:
    log = tmp_path / "申出書_青木 さくら.xlsx"
    log.write_bytes(book.read_bytes())
    with pytest.raises(Unwritten, match="元のファイル"):
        fill_application(log, Asked(), "青木さくら", city_file(tmp_path), SAMPLE, tmp_path)
    assert log.read_bytes() == book.read_bytes()


def test_homonyms_are_told_apart_by_their_number(tmp_path: Path) -> None:
    people = [{"受給者証番号": "0000000001"}, {"受給者証番号": "0000000002", "フリガナ": "ベツ"}]
    entries = [row | {"受給者証番号": f"000000000{n}"} for n in (1, 2) for row in HOME]
    log = made.workbook(tmp_path, {"日報": entries, "利用者台帳": people, "設定": {"対象年月": "2026-01"}})
    city = city_file(tmp_path)
    text = '[[cell]]\nfield = "フリガナ"\ncell = "様式3!C6"\n'
    done = fill_application(log, Asked(), "0000000002", city, mapping(tmp_path, text), tmp_path / "out")
    assert openpyxl.load_workbook(done.written)["様式3"]["C6"].value == "ベツ"
    with pytest.raises(WrongUse, match="受給者証番号を指定"):
        fill_application(log, Asked(), "山田花子", city, mapping(tmp_path, text), tmp_path / "out")


def test_the_papers_of_all_clients_are_valid_and_take_the_pages_they_say(book: Path, tmp_path: Path) -> None:
    from zaitaku_xl.hosts.marking import alone

    sheets = [sheet for client in CLIENTS for sheet in of_demo(book, "application", client)]
    path = tmp_path / "papers.xlsx"
    path.write_bytes(alone(sheets))
    assert tools.validate(path) == tools.lint(path) == []
    assert len(tools.pictures_of(path, 20)) == sum(len(sheet.page.breaks) + 1 for sheet in sheets)
