"""The review queue as HTML: why an answer is in it, and how today's differs; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.library.review import Beside, Kind, Words
from ui.library.review_decision import Decision, may_take_today
from ui.web.html import attribute, escaped, notice

ON_PAGE = 5
"""Entries at a time: for each a question is asked."""
_LABELS = {
    Decision.TODAY: "Approve today's answer in its place",
    Decision.KEEP: "Keep the approved answer",
    Decision.DROP: "Drop it",
}
_TAGS = {Kind.GONE: "del", Kind.NEW: "ins", Kind.SAME: "span"}


def queue(shown: Sequence[Beside], count: int, page: int) -> str:
    """Return a page of the queue."""
    if not count:
        return notice("Nothing to decide on: every approved answer stands.")
    first = (max(page, 1) - 1) * ON_PAGE + 1
    told = f"{first} to {first + len(shown) - 1} of {count} to decide on."
    return notice(told) + "".join(map(_entry, shown))


def _entry(one: Beside) -> str:
    entry, known = one.waiting.entry, one.waiting.entry.approval
    why = ", ".join(each.value for each in one.waiting.why)
    voids = "".join(f"<li>{escaped(each.said)}</li>" for each in one.waiting.voids)
    others = "".join(
        f"<li>Otherwise by {escaped(each.approval.approver)}: {escaped(each.approval.text)}</li>"
        for each in one.waiting.against
    )
    reasons = f"<ul>{voids}{others}</ul>" if voids or others else ""
    return (
        f'<article class="sheets-detail"><h3>{escaped(known.question)}</h3>'
        f"<p><strong>{escaped(why)}</strong> ({escaped(entry.id)})</p>{reasons}"
        f"<dl><dt>Approved by {escaped(known.approver)} on {escaped(known.approved.isoformat())}"
        f"</dt><dd>{escaped(known.text)}</dd><dt>Today: {escaped(one.today.verdict.value)}</dt>"
        f"<dd>{escaped(one.today.text)}</dd><dt>What differs</dt>"
        f"<dd>{difference(one.changes)}</dd></dl><p>{_buttons(one)}</p></article>"
    )


def _buttons(one: Beside) -> str:
    """Return what may be decided on an entry, named with its question for who does not see it."""
    known = one.waiting.entry
    offered = [each for each in Decision if each is not Decision.TODAY or may_take_today(one)]
    return " ".join(
        f'<button type="button" class="tool" data-entry="{attribute(known.id)}" '
        f'data-decision="{each.value}" '
        f'aria-label="{attribute(f"{_LABELS[each]}: {known.question}")}">'
        f"{escaped(_LABELS[each])}</button>"
        for each in offered
    )


def difference(changes: Iterable[Words]) -> str:
    """Return how one text becomes another: struck out what is gone, underlined what is new."""
    return "".join(f"<{_TAGS[one.kind]}>{escaped(one.text)}</{_TAGS[one.kind]}>" for one in changes)
