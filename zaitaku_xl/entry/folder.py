"""フォルダーを一括点検: the batch, asked for from inside Excel. The originals stay; marked copies lie in a folder beside."""

from pathlib import Path

from zaitaku_xl import batch
from zaitaku_xl.hosts.live_book import LiveBook
from zaitaku_xl.jobs import Asked, Outcome

OUT = "点検済み"
SUMMARY = "点検まとめ.xlsx"
_ASK = "点検するフォルダーを選んでください（下のフォルダーも探します）"


def check_folder(book: LiveBook) -> str | None:
    """Let the person choose a folder, judge what is in it and open the summary."""
    folder = book.chosen_folder(_ASK)
    if folder is None:
        return None
    out = folder / OUT
    files = batch.placed(batch.found([str(folder)], out), out, in_place=False)
    with book.resting(f"{len(files)}個のブックを点検しています…"):
        outcomes = batch.check_files(files, Asked())
    summary = out / SUMMARY
    if summary.is_file():
        book.open_beside(summary)
    return _told(outcomes, out)


def _told(outcomes: list[Outcome], out: Path) -> str:
    judged = [outcome for outcome in outcomes if outcome.report is not None]
    lines = [
        f"{len(outcomes)}個のうち{len(judged)}個を点検しました。印を付けた写しは次のフォルダーにあります。",
        str(out),
    ]
    failed = [f"{Path(outcome.path).name}: {outcome.reason}" for outcome in outcomes if outcome.report is None]
    return "\n".join((*lines, *failed))
