"""The buttons of the tab: VBA calls ``run`` with the id of a button. Whatever goes wrong ends in one sentence."""

import logging
import sys
from collections.abc import Callable, Mapping
from datetime import date

from zaitaku_xl.entry.light import without_heavy_imports
from zaitaku_xl.entry.trouble import keep_log, log_file
from zaitaku_xl.errors import BrokenRule, ZaitakuError

with without_heavy_imports():
    from zaitaku_xl.hosts.live.book import LiveBook
    from zaitaku_xl.jobs import live, live_forms

log = logging.getLogger(__name__)
Button = Callable[[LiveBook], live.Said]


def _check_folder(book: LiveBook) -> live.Said:
    from zaitaku_xl.entry.folder import check_folder  # noqa: PLC0415  (workers and writers that no other click needs)

    return check_folder(book)


def _doctor(_: LiveBook) -> live.Said:
    from zaitaku_xl.addin import doctor  # noqa: PLC0415  (looks at the whole PC; no other click does)

    return doctor.report()


# A new button is a line here, a line of XML and a Sub; the id is the same in all three.
BUTTONS: Mapping[str, Button] = {
    "check_book": live.check_book,
    "check_person": live.check_person,
    "next_finding": live.next_finding,
    "previous_finding": live.previous_finding,
    "why": live.why,
    "clear_marks": live.clear_marks,
    "findings_list": live.findings_list,
    "check_folder": _check_folder,
    "service_record": live_forms.service_record,
    "review_forms": live_forms.review_forms,
    "print_pdf": live_forms.print_pdf,
    "doctor": _doctor,
    "guide": live.guide,
}


def run(button_id: str) -> None:
    """Do what a button says on the workbook it was pressed in. Never raises."""
    keep_log()
    try:
        book = LiveBook.calling(date.today())
    except Exception:
        log.exception("no calling workbook")
        sys.stderr.write("在宅点検: ボタンを押したブックが分かりません。ブックを開き直してください。\n")
        return
    said = _said(button_id, book)
    try:
        if said:
            book.say(said)
    except Exception:
        log.exception("%s could not speak", button_id)


def _said(button_id: str, book: LiveBook) -> live.Said:
    try:
        return BUTTONS[button_id](book)
    except BrokenRule:
        log.exception("%s: a rule failed", button_id)
        return _our_fault("規則")
    except ZaitakuError as error:
        return str(error)
    except Exception as error:
        log.exception("%s failed", button_id)
        return _our_fault(type(error).__name__)


def _our_fault(what: str) -> str:
    return (
        f"プログラムの不具合で、できませんでした（{what}）。記録に問題があるわけではありません。\n"
        f"詳しいことは次のファイルにあります（氏名や記録は含みません）。\n{log_file()}"
    )
