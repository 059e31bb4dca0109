"""The commands as a clerk, a script and a careless hand call them."""

import json
from io import BytesIO
from pathlib import Path

import msoffcrypto.format.ooxml
import pytest

from tests.command import Ran, Run
from tests.tools import same_parts
from tests.workbooks import saved, workbook
from zaitaku_xl.batch import running
from zaitaku_xl.errors import BrokenRule
from zaitaku_xl.jobs import judging
from zaitaku_xl.rules import RULES

ONE_CONTACT = ["9:35 電話 開始確認 体調の確認 佐藤"]
GOOD = {"日報": [{"日付": "2026-01-06", "提供区分": "在宅"}]}
BAD = {"日報": [{"日付": "2026-01-06", "提供区分": "在宅", "連絡": ONE_CONTACT}]}


def _json(ran: Ran) -> list[dict]:
    return json.loads(ran.out)["files"]


# ---- exit status


@pytest.mark.parametrize(
    ("tables", "status"),
    [
        (GOOD, 0),
        (BAD, 1),
        ({"日報": [{"日付": "2026-01-06", "提供区分": "在宅", "備考": "在宅"}]}, 1),
        ({"日報": [{"日付": "2026-01-06", "提供区分": "在宅", "開始": "9.3"}]}, 1),
        ({"日報": [{"日付": "2026-01-06", "提供区分": "在宅"}], "他サービス": False}, 0),  # advice only
        ({"日報": [{"日付": "2026-01-06", "提供区分": "通所"}]}, 0),
    ],
)
def test_exit_status_is_1_for_anything_heavier_than_advice(tables: dict, status: int, run: Run, tmp_path: Path) -> None:
    assert run("check", saved(tmp_path / "a.xlsx", tables)).status == status


def _encrypted(data: bytes) -> bytes:
    target = BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(BytesIO(data)).encrypt("pw", target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "status", "says"),
    [
        ("ない.xlsx", None, "unreadable", "見つかりません"),
        ("text.xlsx", "日付,氏名\r\n".encode("cp932"), "unreadable", "文字だけのファイル"),
        ("empty.xlsx", b"", "unreadable", "0バイト"),
        ("locked.xlsx", _encrypted(workbook(GOOD)), "unreadable", "パスワード"),
        ("cut.xlsx", workbook(GOOD)[:3000], "unreadable", "壊れています"),
        ("nolog.xlsx", workbook({"日報": False}), "not_a_log", "「日報」のシートがありません"),
        ("nodate.xlsx", workbook({**GOOD, "列なし": ["日報.日付"]}), "not_a_log", "見出し「日付」がありません"),
    ],
)
def test_a_file_that_cannot_be_judged_gets_one_japanese_sentence(
    name: str, content: bytes | None, status: str, says: str, run: Run, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    ran = run("check", tmp_path / name)
    assert ran.status == 2
    assert says in ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert "Traceback" not in ran.out + ran.err
    (file,) = _json(run("check", tmp_path / name, "--json", "-"))
    assert (file["status"], file["clients"], file["days"], file["findings"]) == (status, [], [], [])
    assert says in file["reason"]


def test_our_own_fault_outranks_a_finding_and_is_not_shown_as_the_offices(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(tmp_path / "a.xlsx", BAD)
    monkeypatch.setattr(running, "map_tasks", lambda judge, tasks, *_: enumerate(map(judge, tasks)))  # in this process

    def broken(*_: object, **__: object) -> None:
        raise BrokenRule("規則D01の計算に失敗しました（ZeroDivisionError）")

    monkeypatch.setattr(judging, "check", broken)
    ran = run("check", tmp_path / "a.xlsx")
    assert ran.status == 2
    assert "記録に問題があるわけではありません" in ran.err
    assert _json(run("check", tmp_path / "a.xlsx", "--json", "-"))[0]["status"] == "failed"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check"], "PATH"),
        (["check", "{}", "--bogus"], "「--bogus」というオプションはありません"),
        (["check", "{}", "--jobs", "x"], "「--jobs」の値が正しくありません"),
        (["check", "{}", "--month", "1月"], "年月として読み取れません"),
        (["check", "{}", "--city", "佐世保市"], "取扱いは収録していません"),
        (["check", "{}", "--out", "x", "--in-place"], "どちらか一方"),
        (["clear", "{}"], "どちらか一方"),
        (["explain", "Z99"], "ありません"),
        (["explain", "D01", "--on", "8.1.5"], "日付として読み取れません"),
        (["template", "--out", "x.txt"], ".xlsx"),
        (["check", "{folder}/nothing"], "見つかりません"),
        (["check", "{folder}/*.xlsb"], "見つかりません"),
        (["wrong"], "書き方が正しくありません"),
    ],
)
def test_wrong_use_ends_with_2_and_a_japanese_sentence(
    arguments: list[str], says: str, run: Run, tmp_path: Path
) -> None:
    book = saved(tmp_path / "a.xlsx", GOOD)
    ran = run(*(word.replace("{}", str(book)).replace("{folder}", str(tmp_path)) for word in arguments))
    assert ran.status == 2
    assert says in ran.err
    assert "Error" not in ran.err


def test_help_is_japanese(run: Run) -> None:
    ran = run("--help")
    assert ran.status == 0
    for word in ("使い方:", "コマンド", "check", "この説明を表示します"):
        assert word in ran.out
    for word in ("Usage", "Options", "Commands", "Show this message"):
        assert word not in ran.out
    checked = run("check", "--help").out
    assert "使い方:" in checked
    assert "Show this message" not in checked


# ---- JSON


def test_json_alone_stands_on_standard_output_and_holds_what_the_contract_says(run: Run, tmp_path: Path) -> None:
    book = saved(tmp_path / "a.xlsx", BAD)
    ran = run("check", book, "--json", "-")
    body = json.loads(ran.out)
    assert body["tool"]["name"] == "zaitaku-xl"
    (file,) = body["files"]
    assert list(file) == [
        *("path", "status", "reason", "clients", "days", "findings"),
        *("doubles", "questions", "counted", "copy", "copy_reason"),
    ]
    assert (file["path"], file["status"], file["reason"]) == (book.as_posix(), "judged", None)
    assert file["clients"] == [
        {
            "client": "山田 花子",
            "city": "nagasaki_shi",
            "home_days": 1,
            "billable": 0,
            "not_billable": 1,
            "check": 0,
            "pending": 0,
        }
    ]
    assert file["days"][0] == {
        "client": "山田 花子", "date": "2026-01-06", "place": "在宅", "verdict": "NOT_BILLABLE", "rules": ["D01"],
        "sheet": "日報", "row": 3,
    }  # fmt: skip
    (finding,) = [found for found in file["findings"] if found["weight"] != "advise"]
    assert (finding["rule"], finding["weight"], finding["date"], finding["sheet"]) == (
        "D01",
        "block",
        "2026-01-06",
        "日報",
    )
    assert finding["source"] == {
        "document": "就労移行支援・就労継続支援事業の在宅利用の取扱いについて（通知）", "clause": "2(2)", "since": "2026-01-01",
    }  # fmt: skip
    assert run("check", book, "--json", "-").out == ran.out


def test_json_into_a_file_leaves_the_words_on_the_screen(run: Run, tmp_path: Path) -> None:
    book = saved(tmp_path / "a.xlsx", BAD)
    ran = run("check", book, "--json", tmp_path / "r" / "result.json")
    assert "支援の連絡の記録は1回分です。" in ran.out
    assert json.loads((tmp_path / "r" / "result.json").read_text(encoding="utf-8"))["files"][0]["status"] == "judged"


def test_only_the_month_asked_for_is_judged(run: Run, tmp_path: Path) -> None:
    rows = [{"日付": "2026-01-06", "提供区分": "在宅"}, {"日付": "2026-02-03", "提供区分": "在宅", "連絡": ONE_CONTACT}]
    book = saved(tmp_path / "a.xlsx", {"日報": rows})
    assert run("check", book).status == 1
    january = run("check", book, "--month", "2026-01", "--json", "-")
    assert (january.status, {day["date"][:7] for day in _json(january)[0]["days"]}) == (0, {"2026-01"})


# ---- marked copies


def test_marking_twice_gives_the_same_bytes_and_clearing_gives_back_the_original(run: Run, tmp_path: Path) -> None:
    book = saved(tmp_path / "in" / "a.xlsx", BAD)
    before = book.read_bytes()
    run("check", book, "--out", tmp_path / "one")
    run("check", book, "--out", tmp_path / "two")
    marked = (tmp_path / "one" / "a.xlsx").read_bytes()
    assert marked != before
    assert marked == (tmp_path / "two" / "a.xlsx").read_bytes()
    assert book.read_bytes() == before
    assert run("clear", tmp_path / "one" / "a.xlsx", "--out", tmp_path / "clean").status == 0
    assert same_parts(before, (tmp_path / "clean" / "a.xlsx").read_bytes()) == []


def test_a_second_check_in_place_changes_nothing(run: Run, tmp_path: Path) -> None:
    book = saved(tmp_path / "a.xlsx", BAD)
    original = book.read_bytes()
    assert run("check", book, "--in-place").status == 1
    once, stamp = book.read_bytes(), book.stat().st_mtime_ns
    assert run("check", book, "--in-place").status == 1
    assert (book.read_bytes(), book.stat().st_mtime_ns) == (once, stamp)
    run("clear", book, "--in-place")
    assert same_parts(original, book.read_bytes()) == []


def test_the_folder_is_searched_and_its_paths_are_kept(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "in"
    saved(source / "a.xlsx", GOOD)
    saved(source / "sub" / "b.xlsx", BAD)
    (source / "~$a.xlsx").write_bytes(b"owner")
    (source / "note.txt").write_text("x")
    ran = run("check", source, "--out", tmp_path / "out", "--json", "-")
    assert [Path(file["path"]).name for file in _json(ran)] == ["a.xlsx", "b.xlsx"]
    assert sorted(p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.xlsx")) == [
        "a.xlsx",
        "sub/b.xlsx",
        "点検まとめ.xlsx",
    ]


def test_a_glob_is_searched_by_us_where_the_shell_does_not(run: Run, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        saved(tmp_path / name, GOOD)
    assert len(_json(run("check", tmp_path / "*.xlsx", "--json", "-"))) == 2


@pytest.mark.parametrize("out", ["in", "in/../in", "in/sub/.."])
def test_the_source_folder_is_refused_as_output(out: str, run: Run, tmp_path: Path) -> None:
    book = saved(tmp_path / "in" / "a.xlsx", BAD)
    (tmp_path / "in" / "sub").mkdir()
    before = book.read_bytes()
    for source in (book, tmp_path / "in"):
        ran = run("check", source, "--out", tmp_path / out)
        assert ran.status == 2
        assert "元のファイルのあるフォルダー" in ran.err
    assert book.read_bytes() == before


def test_two_files_of_one_name_are_not_written_over_each_other(run: Run, tmp_path: Path) -> None:
    one, two = saved(tmp_path / "x" / "a.xlsx", GOOD), saved(tmp_path / "y" / "a.xlsx", BAD)
    ran = run("check", one, two, "--out", tmp_path / "out")
    assert ran.status == 2
    assert "同じ名前" in ran.err


def test_a_workbook_that_excel_has_open_is_not_written(run: Run, tmp_path: Path) -> None:
    book = saved(tmp_path / "a.xlsx", BAD)
    before = book.read_bytes()
    (tmp_path / "~$a.xlsx").write_bytes(b"owner")
    ran = run("check", book, "--in-place")
    assert (ran.status, book.read_bytes()) == (2, before)
    assert "開かれています" in ran.err


def test_several_workers_give_the_same_bytes(run: Run, tmp_path: Path) -> None:
    for number in range(4):
        saved(tmp_path / "in" / f"{number}.xlsx", BAD if number % 2 else GOOD)
    one = run("check", tmp_path / "in", "--json", "-", "--out", tmp_path / "one")
    two = run("check", tmp_path / "in", "--json", "-", "--out", tmp_path / "two", "--jobs", "2")
    assert one.out == two.out
    for path in sorted((tmp_path / "one").glob("*.xlsx")):
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


# ---- what is asked


def test_explain_says_what_is_asked_since_when_and_how_to_mend(run: Run) -> None:
    ran = run("explain", "d01", "--city", "長崎市", "--on", "2026-01-05")
    assert ran.status == 0
    for words in (
        "D01 連絡の回数不足",
        "2(2)",
        "令和8年1月1日から",
        "点検のしかた：",
        "点検していないこと：",
        "対応：",
        "算定不可",
    ):
        assert words in ran.out


def test_explain_follows_the_law_of_the_day(run: Run) -> None:
    assert "2(3)①イ" in run("explain", "D01", "--city", "長崎市", "--on", "2025-12-31").out
    assert "2(2)" in run("explain", "D01", "--city", "長崎市", "--on", "2026-01-01").out


def test_rules_are_a_line_each(run: Run) -> None:
    ran = run("rules", "--city", "nagasaki_shi", "--on", "2026-01-05")
    assert ran.status == 0
    lines, _, beside = ran.out.partition("\n\n")
    assert [line[:3] for line in lines.splitlines()] == [rule.id for rule in RULES]
    assert "申出書（様式1～3）そのものは見ません。" in beside  # what the town asks and no rule reads comes after them
    assert [line[:3] for line in run("rules").out.splitlines()] == [rule.id for rule in RULES]


# ---- template and demo


def test_the_template_is_ready_to_fill_and_not_written_over(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "new" / "日報.xlsx"
    assert run("template", "--city", "長崎市", "--month", "2026-01", "--out", target).status == 0
    assert run("check", target).status == 2  # nothing is recorded yet, and nothing is called clean
    assert run("template", "--out", target).status == 2


def test_the_demo_says_what_can_be_billed_why_not_and_what_to_do(run: Run, tmp_path: Path) -> None:
    ran = run("demo", "--out", tmp_path)
    assert ran.status == 0
    for words in ("算定可", "算定不可", "指摘 ", "次にすること", "最終判断は支給決定市町村・指定権者"):
        assert words in ran.out
    assert (tmp_path / "demo.xlsx").exists()
    assert (tmp_path / "demo_点検済み.xlsx").exists()
    assert (tmp_path / "demo_様式.xlsx").exists()
