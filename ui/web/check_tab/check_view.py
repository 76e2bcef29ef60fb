"""What the tab of tenants finds and offers, from the promises of the current index; knows no
Gradio.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from assistant.errors import ProfileError
from assistant.tenant.types import Fact, Outcome, Requirement, TenantCheck
from assistant.types import Profile
from assistant.understanding.services import service_of
from corpus.places import Gazetteer
from ui.exports.check_files import CheckOfTenant
from ui.shared.check_rows import BesideRow, CheckRow, Tally, beside_rows, by_data, by_service

if TYPE_CHECKING:
    from assistant.app import Assistant

STANDING = "Standing profile"
"""What the profile is called that holds for an owner's questions too."""
JUDGE = "a person has to judge"
"""What would decide where no fact of a profile does."""
NO_DATA = "(no kind of data named)"
_MOST_OFFERED = 300
_KEPT_CHECKS = 8


class Together(StrEnum):
    """What statements are shown together by; the value is what a reader chooses."""

    SERVICE = "service"
    DATA = "data"
    """Of the first kind that a statement names; others stand in its row."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is checked: tenants of one owner by their names, the standing one by an empty name."""

    owner: str
    profile: str = ""
    beside: str | None = None
    """Another tenant, shown beside; None for none."""
    changes: tuple[str, ...] = ()
    """In words, such as "buy X"; they leave out what they do not change."""


@dataclass(frozen=True, slots=True)
class CheckFilters:
    """Which statements are wanted; what is empty lets all pass."""

    outcome: str = ""
    """Of either tenant, where there are two."""
    service: str = ""
    data: str = ""
    fact: str = ""
    """What decides, or would."""
    words: str = ""
    every: bool = False
    """With two tenants: also what ends alike for both."""


class Column(NamedTuple):
    """A tenant, or a tenant after changes, as the head of a column."""

    title: str
    check: TenantCheck


@dataclass(frozen=True, slots=True)
class Found:
    """What was checked, before any filter."""

    columns: tuple[Column, ...]
    """One, or two that stand side by side."""
    rows: tuple[BesideRow, ...]
    """Of one column `first` is None in all of them."""
    changes: tuple[str, ...]

    @property
    def is_pair(self) -> bool:
        """Tell whether two checks stand side by side."""
        return len(self.columns) > 1


class _Known(NamedTuple):
    """For how long something that was found is so: another build, or another day, may say else."""

    build: str
    day: date


class Offered(NamedTuple):
    """What a profile, or a change of one, may name: it is what the documents ask for."""

    countries: tuple[str, ...]
    regions: tuple[str, ...]
    add_ons: tuple[str, ...]
    agreements: tuple[str, ...]
    features: tuple[str, ...]
    services: tuple[str, ...]

    @property
    def changes(self) -> tuple[str, ...]:
        """What can be changed, in the words that say so."""
        every = (
            ("buy", self.add_ons), ("move to", self.countries), ("choose", self.regions),
            ("sign", self.agreements), ("enable", self.features), ("use", self.services),
        )  # fmt: skip
        return tuple(f"{verb} {name}" for verb, names in every for name in names)


class CheckView:
    """The tenants of one served page; safe to share between threads."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._checked = lru_cache(maxsize=_KEPT_CHECKS)(self._check)
        self._offers = lru_cache(maxsize=1)(self._offer)

    def names(self, owner: str) -> tuple[str, ...]:
        """Return the names of the profiles that an owner keeps."""
        return tuple(self._assistant.tenants(owner))

    def profile(self, owner: str, name: str) -> Profile:
        """Return a profile; the standing one where the name is empty. Raises ProfileError."""
        if not name:
            return self._assistant.profile(owner) or Profile()
        kept = self._assistant.tenants(owner)
        if name not in kept:
            raise ProfileError(f"{name}: no profile of that name is kept. Choose another one")
        return kept[name]

    def keep(self, owner: str, name: str, profile: Profile) -> None:
        """Keep a profile by its name, the standing one by an empty name; raise ProfileError."""
        if name:
            self._assistant.kept.profiles.keep_named(owner, name, profile)
        else:
            self._assistant.keep_profile(owner, profile)

    def forget(self, owner: str, name: str) -> None:
        """Forget a profile; the standing one becomes empty. Raises ProfileError."""
        if not name:
            self._assistant.keep_profile(owner, Profile())
        elif not self._assistant.kept.profiles.remove_named(owner, name):
            raise ProfileError(f"{name}: no profile of that name is kept")

    def offered(self) -> Offered:
        """Return what profiles and changes may name."""
        return self._offers(self._assistant.index_id)

    def _offer(self, index_id: str) -> Offered:  # noqa: ARG002 - see `_Known`
        check, _ = self._assistant.check_tenant(Profile())
        required = [one.requirement for each in check.decided for one in each.weighed]
        with self._assistant.reading() as index:
            services = {service_of(about) for about in index.abouts}
            return Offered(
                _places(required, Fact.COUNTRY, index.gazetteer),
                _places(required, Fact.REGION, index.gazetteer),
                _names(required, Fact.ADD_ONS, Fact.LICENCES),
                _names(required, Fact.AGREEMENT),
                _names(required, Fact.FEATURES),
                _sorted(services),
            )

    def found(self, wanted: Wanted) -> Found:
        """Return what holds; raise ProfileError for a profile or a change that is none."""
        profile = self.profile(wanted.owner, wanted.profile)
        other = None if wanted.beside is None else self.profile(wanted.owner, wanted.beside)
        names = (wanted.profile or STANDING, (wanted.beside or STANDING) if other else "")
        return self._checked(
            _Known(self._assistant.index_id, datetime.now(UTC).date()),
            names,
            profile,
            other,
            () if other else wanted.changes,
        )

    def files(self, wanted: Wanted, filters: CheckFilters) -> list[CheckOfTenant]:
        """Return what the filters let through as `residency check` writes it."""
        found = self.found(wanted)
        rows = filtered(found, filters)
        profile = self.profile(wanted.owner, wanted.profile)
        if wanted.beside is not None:
            other = self.profile(wanted.owner, wanted.beside)
            return [
                _of_tenant(found.columns[0], profile, [one.first for one in rows if one.first]),
                _of_tenant(found.columns[1], other, [one.second for one in rows if one.second]),
            ]
        told = [
            replace(one.second, before=one.first.outcome if one.first else "left out")
            if found.is_pair else one.second
            for one in rows if one.second
        ]  # fmt: skip
        name = wanted.profile or STANDING
        made = _of_tenant(found.columns[-1], profile, told)
        return [replace(made, name=name, changes=found.changes)]

    def _check(
        self,
        known: _Known,  # noqa: ARG002 - see there
        names: tuple[str, str],
        profile: Profile,
        other: Profile | None,
        changes: tuple[str, ...],
    ) -> Found:
        before, after = self._assistant.check_tenant(profile, changes)
        if other is not None:
            after, _ = self._assistant.check_tenant(other)
        first, title = Column(names[0], before), names[1] or f"With: {'; '.join(changes)}"
        with self._assistant.reading() as index:
            if after is None:
                # A check beside itself: its rows are merged as those of two are.
                rows = beside_rows(before, before, index)
                return Found((first,), tuple(BesideRow(None, one.second) for one in rows), ())
            rows = beside_rows(before, after, index)
            if other is None:
                rows = [one for one in rows if one.differs and one.second]
            return Found((first, Column(title, after)), tuple(rows), changes)


def filtered(found: Found, filters: CheckFilters, but: str = "") -> list[BesideRow]:
    """Return the rows that the filters let through, all but the one of a name."""
    words = filters.words.casefold().split()
    passes: dict[str, Callable[[BesideRow], bool]] = {
        "outcome": lambda one: not filters.outcome or filters.outcome in outcomes_of(one),
        "service": lambda one: filters.service in ("", one.row.service),
        "data": lambda one: not filters.data or filters.data in data_of(one.row),
        "fact": lambda one: not filters.fact or filters.fact in facts_of(one),
        "words": lambda one: all(word in _text_of(one).casefold() for word in words),
        "every": lambda one: filters.every or not found.is_pair or one.differs,
    }
    asked = [test for name, test in passes.items() if name != but]
    return [one for one in found.rows if all(test(one) for test in asked)]


def leaves(found: Found, filters: CheckFilters) -> Mapping[str, Mapping[str, int]]:
    """Return how many statements each choice would leave with the other filters as they are."""
    values: dict[str, Callable[[BesideRow], set[str]]] = {
        "outcome": outcomes_of,
        "service": lambda one: {one.row.service},
        "data": lambda one: set(data_of(one.row)),
        "fact": facts_of,
    }
    return {
        name: Counter(value for one in filtered(found, filters, name) for value in of(one))
        for name, of in values.items()
    }


def tallies(
    found: Found, rows: Iterable[BesideRow], together: Together
) -> list[tuple[str, list[Tally]]]:
    """Return how the statements of each group that has one of the rows end, by column."""
    count = by_service if together is Together.SERVICE else by_data
    columns = [
        {one.of: one for one in count([row for row in rows_of if row])}
        for rows_of in _columns(found)
    ]
    shown = {name for one in rows for name in groups_of(one.row, together)}
    return [
        (name, [one.get(name, Tally(name, 0, 0, 0)) for one in columns])
        for name in sorted(shown, key=str.casefold)
    ]


def groups_of(row: CheckRow, together: Together) -> tuple[str, ...]:
    """Return what a statement is told under; it stands below the first."""
    return (row.service,) if together is Together.SERVICE else data_of(row)


def outcomes_of(one: BesideRow) -> set[str]:
    """Return how a statement ends, for either tenant."""
    return {row.outcome for row in (one.first, one.second) if row}


def facts_of(one: BesideRow) -> set[str]:
    """Return what of a profile decides, or would, for either tenant."""
    found: set[str] = set()
    for row in (one.first, one.second):
        if row is not None:
            found.update(row.decided_by)
            if row.outcome == Outcome.NOT_KNOWN and not row.decided_by:
                found.add(JUDGE)
    return found


def data_of(row: CheckRow) -> tuple[str, ...]:
    """Return the kinds of data that a statement is about, as `by_data` counts them."""
    return tuple(dict.fromkeys(one.lower() for one in row.data)) or (NO_DATA,)


def missing_facts(found: Found) -> list[tuple[str, int]]:
    """Return what would decide what is not known, by how many statements; of the last column."""
    counts = Counter(
        fact
        for one in found.rows
        if one.second and one.second.outcome == Outcome.NOT_KNOWN
        for fact in one.second.decided_by or (JUDGE,)
    )
    return sorted(counts.items(), key=lambda pair: (pair[0] == JUDGE, -pair[1], pair[0]))


def _columns(found: Found) -> list[list[CheckRow | None]]:
    second = [one.second for one in found.rows]
    return [[one.first for one in found.rows], second] if found.is_pair else [second]


def _text_of(one: BesideRow) -> str:
    return " ".join((one.row.statement, one.row.quote, *one.row.because, one.row.title))


def _of_tenant(column: Column, profile: Profile, rows: Sequence[CheckRow]) -> CheckOfTenant:
    return CheckOfTenant(column.title, profile, rows, column.check.unknown, column.check.left_out)


def _places(required: Iterable[Requirement], fact: Fact, gazetteer: Gazetteer) -> tuple[str, ...]:
    ids = {id_ for one in required if one.fact is fact for id_ in one.places}
    wanted = "country:" if fact is Fact.COUNTRY else ""
    return _sorted(gazetteer.place(id_).name for id_ in ids if id_.startswith(wanted))


def _names(required: Iterable[Requirement], *facts: Fact) -> tuple[str, ...]:
    known: dict[str, str] = {}
    for one in required:
        if one.fact in facts:
            for name in one.names:
                known.setdefault(name.casefold(), name)
    return _sorted(known.values())


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({one for one in names if one}, key=str.casefold)[:_MOST_OFFERED])
