"""Editions to reports, each once; and the reports that are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.changes.find_changes import find_changes
from assistant.changes.types import ChangeKind, Changes, Passage, StatementChange
from assistant.types import json_form
from assistant.watching.kept_reading import KeptReading
from assistant.watching.standing_on import ChangedPage, StandingSource
from assistant.watching.types import (
    ChangeReport,
    EditionMark,
    KindCount,
    ReportedChange,
    ReportedDifference,
    ReportedSide,
)
from corpus.errors import DocumentError
from corpus.intake.describe import UNDESCRIBED
from index.building.fetched_pages import WatchedPage
from index.home.edition_store import EditionStore, KeptEdition, StoredReport
from index.home.paths import Home

_QUIET = frozenset({ChangeKind.REORDERED, ChangeKind.WORDING})
"""What says the same: it is counted and not listed."""


@dataclass(frozen=True, slots=True)
class Reporting:
    """What reports are made with."""

    store: EditionStore
    reading: KeptReading
    sources: Sequence[StandingSource]

    def report_all(self, pages: Sequence[WatchedPage], now: datetime) -> int:
        """Report every edition that was not reported yet; return how many those were.

        Each report is written with the mark that there is one, in one transaction: whatever stops
        this, each is there once after the next round.
        """
        known = {one.source.location: one for one in pages}
        made = 0
        for edition in self.store.unreported():
            page = known.get(edition.address)
            report = self._report(edition, page)
            made += self.store.report(edition, now, _written(report))
        return made

    def _report(self, edition: KeptEdition, page: WatchedPage | None) -> ChangeReport:
        old = self.store.before(edition)
        assert old is not None, "the first edition of a page is never reported"
        document = page.document if page else ""
        given = page.source.given if page else UNDESCRIBED
        named = document or edition.address
        try:
            before = self.reading.edition(old, given, f"{named}@{old.ordinal}")
            after = self.reading.edition(edition, given, f"{named}@{edition.ordinal}")
        except DocumentError as error:
            # It was taken by hand, or read by a program of before.
            return _unread(edition, old, document, str(error))
        found = find_changes(before, after, self.reading.reader().gazetteer)
        changes = tuple(one for one in found.changes if one.kind not in _QUIET)
        changed = ChangedPage(document, before, after, changes)
        standing = [one for source in self.sources for one in source(changed)] if changes else []
        return ChangeReport(
            edition.address, document, after.title or before.title,
            EditionMark(old.ordinal, old.fetched, before.date, old.sha256),
            EditionMark(edition.ordinal, edition.fetched, after.date, edition.sha256),
            _counts(found), tuple(map(_change, changes)),
            (*found.remarks, *_of_clock(old, edition)), tuple(standing),
        )  # fmt: skip


def kept_reports(home: Home, most: int = 0) -> tuple[ChangeReport, ...]:
    """Return the last reports of a home, the oldest first; 0 means all. Raises EditionsUnusable."""
    return tuple(map(read_report, EditionStore(home.editions).reports(most)))


def read_report(stored: StoredReport) -> ChangeReport:
    """Return a report as it was kept."""
    report = json_form(ChangeReport).validate_json(stored.text)
    return replace(report, number=stored.number, made=stored.made)


def _written(report: ChangeReport) -> str:
    return json_form(ChangeReport).dump_json(report).decode()


def _unread(edition: KeptEdition, old: KeptEdition, document: str, why: str) -> ChangeReport:
    return ChangeReport(
        edition.address, document, document or edition.address,
        EditionMark(old.ordinal, old.fetched, old.stated, old.sha256),
        EditionMark(edition.ordinal, edition.fetched, edition.stated, edition.sha256),
        (), (), (f"The editions cannot be compared: {why}",), (),
    )  # fmt: skip


def _of_clock(old: KeptEdition, new: KeptEdition) -> tuple[str, ...]:
    if new.fetched >= old.fetched:
        return ()
    return (
        f"The clock of this machine was set back: this edition was fetched at "
        f"{new.fetched:%Y-%m-%d %H:%M}, after the one of {old.fetched:%Y-%m-%d %H:%M}.",
    )


def _counts(found: Changes) -> tuple[KindCount, ...]:
    counted = Counter(one.kind for one in found.changes)
    return tuple(KindCount(kind, counted[kind]) for kind in ChangeKind if counted[kind])


def _change(one: StatementChange) -> ReportedChange:
    return ReportedChange(
        one.kind, one.severity.name.lower(),
        tuple(ReportedDifference(d.aspect, d.old, d.new) for d in one.differences),
        tuple(map(_side, one.old)), tuple(map(_side, one.new)),
    )  # fmt: skip


def _side(one: Passage) -> ReportedSide:
    return ReportedSide(one.text, one.span.start, one.span.end, " > ".join(one.section))
