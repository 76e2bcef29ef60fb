"""Statements come back from the catalogue as they were, with all that one may have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import given, settings
from hypothesis import strategies as st

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
from corpus.types import Description, Document, Span
from index.stores.catalog import Catalog
from index.stores.catalog_writer import CatalogWriter
from index.types import Prepared

OFFSETS = st.integers(0, 2**40)
FULL = Statement(
    id="s1", document="tern", chunk="c1", kind=StatementKind.DETERMINED_BY,
    about=Subject("Mailboxes", ("Tern Mail", "Tern Suite"), ("Post\tboxes",)), value="Où; \ud7ff",
    places=(PlacedAt("country:NO", PlaceRole.CHOICE, Span(1, 7)),
            PlacedAt("country:NO", PlaceRole.LEFT_OUT, Span(9, 12))),
    data=("mail, calendars", "[]"),
    conditions=(Condition("you sign up", Span(3, 4), Term.SIGNED_UP, True, ("country:DE",),
                          ("Tern Vault",), date(2024, 2, 29), True, "only if"), Condition("")),
    exceptions=(Condition("drafts"),), negated=True, status=Status.PAST, as_of=date(1999, 12, 31),
    span=Span(3, 40), support=(Span(0, 2), Span(50, 60)), modality=Modality.MAY, only=True,
    member=SetMembership("m", "Regions", 2, 14, Openness.CLOSED, "r3"),
    said="Mailboxes may be stored in Norway.",
)  # fmt: skip


def anything(kind: Any) -> st.SearchStrategy[Any]:
    """Return values of a type with every field drawn, those with defaults too."""
    if kind is Span:
        return st.builds(Span, OFFSETS, OFFSETS)
    if kind is int:
        return OFFSETS
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return st.builds(kind, **{one.name: anything(hints[one.name]) for one in fields(kind)})
    if get_origin(kind) is tuple:
        return st.lists(anything(get_args(kind)[0]), max_size=3).map(tuple)
    if isinstance(kind, UnionType):
        return st.one_of(*map(anything, get_args(kind)))
    strategy: st.SearchStrategy[Any] = st.from_type(kind)
    return strategy


def stored(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Return statements as a catalogue that they were written to has them."""
    about = Description("tern", "Tern Mail", "Tern Mail")
    document = Document(about, "", "", (), ())
    prepared = Prepared(document, "", (), (), tuple(statements), (), True, ())
    with TemporaryDirectory() as folder:
        path = Path(folder, "catalog")
        writer = CatalogWriter(path)
        writer.add(prepared)
        writer.close()
        catalog = Catalog(path)
        found = catalog.statements()
        catalog.close()
    return found


def by_id(statements: Iterable[Statement]) -> dict[str, Statement]:
    return {one.id: one for one in statements}


@settings(max_examples=40, deadline=None)
@given(st.lists(anything(Statement), min_size=1, max_size=4, unique_by=lambda one: one.id))
def test_every_statement_comes_back(statements: list[Statement]) -> None:
    assert by_id(stored(statements)) == by_id(statements)


def test_every_field_comes_back() -> None:
    assert stored([FULL]) == (FULL,)
    for kind, value in (
        (Statement, FULL), (Condition, FULL.conditions[0]), (SetMembership, FULL.member),
    ):  # fmt: skip
        defaults = kind.__dataclass_fields__
        unset = [name for name, one in defaults.items() if getattr(value, name) == one.default]
        assert unset == [], "a field that is not set here is not tested"
