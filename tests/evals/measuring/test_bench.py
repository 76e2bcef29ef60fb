"""The benchmark at its smallest: every figure is there, beside what it is compared with."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.errors import RunError, UnknownSystem
from evals.measuring.bench.answer_phase import PEERS, Asked, warm
from evals.measuring.bench.bench_figures import Bench, Measure, timed
from evals.measuring.bench.bench_worker import Taken
from evals.measuring.bench.build_phase import building
from evals.measuring.bench.corpora import Distractors, changed, of_suite, with_distractors
from evals.measuring.bench.machine import Machine, Watch
from evals.measuring.bench.processes import Checkout, Worker, program_peak_mib
from evals.measuring.bench.run_bench import Plan, bench
from evals.measuring.bench.score_phase import scoring
from evals.suites.suite import Suite
from evals.systems.base import Workplace
from evals.systems.names import as_documented
from tests.paths import ROOT
from ui.command_line.running import command_line

_PAGE = """# Fresh start

Fresh start removes apps. It keeps the files of a user.

- Select a device.
- Select Fresh start.

    code stays
"""
_IDLE = Machine("A processor", 2, 8.0, "3.12.0", "1.0 (abc)", "", 0.1, 1.9, 0.01)


@pytest.fixture
def suite(suite: Suite) -> Suite:
    """The suite without the bundled documents, whose builds take long."""
    return replace(suite, folders=suite.folders[-1:], texts={"harbour": suite.texts["harbour"]})


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(4):
        (folder / f"page-{number}.md").write_text(_PAGE.replace("start", f"start {number}"))
    return folder


@pytest.mark.timeout(900)
def test_every_figure_is_there_beside_what_it_is_compared_with(suite: Suite) -> None:
    found = bench(Plan(suite, peers=False, rounds=1, cold=1, warm=2, at_once=2))

    by = {one.what: one for one in found.measures}
    for what in (
        "full build", "build again, nothing changed", "one document changed",
        "cold `ask`, whole process", "warm answer, median", "warm answer, p95",
        "answers a second, 1 at once", "answers a second, 8 at once",
        "answers a second, 32 at once", "peak memory, full build",
        "peak memory, cold `ask`", "peak memory, answering", "document recall@1",
        "document recall@3", "evidence recall@1", "evidence recall@5", "right",
    ):  # fmt: skip
        assert by[what].value >= 0, what
        assert by[what].taken, what
    assert by["full build"].reference == "the bare encoder"
    assert by["build again, nothing changed"].ratio < 1  # type: ignore[operator]
    assert by["cold `ask`, whole process"].reference == "`import sentence_transformers`"
    assert by["warm answer, median"].reference == "one query embedding"
    assert 50 < by["peak memory, answering"].value < 4000
    assert by["document recall@1"].value == 100
    assert json.loads(found.to_json())["measures"][0]["corpus"] == "1 document"
    assert [said.split(",")[0] for said in found.skipped] == [
        "many documents", "an older checkout", "other systems",
    ]  # fmt: skip
    assert found.machine.version


@pytest.mark.timeout(600)
def test_an_older_checkout_and_many_documents_are_measured_in_turn(
    suite: Suite, tmp_path: Path
) -> None:
    both = (Checkout.own(), Checkout.older(ROOT))
    small = of_suite(suite, tmp_path / "small")
    full = {one.what: one for one in building(small, both, full=1, repeats=0)}["full build"]
    # The same documents again: what is looked at is whom the figures are of.
    large = replace(small, label="many")
    said = tuple(case.turns[-1] for case in suite.cases)

    answers = warm(Asked((small, large), both, said, 1, 2, 2, False, tmp_path))

    found = {(one.corpus, one.what): one for one in answers}
    assert full.value > 0
    assert full.before
    median = found["many", "warm answer, median"]
    assert median.before
    assert median.change == median.value / median.before
    beside = found["many", "warm answer beside the small corpus"]
    assert beside.reference == f"{small.label} alone"
    assert beside.value == median.value


@pytest.mark.parametrize("name", PEERS)
def test_other_systems_retrieve_three_chunks_as_their_manuals_set_them_up(
    name: str, suite: Suite, tmp_path: Path
) -> None:
    session = as_documented(name).open(suite, Workplace(tmp_path, tmp_path))

    response = session.reply(("Where are files of customers in Norway stored?",)).response

    assert 1 <= len(response.ranking) <= 3
    assert len(response.citations) == len(response.ranking)
    assert "Bergen" in response.text
    session.close()


def test_our_own_system_is_no_other() -> None:
    with pytest.raises(UnknownSystem, match="ours: is no other system"):
        as_documented("ours")


def test_half_of_a_copy_is_new() -> None:
    copy = changed(_PAGE, 7).splitlines()

    assert copy == [
        "# Fresh start", "",
        "In release 7: Fresh start removes apps. It keeps the files of a user.", "",
        "- Select a device.",
        "- In release 7: Select Fresh start.", "",
        "    code stays",
    ]  # fmt: skip
    assert changed(_PAGE, 8).splitlines() != copy


def test_pages_are_taken_evenly_and_copied(suite: Suite, pages: Path, tmp_path: Path) -> None:
    corpus = with_distractors(suite, Distractors(pages, pages=2, copies=3), tmp_path / "work")

    names = sorted(file.name for file in corpus.folders[-1].iterdir())
    assert names == [
        "page-0-0-release-1.md", "page-0-0-release-2.md", "page-0-0.md",
        "page-2-1-release-1.md", "page-2-1.md",
    ]  # fmt: skip
    assert corpus.count == 6


def test_what_cannot_be_measured_is_named(suite: Suite, tmp_path: Path) -> None:
    with pytest.raises(RunError, match="no folder and no tar archive"):
        with_distractors(suite, Distractors(tmp_path / "nothing"), tmp_path / "a")
    (tmp_path / "empty").mkdir()
    with pytest.raises(RunError, match="no documents in it"):
        with_distractors(suite, Distractors(tmp_path / "empty"), tmp_path / "b")
    with pytest.raises(RunError, match="no checkout of the project"):
        Checkout.older(tmp_path)
    with (
        Worker(Checkout.own(), tmp_path) as worker,
        pytest.raises(RunError, match=r"(?s)“open assistant” cannot be measured .*MissingIndex"),
    ):
        worker.call("open_assistant", tmp_path / "no-home")


def test_a_process_is_not_as_large_as_the_one_that_started_it(tmp_path: Path) -> None:
    held = bytearray(300 * 2**20)

    words = ("-c", "import time; time.sleep(0.3)")
    assert 1 < program_peak_mib(words, Checkout.own(), tmp_path) < 200
    assert len(held) == 300 * 2**20


def test_an_older_checkout_is_a_column_and_a_ratio() -> None:
    now, before = [Taken(0.2, 0.1), Taken(0.4, 0.3), Taken(0.3, 0.2)], [Taken(0.6, 0.6)]
    beside = [Taken(0.1, 0.1)]

    one = timed(
        "five", "a", now, taken="3 times", beside=beside, reference="b", before=before, unit="ms"
    )

    assert one.value == pytest.approx(300)
    assert one.ratio == pytest.approx(3)
    assert one.processor_ratio == pytest.approx(2)
    assert one.change == pytest.approx(0.5)
    table = Bench(_IDLE, (one, Measure("five", "c", 1234, "MiB", "once"))).to_markdown()
    assert "| five | a | 300 ms | 3.00 × b | 2.00 × | 600 ms | 0.50 | 3 times |" in table
    assert "| five | c | 1,234 MiB |  |  |  |  | once |" in table
    alone = Bench(_IDLE, (replace(one, before=None),)).to_markdown()
    assert "before" not in alone.splitlines()[0]


def test_a_machine_that_was_not_idle_is_told() -> None:
    assert _IDLE.warnings == ()
    busy = replace(_IDLE, load_at_start=3.2, others=0.4)

    assert len(busy.warnings) == 2
    told = "\n".join(busy.lines())
    assert "load 3.20 at the start, 1.90 at the end" in told
    assert told.count("The machine was not idle") == 2


def test_the_work_of_other_programs_is_told_from_our_own(tmp_path: Path) -> None:
    watch = Watch()
    # A second of a core, of our own: whatever else runs, it is not counted as another's.
    sum(number * number for number in range(20_000_000))

    machine = watch.machine(ROOT, None)

    assert machine.others is None or 0 <= machine.others <= 1
    assert machine.processor
    assert machine.memory_gib >= 0


def test_the_command_measures_as_often_as_it_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plans: list[Plan] = []

    def measured(plan: Plan, told: object) -> Bench:
        plans.append(plan)
        return Bench(_IDLE, (), ())

    monkeypatch.setattr("evals.measuring.bench.run_bench.bench", measured)
    counts = ["--rounds", "4", "--warm", "7", "--at-once", "9", "--no-peers"]
    done = CliRunner().invoke(command_line(), ["eval", "bench", *counts])
    assert done.exit_code == 0, done.output
    (plan,) = plans
    assert (plan.rounds, plan.warm, plan.at_once, plan.peers) == (4, 7, 9, False)
    assert plan.cold == Plan(plan.suite).cold


def test_a_phase_that_fails_takes_no_other_along(
    suite: Suite, monkeypatch: pytest.MonkeyPatch
) -> None:
    def measured(*told: object) -> Iterator[Measure]:
        yield Measure("one", "before it fails", 1.0, "s", "once")
        raise RunError("gone in the middle")

    def nothing(*told: object) -> Iterator[Measure]:
        yield from ()

    for name in ("building", "cold", "many_at_once", "scoring"):
        monkeypatch.setattr(f"evals.measuring.bench.run_bench.{name}", nothing)
    monkeypatch.setattr("evals.measuring.bench.run_bench.warm", nothing)
    with pytest.raises(RunError, match="nothing could be measured"):
        bench(Plan(suite, peers=False))
    monkeypatch.setattr("evals.measuring.bench.run_bench.warm", measured)
    found = bench(Plan(suite, peers=False))
    assert [one.what for one in found.measures] == ["before it fails"]
    assert found.skipped[-1] == "the rest of “answers, warm”: gone in the middle"


def test_an_older_checkout_without_instruments_costs_no_figure_of_now(
    suite: Suite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scored(corpus: object, checkout: Checkout, questions: object) -> dict[str, float]:
        if checkout.name == "before":
            raise RunError("No module named evals.measuring.documents")
        return defaultdict(lambda: 50.0)

    monkeypatch.setattr("evals.measuring.bench.score_phase._scored", scored)
    both = (Checkout.own(), replace(Checkout.own(), name="before"))
    found: list[Measure] = []
    every = scoring(of_suite(suite, tmp_path), both, tmp_path / "dev.jsonl")
    with pytest.raises(RunError, match="No module named"):
        # What came before the error is kept.
        deque(map(found.append, every))
    assert {one.value for one in found} == {50.0}
    assert {one.before for one in found} == {None}
