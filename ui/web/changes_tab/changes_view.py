"""What changed between two editions, of the index or uploaded; knows no Gradio."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from assistant.changes.find_changes import find_changes
from assistant.changes.read_edition import EditionReader, edition_of_document
from assistant.changes.types import Edition
from corpus.intake.sources import SourceFile, read_document
from corpus.places import Gazetteer
from index.encoding.chunk_encoder import ChunkEncoder
from index.home.paths import PLACES
from index.types import StoredDocument
from ui.errors import EditionError
from ui.exports.change_rows import (
    KIND_WORDS,
    ChangeRow,
    ComparedRow,
    compared_row,
    differs_words,
    is_quiet,
)
from ui.shared.terminal_text import dated

if TYPE_CHECKING:
    from assistant.app import Assistant

_LONGEST = 300_000
"""Characters of a text that is compared here: this process serves all who ask."""
_WORDS = {kind.value: words for kind, words in KIND_WORDS.items()}


class EditionChoice(NamedTuple):
    """An edition that can be chosen."""

    shown: str
    id: str
    """Of a document of the index."""


@dataclass(frozen=True, slots=True)
class Named:
    """An edition as a visitor names it: a file, else a document of the index."""

    document: str = ""
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class ShownEditions:
    """Two editions that were compared, and where their passages can be read."""

    row: ComparedRow
    old: Named
    new: Named
    old_text: str
    """What the spans of an uploaded file slice; empty for a document, which can be opened."""
    new_text: str


@dataclass(frozen=True, slots=True)
class ChangeFilters:
    """Which changes are wanted; what is empty lets all pass."""

    kind: str = ""
    """In words, as a row tells it."""
    severity: str = ""
    words: str = ""


class ChangesView:
    """The comparisons of editions of one served page; safe to share between threads."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._reading = threading.Lock()

    def editions(self) -> list[EditionChoice]:
        """Return the editions that can be chosen, those of one title together, the newest first."""
        return [
            EditionChoice(f"{dated(one.about.date)} · {one.about.title} ({one.id})", one.id)
            for one in sorted(self._assistant.documents, key=_by_title)
        ]

    def compared(self, old: Named, new: Named) -> ShownEditions:
        """Return what changed; raise EditionError or DocumentError for what is no edition."""
        for one, side in ((old, "before"), (new, "now")):
            if not one.file and not one.document:
                raise EditionError(f"{side}: no edition is chosen. Choose a document, or a file")
        if old.document == new.document and not old.file and not new.file:
            raise EditionError(
                f"{old.document}: is both editions. Choose another document, or a file"
            )
        # Files are read one comparison at a time: reading takes the processor for seconds.
        with self._reading, closing(Gazetteer(self._places)) as gazetteer:
            editions = [self._edition(one, gazetteer) for one in (old, new)]
            found = find_changes(editions[0], editions[1], gazetteer)
        texts = [edition.text if one.file else "" for edition, one in
                 zip(editions, (old, new), strict=True)]  # fmt: skip
        return ShownEditions(compared_row(found), old, new, texts[0], texts[1])

    @property
    def _places(self) -> Path:
        return self._assistant.home().current() / PLACES

    @cached_property
    def _encoder(self) -> ChunkEncoder:
        return ChunkEncoder()

    def _edition(self, one: Named, gazetteer: Gazetteer) -> Edition:
        if one.file is not None:
            source = SourceFile(one.file, one.file.name)
            reader = EditionReader(gazetteer, self._encoder.encode)
            return reader.edition(read_document(source, longest=_LONGEST), one.file.name)
        with self._assistant.reading() as index:
            if one.document not in index.documents:
                raise EditionError(f"{one.document}: no such document. Choose another one")
            return edition_of_document(one.document, index)


def _by_title(one: StoredDocument) -> tuple[str, int, str]:
    day = one.about.date
    return one.about.title.casefold(), -day.toordinal() if day else 0, one.id


def loud(shown: ShownEditions, filters: ChangeFilters, but: str = "") -> list[ChangeRow]:
    """Return the changes that say something else and that the filters let through, all but the one
    of a name.
    """
    words = filters.words.casefold().split()
    return [
        one
        for one in shown.row.changes
        if not is_quiet(one)
        and (but == "kind" or filters.kind in ("", kind_shown(one)))
        and (but == "severity" or filters.severity in ("", one.severity))
        and all(word in _text(one) for word in words)
    ]


def quiet(shown: ShownEditions) -> Sequence[ChangeRow]:
    """Return what says the same in other words, and text that states nothing."""
    return [one for one in shown.row.changes if is_quiet(one)]


def changes_left(shown: ShownEditions, filters: ChangeFilters) -> Mapping[str, Mapping[str, int]]:
    """Return how many changes each choice would leave with the other filters as they are."""
    return {
        "kind": Counter(kind_shown(one) for one in loud(shown, filters, "kind")),
        "severity": Counter(one.severity for one in loud(shown, filters, "severity")),
    }


def kind_shown(change: ChangeRow) -> str:
    """Return what became of a passage, in words."""
    return _WORDS[change.kind]


def _text(change: ChangeRow) -> str:
    sides = " ".join(one.text for one in (*change.old, *change.new))
    return f"{sides} {differs_words(change.differences)}".casefold()
