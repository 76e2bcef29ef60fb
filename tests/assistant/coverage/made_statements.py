"""Statements made by hand for tests: a text, its kind, and the roles of the places in it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

from assistant.app import Assistant
from assistant.coverage.placements import Placement, Stated, placements
from corpus.facts.types import PlacedAt, PlaceRole, Statement, StatementKind, Status, Subject
from corpus.places import Gazetteer
from corpus.types import Description, Span
from index.types import StoredDocument

SERVICE = "Harbour Ledger"


@dataclass
class Page:
    """A document while statements of it are written down."""

    gazetteer: Gazetteer
    text: str = ""

    def __post_init__(self) -> None:
        self.statements: list[Statement] = []

    def say(
        self,
        sentence: str,
        kind: StatementKind,
        roles: Mapping[str, PlaceRole] | None = None,
        *,
        heading: str = "",
        negated: bool = False,
        **more: Any,
    ) -> Page:
        """Add a statement; `roles` are by the words that name a place, in heading or sentence."""
        support: tuple[Span, ...] = ()
        if heading:
            support = (Span(len(self.text), len(self.text) + len(heading)),)
            self.text += heading + "\n"
        start = len(self.text)
        self.text += sentence + "\n"
        placed = tuple(
            PlacedAt(self.id(words), role, self._span(words, support, start))
            for words, role in (roles or {}).items()
        )
        given: dict[str, Any] = {
            "about": Subject(SERVICE),
            "data": (),
            "conditions": (),
            "exceptions": (),
            "status": Status.CURRENT,
            "as_of": None,
        }
        self.statements.append(
            Statement(
                id=f"statement-{len(self.statements)}",
                document="made-up",
                chunk="made-up#1",
                kind=kind,
                value=sentence,
                places=placed,
                negated=negated,
                span=Span(start, start + len(sentence)),
                support=support,
                **(given | more),
            )
        )
        return self

    def placements(self) -> tuple[Placement, ...]:
        """Return what the statements say of places."""
        return placements(
            Stated(self.statements, {"made-up": self.text}, {"made-up": SERVICE}, self.gazetteer)
        )

    def assistant(self) -> Assistant:
        """Return an assistant of which no more is there than its index of this document."""
        about = Description("made-up", "Where it is kept", SERVICE)
        index = SimpleNamespace(
            manifest=SimpleNamespace(id="made"),
            documents={"made-up": StoredDocument(about, self.text, "")},
            successors={},
            gazetteer=self.gazetteer,
            statements=lambda: tuple(self.statements),
        )
        return cast("Assistant", SimpleNamespace(reading=lambda: nullcontext(index)))

    def id(self, words: str) -> str:
        """Return the id of the place of a name."""
        place = self.gazetteer.named(words)
        assert place is not None, words
        return place.id

    def _span(self, words: str, support: tuple[Span, ...], start: int) -> Span:
        at = self.text.find(words, start)
        if at < 0 and support:
            at = self.text.index(words, support[0].start)
        assert at >= 0, words
        return Span(at, at + len(words))
