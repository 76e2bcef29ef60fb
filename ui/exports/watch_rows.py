"""What became of pages that were fetched again, and what changed in them, in words; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from assistant.changes.types import ChangeKind
from assistant.types import json_form
from assistant.watching.types import (
    ChangeReport,
    Fate,
    PageOutcome,
    ReportedChange,
    ReportedSide,
    Standing,
    StandingKind,
)
from ui.shared.terminal_text import by_count

_KINDS = {
    ChangeKind.ADDED: "added",
    ChangeKind.REMOVED: "removed",
    ChangeKind.CHANGED: "changed",
    ChangeKind.MOVED: "moved to another section",
    ChangeKind.REORDERED: "in another order",
    ChangeKind.WORDING: "wording alone",
    ChangeKind.TEXT: "text changed, no statement",
}
_STANDING = {
    StandingKind.ANSWER: ("answer", "answers"),
    StandingKind.APPROVED: ("approved answer", "approved answers"),
    StandingKind.ROW: ("row of a questionnaire", "rows of questionnaires"),
    StandingKind.CHECK: ("check of a profile", "checks of profiles"),
}
_LATELY = timedelta(days=7)
_IN_MINUTES_S, _IN_HOURS_S, _IN_DAYS_S = 90, 5_400, 172_800
"""From when on a time to wait is told in minutes, hours and days."""


def outcome_row(one: PageOutcome) -> dict[str, object]:
    """Return what became of a page as plain JSON values."""
    return {"event": "page", **json_form(PageOutcome).dump_python(one, mode="json")}


def report_row(report: ChangeReport) -> dict[str, object]:
    """Return a report as plain JSON values."""
    return {"event": "changes", **json_form(ChangeReport).dump_python(report, mode="json")}


def outcome_line(one: PageOutcome) -> str:
    """Return what became of a page in a line."""
    parts = [f"{one.address}: {one.fate.value}"]
    if one.cause:
        parts.append(f": {one.cause}. {one.next_step}")
        if one.again_s and one.fate in (Fate.FAILED, Fate.LATER):
            parts.append(f"; {_due(one)} in {waiting(one.again_s)}")
    if one.moved_to:
        parts.append(f"; it moved to {one.moved_to}, and keeps its document")
    return "".join(parts)


def round_line(outcomes: Sequence[PageOutcome]) -> str:
    """Return how many pages ended how: "12 pages: 2 changed, 9 unchanged, 1 failed"."""
    counts = Counter(one.fate for one in outcomes)
    told = ", ".join(f"{counts[fate]} {fate.value}" for fate in Fate if counts[fate])
    return f"{by_count(len(outcomes), 'page', 'pages')}: {told or 'nothing was due'}"


def report_head(report: ChangeReport) -> str:
    """Return which page a report is of, and how many changes of each kind there are."""
    name = report.document or report.address
    return f"{report.title} ({name}, edition {report.new.ordinal}): {kinds_words(report)}"


def kinds_words(report: ChangeReport) -> str:
    """Return how many changes there are of each kind."""
    told = [f"{one.count} {_KINDS[one.kind]}" for one in report.counts]
    return ", ".join(told) or "nothing that can be told"


def change_words(one: ReportedChange) -> str:
    """Return a change in a line: what became of it, and its words before and now."""
    aspects = ", ".join(dict.fromkeys(each.aspect.value for each in one.differences))
    head = f"{_KINDS[one.kind]}{f' ({aspects})' if aspects else ''}"
    before, now = side_words(one.old), side_words(one.new)
    if before and now and before != now:
        return f"{head}: “{before}” is now “{now}”"
    return f"{head}: “{now or before}”"


def side_words(sides: Iterable[ReportedSide]) -> str:
    """Return what the passages of a side say."""
    return " ".join(one.text for one in sides)


def standing_words(standing: Iterable[Standing]) -> str:
    """Return how much stands on what changed: "3 answers, 1 approved answer"; empty for none."""
    counts = Counter(one.kind for one in standing)
    return ", ".join(
        by_count(counts[kind], one, many) for kind, (one, many) in _STANDING.items() if counts[kind]
    )


def lately(reports: Iterable[ChangeReport], now: datetime) -> tuple[ChangeReport, ...]:
    """Return the reports of the last seven days with changed statements, newest first."""
    found = [
        one for one in reports
        if one.loud and one.made is not None and now - one.made <= _LATELY
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: -one.number))


def lately_words(reports: Sequence[ChangeReport]) -> str:
    """Return how many pages changed since when: "2 pages changed since Tuesday"."""
    pages = len({one.address for one in reports})
    times = [one.made for one in reports if one.made is not None]
    since = min(times, default=datetime.now(UTC))
    return f"{by_count(pages, 'page', 'pages')} changed since {since:%A}"


def waiting(seconds: float) -> str:
    """Return a time to wait in words: "40 s", "12 minutes", "3 hours", "2 days"."""
    if seconds >= _IN_DAYS_S:
        return by_count(round(seconds / 86_400), "day", "days")
    if seconds >= _IN_HOURS_S:
        return by_count(round(seconds / 3_600), "hour", "hours")
    if seconds >= _IN_MINUTES_S:
        return by_count(round(seconds / 60), "minute", "minutes")
    return f"{max(1, round(seconds))} s"


def _due(one: PageOutcome) -> str:
    return "due" if one.fate is Fate.LATER else "tried again"
