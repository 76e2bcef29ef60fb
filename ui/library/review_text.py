"""The queue of the answer library for a terminal and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from assistant.library.review import Beside, Kind, Waiting, Words
from assistant.types import json_form

_SIGNS = {Kind.GONE: ("[-", "-]"), Kind.NEW: ("{+", "+}"), Kind.SAME: ("", "")}
"""What stands around words that are gone or new, as `git diff --word-diff` writes them."""


def review_lines(one: Waiting, compared: Beside | None) -> Iterator[str]:
    """Yield an entry of the queue, why it is there, and today's answer with what differs."""
    known = one.entry.approval
    yield f"{one.entry.id}  {', '.join(why.value for why in one.why)}"
    yield f"  question:   {known.question}"
    yield f"  approved:   by {known.approver} on {known.approved}: {known.text}"
    for void in one.voids:
        yield f"  void:       {void.said}"
    for other in one.against:
        said = other.approval
        yield f"  otherwise:  {other.id} by {said.approver} on {said.approved}: {said.text}"
    yield from _next_steps(one)
    if compared is not None:
        yield f"  today:      {compared.today.verdict.value}: {compared.today.text}"
        yield f"  difference: {marked(compared.changes)}"
    yield ""


def _next_steps(one: Waiting) -> Iterator[str]:
    """Yield the commands that take an entry out of the queue."""
    id_ = one.entry.id
    approve, withdraw = f"residency library approve {id_}", f"residency library withdraw {id_}"
    yield (
        f"  holds:      {approve}"
        if not one.against
        else (
            "  holds:      "
            + "; ".join(f"residency library withdraw {other.id}" for other in one.against)
        )
    )
    yield f"  holds not:  {withdraw}, or {approve} --correction TEXT"


def marked(changes: Iterable[Words]) -> str:
    """Return a difference as one text with signs around what is gone and what is new."""
    return "".join(f"{_SIGNS[one.kind][0]}{one.text}{_SIGNS[one.kind][1]}" for one in changes)


def plain_review(one: Waiting, compared: Beside | None) -> dict[str, Any]:
    """Return an entry of the queue as plain JSON values."""
    plain: dict[str, Any] = json_form(Waiting).dump_python(one, mode="json")
    if compared is not None:
        changes = [{"kind": each.kind.value, "text": each.text} for each in compared.changes]
        plain |= {"today": compared.today.to_json(), "changes": changes}
    return plain
