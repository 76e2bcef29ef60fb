"""`residency corpus refresh`: fetches again what was added by address, and says what changed."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event

from assistant.errors import AssistantError
from assistant.history.store import Kept
from assistant.library.library_store import library_of
from assistant.settings import Settings, build_options, database_of
from assistant.watching.asking_again import Asking, Round
from assistant.watching.kept_reading import KeptReading
from assistant.watching.reporting import Reporting, read_report
from assistant.watching.standing_on import (
    ChangedPage,
    StandingSource,
    answers_on,
    approved_on,
    checks_on,
    stand_on,
)
from assistant.watching.types import ChangeReport, Fate, PageOutcome, Standing, StandingKind
from assistant.watching.watch import Watch, alone
from corpus.errors import CorpusError
from corpus.intake.refetching.politeness import Politeness, RealClock
from index.building.build import build_index
from index.errors import IndexingError
from index.home.edition_store import EditionStore
from index.home.paths import Home
from ui.commands.editions.editions_named import desk
from ui.errors import EditionError, UiError
from ui.exports.watch_rows import (
    change_words,
    outcome_line,
    outcome_row,
    report_head,
    report_row,
    round_line,
    standing_words,
)
from ui.questionnaires.job_storage.job_store import JobStore
from ui.questionnaires.job_types import STORE
from ui.shared.opened import say
from ui.shared.terminal_text import inert
from ui.slack.inbox.watch_posts import hand_over

_PATIENCE_S = 600.0
"""How long a change waits for another process that builds."""
_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_SHORTEST_S = 60.0
_FAULT_S = 60.0
"""After so long a round is gone again that could not be ended."""
_SHOWN = 12
"""Changes of a page that are printed; all are kept."""


def refresh_pages(addresses: Sequence[str], every: str, *, take: bool, as_lines: bool) -> bool:
    """Go one round, or rounds until told to stop; print what became of pages and what changed.

    Returns whether every page was had, or is not due. Raises EditionError for words that are no
    interval.
    """
    interval_s = _seconds(every) if every else 0.0
    if take and not addresses:
        raise EditionError("--take: no address. Name the pages that are to be taken as they come")
    wanted = Round(frozenset(addresses), interval_s, take)
    settings = Settings.load()
    stop = Event()
    home = Home(settings.home)
    with alone(home), _watch(settings, home, RealClock(stop)) as watch:
        printer = _Printer(settings, EditionStore(home.editions), as_lines=as_lines)
        if not interval_s:
            outcomes = printer.print_round(watch.refresh(wanted))
            return not any(one.fate in (Fate.FAILED, Fate.HELD) for one in outcomes)
        _told_to_stop(stop)
        while not stop.is_set():
            wait_s = _one_of_many(watch, wanted, printer)
            stop.wait(max(1.0, wait_s))
    return True


def _one_of_many(watch: Watch, wanted: Round, printer: _Printer) -> float:
    """Go one round; return the seconds until the next. One that fails is told and gone again."""
    try:
        printer.print_round(watch.refresh(wanted))
        return watch.next_in(wanted.every_s)
    except (AssistantError, CorpusError, IndexingError, UiError) as error:
        say(inert(str(error)))
        return _FAULT_S


class _Printer:
    """Prints rounds, each report once, and hands reports over to Slack."""

    def __init__(self, settings: Settings, store: EditionStore, *, as_lines: bool) -> None:
        self._settings = settings
        self._store = store
        self._as_lines = as_lines

    def print_round(self, round_: Iterator[PageOutcome]) -> list[PageOutcome]:
        """Print what becomes of each page, then what changed; return the former."""
        outcomes = []
        for one in round_:
            outcomes.append(one)
            if self._as_lines:
                print(json.dumps(outcome_row(one), ensure_ascii=False), flush=True)
            elif one.fate is not Fate.UNCHANGED or one.moved_to:
                print(inert(outcome_line(one)), flush=True)
        for stored in self._store.to_print():
            self._print(read_report(stored))
            self._store.printed(stored.number)
        if not self._as_lines:
            print(round_line(outcomes), flush=True)
        self._hand_over()
        return outcomes

    def _print(self, report: ChangeReport) -> None:
        if self._as_lines:
            print(json.dumps(report_row(report), ensure_ascii=False), flush=True)
        else:
            print(inert("\n".join(report_lines(report))), flush=True)

    def _hand_over(self) -> None:
        """Hand every report over to the Slack bot that was not yet; it posts each once."""
        waiting = self._store.to_post()
        if not waiting:
            return
        channel = self._settings.slack_watch_channel
        if channel:
            hand_over(self._settings, channel, [read_report(one) for one in waiting])
        for one in waiting:
            self._store.posted(one.number)


def report_lines(report: ChangeReport) -> list[str]:
    """Return a report for a terminal."""
    shown = report.loud[:_SHOWN]
    more = len(report.loud) - len(shown)
    standing = standing_words(report.standing)
    return [
        report_head(report),
        *(f"  {remark}" for remark in report.remarks),
        *(f"  {one.severity}: {change_words(one)}" for one in shown),
        *([f"  and {more} more: `residency changes {_both(report)}`"] if more else []),
        *([f"  on what changed stand {standing}"] if standing else []),
        *(f"    approved answer {one.ref}" for one in report.standing
          if one.kind is StandingKind.APPROVED),
    ]  # fmt: skip


def _both(report: ChangeReport) -> str:
    return f"{report.document}@{report.old.ordinal} {report.document}@{report.new.ordinal}"


@contextmanager
def _watch(settings: Settings, home: Home, clock: RealClock) -> Iterator[Watch]:
    """Yield the watch of a home; what reads documents is loaded when a page has changed."""
    store = EditionStore(home.editions)

    def build() -> None:
        build_index(
            home.root, options=build_options(settings, _PATIENCE_S),
            progress=lambda text: say(inert(text)),
        )  # fmt: skip

    with desk(settings) as tools:
        reading = KeptReading(store, tools.reader)
        kept = Kept.of(settings)
        sources = (
            answers_on(kept.records), approved_on(library_of(settings, kept.now)),
            rows_on(JobStore(database_of(settings) or home.questionnaires / STORE)),
            checks_on(kept.profiles),
        )  # fmt: skip
        yield Watch(
            home, Asking(home, store, Politeness(clock), reading.judge),
            Reporting(store, reading, sources), build,
        )  # fmt: skip
        kept.close()


def rows_on(jobs: JobStore) -> StandingSource:
    """Return what finds rows of questionnaires whose answers stand on what changed."""

    def find(page: ChangedPage) -> Iterator[Standing]:
        return stand_on(StandingKind.ROW, jobs.quoting(page.document), page)

    return find


def _seconds(every: str) -> float:
    found = re.fullmatch(r"\s*(\d{1,6})\s*([smhd])\s*", every)
    seconds = int(found[1]) * _UNITS[found[2]] if found else 0.0
    if seconds < _SHORTEST_S:
        raise EditionError(
            f"--every {every}: no time of a minute or more. Write it as 30m, 12h or 7d"
        )
    return float(seconds)


def _told_to_stop(stop: Event) -> None:
    """Let a first signal end the watch after what it does now, a second one at once."""

    def told(number: int, frame: object) -> None:  # noqa: ARG001
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, told)
