"""Ask a system every case of a suite, score the replies, and log them."""

from __future__ import annotations

import hashlib
import json
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.settings import Settings
from evals.errors import EvalError
from evals.runs.run_log import FORMAT, Entry, Header, LogWriter, RunLog, read_log, rewrite
from evals.scoring.metrics import score
from evals.suites.suite import Suite
from evals.systems.base import Session, System, Timed, Workplace
from evals.types import Case, Reply, Split

LIMIT_S = 30.0
"""Seconds that a system may take for one case."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run, and how."""

    suite: Suite
    split: Split | None = None
    """Only the cases of this split; all when None."""
    held_out: bool | None = None
    """Keep from the system what it knows of the cases' passages beyond the documents; when None,
    for the test split alone."""
    limit_s: float = LIMIT_S
    jobs: int = 2

    @property
    def holds_out(self) -> bool:
        """Return whether the passages are held out."""
        return self.split is Split.TEST if self.held_out is None else self.held_out

    @property
    def cases(self) -> tuple[Case, ...]:
        """The cases to ask."""
        return self.suite.of_split(self.split)


def run(
    system: System,
    plan: Plan,
    home: Path,
    log: Path,
    *,
    advance: Callable[[int], None] = lambda count: None,
) -> RunLog:
    """Ask every case that the log does not hold yet; return the finished log.

    A case whose system raises, or does not answer within the limit, counts as failed; the run
    goes on. Raises RunError when the system cannot be prepared or the log not be written.
    """
    held_out = plan.cases if plan.holds_out else ()
    name = f"{plan.suite.name}{'-held-out' if held_out else ''}"
    workplace = Workplace(home / "evaluation" / system.name / name, home, held_out)
    session = system.open(plan.suite, workplace)
    try:
        header = _header(system, session, plan)
        known = _resumed(log, header)
        advance(len(known))
        writer = LogWriter(log, header, fresh=not known)
        try:
            _ask(session, plan, [c for c in plan.cases if c.id not in known], writer, advance)
        finally:
            writer.close()
    finally:
        session.close()
    return read_log(log)


def rescore(log: RunLog, suite: Suite) -> RunLog:
    """Score the replies of a log again, without asking anybody."""
    cases = {case.id: case for case in suite.cases}
    entries = {
        name: Entry(entry.reply, score(cases[name], entry.reply, suite.texts))
        for name, entry in log.entries.items()
        if name in cases
    }
    return RunLog(log.path, log.header, entries)


def _ask(
    session: Session,
    plan: Plan,
    cases: Sequence[Case],
    writer: LogWriter,
    advance: Callable[[int], None],
) -> None:
    with ThreadPoolExecutor(plan.jobs) as pool:
        waiting = {pool.submit(_reply, session, case, plan.limit_s): case for case in cases}
        try:
            for done in as_completed(waiting):
                reply = done.result()
                writer.add(Entry(reply, score(waiting[done], reply, plan.suite.texts)))
                advance(1)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _reply(session: Session, case: Case, limit_s: float) -> Reply:
    """Ask one case within the limit. A system that hangs keeps its thread; the run goes on."""
    outcome: list[Timed | str] = []

    def ask() -> None:
        try:
            outcome.append(session.reply(case.turns))
        except Exception as error:  # noqa: BLE001 - one case of many: its failure is recorded
            outcome.append(f"{type(error).__name__}: {error}")

    started = time.perf_counter()
    thread = threading.Thread(target=ask, name=f"case {case.id}", daemon=True)
    thread.start()
    thread.join(limit_s)
    if not outcome:
        return Reply(case.id, None, f"no answer within {limit_s:g} s")
    result = outcome[0]
    if isinstance(result, str):
        return Reply(case.id, None, result, (time.perf_counter() - started) * 1000)
    return Reply(case.id, result.response, "", round(result.latency_ms, 3))


def _header(system: System, session: Session, plan: Plan) -> Header:
    texts = sorted(plan.suite.texts.items())
    return Header(
        format=FORMAT,
        system=system.name,
        suite=plan.suite.name,
        split=plan.split.value if plan.split else "all",
        held_out=plan.holds_out,
        cases=_digest(json.dumps([asdict(case) for case in plan.cases])),
        documents={name: _digest(folded.text) for name, folded in texts},
        identity=session.identity,
        settings=_digest(Settings.load().model_dump_json(exclude={"home"})),
        revision=_revision(),
        repeatable=system.repeatable,
    )


def _resumed(path: Path, header: Header) -> set[str]:
    """Return the cases that an unfinished log of the same run holds already."""
    if not path.is_file():
        return set()
    try:
        log = read_log(path)
    except EvalError:
        return set()
    if log.header != header:
        return set()
    answered = {name: entry for name, entry in log.entries.items() if not entry.score.failed}
    rewrite(log, answered.values())
    return set(answered)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _revision() -> str:
    """Return the commit of the checkout that this code runs from, empty outside of one."""
    folder = Path(__file__).parents[2]
    try:
        commit = _git(folder, "rev-parse", "--short=12", "HEAD")
        return commit + ("+" if _git(folder, "status", "--porcelain", "-uno") else "")
    except (OSError, subprocess.CalledProcessError):
        return ""


def _git(folder: Path, *words: str) -> str:
    done = subprocess.run(  # noqa: S603 - fixed words
        ["git", "-C", str(folder), *words],  # noqa: S607
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()
