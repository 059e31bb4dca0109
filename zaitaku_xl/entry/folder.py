"""フォルダーを一括点検: the batch, asked for from inside Excel. The originals stay; marked copies lie in a folder beside."""

from collections.abc import Sequence
from pathlib import Path

from zaitaku_xl import batch
from zaitaku_xl.batch.outputs.summary import OUTPUT as SUMMARY
from zaitaku_xl.batch.outputs.writing import write_outputs
from zaitaku_xl.hosts.live.book import LiveBook
from zaitaku_xl.hosts.writing.safe_file import telling
from zaitaku_xl.jobs import Asked
from zaitaku_xl.visible import visible

OUT = "点検済み"
_ASK = "点検するフォルダーを選んでください（下のフォルダーも探します）"


def check_folder(book: LiveBook) -> str | None:
    """Let the person choose a folder, judge what is in it and open the summary."""
    folder = book.chosen_folder(_ASK)
    if folder is None:
        return None
    out = folder / OUT
    found = batch.search_files([str(folder)], out)
    files = batch.with_targets(found.files, out, in_place=False)
    with (
        telling() as kept_aside,
        book.resting(f"{len(files)}個のブックを点検しています…"),
        # no process of its own: Excel waits for this one
        batch.run(files, Asked(), jobs=0, folder=out, days=False, skipped=found.skipped) as done,
    ):
        write_outputs(done, {SUMMARY: out})
        said = _told(done, out, kept_aside)
    book.open_beside(out / batch.SUMMARY)
    return said


def _told(done: batch.Run, out: Path, kept_aside: Sequence[str]) -> str:
    failed = [f"{Path(result.path).name}: {result.reason}" for result in done.outlines() if not result.judged]
    lines = [
        f"{len(done.names)}個のうち{len(done.names) - len(failed)}個を点検しました。色とメモを付けたコピーは次のフォルダーにあります。",
        str(out),
    ]
    if done.skipped:
        lines.append(f"対象外のファイルが{len(done.skipped)}個あります。点検まとめの「読めないファイル」に載せました。")
    return visible("\n".join((*lines, *failed, *kept_aside)), lines=True)
