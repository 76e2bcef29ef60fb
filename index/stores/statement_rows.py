"""Statements as rows of the catalogue, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from corpus.facts.types import (
    Condition,
    Modality,
    Openness,
    PlacedAt,
    PlaceRole,
    SetMembership,
    Statement,
    StatementKind,
    Status,
    Subject,
    Term,
)
from corpus.types import Span

COLUMNS = (
    "id", "document", "chunk", "kind", "subject", "part_of", "aliases", "value", "said", "places",
    "data", "conditions", "exceptions", "negated", "modality", "sole", "status", "as_of", "member",
    "start", "stop", "support",
)  # fmt: skip
"""Names of the columns, in the order of the rows."""


def row_of(statement: Statement) -> tuple[object, ...]:
    """Return the row of a statement."""
    about, member = statement.about, statement.member
    return (
        statement.id, statement.document, statement.chunk, statement.kind.value,
        about.name, _listed(about.of), _listed(about.aliases), statement.value, statement.said,
        json.dumps([(p.place, p.role.value, *p.span) for p in statement.places]),
        _listed(statement.data), _conditions(statement.conditions),
        _conditions(statement.exceptions), statement.negated, statement.modality.value,
        statement.only, statement.status.value,
        statement.as_of.isoformat() if statement.as_of else None,
        _listed(
            (member.id, member.title, member.position, member.size, member.openness.value,
             member.record)
        ) if member else None,
        statement.span.start, statement.span.end, json.dumps(statement.support),
    )  # fmt: skip


def statement_of(row: Sequence[Any]) -> Statement:
    """Return the statement that a row was made of."""
    (id_, document, chunk, kind, subject, part_of, aliases, value, said, places, data, conditions,
     exceptions, negated, modality, only, status, as_of, member, start, stop,
     support) = row  # fmt: skip
    return Statement(
        id=id_, document=document, chunk=chunk, kind=StatementKind(kind),
        about=Subject(subject, _words(part_of), _words(aliases)), value=value,
        places=_places(places), data=_words(data), conditions=_read(conditions),
        exceptions=_read(exceptions), negated=bool(negated), status=Status(status),
        as_of=_day(as_of), span=Span(start, stop), support=_spans(support),
        modality=Modality(modality), only=bool(only), member=_member(member), said=said,
    )  # fmt: skip


def _conditions(conditions: Iterable[Condition]) -> str:
    return json.dumps(
        [
            (c.text, c.span, c.term.value, c.negated, c.places, c.names,
             c.date.isoformat() if c.date else None, c.only, c.lead)
            for c in conditions
        ],
        ensure_ascii=False,
    )  # fmt: skip


@lru_cache(maxsize=2048)
def _read(stored: str) -> tuple[Condition, ...]:
    return tuple(
        Condition(
            text, Span(*span) if span else None, Term(term), negated, tuple(places), tuple(names),
            _day(stated), only, lead,
        )
        for text, span, term, negated, places, names, stated, only, lead in json.loads(stored)
    )  # fmt: skip


@lru_cache(maxsize=2048)
def _places(stored: str) -> tuple[PlacedAt, ...]:
    return tuple(
        PlacedAt(place, PlaceRole(role), Span(start, end))
        for place, role, start, end in json.loads(stored)
    )


def _member(stored: str | None) -> SetMembership | None:
    if stored is None:
        return None
    id_, title, position, size, openness, record = json.loads(stored)
    return SetMembership(id_, title, position, size, Openness(openness), record)


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


def _listed(words: Sequence[object]) -> str:
    return json.dumps(words, ensure_ascii=False)


@lru_cache(maxsize=2048)
def _words(stored: str) -> tuple[str, ...]:
    return tuple(json.loads(stored))


@lru_cache(maxsize=1024)
def _spans(stored: str) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in json.loads(stored))
