"""What holds for a tenant, as the rows that people read and export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

from assistant.app import Assistant
from assistant.tenant.types import Changed, Decided, Fact, Outcome, TenantCheck
from assistant.tenant.what_if import differences
from assistant.types import Profile
from assistant.understanding.services import service_of
from corpus.facts.wording import kind_words
from index.searching.reader import IndexReader
from ui.shared.cells import cell_text
from ui.shared.fact_rows import sentence_of


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A statement with what becomes of it; the fields are the columns, in order."""

    outcome: str
    """holds, does not hold, not known."""
    statement: str
    says: str
    """What kind of statement it is, in words."""
    data: tuple[str, ...]
    because: tuple[str, ...]
    """Words of the document that decide; empty where it is said without any condition."""
    decided_by: tuple[str, ...]
    """Facts of the profile that decide, or would."""
    limits: tuple[str, ...]
    """What it holds under beside what decides."""
    before: str
    """What became of it before a change; empty where nothing was changed."""
    service: str
    subject: str
    document: str
    title: str
    quote: str
    """Verbatim: `document.text[start:end]`."""
    start: int
    end: int
    because_start: int | None
    """Where the first of the deciding words stand; None where they were put together."""
    because_end: int | None
    source: str
    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class BesideRow:
    """A statement as two checks decide it."""

    first: CheckRow | None
    """None where it is of a service that the profile does not name."""
    second: CheckRow | None

    @property
    def row(self) -> CheckRow:
        """The statement itself, whose outcome is one of the two."""
        row = self.second or self.first
        if row is None:
            raise ValueError("neither check has the statement")
        return row

    @property
    def differs(self) -> bool:
        """Tell whether it ends otherwise."""
        return (
            self.first is None or self.second is None or self.first.outcome != self.second.outcome
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """How statements of one service, or about one kind of data, end."""

    of: str
    holds: int
    does_not_hold: int
    not_known: int


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """A check of one tenant as every front end shows it."""

    checked: TenantCheck
    """After the changes, where there are any."""
    rows: list[CheckRow]
    """Every statement; with changes those alone that they decide otherwise."""


def shown_check(
    assistant: Assistant, profile: Profile, changes: Sequence[str] = (), service: str = ""
) -> ShownCheck:
    """Check a tenant: what holds, or what changes in words ("buy X") would change.

    Raises ProfileError for a change that is not understood, UnknownFactFilter for a service that no
    document is about.
    """
    before, after = assistant.check_tenant(profile, changes, service)
    with assistant.reading() as index:
        if after is None:
            return ShownCheck(before, check_rows(before, index))
        return ShownCheck(after, changed_rows(differences(before, after), index))


def check_rows(checked: TenantCheck, index: IndexReader) -> list[CheckRow]:
    """Return a check as rows, by service and document."""
    rows = _merged(_row(one, "", index) for one in checked.decided)
    return sorted(rows, key=lambda one: (one.service, one.document, one.start))


def changed_rows(changed: Iterable[Changed], index: IndexReader) -> list[CheckRow]:
    """Return what a change decides otherwise, each with what it was before."""
    rows = (
        _row(one.after, one.before.outcome.value if one.before else "left out", index)
        for one in changed
    )
    return sorted(
        _merged(rows), key=lambda one: (one.outcome, one.service, one.document, one.start)
    )


def _merged(rows: Iterable[CheckRow]) -> list[CheckRow]:
    """Return rows that say the same of the same words as one: "stored; promised"."""
    found: dict[tuple[object, ...], CheckRow] = {}
    for row in rows:
        key = (row.document, row.start, row.end, row.statement, row.outcome, row.before)
        found[key] = _with(found.get(key), row) or row
    return list(found.values())


def beside_rows(first: TenantCheck, second: TenantCheck, index: IndexReader) -> list[BesideRow]:
    """Return two checks of the same documents side by side, by service and document."""
    sides = [{one.statement.id: _row(one, "", index) for one in check.decided}
             for check in (first, second)]  # fmt: skip
    found: dict[tuple[object, ...], BesideRow] = {}
    for id_ in dict.fromkeys((*sides[0], *sides[1])):
        beside = BesideRow(sides[0].get(id_), sides[1].get(id_))
        row, outcomes = beside.row, [one and one.outcome for one in (beside.first, beside.second)]
        key = (row.document, row.start, row.end, row.statement, *outcomes)
        known = found.get(key)
        found[key] = beside if known is None else BesideRow(
            _with(known.first, beside.first), _with(known.second, beside.second)
        )  # fmt: skip
    return sorted(
        found.values(), key=lambda one: (one.row.service, one.row.document, one.row.start)
    )


def _with(known: CheckRow | None, row: CheckRow | None) -> CheckRow | None:
    """Return a row that says what another one says of the same words too."""
    if known is None or row is None or row.says in known.says.split("; "):
        return known
    return replace(
        known,
        says=f"{known.says}; {row.says}",
        kind=f"{known.kind}; {row.kind}",
        data=tuple(dict.fromkeys((*known.data, *row.data))),
    )


def by_service(rows: Iterable[CheckRow]) -> list[Tally]:
    """Return how the statements of each service end."""
    return _tallies((row.service, row.outcome) for row in rows)


def by_data(rows: Iterable[CheckRow]) -> list[Tally]:
    """Return how the statements about each kind of data end; one may be about several."""
    return _tallies(
        (name, row.outcome)
        for row in rows
        for name in (dict.fromkeys(one.lower() for one in row.data) or ("(no kind of data named)",))
    )


def _tallies(pairs: Iterable[tuple[str, str]]) -> list[Tally]:
    counted: dict[str, Counter[str]] = {}
    for of, outcome in pairs:
        counted.setdefault(of, Counter())[outcome] += 1
    return [
        Tally(of, found[Outcome.HOLDS], found[Outcome.DOES_NOT], found[Outcome.NOT_KNOWN])
        for of, found in sorted(counted.items())
    ]


def _row(decided: Decided, before: str, index: IndexReader) -> CheckRow:
    statement = decided.statement
    document = index.documents[statement.document]
    deciding = decided.deciding
    span = deciding[0].requirement.span if deciding else None
    facts = (one.requirement.fact for one in deciding)
    others = (one.requirement.said for one in decided.weighed if one not in deciding)
    return CheckRow(
        outcome=decided.outcome.value,
        statement=sentence_of(statement),
        says=kind_words(statement.kind, negated=statement.negated),
        data=statement.data,
        because=tuple(dict.fromkeys(one.requirement.said for one in deciding)),
        decided_by=tuple(dict.fromkeys(one.value for one in facts if one is not Fact.NONE)),
        limits=tuple(dict.fromkeys((*others, *(one.text for one in statement.exceptions)))),
        before=before,
        service=service_of(document.about),
        subject=statement.about.name,
        document=statement.document,
        title=document.about.title,
        quote=statement.span.of(document.text),
        start=statement.span.start,
        end=statement.span.end,
        because_start=span.start if span else None,
        because_end=span.end if span else None,
        source=document.about.source,
        kind=statement.kind.value,
        id=statement.id,
    )


def table_cells(rows: Sequence[CheckRow]) -> list[list[str]]:
    """Return titles and cells of a workbook's sheet."""
    names = [one.name for one in fields(CheckRow)]
    titles = [name.replace("_", " ") for name in names]
    return [titles, *([cell_text(getattr(row, name)) for name in names] for row in rows)]
