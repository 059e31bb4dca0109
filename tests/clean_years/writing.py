"""Kinds of variety in how an office writes its workbook: the same facts in other cells."""

from collections.abc import Callable, Iterable
from datetime import date, time, timedelta
from random import Random

from tests.clean_years import words
from tests.clean_years.books import Book, Formula, Row, Sheet
from tests.clean_years.kinds import of_office
from tests.clean_years.office import Office, Year, term
from tests.clean_years.opening import days, month_end, weekday

FULL_WIDTH = str.maketrans("0123456789:/-", "０１２３４５６７８９：／－")
_OWN_DATES = ("日報", "予定")  # dates of the month itself
_FLAGS = (
    "送迎往",
    "送迎復",
    "食事",
    "施設外支援",
    "移行準備支援体制",
    "通勤訓練",
    "医療連携",
    "体験利用",
    "緊急時受入",
)


def _values(book: Book, kind: type, told: Callable[..., object], sheets: tuple[str, ...] | None = None) -> None:
    """Write each value of one type in another way."""
    for name, sheet in book.sheets.items():
        if sheets is None or name in sheets:
            for row in sheet.rows:
                row.update({heading: told(value) for heading, value in row.items() if type(value) is kind})


def _each(office: Office, kind: type, told: Callable[..., object], sheets: tuple[str, ...] | None = None) -> None:
    office.changes.append(lambda book, year, first: _values(book, kind, told, sheets))


@of_office
def dates_in_wareki(office: Office) -> None:
    _each(office, date, lambda day: f"令和{day.year - 2018}年{day.month}月{day.day}日" if day.year > 2019 else day)


@of_office
def dates_in_short_wareki(office: Office) -> None:
    _each(office, date, lambda day: f"R{day.year - 2018}.{day.month}.{day.day}" if day.year > 2019 else day)


@of_office
def dates_as_iso_text(office: Office) -> None:
    _each(office, date, date.isoformat)


@of_office
def dates_as_full_width_text(office: Office) -> None:
    _each(office, date, lambda day: f"{day.year}/{day.month}/{day.day}".translate(FULL_WIDTH))


@of_office
def dates_as_eight_digits(office: Office) -> None:
    _each(office, date, lambda day: int(f"{day:%Y%m%d}"), _OWN_DATES)


@of_office
def dates_without_a_year(office: Office) -> None:
    _each(office, date, lambda day: f"{day.month}/{day.day}", _OWN_DATES)


@of_office
def dates_with_their_weekday(office: Office) -> None:
    _each(office, date, lambda day: f"{day.month}月{day.day}日({weekday(day)})", _OWN_DATES)


@of_office
def dates_as_day_numbers(office: Office) -> None:
    _each(office, date, lambda day: day.day, _OWN_DATES)


@of_office
def times_in_full_width(office: Office) -> None:
    _each(office, time, lambda at: f"{at:%H:%M}".translate(FULL_WIDTH))


@of_office
def times_as_text(office: Office) -> None:
    _each(office, time, lambda at: f"{at.hour}:{at:%M}")


@of_office
def times_as_numbers(office: Office) -> None:
    _each(office, time, lambda at: at.hour * 100 + at.minute)


@of_office
def times_in_words(office: Office) -> None:
    _each(
        office,
        time,
        lambda at: (
            f"{'午前' if at.hour < 12 else '午後'}{at.hour % 12 or 12}時{at.minute}分"
            if at.hour != 12
            else f"12時{at.minute}分"
        ),
    )


@of_office
def ticks_as_true_and_false(office: Office) -> None:
    def ticked(book: Book, year: Year, first: date) -> None:
        for row in book["日報"]:
            row.update({flag: row.get(flag) == "○" for flag in _FLAGS})

    office.changes.append(ticked)


@of_office
def ticks_as_ones_and_zeros(office: Office) -> None:
    def ticked(book: Book, year: Year, first: date) -> None:
        for row in book["日報"]:
            row.update({flag: int(row.get(flag) == "○") for flag in _FLAGS})

    office.changes.append(ticked)


@of_office
def ticks_in_other_signs(office: Office) -> None:
    signs = ("◯", "〇", "✓", "レ", "有", "1")
    _each(office, str, lambda text: signs[office.seed % 6] if text == "○" else text, ("日報", "欠席時対応"))


def _blank_days(book: Book, first: date, **filled: object) -> None:
    """Each client has a row for every day of the month; only the days of use are filled in."""
    entries: list[Row] = []
    for client in dict.fromkeys(row["氏名"] for row in book["利用者台帳"]):
        rows = {row["日付"]: row for row in book["日報"] if row["氏名"] == client}
        doubles = [row for row in book["日報"] if row["氏名"] == client and rows[row["日付"]] is not row]
        for day in days(first, month_end(first.year, first.month)):
            entries.append(rows.get(day) or {"氏名": client, "日付": day, "曜日": weekday(day), **filled})
        entries += doubles
    book.sheets["日報"].rows = entries


@of_office
def blank_prefilled_rows(office: Office) -> None:
    office.changes.insert(0, lambda book, year, first: _blank_days(book, first))


@of_office
def blank_prefilled_rows_with_unticked_boxes(office: Office) -> None:
    unticked = dict.fromkeys(_FLAGS, False)
    office.changes.insert(0, lambda book, year, first: _blank_days(book, first, **unticked))


@of_office
def blank_prefilled_rows_with_the_word_rest(office: Office) -> None:
    office.changes.insert(0, lambda book, year, first: _blank_days(book, first, 提供区分="休"))


@of_office
def blank_rows_at_the_end(office: Office) -> None:
    def numbered(book: Book, year: Year, first: date) -> None:
        for sheet, heading in (("日報", "送迎往"), ("欠席時対応", "加算算定"), ("在宅承認", "経過措置")):
            book[sheet].extend({heading: False} for _ in range(5))

    office.changes.append(numbered)


@of_office
def names_merged_down(office: Office) -> None:
    def merged(book: Book, year: Year, first: date) -> None:
        for sheet in ("日報", "予定", "週評価"):
            book.sheets[sheet].merged.add("氏名")

    office.changes.append(merged)


@of_office
def dittos(office: Office) -> None:
    """〃 under what stands above, as in a book written by hand."""

    def written(book: Book, year: Year, first: date) -> None:
        for heading in ("提供区分", "開始", "終了", "連絡1方法", "連絡1職員", "記録者"):
            above: object = None
            for row in book["日報"]:
                value = row.get(heading)
                if value is not None and value == above:
                    row[heading] = "〃"
                above = value

    office.changes.append(written)


def _month_before(year: Year, first: date, count: int) -> list[Row]:
    rows = [row for row in year.rows["日報"] if row["_day"] < first and row["_day"] >= first - timedelta(days=count)]
    return [{heading: value for heading, value in row.items() if heading != "_day"} for row in rows]


@of_office
def hidden_rows_of_the_month_before(office: Office) -> None:
    def hidden(book: Book, year: Year, first: date) -> None:
        old = _month_before(year, first, 20)
        book.sheets["日報"].rows[:0] = old
        book.sheets["日報"].hidden += old

    office.changes.append(hidden)


@of_office
def last_week_of_the_month_before(office: Office) -> None:
    def left(book: Book, year: Year, first: date) -> None:
        book.sheets["日報"].rows[:0] = _month_before(year, first, first.weekday())

    office.changes.append(left)


def _in_sheets(sheets: tuple[str, ...], told: Callable[[str], str]) -> Callable[[Book, Year, date], None]:
    def renamed(book: Book, year: Year, first: date) -> None:
        for sheet in sheets:
            for row in book[sheet]:
                if row.get("氏名"):
                    row["氏名"] = told(row["氏名"])

    return renamed


def _family(office: Office, family: str) -> None:
    """The first client is called so everywhere."""
    client = office.clients[0]
    client.name = f"{family} {client.name.split()[1]}"


@of_office
def variant_kanji_in_the_log(office: Office) -> None:
    written, other = (("髙橋", "高橋"), ("宮﨑", "宮崎"), ("齋藤", "斎藤"), ("濵田", "浜田"))[office.seed % 4]
    _family(office, written)
    office.changes.append(_in_sheets(("日報", "予定"), lambda name: name.replace(written, other)))


@of_office
def variant_kanji_in_the_reviews(office: Office) -> None:
    _family(office, "髙﨑")
    office.changes.append(_in_sheets(("週評価", "月評価", "在宅承認"), lambda name: name.replace("髙﨑", "高崎")))


@of_office
def names_with_sama(office: Office) -> None:
    office.changes.append(_in_sheets(("週評価", "月評価"), lambda name: f"{name} 様"))


@of_office
def names_with_san_in_the_log(office: Office) -> None:
    office.changes.append(_in_sheets(("日報",), lambda name: f"{name}さん"))


@of_office
def names_without_blanks(office: Office) -> None:
    office.changes.append(_in_sheets(("日報", "欠席時対応"), lambda name: name.replace(" ", "")))
    office.changes.append(_in_sheets(("週評価",), lambda name: name.replace(" ", "\u3000")))
    office.changes.append(_in_sheets(("予定",), lambda name: f"{name}\u3000"))


@of_office
def names_with_invisible_characters(office: Office) -> None:
    sign = ("\u200e", "\u00ad", "\ufe0f", "\u200b", "\U000e0100")[office.seed % 5]
    office.changes.append(_in_sheets(("日報", "月評価"), lambda name: name[0] + sign + name[1:]))


@of_office
def one_name_two_clients(office: Office) -> None:
    """Two clients share a name: every sheet carries the number."""
    if len(office.clients) < 2:
        return
    for client, other in ((office.clients[0], "甲"), (office.clients[1], "乙")):
        client.facts["_label"] = other
    first, second = office.clients[:2]
    second.name = f"{first.name}＃2"

    def numbered(book: Book, year: Year, month: date) -> None:
        numbers = {client.name: client.number for client in office.clients}
        for sheet in book.sheets.values():
            if "氏名" in sheet.headings:
                sheet.headed_by("受給者証番号")
                for row in sheet.rows:
                    row["受給者証番号"] = numbers.get(row.get("氏名", ""))
                    row["氏名"] = row["氏名"].removesuffix("＃2")

    office.changes.append(numbered)


@of_office
def office_named_with_its_company(office: Office) -> None:
    for client in office.clients:
        for row in client.terms:
            row["受給者証印字"] = f"在宅利用／（{office.name}）"
            row["承認事業所"] = f"株式会社ひかり　{office.name}"


@of_office
def office_named_as_printed_on_the_certificate(office: Office) -> None:
    for client in office.clients:
        for row in client.terms:
            row["承認事業所"] = f"在宅利用／（{office.name}）"


@of_office
def office_named_with_its_service(office: Office) -> None:
    for client in office.clients:
        for row in client.terms:
            row["承認事業所"] = f"{office.name}（就労継続支援Ｂ型）"


@of_office
def office_named_in_other_widths(office: Office) -> None:
    office.name = "ＡＢＣワークス 長﨑"
    for client in office.clients:
        for row in client.terms:
            row["承認事業所"], row["受給者証印字"] = "ABCワークス長崎", "在宅利用／（ABCワークス長崎）"


@of_office
def town_in_other_words(office: Office) -> None:
    spelt = {
        "長崎市": ("長崎県長崎市", "長﨑市", "長崎市役所", "長崎市福祉事務所", "422011"),
        "日野市": ("東京都日野市",),
    }
    words_for = spelt.get(office.town, (office.town,))

    def other(book: Book, year: Year, first: date) -> None:
        for row in book["利用者台帳"]:
            if row["支給決定市町村"] == office.town:
                row["支給決定市町村"] = words_for[office.seed % len(words_for)]

    office.changes.append(other)


@of_office
def places_in_short_words(office: Office) -> None:
    short = {"在宅": ("在", "自宅", "在宅支援")[office.seed % 3], "通所": ("通", "来所", "センター")[office.seed % 3]}

    def said(book: Book, year: Year, first: date) -> None:
        for sheet, heading in (("日報", "提供区分"), ("予定", "予定区分")):
            for row in book[sheet]:
                if row.get(heading) in short:
                    row[heading] = short[row[heading]]

    office.changes.append(said)


@of_office
def allowance_in_other_words(office: Office) -> None:
    said = ("23", "23日", "23日/月", "月23日", "当該月の日数から8日を控除した日数", "原則の日数")
    for client in office.clients:
        client.facts["支給量"] = client.facts["契約支給量"] = said[(client.index + office.seed) % len(said)]


@of_office
def weeks_from_sunday(office: Office) -> None:
    office.settings["週の始まり"] = "日"

    def shifted(book: Book, year: Year, first: date) -> None:
        for row in book["週評価"]:
            if (row["対象終了"] - row["対象開始"]).days == 6:
                row |= {key: row[key] - timedelta(days=1) for key in ("対象開始", "対象終了")}

    office.changes.insert(0, shifted)


@of_office
def weekly_periods_left_blank(office: Office) -> None:
    def blank(book: Book, year: Year, first: date) -> None:
        for row in book["週評価"]:
            if row["実施日"] <= row["対象終了"]:  # what is late must say which week it is of
                row |= {"対象開始": None, "対象終了": None}

    office.changes.insert(0, blank)


@of_office
def weekly_periods_of_the_opening_days(office: Office) -> None:
    def shorter(book: Book, year: Year, first: date) -> None:
        for row in book["週評価"]:
            if (row["対象終了"] - row["対象開始"]).days == 6:
                row["対象終了"] -= timedelta(days=2)

    office.changes.insert(0, shorter)


@of_office
def rows_by_day(office: Office) -> None:
    def sorted_(book: Book, year: Year, first: date) -> None:
        for sheet in ("日報", "予定"):
            book[sheet].sort(key=lambda row: row["日付"])

    office.changes.insert(0, sorted_)


@of_office
def titles_above_the_headings(office: Office) -> None:
    def titled(book: Book, year: Year, first: date) -> None:
        for sheet in ("日報", "週評価", "月評価"):
            title = f"令和{first.year - 2018}年{first.month}月分　{sheet}"
            book.sheets[sheet].above = [[title], [], ["事業所名", office.name]]

    office.changes.append(titled)


@of_office
def a_title_in_cells_of_its_own(office: Office) -> None:
    def titled(book: Book, year: Year, first: date) -> None:
        book.sheets["日報"].above = [["在宅支援日報", "", "令和", first.year - 2018, "年", first.month, "月分"]]

    office.changes.append(titled)


@of_office
def columns_of_their_own(office: Office) -> None:
    def wider(book: Book, year: Year, first: date) -> None:
        sheet = book.sheets["日報"]
        sheet.headings[4:4] = ["体温", "睡眠時間", "気分"]
        for row in sheet.rows:
            if row.get("提供区分") == "在宅":
                row |= {"体温": 36.4, "睡眠時間": 7, "気分": "普通"}

    office.changes.append(wider)


@of_office
def columns_in_another_order(office: Office) -> None:
    def shuffled(book: Book, year: Year, first: date) -> None:
        for name in ("日報", "利用者台帳", "月評価", "欠席時対応"):
            Random(f"{office.seed} {name}").shuffle(book.sheets[name].headings)

    office.changes.append(shuffled)


@of_office
def sheets_of_their_own(office: Office) -> None:
    def more(book: Book, year: Year, first: date) -> None:
        span = list(days(first, month_end(first.year, first.month)))
        roster = [
            {"職員": name, **{str(day.day): "在" if day.day % 2 else "休" for day in span}} for name in words.STAFF[:4]
        ]
        book.sheets["職員勤務表"] = Sheet(["職員", *(str(day.day) for day in span)], roster)
        book.sheets["献立"] = Sheet(
            ["日付", "主菜", "副菜"], [{"日付": day, "主菜": "焼き魚", "副菜": "煮物"} for day in span[:9]]
        )
        wages = [{"氏名": client.name, "作業時間": 88, "工賃": 21400} for client in office.clients]
        book.sheets["工賃計算"] = Sheet(["氏名", "作業時間", "工賃"], wages)
        book.sheets["原本"] = Sheet(list(book.sheets["日報"].headings))
        book.hidden_sheets.add("原本")
        book.sheets["メモ"] = Sheet(["来月の行事は別紙"])

    office.changes.append(more)


@of_office
def weekdays_and_dates_by_formula(office: Office) -> None:
    def calculated(book: Book, year: Year, first: date) -> None:
        for number, row in enumerate(book["日報"], 2):
            if isinstance(row["日付"], date):
                row["曜日"] = Formula(f'=TEXT(B{number},"aaa")', row["曜日"])
                row["日付"] = Formula(f"=DATE({row['日付'].year},{row['日付'].month},{row['日付'].day})", row["日付"])

    office.changes.append(calculated)


@of_office
def a_total_at_the_end(office: Office) -> None:
    def summed(book: Book, year: Year, first: date) -> None:
        at_home = sum(1 for row in book["日報"] if row.get("提供区分") == "在宅")
        book["日報"].extend([{}, {"氏名": "合計", "訓練内容": f"在宅 {at_home}日"}])

    office.changes.append(summed)


@of_office
def an_example_row(office: Office) -> None:
    def shown(book: Book, year: Year, first: date) -> None:
        example = {
            "氏名": "（記入例）見本 太郎",
            "日付": first,
            "提供区分": "在宅",
            "開始": time(9, 30),
            "訓練内容": "データ入力",
        }
        book["日報"].insert(0, example)

    office.changes.append(shown)


@of_office
def headings_repeated_for_each_client(office: Office) -> None:
    def repeated(book: Book, year: Year, first: date) -> None:
        sheet, rows, before = book.sheets["日報"], [], None
        for row in sheet.rows:
            if before is not None and row["氏名"] != before:
                rows.append({heading: heading for heading in sheet.headings})
            rows.append(row)
            before = row["氏名"]
        sheet.rows = rows

    office.changes.append(repeated)


_GRID = (
    "日付", "曜日", "サービス提供の状況", "開始時間", "終了時間", "送迎加算 往", "送迎加算 復", "食事提供体制加算", "利用者確認欄", "備考",
)  # fmt: skip


@of_office
def record_sheets_for_each_client(office: Office) -> None:
    def recorded(book: Book, year: Year, first: date) -> None:
        for client in office.clients:
            halves = {day for day in client.halves if client.used_by(day)}
            sheet = record_sheet(book, client.name, f"令和{first.year - 2018}年{first.month}月分", halves)
            if sheet.rows:
                book.sheets[f"実績記録票_{client.name}"] = sheet

    office.changes.insert(0, recorded)


def record_sheet(book: Book, client: str, month: str, halves: Iterable[date] = ()) -> Sheet:
    """Return the 実績記録票 that agrees with the log; a day in both places is one at the office."""
    rows = [row for row in book.of_client("日報", client) if row["提供区分"] not in ("休", "")]
    rows = [row for row in rows if row["日付"] not in halves or row["提供区分"] == "通所"]
    settings = {row["項目"]: row["値"] for row in book["設定"]}
    sheet = Sheet(list(_GRID), [_recorded(row) for row in rows])
    number = next((row["受給者証番号"] for row in book.of_client("利用者台帳", client)), None)
    sheet.above = [
        [month, "", "就労継続支援提供実績記録票"],
        ["受給者証番号", number, "事業所番号", settings["事業所番号"]],
        ["支給決定障害者氏名", client, "事業者及びその事業所", settings["事業所名"]],
        ["契約支給量", "原則の日数"],
    ]
    return sheet


def _recorded(row: Row) -> Row:
    if row["提供区分"] == "欠席":
        return {"日付": row["日付"].day, "曜日": row["曜日"], "サービス提供の状況": "欠席"}
    return {
        "日付": row["日付"].day,
        "曜日": row["曜日"],
        "開始時間": row["開始"],
        "終了時間": row["終了"],
        "送迎加算 往": 1 if row.get("送迎往") else None,
        "送迎加算 復": 1 if row.get("送迎復") else None,
        "食事提供体制加算": 1 if row.get("食事") else None,
        "利用者確認欄": "済",
        "備考": row.get("備考"),
    }


@of_office
def a_shift_table(office: Office) -> None:
    def shifts(book: Book, year: Year, first: date) -> None:
        span = [day for day in days(first, month_end(first.year, first.month)) if office.open_on(day)]
        times = {"開始": time(8, 30), "終了": time(17, 30), "休憩開始": time(12), "休憩終了": time(13), "区分": "日勤"}
        rows = [{"職員": name, "日付": day, **times} for name in words.STAFF for day in span]
        book.sheets["勤務表"] = Sheet(["職員", "日付", "開始", "終了", "休憩開始", "休憩終了", "区分"], rows)

    office.changes.insert(0, shifts)


_OPTIONAL = ("予定", "欠席時対応", "他サービス", "営業日", "チェックリスト", "貸与機器")


@of_office
def without_optional_sheets(office: Office) -> None:
    def without(book: Book, year: Year, first: date) -> None:
        for name in _OPTIONAL:
            book.sheets.pop(name, None)

    office.changes.append(without)


@of_office
def a_plan_sheet_never_used(office: Office) -> None:
    office.changes.append(lambda book, year, first: book["予定"].clear())


@of_office
def without_columns_nobody_needs(office: Office) -> None:
    def fewer(book: Book, year: Year, first: date) -> None:
        unused = (
            "照会",
            "照会対応",
            "移行準備支援体制",
            "通勤訓練",
            "医療連携",
            "体験利用",
            "緊急時受入",
            "訪問支援特別",
        )
        sheet = book.sheets["日報"]
        used = {heading for row in sheet.rows for heading, value in row.items() if value is not None}
        sheet.headings = [heading for heading in sheet.headings if heading not in unused or heading in used]

    office.changes.append(fewer)


@of_office
def a_calendar_of_all_days(office: Office) -> None:
    def all_days(book: Book, year: Year, first: date) -> None:
        span = days(first - timedelta(days=7), month_end(first.year, first.month) + timedelta(days=7))
        rows = [
            {"日付": day, "区分": "営業" if office.open_on(day) else "休業", "理由": office.closed.get(day)}
            for day in span
        ]
        book.sheets["営業日"].rows = rows

    office.changes.append(all_days)


@of_office
def no_holidays_but_sundays(office: Office) -> None:
    """Open on national holidays, as some offices are; closed at the turn of the year alone."""
    office.closed = {day: why for day, why in office.closed.items() if why in ("年末年始", "夏季休業", "元日")}
    for client in office.clients:
        client.home = client.home[:-1]


@of_office
def month_told_in_wareki(office: Office) -> None:
    def wareki(book: Book, year: Year, first: date) -> None:
        book.setting("対象年月")["値"] = f"令和{first.year - 2018}年{first.month}月分"
        for row in book["月評価"]:
            row["対象年月"] = f"R{first.year - 2018}.{first.month}"

    office.changes.append(wareki)


@of_office
def confirmed_in_other_ways(office: Office) -> None:
    signs = ("印", "✓", "サイン", "○", "済み", "本人")
    _each(office, str, lambda text: signs[office.seed % 6] if text == "済" else text, ("日報", "月評価"))


@of_office
def remarks_with_more_than_the_word(office: Office) -> None:
    def more(book: Book, year: Year, first: date) -> None:
        for row in book["日報"]:
            if row.get("備考") == "在宅支援":
                row["備考"] = ("在宅支援　", "在宅支援、午後に電話相談", "送付物あり 在宅支援")[
                    row["氏名"].__len__() % 3
                ]

    office.changes.append(more)


@of_office
def an_extra_monthly_review_by_video(office: Office) -> None:
    def extra(book: Book, year: Year, first: date) -> None:
        for row in list(book["月評価"]):
            days_ = [one["日付"] for one in book.of_client("日報", row["氏名"]) if one.get("提供区分") == "在宅"]
            if row.get("実施日") and days_:
                more = {
                    "実施日": days_[-1],
                    "方法": "ビデオ",
                    "場所": "居宅",
                    "達成度": f"{row['達成度']}。補足の面談をした",
                }
                book["月評価"].append(row | more)

    office.changes.insert(0, extra)


@of_office
def an_extra_weekly_review(office: Office) -> None:
    def extra(book: Book, year: Year, first: date) -> None:
        for row in list(book["週評価"]):
            days_ = [one["日付"] for one in book.of_client("日報", row["氏名"]) if one.get("提供区分") == "在宅"]
            within = [day for day in days_ if row["対象開始"] <= day <= row["対象終了"]]
            if within:
                book["週評価"].append(
                    row
                    | {"実施日": within[0], "方法": "電話", "内容": f"{within[0].day}日に様子を聞いた。{row['内容']}"}
                )

    office.changes.insert(0, extra)


@of_office
def a_b_type_and_a_transition_office(office: Office) -> None:
    """Two services under one roof; the register says which."""
    for client in office.clients[::2]:
        client.service, client.first = "就労移行支援", date(2025, 6, 2)
        client.terms = [term(office, date(2025, 7, 1)), term(office, date(2026, 7, 1))]
    office.settings["サービス種別"] = None


@of_office
def clients_of_several_towns(office: Office) -> None:
    towns = ("長崎市", "諫早市", "佐世保市", "大村市")
    for client in office.clients:
        client.town = towns[client.index % 4]


@of_office
def open_on_saturdays(office: Office) -> None:
    office.open_weekdays = "月火水木金土"
    for client in office.clients:
        client.home, client.commute = "火水木土", "金"


@of_office
def at_home_on_saturdays_too(office: Office) -> None:
    office.open_weekdays = "月火水木金土"
    for client in office.clients:
        client.home, client.commute = "木土", "火"


@of_office
def summer_closing_of_a_week(office: Office) -> None:
    office.closed |= {date(2026, 8, day): "夏季休業" for day in range(10, 22)}


@of_office
def no_month_in_the_settings(office: Office) -> None:
    """Each month that has rows in the log is judged."""
    office.changes.append(lambda book, year, first: book["設定"].remove(book.setting("対象年月")))


@of_office
def the_months_before_in_the_same_book(office: Office) -> None:
    def kept(book: Book, year: Year, first: date) -> None:
        book.sheets["日報"].rows[:0] = _month_before(year, first, 60)

    office.changes.append(kept)


@of_office
def blanks_behind_words(office: Office) -> None:
    _each(office, str, lambda text: f"{text}\u3000" if len(text) < 12 else text)


@of_office
def numbers_in_full_width(office: Office) -> None:
    def wide(book: Book, year: Year, first: date) -> None:
        for row in book["利用者台帳"]:
            row["受給者証番号"] = row["受給者証番号"].translate(FULL_WIDTH)
            row["到達所要分"] = "２５"

    office.changes.append(wide)


@of_office
def weekdays_in_other_words(office: Office) -> None:
    ways = ("{}曜日", "({})", "（{}）", "{}曜")

    def said(book: Book, year: Year, first: date) -> None:
        for row in book["日報"]:
            row["曜日"] = ways[office.seed % 4].format(row["曜日"])

    office.changes.append(said)


@of_office
def headings_in_other_widths(office: Office) -> None:
    def wide(book: Book, year: Year, first: date) -> None:
        for sheet in ("日報", "利用者台帳"):
            page = book.sheets[sheet]
            told = {heading: _other_width(heading) for heading in page.headings}
            page.headings = list(told.values())
            page.rows = [{told.get(heading, heading): value for heading, value in row.items()} for row in page.rows]

    office.changes.append(wide)


def _other_width(heading: str) -> str:
    """連絡１ over 時刻, as narrow columns have it."""
    if heading.startswith("連絡") and heading[2:3].isdigit():
        return f"{heading[:3].translate(FULL_WIDTH)}\n{heading[3:]}"
    return heading.replace("支給決定", "支給決定\n")


@of_office
def a_client_of_next_month_in_the_register(office: Office) -> None:
    def added(book: Book, year: Year, first: date) -> None:
        start = month_end(first.year, first.month) + timedelta(days=1)
        client, approval = dict(book["利用者台帳"][0]), dict(book["在宅承認"][0])
        client |= {"氏名": "来月 始", "受給者証番号": "4209999999", "利用開始日": start, "支給決定開始": start}
        book["利用者台帳"].append(client | {"支給決定終了": start + timedelta(days=700)})
        book["在宅承認"].append(
            {"氏名": "来月 始", **{key: value for key, value in term(office, start).items() if key in approval}}
        )

    office.changes.append(added)


@of_office
def papers_in_another_order_of_rows(office: Office) -> None:
    def turned(book: Book, year: Year, first: date) -> None:
        for sheet in ("在宅承認", "利用者台帳", "週評価", "月評価", "営業日", "欠席時対応"):
            book[sheet].reverse()

    office.changes.append(turned)
