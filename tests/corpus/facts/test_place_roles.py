"""The roles of places in sentences made up here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from corpus.facts.arguments.place_roles import firm, role_at, role_under
from corpus.facts.types import PlaceRole, StatementKind
from corpus.language.parsing import parse_one
from corpus.language.propositions import propositions

# A line each: kind, "!" where the statement is denied, and the sentence with its places.
CASES = Path(__file__).with_name("place_roles.txt").read_text(encoding="utf-8")
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


@pytest.mark.parametrize(
    ("title", "kind", "role"),
    [
        ("Stored in", StatementKind.MEMBER, PlaceRole.RESTS),
        ("Data storage location", StatementKind.STORED, PlaceRole.RESTS),
        ("Location", StatementKind.STORED, PlaceRole.RESTS),
        ("Location", StatementKind.PROCESSED, PlaceRole.PROCESSED),
        ("Location", StatementKind.DEFINED, PlaceRole.SEAT),
        ("Processing location", StatementKind.MEMBER, PlaceRole.PROCESSED),
        ("Storage and processing", StatementKind.PROCESSED, PlaceRole.PROCESSED),
        ("Storage and processing", StatementKind.STORED, PlaceRole.RESTS),
        ("Backup region", StatementKind.REPLICATED, PlaceRole.GOES_TO),
        ("Primary region", StatementKind.REPLICATED, PlaceRole.COMES_FROM),
        ("Disaster recovery site", StatementKind.STORED, PlaceRole.GOES_TO),
        ("Source", StatementKind.MOVED, PlaceRole.COMES_FROM),
        ("Headquarters", StatementKind.MEMBER, PlaceRole.SEAT),
        ("Country of establishment", StatementKind.PROCESSED, PlaceRole.SEAT),
        ("Company country", StatementKind.STORED, PlaceRole.SEAT),
        ("Entity location", StatementKind.PROCESSED, PlaceRole.SEAT),
        ("Registered office", StatementKind.PROCESSED, PlaceRole.SEAT),
        ("Sub-processor location", StatementKind.DEFINED, PlaceRole.SEAT),
        ("Customer country", StatementKind.STORED, PlaceRole.CUSTOMER),
        ("Billing country", StatementKind.STORED, PlaceRole.CUSTOMER),
        ("Available regions", StatementKind.STORED, PlaceRole.CHOICE),
        ("Region", StatementKind.MEMBER, PlaceRole.CHOICE),
        ("Excluded regions", StatementKind.MEMBER, PlaceRole.LEFT_OUT),
        ("Not available in", StatementKind.MEMBER, PlaceRole.LEFT_OUT),
        ("You can choose between these regions:", StatementKind.MEMBER, PlaceRole.CHOICE),
        ("Messages are stored in:", StatementKind.MEMBER, PlaceRole.RESTS),
        ("Copies are sent to the following places:", StatementKind.MEMBER, PlaceRole.GOES_TO),
        ("We support customers in the following countries:", StatementKind.MEMBER,
         PlaceRole.CUSTOMER),
        ("Pingo is not available in:", StatementKind.NOT_SUPPORTED, PlaceRole.LEFT_OUT),
        ("Purpose", StatementKind.PROCESSED, None),
        ("", StatementKind.STORED, None),
    ],
)  # fmt: skip
def test_role_below_a_title(title: str, kind: StatementKind, role: PlaceRole | None) -> None:
    assert role_under(title, kind) is role


@pytest.mark.parametrize(
    ("text", "kind", "role"),
    [
        ("Consumers who reside in Peru may object.", StatementKind.DEFINED, PlaceRole.NAMED),
        ("Mail is stored in Peru.", StatementKind.STORED, PlaceRole.RESTS),
        ("Buckets can be kept in Peru.", StatementKind.STORED, PlaceRole.CHOICE),
        ("For example, mail is kept in Peru.", StatementKind.STORED, PlaceRole.NAMED),
        ("Nothing that rests in Peru is deleted.", StatementKind.RETAINED, PlaceRole.NAMED),
        ("Our models are supported in Peru.", StatementKind.PROCESSED, PlaceRole.NAMED),
        ("We support the option of hosting mail in Peru.", StatementKind.STORED, PlaceRole.CHOICE),
        ("You may live here, but keep your mail in Peru.", StatementKind.STORED, PlaceRole.CHOICE),
        ("Mail may be kept in Peru.", StatementKind.STORED, PlaceRole.RESTS),
        ("Tern Ltd has its registered office in Peru.", StatementKind.STORED, PlaceRole.SEAT),
        ("It is registered in the Trade Register kept by the court in Peru.", StatementKind.STORED,
         PlaceRole.SEAT),
        ("We process data as Regulation (Peru) 2016/679 asks.", StatementKind.PROCESSED,
         PlaceRole.NAMED),
        ("The app runs on Peru clouds.", StatementKind.PROCESSED, PlaceRole.NAMED),
        ("The app runs on Peru servers.", StatementKind.STORED, PlaceRole.RESTS),
        ("The job runs in the Peru multi-region.", StatementKind.STORED, PlaceRole.RESTS),
        ("Without any Peru reservation, the job is run on demand.", StatementKind.PROCESSED,
         PlaceRole.NAMED),
        ("It applies to visitors and others who reside in Peru.", StatementKind.EXCLUDED,
         PlaceRole.NAMED),
        ("Your company needs to store mail in Peru.", StatementKind.STORED, PlaceRole.NAMED),
        ("We need to store mail in Peru.", StatementKind.STORED, PlaceRole.RESTS),
        ("If you need your mail to remain within Peru, tell us.", StatementKind.STORED,
         PlaceRole.NAMED),
        ("We cannot guarantee that mail will stay in Peru.", StatementKind.STORED,
         PlaceRole.NAMED),
        ("The law does not require mail to stay in Peru.", StatementKind.STORED, PlaceRole.NAMED),
        ("Some customers may require that their mail remain within Peru.", StatementKind.REQUIRED,
         PlaceRole.NAMED),
        ("It is considered to be important to Peru.", StatementKind.MOVED, PlaceRole.NAMED),
    ],
)  # fmt: skip
def test_data_is_in_a_place_only_as_far_as_it_is_said(
    text: str, kind: StatementKind, role: PlaceRole
) -> None:
    tree = parse_one(text)
    said = propositions(tree)
    at = text.index("Peru")
    denied = said[0].negated
    told = firm(PlaceRole.RESTS, tree, said, at, said[0], kind, negated=denied)
    assert told is role
