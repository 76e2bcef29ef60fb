"""The roles of places in sentences made up here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from corpus.facts.place_roles import role_at, role_under
from corpus.facts.types import PlaceRole, StatementKind
from corpus.language.parsing import parse_one
from corpus.language.propositions import propositions
from tests.corpus.facts.place_role_cases import CASES

_ROLES = {
    "rests": PlaceRole.RESTS, "processed": PlaceRole.PROCESSED, "goes": PlaceRole.GOES_TO,
    "from": PlaceRole.COMES_FROM, "choice": PlaceRole.CHOICE, "customer": PlaceRole.CUSTOMER,
    "seat": PlaceRole.SEAT, "out": PlaceRole.LEFT_OUT, "named": PlaceRole.NAMED,
}  # fmt: skip
_MARKED = re.compile(r"\[([^=\]]+)=(\w+)\]")


class Case(NamedTuple):
    """A sentence with its places in square brackets."""

    kind: StatementKind
    negated: bool
    marked: str

    @property
    def text(self) -> str:
        return _MARKED.sub(r"\1", self.marked)

    def expected(self) -> list[tuple[str, PlaceRole]]:
        return [(name, _ROLES[role]) for name, role in _MARKED.findall(self.marked)]

    def found(self) -> list[tuple[str, PlaceRole]]:
        parse = parse_one(self.text)
        said = propositions(parse)
        return [
            (self.text[start:end], role_at(parse, said, start, end, self.kind, self.negated))
            for start, end in self.spans()
        ]

    def spans(self) -> Iterator[tuple[int, int]]:
        taken = 0
        for match in _MARKED.finditer(self.marked):
            start = match.start() - taken
            yield start, start + len(match[1])
            taken += len(match[0]) - len(match[1])


def _cases() -> Iterator[Case]:
    for line in CASES.splitlines():
        head, _, marked = line.partition(" | ")
        kind, _, denied = head.strip().partition(" ")
        yield Case(StatementKind(kind), bool(denied), marked)


@pytest.mark.parametrize("case", list(_cases()), ids=lambda case: case.marked[:60])
def test_role_of_each_place(case: Case) -> None:
    assert case.found() == case.expected()
