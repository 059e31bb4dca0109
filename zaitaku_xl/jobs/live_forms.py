"""What the form buttons do with the workbook that is open. Each returns the sentence to show."""

from collections.abc import Sequence

from zaitaku_xl import time_limit
from zaitaku_xl.errors import WrongUse
from zaitaku_xl.forms import FORMS, plan
from zaitaku_xl.forms.plan import Key
from zaitaku_xl.hosts.live.book import LiveBook
from zaitaku_xl.hosts.writing.safe_file import telling
from zaitaku_xl.jobs.forms import says_unfinished
from zaitaku_xl.jobs.jotting import judged_in
from zaitaku_xl.jobs.planning import source_of
from zaitaku_xl.made import MadeSheet
from zaitaku_xl.plan import Plan

REVIEWS = ("weekly_review", "monthly_review", "schedule", "consent", "application")
_NOTHING = "作るものがありません。対象年月の記録が日報にあるかを確かめてください。"
_MOST_NAMES = 5


def service_record(book: LiveBook) -> str:
    """Make the 実績記録票 of every client of the month."""
    return _made(book, ("service_record",))


def review_forms(book: LiveBook) -> str:
    """Make the sheets of the evaluations and of the application."""
    return _made(book, tuple(form.name for form in FORMS if form.name in REVIEWS))


def print_pdf(book: LiveBook) -> str:
    """Export the forms that are in the workbook, and nothing else of it, as one PDF beside it."""
    forms = [sheet.name for sheet in book.sheets_of_ours() if Key.read(sheet.key)]
    if not forms:
        raise WrongUse("印刷する様式がありません。先に「実績記録票」などのボタンで様式を作ってください。")
    if book.folder is None:
        raise WrongUse("PDFはブックと同じ場所に置きます。先にブックを自分のパソコンに保存してください。")
    with book.resting("PDFを作っています…"), telling() as kept_aside:
        target = book.printed(forms, book.folder / f"{book.stem}_様式.pdf")
    return "\n".join((f"様式{len(forms)}枚を印刷用のPDFにしました。", str(target), *kept_aside))


def _made(book: LiveBook, names: Sequence[str]) -> str:
    with book.resting("様式を作っています…"):
        with time_limit.within():
            source = source_of(judged_in(book))
        forms = [form for name in names for form in plan.forms_named(name)]
        sheets = plan.sheets(source, plan.keys(source, forms))
        if not sheets:
            raise WrongUse(_NOTHING)
        names_now = {sheet.name for sheet in sheets}
        there = [sheet for sheet in book.sheets_of_ours() if sheet.name in names_now]
        edited = [sheet.name for sheet in there if not sheet.as_made]
        wanted = tuple(sheet for sheet in sheets if sheet.name not in edited)
        replaced = tuple(sheet.name for sheet in there if sheet.as_made)
        marked = book.carry_out(Plan(sheets=wanted, replaced=replaced, only_sheets=True))
    if marked.unmade:
        raise WrongUse("ブックの構成が保護されているため、様式のシートを作れません。保護を解いてから押してください。")
    return "\n".join(_told(wanted, edited))


def _told(made: Sequence[MadeSheet], edited: Sequence[str]) -> list[str]:
    lines = [f"様式を{len(made)}枚作りました。シートはブックの後ろにあります。"]
    unfinished = sum(says_unfinished(sheet) for sheet in made)
    if unfinished:
        lines.append(f"うち{unfinished}枚は、請求や加算を止める箇所が残っているため「見直し未了」と印字してあります。")
    if any(sheet.charts for sheet in made):
        lines.append("グラフは、コマンド zaitaku-xl forms で作ると付きます。")
    if edited:
        more = f" ほか{len(edited) - _MOST_NAMES}枚" if len(edited) > _MOST_NAMES else ""
        names = "、".join(f"「{name}」" for name in edited[:_MOST_NAMES])
        lines.append(
            f"手で直してある{names}{more}は、そのまま残しました。作り直すには、そのシートを削除してから押してください。"
        )
    return lines
