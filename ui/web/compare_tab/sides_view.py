"""What two services, places or documents say side by side; knows no Gradio."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.comparing.compare_sides import compare_sides
from assistant.understanding.services import service_of
from ui.comparisons.sides_named import side_named
from ui.errors import EditionError
from ui.exports.comparison_rows import SidesRow, SidesTable, sides_table, standing_words

if TYPE_CHECKING:
    from assistant.app import Assistant


class SideKind(StrEnum):
    """What is compared; the value is what settles it for `side_named`."""

    SERVICE = "service"
    PLACE = "place"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class SidesFilters:
    """Which rows are wanted; what is empty lets all pass."""

    standing: str = ""
    """In words, as a row tells it."""
    says: str = ""
    words: str = ""


class SidesView:
    """The comparisons of one served page; safe to share between threads."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def offered(self, kind: SideKind) -> list[tuple[str, str]]:
        """Return what can be compared, as it is shown and meant, by name."""
        with self._assistant.reading() as index:
            if kind is SideKind.DOCUMENT:
                found = [(one.about.title, one.id) for one in index.documents.values()]
                titles = Counter(title for title, _ in found)
                # Pages of one title are told apart by their ids.
                named = [(f"{title} ({id_})" if titles[title] > 1 else title, id_)
                         for title, id_ in found]  # fmt: skip
            elif kind is SideKind.SERVICE:
                named = [(one, one) for one in {service_of(about) for about in index.abouts} if one]
            else:
                ids = {id_ for fact in index.statements() for id_ in fact.place_ids}
                named = [(one, one) for one in {index.gazetteer.place(id_).name for id_ in ids}]
        return sorted(named, key=lambda pair: pair[0].casefold())

    def compared(self, kind: SideKind, first: str, second: str) -> SidesTable:
        """Return a comparison; raise EditionError for what is none of the kind, or says nothing."""
        if first == second:
            raise EditionError(f"{first}: is both sides. Choose two different ones")
        with self._assistant.reading() as index:
            sides = [side_named(f"{kind.value}:{name}", index) for name in (first, second)]
            if sides[0].name == sides[1].name:
                # Two pages of one title.
                sides = [replace(one, name=f"{one.name} ({name})")
                         for one, name in zip(sides, (first, second), strict=True)]  # fmt: skip
            found = compare_sides(sides[0], sides[1], index.gazetteer, index.encoder.encode)
            return sides_table(found, index)


def matching(sides: SidesTable, filters: SidesFilters, but: str = "") -> list[SidesRow]:
    """Return the rows that the filters let through, all but the one of a name."""
    words = filters.words.casefold().split()
    return [
        one
        for one in sides.rows
        if (but == "standing" or filters.standing in ("", standing_words(one, sides)))
        and (but == "says" or filters.says in ("", one.says))
        and all(word in _text(one) for word in words)
    ]


def left_by(sides: SidesTable, filters: SidesFilters) -> Mapping[str, Mapping[str, int]]:
    """Return how many rows each choice would leave with the other filters as they are."""
    return {
        "standing": Counter(
            standing_words(one, sides) for one in matching(sides, filters, "standing")
        ),
        "says": Counter(one.says for one in matching(sides, filters, "says")),
    }


def _text(row: SidesRow) -> str:
    facts = [one for one in (row.first, row.second) if one]
    return " ".join(f"{one.statement} {one.quote}" for one in facts).casefold()
