"""Kept editions as what can be compared, and whether what came is the page at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from assistant.changes.pairing import paired
from assistant.changes.read_edition import EditionReader
from assistant.changes.remarks import is_another_page
from assistant.changes.types import Edition
from corpus.errors import DocumentError
from corpus.intake.addresses import stem
from corpus.intake.describe import Given
from corpus.intake.refetching.other_page import other_page
from corpus.intake.sources import SourceFile, document_of
from index.home.edition_store import EditionStore, Fresh, KeptEdition

_REMEMBERED = 8
"""Editions that are held as they were read: a page is judged and then compared."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is thought of something that was fetched."""

    stated: date | None
    """The date that it states; None where it states none or cannot be read."""
    why: str = ""
    """Why it is not taken for the page; empty where it is."""


@dataclass(slots=True)
class KeptReading:
    """Reads kept editions; each once while they are few."""

    store: EditionStore
    reader: Callable[[], EditionReader]
    """What reads; made when the first edition is read."""
    _known: dict[tuple[str, str], Edition] = field(default_factory=dict)

    def edition(self, kept: KeptEdition, given: Given, name: str) -> Edition:
        """Return a kept edition under a name; raise DocumentError where it cannot be read.

        What the user said of the document holds of it too, its date aside: that is of one edition.
        """
        key = (kept.address, kept.sha256)
        if key not in self._known:
            content = self.store.content(kept)
            self._know(key, self._read(kept.address, kept.suffix, content, given))
            if self._known[key].date != kept.stated:
                self.store.note_date(kept, self._known[key].date)
        return replace(self._known[key], name=name)

    def judge(self, fresh: Fresh, before: KeptEdition | None, given: Given) -> Judgement:
        """Tell what something that was fetched states, and whether it is the page at all."""
        try:
            new = self._read(fresh.address, fresh.suffix, fresh.content, given)
        except DocumentError as error:
            return Judgement(None, f"what came cannot be read ({error})")
        if before is None:
            return Judgement(new.date)
        why = other_page(
            self.store.content(before), before.final_url, fresh.content, fresh.final_url
        )
        if why or _is_another(self._old(before, given), new):
            return Judgement(
                new.date, why or "it looks like another page, such as one to sign in or of an error"
            )
        self._know((fresh.address, new.sha256), new)
        return Judgement(new.date)

    def _old(self, before: KeptEdition, given: Given) -> Edition | None:
        try:
            return self.edition(before, given, before.address)
        except DocumentError:
            # Nothing can be held against it: what came is all that there is.
            return None

    def _read(self, address: str, suffix: str, content: bytes, given: Given) -> Edition:
        name = stem(address) + suffix
        file = SourceFile(Path(name), name, replace(given, date=None))
        return self.reader().edition(document_of(file, content), address)

    def _know(self, key: tuple[str, str], edition: Edition) -> None:
        self._known[key] = edition
        for oldest in list(self._known)[:-_REMEMBERED]:
            del self._known[oldest]


def _is_another(old: Edition | None, new: Edition) -> bool:
    if old is None:
        return False
    pairs = paired(old.passages, new.passages).pairs
    return is_another_page(old, new, common=sum(len(pair.old) for pair in pairs))
