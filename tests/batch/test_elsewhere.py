"""The same run on a Dask cluster, and over files behind a URL."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest
from distributed import LocalCluster

from tests.batch.conftest import BAD, GOOD
from tests.batch.hostile import HostileJudge
from tests.command import Run
from tests.workbooks import saved, workbook
from zaitaku_xl import batch
from zaitaku_xl.batch import running
from zaitaku_xl.jobs import Asked


@pytest.fixture
def memory() -> Iterator[None]:
    system = fsspec.filesystem("memory")
    system.pipe(
        {"/in/a.xlsx": workbook(GOOD), "/in/sub/b.xlsx": workbook(BAD), "/in/note.txt": b"x", "/in/c.xlsx": b"PK"}
    )
    yield
    system.rm("/in", recursive=True)


@pytest.mark.usefixtures("memory")
def test_files_behind_a_url_are_judged_as_those_in_a_folder(run: Run, tmp_path: Path) -> None:
    told = run("check", "memory://in", "--json", "-", "--out", tmp_path / "out", "--jobs", 2)
    files = {file["path"]: file["status"] for file in json.loads(told.out)["files"]}
    assert files == {
        "memory:///in/a.xlsx": "judged",
        "memory:///in/c.xlsx": "unreadable",
        "memory:///in/sub/b.xlsx": "judged",
    }
    assert {p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.xlsx")} == {
        "a.xlsx", "sub/b.xlsx", "点検まとめ.xlsx",
    }  # fmt: skip


@pytest.mark.usefixtures("memory")
@pytest.mark.parametrize(
    ("url", "status"), [("memory://in/a.xlsx", 0), ("memory://in/*.xlsx", 2), ("memory://in/none.xlsx", 2)]
)
def test_a_url_may_name_a_file_or_a_pattern(url: str, status: int, run: Run) -> None:
    assert run("check", url).status == status


@pytest.mark.usefixtures("memory")
@pytest.mark.parametrize("arguments", [("nosuch://x/a.xlsx",), ("memory://in", "--in-place")])
def test_what_cannot_be_reached_or_written_is_refused(arguments: tuple[str, ...], run: Run) -> None:
    told = run("check", *arguments)
    assert told.status == 2
    assert "Traceback" not in told.err


def test_a_cluster_gives_the_same_bytes_and_a_worker_that_dies_costs_one_line(
    run: Run, returned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = run("check", returned, "--json", "-", "--out", tmp_path / "here").out
    with LocalCluster(
        n_workers=1,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        scheduler_kwargs={"allowed_failures": 0},
    ) as cluster:
        there = run(
            "check", returned, "--json", "-", "--out", tmp_path / "there", "--dask", cluster.scheduler_address
        ).out
        monkeypatch.setattr(running, "Judge", HostileJudge)
        saved(returned / "kill.xlsx", BAD)
        elsewhere = batch.dask_map(cluster.scheduler_address)
        with batch.run(batch.find_files([str(returned)]), Asked(), elsewhere=elsewhere) as done:
            states = Counter(result.status for result in done.results())
    assert there == here
    for name in ("a.xlsx", "sub/c.xlsx", "点検まとめ.xlsx"):
        assert (tmp_path / "there" / name).read_bytes() == (tmp_path / "here" / name).read_bytes()
    assert states == {"judged": 3, "unreadable": 2, "not_a_log": 1, "failed": 1}


def test_a_cluster_that_is_not_there_is_said(run: Run, returned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zaitaku_xl.batch.elsewhere._SECONDS", 1)
    told = run("check", returned, "--dask", "tcp://127.0.0.1:1")
    assert told.status == 2
    assert "つながりません" in told.err
