"""`residency eval`: the evaluation suite and the benchmarks on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.shared.opened import say

if TYPE_CHECKING:
    from evals.runs.compare import Change, Comparison
    from evals.runs.measured_run import Measured
    from evals.suites.suite import Suite
    from evals.types import Estimate, Split

app = typer.Typer(
    help="Measure how good the answers are.", no_args_is_help=True, rich_markup_mode=None
)

_GATE = (("bundled", "dev"), ("bundled", "test"), ("unseen", "all"), ("adversarial", "all"),
         ("mutated", "all"))  # fmt: skip
"""Suites and splits of `eval check`, all that the project has."""

CasesOption = Annotated[
    Path | None, typer.Option("--cases", help="File or folder of cases in place of a suite.")
]
SuiteOption = Annotated[str, typer.Option("--suite", help="Suite that comes with the project.")]
SplitOption = Annotated[str, typer.Option("--split", help="dev, test or all.")]
JobsOption = Annotated[int, typer.Option(min=1, help="Cases asked at once.")]


@app.command()
def cases(cases: CasesOption = None, suite: SuiteOption = "") -> None:
    """Check the cases: evidence, expressions, sample answers; print counts and overlap."""
    from evals.suites.case_coverage import coverage
    from evals.suites.suite import open_suite, suite_names, suite_of

    suites = [suite_of(cases, samples=True)] if cases else [
        open_suite(name, samples=True) for name in ([suite] if suite else suite_names())
    ]  # fmt: skip
    for opened in suites:
        counted = coverage(opened)
        print(f"{counted.suite}: {counted.cases} cases, {counted.unanswerable} unanswerable")
        for title, counts in (
            ("kinds", counted.kinds), ("documents", counted.documents), ("splits", counted.splits),
        ):  # fmt: skip
            print(f"  {title}: " + ", ".join(f"{name} {count}" for name, count in counts.items()))
        print(
            f"  question words found in the evidence: median {counted.overlap_median:.0%}; "
            f"at most a fifth in {counted.overlap_few:.0%} of the questions"
        )
    _report_problems(suites)


@app.command()
def run(
    cases: CasesOption = None,
    suite: SuiteOption = "bundled",
    system: Annotated[list[str] | None, typer.Option(help="System to ask; several times.")] = None,
    split: SplitOption = "dev",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Log folder.")] = None,
    limit: Annotated[float, typer.Option(help="Seconds for one case.")] = 30.0,
    jobs: JobsOption = 2,
    held_out: Annotated[
        bool | None,
        typer.Option(help="Hold back what is known of the cases' passages; so for test."),
    ] = None,
) -> None:
    """Ask every case, score the replies, log them; a run that was stopped goes on."""
    from evals.runs.run_table import markdown_table
    from evals.suites.suite import open_suite, suite_of

    opened = suite_of(cases) if cases else open_suite(suite)
    _report_problems([opened], fatal=False)
    runs = [
        _run(name, opened, split, output, limit=limit, jobs=jobs, held_out=held_out)
        for name in (system or ["ours"])
    ]
    print(markdown_table(runs))
    failed = sum(entry.score.failed for measured in runs for entry in measured.log.entries.values())
    for measured in runs:
        print(f"log: {measured.log.path}")
    if failed or opened.problems:
        say(f"{failed} cases failed, {len(opened.problems)} defects in the case files")
        raise typer.Exit(1)


@app.command()
def compare(
    before: Annotated[Path, typer.Argument(help="Log of a run.")],
    after: Annotated[Path, typer.Argument(help="Log of another run of the same cases.")],
    cases: CasesOption = None,
) -> None:
    """Compare two runs: what changed, how surely, and which cases flipped."""
    from evals.runs.compare import compare as compare_logs

    first, second = _measured(before, cases), _measured(after, cases)
    _print_comparison(compare_logs(first.log, second.log, first.suite))


@app.command()
def report(
    logs: Annotated[list[Path], typer.Argument(help="Logs of runs.")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="File; report.html, or the terminal for figures."),
    ] = None,
    cases: CasesOption = None,
    rescore: Annotated[bool, typer.Option("--rescore", help="Score the replies again.")] = False,
    form: Annotated[
        str, typer.Option("--format", help="html, or the figures alone as text or json.")
    ] = "html",
) -> None:
    """Write one self-contained HTML page: scores, also by kind, plots, every case that is not
    right. Figures alone are printed.
    """
    from evals.errors import EvalError
    from evals.runs.measured_run import Measured
    from evals.runs.report import render
    from evals.runs.report_figures import figures_json, figures_text
    from evals.runs.run import rescore as score_again

    forms = {"html": render, "text": figures_text, "json": figures_json}
    if form not in forms:
        raise EvalError(f"--format {form}: no such format. There are {', '.join(forms)}")
    if form == "html" and output is None:
        output = Path("report.html")

    runs = [_measured(log, cases) for log in logs]
    if rescore:
        runs = [Measured(score_again(run.log, run.suite), run.suite) for run in runs]
    written = forms[form](runs)
    if output is None:
        print(written, end="")
        return
    with _written(output):
        output.write_text(written, encoding="utf-8")
    print(output)


@app.command("judge")
def judge_log(
    log: Annotated[Path, typer.Argument(help="Log of a run.")], cases: CasesOption = None
) -> None:
    """Have the configured language model grade a run; prints where it and the scores disagree."""
    from assistant.model.chat_model import open_model
    from assistant.settings import Settings
    from evals.errors import UnknownSystem
    from evals.runs.judge import judge

    settings = Settings.load()
    if not settings.model:
        raise UnknownSystem("judge: RESIDENCY_MODEL is not set. Set it as PROVIDER:MODEL")
    measured = _measured(log, cases)
    found = judge(
        measured.log, measured.suite, open_model(settings), seconds=settings.model_timeout
    )
    print(
        f"{len(found.graded)} of {len(found.grades)} answers graded, right {found.right:.1%}, "
        f"agreement with the scores {found.agreement:.1%}"
    )
    for grade in found.grades:
        if grade.right is not grade.scored:
            said = {True: "right", False: "not right", None: "no grade"}[grade.right]
            print(f"{grade.case}: judge {said}, score {grade.scored}: {grade.reason}")


@app.command()
def check(
    write_baseline: Annotated[
        bool, typer.Option("--write-baseline", help="Make these figures the baseline.")
    ] = False,
    jobs: JobsOption = 2,
) -> None:
    """Run every suite and compare with the committed baseline; exit status 1 on a regression."""
    from evals.runs.baseline import BASELINE, regressions
    from evals.runs.baseline import write_baseline as write
    from evals.runs.run_table import markdown_table
    from evals.suites.suite import open_suite

    runs: list[Measured] = []
    for name, split in _GATE:
        opened = open_suite(name)
        _report_problems([opened])
        runs.append(_run("ours", opened, split, None, jobs=jobs, fresh=True))
    figures: dict[str, dict[str, Estimate]] = {
        f"{run.log.header.suite} {run.log.header.split}": run.figures() for run in runs
    }
    print(markdown_table(runs))
    if write_baseline:
        with _written(BASELINE):
            write(BASELINE, figures)
        print(f"baseline: {BASELINE}")
        return
    worse = regressions(BASELINE, figures)
    for line in worse:
        say(line)
    if worse:
        raise typer.Exit(1)
    print("no regression against the baseline")


@app.command("import-feedback")
def import_feedback(
    output: Annotated[Path, typer.Option("-o", "--output", help="File of cases; added to.")],
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only what was given from then on.")
    ] = None,
) -> None:
    """Turn what readers thought of answers into candidate cases, for a person to complete."""
    from assistant.history.store import Kept
    from assistant.settings import Settings
    from evals.runs.feedback import import_feedback as add
    from evals.runs.feedback import known_cases
    from ui.commands.conversations import day

    start = day(since) if since else None
    done = add(Kept.of(Settings.load()).rated(start), output, known_cases())
    print(f"{output}: {done.added} candidate cases added, {done.known} known already")


@app.command()
def bench(
    distractors: Annotated[
        Path | None,
        typer.Option(help="Folder or tar archive of further documents, measured beside the five."),
    ] = None,
    pages: Annotated[int, typer.Option(min=0, help="Take so many of them; 0 takes all.")] = 0,
    copies: Annotated[int, typer.Option(min=0, help="Add so many changed copies of them.")] = 0,
    before: Annotated[
        Path | None, typer.Option(help="An older checkout of the project, measured in turn.")
    ] = None,
    peers: Annotated[
        bool, typer.Option(help="Measure LangChain, bm25s and Haystack beside it.")
    ] = True,
    rounds: Annotated[int, typer.Option(min=1, help="Full builds of the five documents.")] = 3,
    warm: Annotated[int, typer.Option(min=1, help="Questions asked one by one.")] = 100,
    at_once: Annotated[
        int, typer.Option(min=1, help="Questions of each figure of answers a second.")
    ] = 192,
    as_json: Annotated[
        Path | None, typer.Option("--json", help="File for the figures as JSON.")
    ] = None,
) -> None:
    """Measure builds, answers, memory and quality, as ratios to what ran beside them.

    All of it is built new in a temporary folder. With many documents it takes an hour or more.
    """
    from evals.errors import RunError
    from evals.measuring.bench.corpora import Distractors
    from evals.measuring.bench.run_bench import Plan
    from evals.measuring.bench.run_bench import bench as measure
    from evals.suites.suite import BUNDLED_SUITE, open_suite

    if distractors is None and (pages or copies):
        raise RunError("--pages, --copies: of which documents? Name a folder in --distractors")
    many = Distractors(distractors, pages, copies) if distractors else None
    plan = Plan(
        open_suite(BUNDLED_SUITE), many, before, peers, rounds=rounds, warm=warm, at_once=at_once
    )
    figures = measure(plan, say)
    if as_json:
        with _written(as_json, "--json"):
            as_json.write_text(figures.to_json(), encoding="utf-8")
    for warning in figures.machine.warnings:
        say(f"the machine was not idle: {warning}")
    print(figures.to_markdown())


def _run(
    name: str,
    suite: Suite,
    split: str,
    output: Path | None,
    *,
    jobs: int,
    limit: float = 30.0,
    held_out: bool | None = None,
    fresh: bool = False,
) -> Measured:
    from rich.console import Console
    from rich.progress import Progress

    from assistant.settings import Settings
    from evals.runs.measured_run import Measured
    from evals.runs.run import Plan
    from evals.runs.run import run as run_plan
    from evals.systems.names import system

    home = Settings.load().home
    plan = Plan(suite, _split(split), held_out, limit, jobs)
    log = (output or home / "evaluation" / "logs") / f"{name}-{suite.name}-{split}.jsonl"
    if fresh:
        log.unlink(missing_ok=True)
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task(f"{name} {suite.name} {split}", total=len(plan.cases))
        finished = run_plan(
            system(name), plan, home, log, advance=lambda count: bar.advance(task, count)
        )
    return Measured(finished, suite)


def _split(name: str) -> Split | None:
    from evals.errors import EvalError
    from evals.types import Split

    if name == "all":
        return None
    if name not in set(Split):
        raise EvalError(f"--split {name}: no such split. There are dev, test and all")
    return Split(name)


def _measured(log: Path, cases: Path | None) -> Measured:
    """Return a run with the suite that its log names."""
    from evals.runs.measured_run import Measured
    from evals.runs.run_log import read_log
    from evals.suites.suite import open_suite, suite_of

    read = read_log(log)
    suite = suite_of(cases) if cases else open_suite(read.header.suite)
    return Measured(read, suite)


def _print_comparison(found: Comparison) -> None:
    for change in (*found.changes, *found.by_kind):
        print(_said(change))
    print(f"right now: {', '.join(found.gained) or 'none'}")
    print(f"no longer right: {', '.join(found.lost) or 'none'}")


def _said(change: Change) -> str:
    """Return a change in words."""
    d, factor = change.difference, 100 if change.metric.share else 1
    interval = (
        "" if d.low is None or d.high is None
        else f" [{d.low * factor:+.1f}, {d.high * factor:+.1f}]"
    )  # fmt: skip
    kind = f" ({change.kind})" if change.kind else ""
    return (
        f"{change.metric.title}{kind}: {d.change * factor:+.1f}{interval}, "
        f"p = {d.p_value:.3f}, {d.pairs} pairs"
    )


def _report_problems(suites: list[Suite], *, fatal: bool = True) -> None:
    problems = [problem for suite in suites for problem in suite.problems]
    for problem in problems:
        say(f"{problem.file}:{problem.line}: {problem.what}")
    if problems and fatal:
        raise typer.Exit(1)


@contextmanager
def _written(path: Path, option: str = "--output") -> Iterator[None]:
    from evals.errors import RunError

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise RunError(
            f"{path}: cannot be written ({error.strerror or error}). Give another {option}"
        ) from error
