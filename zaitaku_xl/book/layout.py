"""The canonical sheets: every heading, the field it fills and what its cells may hold. Headings live here only."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache, partial

from zaitaku_xl import model
from zaitaku_xl.book import values
from zaitaku_xl.book.values import Parse
from zaitaku_xl.law.readings import load_questions, reading_id

TEMPLATE_SLOTS = 3
RECORD_SHEETS = "実績記録票"  # sheets whose name begins so, one a client


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, the field of the record it fills, and how its cells are read."""

    heading: str
    field: str
    parse: Parse


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet with a heading row. ``key`` is the table's name in the model; each row must fill the ``vital`` ones."""

    sheet: str
    key: str
    record: type[model.Record]
    columns: tuple[Column, ...]
    vital: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()  # fields whose words a message repeats as typed
    vital_fields: tuple[tuple[str, str], ...] = ()  # field and heading of the vital ones
    record_fields: tuple[str, ...] = ()  # of a record, in order, behind the row it stands in

    def __post_init__(self) -> None:
        vital = tuple((column.field, column.heading) for column in self.columns if column.heading in self.vital)
        object.__setattr__(self, "vital_fields", vital)
        object.__setattr__(self, "record_fields", tuple(field.name for field in fields(self.record))[1:])


NAME = Column("氏名", "name", values.name)
NUMBER = Column("受給者証番号", "number", values.digits)
_day = partial(Column, parse=values.day)
_time = partial(Column, parse=values.time)
_text = partial(Column, parse=values.text)
_flag = partial(Column, parse=values.flag)
_count = partial(Column, parse=values.number)

SETTINGS_SHEET = "設定"
SETTINGS_HEADINGS = ("項目", "値")
ALIASES = "aliases"  # of the office: the one item that may stand in several rows
SETTINGS = (
    Column("対象年月", "month", values.month),
    Column("事業所番号", "office_number", values.digits),
    _text("事業所名", "office_name"),
    _text("事業所の別名", ALIASES),
    Column("サービス種別", "service", values.service),
    _text("指定権者", "designator"),
    _count("定員", "capacity"),
    Column("週の始まり", "week_start", values.week_start),
    Column("営業曜日", "open_weekdays", values.weekdays),
    _day("運営規程の在宅記載日", "home_in_rules_on"),
    _day("緊急時対応手順の整備日", "emergency_flow_on"),
    _time("サービス提供開始", "served_from"),
    _time("サービス提供終了", "served_to"),
    _count("一日単価", "unit_price"),
    _text("苦情受付窓口", "complaint_contact"),
    _day("第三者評価日", "third_party_review_on"),
)

_READINGS = {
    question.id: Column(question.id, question.id, values.reading(question)) for question in load_questions().values()
}

WEEKS: Mapping[object, str] = {0: "monday", 6: "sunday"}  # 週の始まり is reading A-1 by another name


def reading_item(typed: str) -> Column | None:
    """Return how the value beside an item of 設定 is read that names an open question (A-3); None for any other item."""
    number = reading_id(typed)
    if number is None:
        return None
    return _READINGS.get(number) or Column(number, number, values.no_such_reading)


def contact_columns(slot: int) -> tuple[Column, ...]:
    """Return the five columns of 連絡n."""
    return (
        _time(f"連絡{slot}時刻", f"contact{slot}.time"),
        Column(f"連絡{slot}方法", f"contact{slot}.method", values.method),
        Column(f"連絡{slot}種別", f"contact{slot}.kind", values.contact_kind),
        _text(f"連絡{slot}内容", f"contact{slot}.content"),
        _text(f"連絡{slot}職員", f"contact{slot}.staff"),
    )


CLIENTS = Table(
    "利用者台帳",
    "clients",
    model.Client,
    (
        NAME,
        _text("フリガナ", "kana"),
        NUMBER,
        Column("生年月日", "born", values.birthday),
        _text("支給決定市町村", "town"),
        Column("サービス種別", "service", values.service),
        _day("支給決定開始", "decided_from"),
        _day("支給決定終了", "decided_to"),
        _text("契約支給量", "contracted"),
        Column("支給量", "allowance", values.allowance),
        _day("特例開始", "special_from"),
        _day("特例終了", "special_to"),
        _count("特例日数", "special_days"),
        _count("他事業所利用日数", "other_office_days"),
        _day("利用開始日", "used_from"),
        _day("利用終了日", "used_to"),
        _day("標準利用期間満了日", "standard_until"),
        _day("延長満了日", "extended_until"),
        _count("到達所要分", "arrival_minutes"),
        _text("到達手段", "arrival_means"),
        _day("到達確認日", "arrival_checked_on"),
        _count("施設外支援累計", "outside_total"),
    ),
)

APPROVALS = Table(
    "在宅承認",
    "approvals",
    model.Approval,
    (
        NAME,
        _text("承認事業所", "office"),
        _day("承認開始", "start"),
        _day("承認終了", "end"),
        _day("決定日", "decided_on"),
        _text("受給者証印字", "stamp"),
        _day("アセスメント日", "assessed_on"),
        _day("申出書日", "applied_on"),
        _day("同意署名日", "consented_on"),
        _day("計画記載日", "planned_on"),
        _text("計画メニュー", "menu"),
        _day("更新書類提出日", "renewal_filed_on"),
        _flag("経過措置", "transition"),
        _day("次回更新日", "next_renewal_on"),
    ),
)

PLANS = Table(
    "予定",
    "plans",
    model.Plan,
    (
        NAME,
        _day("日付", "day"),
        Column("予定区分", "place", values.place),
        _text("時間帯", "slot"),
        _text("変更理由", "reason"),
    ),
)


def entry_columns(slots: int = model.CONTACT_SLOTS) -> tuple[Column, ...]:
    """Return the columns of 日報 with so many 連絡."""
    contacts = tuple(column for slot in range(1, slots + 1) for column in contact_columns(slot))
    return (
        NAME,
        _day("日付", "day"),
        Column("曜日", "weekday", values.weekday),
        Column("提供区分", "place", values.place),
        _text("在宅場所", "home_place"),
        _time("開始", "start"),
        _time("終了", "end"),
        _time("休憩開始", "break_start"),
        _time("休憩終了", "break_end"),
        _text("開始確認方法", "start_confirmed"),
        _text("終了確認方法", "end_confirmed"),
        _text("訓練内容", "training"),
        _text("支援記録", "support"),
        _text("心身の状況", "condition"),
        *contacts,
        _text("記録者", "recorder"),
        _text("利用者確認", "client_confirmed"),
        _flag("送迎往", "ride_to"),
        _flag("送迎復", "ride_back"),
        _flag("食事", "meal"),
        _text("訪問支援特別", "visit_support"),
        _flag("施設外支援", "outside"),
        _flag("移行準備支援体制", "transition_support"),
        _flag("通勤訓練", "commute_training"),
        _flag("医療連携", "medical"),
        _flag("体験利用", "trial"),
        _flag("緊急時受入", "emergency"),
        _text("照会", "question"),
        _text("照会対応", "answer"),
        _text("変更理由", "reason"),
        _text("備考", "remark"),
    )


ENTRIES = Table(
    sheet="日報",
    key="entries",
    record=model.Entry,
    columns=entry_columns(),
    vital=("氏名", "日付", "提供区分"),
    kept=("place",),
)

WEEK_REVIEWS = Table(
    "週評価",
    "week_reviews",
    model.WeekReview,
    (
        NAME,
        _day("対象開始", "period_from"),
        _day("対象終了", "period_to"),
        _day("実施日", "done_on"),
        Column("方法", "method", values.method),
        _text("内容", "content"),
        Column("達成度", "achievement", values.achievement),
        _text("評価者", "reviewer"),
        _text("確認者", "confirmer"),
    ),
    kept=("method",),
)

MONTH_REVIEWS = Table(
    "月評価",
    "month_reviews",
    model.MonthReview,
    (
        NAME,
        Column("対象年月", "month", values.month),
        _day("実施日", "done_on"),
        Column("方法", "method", values.method),
        Column("場所", "place", values.review_place),
        _text("訓練目標", "goal"),
        Column("達成度", "achievement", values.achievement),
        _text("課題", "issue"),
        _text("継続の妥当性", "continuing"),
        _text("評価者", "reviewer"),
        _text("本人確認", "client_confirmed"),
        _text("例外理由", "exception"),
    ),
    kept=("method",),
)

ABSENCES = Table(
    "欠席時対応",
    "absences",
    model.Absence,
    (
        NAME,
        _day("欠席日", "day"),
        _day("連絡日", "told_on"),
        _time("連絡時刻", "told_at"),
        _text("連絡者", "told_by"),
        _text("受けた職員", "staff"),
        _text("理由", "reason"),
        _text("相談援助内容", "advice"),
        Column("方法", "method", values.method),
        _day("次回予定日", "next_on"),
        _flag("加算算定", "claimed"),
    ),
)

SERVICES = Table(
    sheet="他サービス",
    key="services",
    record=model.OtherService,
    columns=(
        NAME,
        _day("日付", "day"),
        _text("種別", "kind"),
        _time("開始", "start"),
        _time("終了", "end"),
        Column("費用負担", "payer", values.payer),
    ),
    vital=("日付",),
)

CALENDAR = Table(
    "営業日",
    "calendar",
    model.CalendarDay,
    (
        _day("日付", "day"),
        Column("区分", "open", values.opening),
        _text("理由", "reason"),
    ),
)

CHECKLIST = Table(
    "チェックリスト",
    "checklist",
    model.ChecklistItem,
    (
        NAME,
        _day("評価日", "day"),
        _text("領域", "area"),
        _text("項目", "item"),
        _count("評価", "rating"),
        _text("補足", "note"),
        _text("評価者", "reviewer"),
    ),
)

LOANS = Table(
    "貸与機器",
    "loans",
    model.Loan,
    (
        NAME,
        _text("品名", "item"),
        _text("管理番号", "item_number"),
        _day("貸与日", "lent_on"),
        _day("返却日", "returned_on"),
        _text("備考", "remark"),
    ),
)

RECORD_LINES = Table(
    RECORD_SHEETS,
    "record_lines",
    model.RecordLine,
    (
        _day("日付", "day"),
        _text("サービス提供の状況", "status"),
        _time("開始時間", "start"),
        _time("終了時間", "end"),
        _text("備考", "remark"),
    ),
)

TABLES = (
    CLIENTS,
    APPROVALS,
    PLANS,
    ENTRIES,
    WEEK_REVIEWS,
    MONTH_REVIEWS,
    ABSENCES,
    SERVICES,
    CALENDAR,
    CHECKLIST,
    LOANS,
)


def template_columns(table: Table) -> tuple[Column, ...]:
    """The columns the template draws: three 連絡 of the nine that are understood."""
    return entry_columns(TEMPLATE_SLOTS) if table is ENTRIES else table.columns


@cache
def words() -> Mapping[str, str]:
    """Return table keys and "table.field" with the sheet and heading a person knows them by."""
    known = {"office": SETTINGS_SHEET, "entries.contacts": "連絡1時刻", "record_lines": RECORD_SHEETS}
    known |= {f"office.{column.field}": column.heading for column in SETTINGS}
    known |= {f"entries.contact.{part}": f"連絡1{word}" for part, word in _CONTACT_WORDS.items()}
    for table in TABLES:
        known[table.key] = table.sheet
        known |= {f"{table.key}.{column.field}": column.heading for column in table.columns}
    return known


_CONTACT_WORDS = {"time": "時刻", "method": "方法", "kind": "種別", "content": "内容", "staff": "職員"}
