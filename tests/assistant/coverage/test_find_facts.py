"""Which statements each filter finds, of a table that is written down here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

import pytest

from assistant.coverage.find_facts import RELATIONS, FactFilters, find_facts, roles
from assistant.errors import UnknownFactFilter
from corpus.facts.types import (
    Condition,
    Modality,
    PlacedAt,
    PlaceRole,
    Statement,
    StatementKind,
    Status,
    Subject,
    Term,
)
from corpus.places import Gazetteer
from corpus.types import Description, Span
from index.searching.reader import IndexReader
from index.types import Abouts, StoredDocument

K, R = StatementKind, PlaceRole
NORWAY, GERMANY, JAPAN, EU, EUROPE = (
    "country:NO", "country:DE", "country:JP", "group:European Union", "group:Europe",
)  # fmt: skip
PLAIN = Statement(
    "", "tern", "", K.STORED, Subject("Tern Mail"), "", (), (), (), (), False, Status.CURRENT,
    date(2024, 2, 29), Span(0, 0),
)  # fmt: skip


def at(*places: tuple[str, PlaceRole]) -> tuple[PlacedAt, ...]:
    return tuple(PlacedAt(place, role, Span(0, 0)) for place, role in places)


TABLE = (
    replace(PLAIN, id="rests", places=at((NORWAY, R.RESTS), (GERMANY, R.CUSTOMER)),
            data=("shared mailboxes",), conditions=(
                Condition("the tenant is in the country", term=Term.SIGNED_UP, places=(GERMANY,)),
            )),
    replace(PLAIN, id="denied", places=at((GERMANY, R.RESTS)), negated=True,
            modality=Modality.MAY),
    replace(PLAIN, id="goes", kind=K.MOVED, places=at((JAPAN, R.GOES_TO)),
            about=Subject("archiving", ("Tern Vault",), ("TV",)),
            conditions=(Condition("Tern Vault", term=Term.HAS, negated=True),)),
    replace(PLAIN, id="offered", places=at((EUROPE, R.CHOICE), (JAPAN, R.LEFT_OUT)),
            status=Status.PLANNED, exceptions=(Condition("drafts and receipts"),)),
    replace(PLAIN, id="seat", kind=K.DEFINED, places=at((NORWAY, R.SEAT)), document="harbour",
            about=Subject("Larkmoor AS")),
    replace(PLAIN, id="named", kind=K.MEMBER, places=at((NORWAY, R.NAMED)), document="harbour",
            about=Subject("")),
    replace(PLAIN, id="none", kind=K.RETAINED, value="30 days", said="Audit logs: 30 days"),
)  # fmt: skip


@dataclass
class Made:
    """An index with a table of its own."""

    table: Sequence[Statement]
    gazetteer: Gazetteer
    text: str = ""
    """Of every document."""

    @property
    def documents(self) -> dict[str, StoredDocument]:
        return {one.id: StoredDocument(one, self.text, "") for one in self.abouts}

    @property
    def abouts(self) -> Abouts:
        return Abouts(
            (
                Description("harbour", "Harbour Files in Norway", "Harbour Files"),
                Description("tern", "Tern Mail", "Tern Mail"),
            )
        )

    def statements(
        self, document: str | None = None, kind: StatementKind | None = None
    ) -> tuple[Statement, ...]:
        return tuple(
            one
            for one in self.table
            if document in (None, one.document) and kind in (None, one.kind)
        )


@pytest.fixture
def index(gazetteer: Gazetteer) -> IndexReader:
    return cast(IndexReader, Made(TABLE, gazetteer))


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        # By default a place counts in every role but the customer's, and a seat where one is told.
        ({"place": "Norway"}, "rests offered seat named"),
        ({"place": "Germany"}, "denied offered"),
        ({"place": "Norway", "role": "any"}, "rests offered seat named"),
        ({"place": "Norway", "role": "rests"}, "rests"),
        ({"place": "Norway", "role": "seat"}, "seat"),
        ({"place": "Germany", "role": "Customer"}, "rests"),
        ({"place": "Germany", "role": "of the customer"}, "rests"),
        ({"place": "Japan", "role": "goes to"}, "goes"),
        ({"place": "Japan", "role": "left out"}, "offered"),
        ({"role": "offered"}, "offered"),
        ({"role": "named"}, "named"),
        # In: what lies in it and what contains it. Within: the former alone.
        ({"place": "Europe"}, "rests denied offered seat named"),
        ({"place": "Oslo"}, "rests offered seat named"),
        ({"place": "Norway", "relation": "within"}, "rests seat named"),
        ({"place": "European Union", "relation": "within"}, "denied"),
        ({"place": "European Union", "relation": "outside"}, "rests goes offered seat named"),
        ({"place": "European Union", "relation": "outside", "role": "rests"}, "rests"),
        ({"place": "European Union", "relation": "overlapping"}, "offered"),
        ({"place": "Europe", "relation": "outside"}, "goes offered"),
        ({"place": "Norway", "relation": "Overlapping"}, "offered"),
    ],
)  # fmt: skip
def test_places_are_found_by_role_and_relation(
    index: IndexReader, filters: FactFilters, ids: str
) -> None:
    assert [one.id for one in find_facts(index, **filters)] == [
        one.id for one in TABLE if one.id in ids.split()
    ]


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({"service": "Tern Mail"}, "rests denied goes offered none"),
        ({"service": "tern vault"}, "goes"),
        ({"service": "TV"}, "goes"),
        ({"service": "Harbour Files"}, "seat named"),
        ({"service": "Larkmoor"}, "seat"),
        ({"kind": "stored"}, "rests denied offered"),
        ({"kind": "is not stored"}, "denied"),
        ({"kind": "how long kept"}, "none"),
        ({"data": "mailbox"}, "rests"),
        ({"condition": "signed up in"}, "rests"),
        ({"condition": "signed_up"}, "rests"),
        ({"condition": "has"}, "goes"),
        ({"condition": "tenant germany"}, "rests"),
        ({"condition": "without Tern"}, "goes"),
        ({"condition": "drafts"}, "offered"),
        ({"condition": "in preview"}, ""),
        ({"status": "planned"}, "offered"),
        ({"words": "audit"}, "none"),
        ({"words": "vault"}, "goes"),
        ({"document": "harbour", "kind": "defined"}, "seat"),
        ({"place": "Norway", "data": "mailbox", "kind": "moved"}, ""),
        ({"service": None, "place": "", "role": None}, " ".join(one.id for one in TABLE)),
    ],
)
def test_names_kinds_data_and_conditions_narrow(
    index: IndexReader, filters: FactFilters, ids: str
) -> None:
    assert {one.id for one in find_facts(index, **filters)} == set(ids.split())


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        ({"place": "Qwxzburg"}, "Qwxzburg: no place"),
        (
            {"role": "sleeps"},
            f"sleeps: no such role of a place. Choose one of {', '.join(roles())}",
        ),
        ({"place": "Norway", "relation": "near"}, f"Choose one of {', '.join(RELATIONS)}"),
        ({"relation": "within"}, "within: a relation to no place. Give a place too"),
        ({"kind": "sorted"}, "stored, is not stored, processed"),
        ({"kind": "sorted"}, "determined_by"),
        ({"data": "zebras"}, "Known are mailboxes"),
        ({"condition": "zebras"}, "signed up in, is in, chose"),
        ({"status": "eternal"}, "current, temporary"),
        ({"document": "none"}, "harbour, tern"),
        ({"service": "Zorro"}, "Harbour Files, Tern Mail"),
    ],
)
def test_what_names_nothing_is_refused_with_what_is_known(
    index: IndexReader, filters: FactFilters, told: str
) -> None:
    with pytest.raises(UnknownFactFilter) as refused:
        find_facts(index, **filters)
    assert told in str(refused.value)


def test_a_long_list_of_what_is_known_says_how_much_is_left_out(index: IndexReader) -> None:
    made = cast(Made, index)
    made.table = [replace(PLAIN, id=str(n), data=(f"log{n:02}",)) for n in range(45)]
    with pytest.raises(UnknownFactFilter, match=r"log39 and 5 more$"):
        find_facts(index, data="zebras")
