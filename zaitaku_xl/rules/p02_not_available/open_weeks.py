"""P02: a week whose evaluation may have been held in a month that is not in the workbook."""

from collections.abc import Iterator

from zaitaku_xl.finding import Flaw, advice, breach
from zaitaku_xl.model import Month
from zaitaku_xl.ruling.missed import questions_of
from zaitaku_xl.scopes import Book, Week


def open_weeks(book: Book) -> Iterator[Flaw]:
    if book.log.lacks(("week_reviews", "week_reviews.done_on")):
        return
    for week in [week for whole in book.people for week in whole.weeks]:
        if week.beyond and not week.settled and not week.doubtful:
            say = advice if week.is_lenient else breach
            yield say(
                week,
                f"{week.words}は、{_lacking(week, book)}の記録がこのブックにないため、評価を行ったか判断できません。",
                remedy="前後の月の日報と週評価を同じブックに入れるか、その週の評価を週評価に入力してください。",
                rests_on=questions_of(week),
            )


def _lacking(week: Week, book: Book) -> str:
    months = Month.all_of((week.first, week.last)) - book.held - set(book.judged)
    return "・".join(f"{month.month}月分" for month in sorted(months))
