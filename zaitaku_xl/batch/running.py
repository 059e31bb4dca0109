"""The run: a map over files by one worker or several, each file ending in exactly one result."""

import logging
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from zaitaku_xl.batch.anonymous import Codes, anonymise
from zaitaku_xl.batch.files import BookFile, Skipped
from zaitaku_xl.batch.journal import EarlierResult, Journal
from zaitaku_xl.batch.names import JOURNAL
from zaitaku_xl.batch.once import Sent, counted_once, doubles_of, sent
from zaitaku_xl.batch.packing import PackedResult, pack
from zaitaku_xl.batch.pool import Limits, Lost, map_tasks
from zaitaku_xl.batch.summary_rows import pack_rows
from zaitaku_xl.errors import Unreadable, WrongUse
from zaitaku_xl.hosts.writing.safe_file import telling, vouch
from zaitaku_xl.jobs import Asked, Outcome, check_file
from zaitaku_xl.jobs.sentences import TOO_LARGE, our_fault
from zaitaku_xl.law.version import law_version, program_version
from zaitaku_xl.report import Status
from zaitaku_xl.results.plain import Double, Result, Tally, result_of
from zaitaku_xl.sentence import words_of
from zaitaku_xl.time_limit import took_too_long

log = logging.getLogger(__name__)
_NONE = EarlierResult("", "")


class Task(NamedTuple):
    """A file to judge, what an earlier run left of it, and what it holds where only the parent can read it."""

    file: BookFile
    earlier: EarlierResult
    content: bytes | None = None


class Answer(NamedTuple):
    """A packed result and its rows in the summary; None where the earlier one still stands."""

    earlier: EarlierResult
    tally: Tally | None
    body: PackedResult | None
    rows: bytes = b""


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges a file anywhere: in this process, in a worker, on another machine. It never raises."""

    asked: Asked
    keep_backup: bool = False
    codes: Codes | None = None
    setup: str = ""  # what else a result hangs on beside the file
    folder: Path | None = None  # where the summary will lie
    days: bool = True  # give back every judged day

    def __call__(self, task: Task) -> Answer:
        try:
            return self._judged(task)
        except MemoryError:
            return self._answer(Outcome(task.file.shown, Status.UNREADABLE, TOO_LARGE), "", None)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # whatever this file did to us is its own line: the others go on
            log.exception("a file could not be judged")
            return self._answer(Outcome(task.file.shown, Status.FAILED, our_fault(error)), "", None)

    def _judged(self, task: Task) -> Answer:
        file = task.file
        try:
            content = file.content() if task.content is None else task.content
        except (Unreadable, WrongUse) as error:
            return self._answer(Outcome(file.shown, Status.UNREADABLE, words_of(error)), "", None)
        digest = sha256(content).hexdigest()
        key = f"{digest}/{self.setup}"
        if (
            self.setup
            and _stands(task.earlier.key, key, self.asked.as_of)
            and _still_there(file.target, task.earlier.copy)
        ):
            return Answer(task.earlier, None, None)
        if file.target is not None and task.earlier.copy:
            vouch(file.target, task.earlier.copy)
        with telling() as kept_aside:
            outcome = check_file(
                file.path,
                file.shown,
                self.asked,
                file.target,
                keep_backup=self.keep_backup,
                data=content,
            )
        return self._answer(replace(outcome, remarks=(*outcome.remarks, *kept_aside)), digest, key)

    def lost(self, file: BookFile, why: Lost, limits: Limits) -> Answer:
        """Say of a file that its worker gave no answer: its own fault, or ours where the worker died."""
        status = Status.FAILED if why is Lost.DIED else Status.UNREADABLE
        return self._answer(Outcome(file.shown, status, _reason_of_loss(why, limits)), "", None)

    def _answer(self, outcome: Outcome, digest: str, key: str | None) -> Answer:
        result = result_of(outcome, digest, days=self.days)
        if self.codes:
            result = anonymise(result, outcome, self.codes)
        stays = key and result.status is not Status.FAILED and not result.unwritten
        lasting = f"{key}{_day_of(result, self.asked.as_of)}" if stays else ""
        copy = _digest_of(outcome.written) if outcome.written and lasting else ""
        rows = pack_rows(result, self.folder) if self.folder else b""
        return Answer(EarlierResult(lasting, copy), result.tally, pack(result, days=self.days), rows)


_OVER = "/over since "


def _day_of(result: Result, as_of: date | None) -> str:
    """What of the day of reference a result hangs on: of months that are over, that they are so from then on."""
    if as_of is None:
        return ""
    return f"/{as_of}" if result.as_of else f"{_OVER}{as_of}"


def _stands(earlier: str, key: str, as_of: date | None) -> bool:
    """Tell whether an earlier result of the same file, asked the same way, is that of this day of reference too."""
    if not earlier.startswith(key):
        return False
    rest = earlier[len(key) :]
    if rest.startswith(_OVER):
        return as_of is None or date.fromisoformat(rest.removeprefix(_OVER)) <= as_of
    return rest == ("" if as_of is None else f"/{as_of}")


def _reason_of_loss(why: Lost, limits: Limits) -> str:
    if why is Lost.TOO_LONG:
        return took_too_long(limits.seconds)
    if why is Lost.TOO_LARGE:
        return TOO_LARGE
    return "このファイルの点検中に、点検のプログラムが2回止まりました。ほかのファイルには影響ありません。"


def _still_there(target: Path | None, copy: str) -> bool:
    return not copy or (target is not None and _digest_of(target) == copy)


def _digest_of(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    except OSError:
        return ""


@dataclass(frozen=True, slots=True)
class Run:
    """What came of all files, in their order; the results themselves lie in the journal."""

    names: list[str]
    tallies: list[Tally]
    reused: int
    journal: Journal
    skipped: tuple[Skipped, ...] = ()  # what was named or found and not looked at
    oldest_first: tuple[str, ...] = ()  # the names of those that were judged, copies of ours last
    doubles: Mapping[str, tuple[Double, ...]] = field(default_factory=dict)  # by name

    def results(self, *, whole: bool = False) -> Iterator[Result]:
        """Yield what counts of the results, in the order of the files; days and cells only where the *whole* is asked for."""
        return self.journal.results(self.names, whole=whole)

    def as_judged(self, names: Sequence[str] | None = None) -> Iterator[Result]:
        """Yield the results whole, also what does not count because it was sent again."""
        for result in self.journal.results(self.names if names is None else names, whole=True, as_judged=True):
            yield replace(result, doubles=self.doubles.get(result.path, ()))

    def as_received(self) -> Iterator[Result]:
        """Yield the results whole, for the ledger: those not judged, then the oldest first, copies of ours at the end."""
        judged = set(self.oldest_first)
        yield from self.as_judged([name for name in self.names if name not in judged])
        yield from self.as_judged(self.oldest_first)

    def outlines(self) -> Iterator[Result]:
        """Yield the results without their findings, days and cells: quick, however many."""
        return self.journal.outlines(self.names)

    def worst_first(self) -> list[str]:
        """Names by days that cannot be billed, then by what is to check and to mend; as they came where equal."""
        order = sorted(range(len(self.names)), key=lambda n: _badness(self.tallies[n]), reverse=True)
        return [self.names[n] for n in order]

    @property
    def as_of(self) -> str | None:
        """The day of reference, where a month of any file is not over."""
        return next((tally.as_of for tally in self.tallies if tally.as_of), None)

    @property
    def exit_status(self) -> int:
        judged = max((tally.exit_status for tally in self.tallies), default=0)
        return 2 if any(skipped.named for skipped in self.skipped) else judged


def _badness(tally: Tally) -> tuple[int, ...]:
    _, blocked, check, *_ = tally.verdicts
    return blocked, check, *tally.weights


Mapped = Callable[[Judge, Iterable[Task]], Iterator[tuple[int, Answer | Lost]]]
"""How the judge meets the tasks: workers here, or machines elsewhere."""


Received = Callable[[Sequence[str]], Mapping[str, str]]
"""Tells by their digests when files came before, as the ledger has it."""


@contextmanager
def run(
    files: Sequence[BookFile],
    asked: Asked,
    jobs: int = 1,
    *,
    folder: Path | None = None,
    done: Callable[[], None] | None = None,
    keep_backup: bool = False,
    days: bool = True,
    codes: Codes | None = None,
    limits: Limits = Limits(),  # noqa: B008  # frozen
    elsewhere: Mapped | None = None,
    skipped: Sequence[Skipped] = (),
    received: Received | None = None,
) -> Iterator[Run]:
    """Judge every file; *done* is called after each. What lies in the journal of *folder* is not judged again.

    Files are judged by workers under *limits*, also a single one; with no *jobs* in this process, under its own limit
    of time (time_limit); *elsewhere* by whoever is given.
    Without *days* a file's judged days are not kept: most outputs need none of them, and they are the most of a result.
    *received* tells when files came before; where it does not, the time of the file tells which is the newest.
    """
    copies = any(file.target for file in files)
    kept_in = _journal_folder(folder, len(files))
    judge = Judge(
        asked=asked,
        keep_backup=keep_backup,
        codes=codes,
        setup=_setup(asked, codes, copies) if kept_in else "",
        folder=folder,
        days=days,
    )
    names = [_name(file, codes) for file in files]
    changed = {name: _changed(file) for name, file in zip(names, files, strict=True)}  # before a mark changes it
    tallies: dict[str, Tally] = {}
    reused = 0
    journal = Journal(kept_in, anonymous=codes is not None)
    try:
        earlier = journal.earlier(days=days) if kept_in else {}
        tasks = _tasks(files, names, earlier, read_here=elsewhere is None)
        with closing(_answers(judge, tasks, _Hands(len(files), jobs, limits, elsewhere))) as answers:
            for number, given in answers:
                answer = judge.lost(files[number], given, limits) if isinstance(given, Lost) else given
                reused += answer.body is None
                tallies[names[number]] = _keep(journal, names[number], answer)
                if done:
                    done()
        lines = tuple(each._replace(path=codes.file(each.path)) if codes else each for each in skipped)
        sent_in = _sent(journal, [name for name in names if tallies[name].status is Status.JUDGED], changed, received)
        doubles = doubles_of(sent_in)
        for name, told in doubles.items():
            tallies[name] = _recount(journal, name, told, judge)
        yield Run(
            names=names,
            tallies=[tallies[name] for name in names],
            reused=reused,
            journal=journal,
            skipped=lines,
            oldest_first=tuple(file.path for file in sorted(sent_in, key=lambda file: not file.age.original)),
            doubles=doubles,
        )
    finally:
        journal.close()


def _changed(file: BookFile) -> int:
    try:
        return 0 if file.url else file.path.stat().st_mtime_ns
    except OSError:
        return 0  # its own line says why


def _sent(journal: Journal, judged: Sequence[str], changed: Mapping[str, int], received: Received | None) -> list[Sent]:
    """Return the judged files from the oldest to the newest; of one alone there is nothing to compare."""
    outlines = [(each.path, each.identity, each.digest) for each in journal.outlines(judged)]
    times = received([digest for *_, digest in outlines]) if received else {}
    return sent((path, identity, times.get(digest), changed[path]) for path, identity, digest in outlines)


def _recount(journal: Journal, name: str, doubles: tuple[Double, ...], judge: Judge) -> Tally:
    """Tell the journal what counts of a file, and return its numbers."""
    outline = replace(next(journal.outlines([name])), doubles=doubles)
    if outline.counted:
        outline = replace(next(journal.results([name], whole=judge.days)), doubles=doubles)
    result = counted_once(outline)
    rows = pack_rows(result, judge.folder) if judge.folder else b""
    journal.recount(name, pack(result, days=judge.days), rows)
    return result.tally


def _journal_folder(folder: Path | None, files: int) -> Path | None:
    """One file is soon judged again, so that nothing is kept of it; a journal that is there goes on being kept."""
    if folder is None or (files == 1 and not (folder / JOURNAL).exists()):
        return None
    return folder


def _tasks(
    files: Sequence[BookFile], names: Sequence[str], earlier: Mapping[str, EarlierResult], *, read_here: bool
) -> Iterator[Task]:
    for file, name in zip(files, names, strict=True):
        content = _from_afar(file) if read_here else None
        yield Task(file, earlier.get(name, _NONE), content)


class _Hands(NamedTuple):
    """Who works on how many files."""

    files: int
    workers: int
    limits: Limits
    elsewhere: Mapped | None


def _answers(judge: Judge, tasks: Iterator[Task], hands: _Hands) -> Generator[tuple[int, Answer | Lost]]:
    if hands.elsewhere:
        yield from hands.elsewhere(judge, tasks)
    elif not hands.workers:
        yield from ((number, judge(task)) for number, task in enumerate(tasks))
    else:
        yield from map_tasks(judge, tasks, min(hands.workers, hands.files), hands.limits)


def _keep(journal: Journal, name: str, answer: Answer) -> Tally:
    """Keep what is new in the journal; where the earlier result still stands, it tells the numbers."""
    if answer.body is None or answer.tally is None:
        return journal.tally(name)
    journal.keep(name, answer.earlier, answer.body, answer.rows)
    return answer.tally


def _name(file: BookFile, codes: Codes | None) -> str:
    return codes.file(file.shown) if codes else file.shown


def _from_afar(file: BookFile) -> bytes | None:
    """Read in the parent what only it may reach: a worker has neither its memory nor its sign-in."""
    if file.url is None:
        return None
    try:
        return file.content()
    except Unreadable:
        return None  # the judge tries again and says why


def _setup(asked: Asked, codes: Codes | None, copies: bool) -> str:
    """A digest of all that a result hangs on beside its file."""
    draft = asked.draft.read_bytes() if asked.draft else b""
    words = (
        asked.months,
        asked.city,
        asked.claims,
        asked.readings,
        draft,
        asked.seal,
        asked.cells,
        [(kept.answers, kept.fingerprint) for kept in asked.layouts],
        copies,
        codes and codes.key,
        law_version(),
        program_version(),
    )
    return sha256(repr(words).encode()).hexdigest()
