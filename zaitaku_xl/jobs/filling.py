"""A city's own form filled from the records: one client, one file, by a mapping of fields to cells."""

from dataclasses import dataclass
from pathlib import Path

from zaitaku_xl import time_limit
from zaitaku_xl.errors import Unwritten, WrongUse
from zaitaku_xl.forms import application, plan
from zaitaku_xl.forms.facts import ClientFacts
from zaitaku_xl.forms.mapping import Mapped, mapped
from zaitaku_xl.hosts.closed_book import ClosedBook
from zaitaku_xl.hosts.writing.filling import Fill, filled
from zaitaku_xl.hosts.writing.safe_file import put_new
from zaitaku_xl.jobs.judging import Asked, judged
from zaitaku_xl.jobs.opening import grids_of, opened
from zaitaku_xl.jobs.planning import source_of
from zaitaku_xl.made import sheet_name
from zaitaku_xl.visible import file_name


@dataclass(frozen=True, slots=True)
class FilledForm:
    """The city's file with the client's fields, and what is still to be written by hand."""

    written: Path
    cells: int
    blank: tuple[str, ...]  # fields that no record says
    unread: tuple[str, ...]  # fields whose cell nobody could read


def fill_application(path: Path, asked: Asked, client: str, into: Path, mapping: Path, folder: Path) -> FilledForm:
    """Fill a copy of the city's file *into* for one client and put it into *folder*; the file itself stays as it is.

    Raises WrongUse for a mapping or a name that does not fit, Unwritten where a cell of the file already holds
    something: then nothing is written.
    """
    facts = _client(path, asked, client)
    wanted = mapped(mapping, application.fields(facts))
    done = filled(ClosedBook.opened(into).data, _fills(wanted))
    if done.refused:
        cells = "、".join(f"{fill.where}（{why}）" for fill, why in done.refused)
        raise Unwritten(
            f"書き込めないセルがあるため、何も書いていません: {cells}。対応表のセルが合っているかを確かめ、"
            "今ある内容と入れ替えてよいセルには replace = true を書いてください。"
        )
    target = folder / f"{into.stem}_{file_name(sheet_name(facts.shown_name))}{into.suffix}"
    if target.resolve() in (into.resolve(), path.resolve()):
        raise Unwritten(f"{target.name} は元のファイルです。別のフォルダーを --out に指定してください。")
    put_new(target, done.data, like=path)
    return FilledForm(target, len(wanted.puts), wanted.blank, wanted.unread)


def _client(path: Path, asked: Asked, client: str) -> ClientFacts:
    with time_limit.within():
        source = source_of(judged(grids_of(opened(path)), asked))
    found = plan.clients(source, client)
    if len(found) != 1:
        raise WrongUse("同じ氏名の人が複数います。--client に受給者証番号を指定してください。")
    return found[0]


def _fills(wanted: Mapped) -> list[Fill]:
    return [
        Fill(sheet=put.sheet, row=put.row, column=put.column, value=put.text, tick=put.tick, over=put.replace)
        for put in wanted.puts
    ]
