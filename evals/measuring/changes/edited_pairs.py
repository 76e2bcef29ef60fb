"""Pairs of editions made by one edit each, and whether a comparison names the edit rightly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from random import Random

from assistant.changes.find_changes import find_changes
from assistant.changes.read_edition import EditionReader
from assistant.changes.types import Aspect, ChangeKind, Changes, Edition, Passage, StatementChange
from corpus.intake.sources import SourceFile, document_of
from corpus.places import Gazetteer
from corpus.types import BlockKind
from evals.measuring.changes.edits import EDITS

_PROSE = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.STEP, BlockKind.NOTE)
_SAYS_OTHERWISE = (ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.CHANGED, ChangeKind.MOVED)
_TRIES = 400


@dataclass(frozen=True, slots=True)
class EditedPair:
    """A document before and after one edit."""

    document: SourceFile
    edit: str
    kind: ChangeKind
    aspects: frozenset[Aspect]
    before: str
    after: str
    old: str
    """The sentence that was edited."""
    new: str


@dataclass(frozen=True, slots=True)
class Named:
    """An edit, and what a comparison calls it."""

    pair: EditedPair
    changes: Changes

    @property
    def called(self) -> tuple[StatementChange, ...]:
        """Changes that say that something else is said."""
        return self.changes.of(*_SAYS_OTHERWISE)

    @property
    def is_right(self) -> bool:
        """Tell whether the edit is named, and nothing else is."""
        called = self.called
        if self.pair.kind in (ChangeKind.WORDING, ChangeKind.REORDERED):
            quiet = self.changes.of(self.pair.kind, ChangeKind.TEXT)
            return not called and bool(quiet)
        if len(called) != 1 or called[0].kind is not self.pair.kind:
            return False
        return not self.pair.aspects or bool(self.pair.aspects & set(called[0].aspects))

    @property
    def is_false_alarm(self) -> bool:
        """Tell whether an edit that changes nothing of what is said is called a change."""
        return self.pair.kind is ChangeKind.WORDING and bool(self.called)


def edited_pairs(
    files: Sequence[SourceFile], count: int, seed: int, reader: EditionReader
) -> Iterator[EditedPair]:
    """Yield pairs, the kinds of edits and the documents in turn."""
    chance = Random(seed)  # noqa: S311 - nothing is kept secret by it
    texts = {file.path.name: file.path.read_text(encoding="utf-8") for file in files}
    editions = {file.path.name: _edition(file, texts[file.path.name], reader) for file in files}
    names = [*(edit.name for edit in EDITS), "order", "removed", "added"]
    made = 0
    for name in cycle(names):
        for _ in range(_TRIES):
            file = chance.choice(files)
            one = editions[file.path.name]
            pair = _pair(name, file, texts[file.path.name], one, chance, reader.gazetteer)
            if pair is not None:
                yield pair
                made += 1
                break
        if made >= count:
            return


def named(pair: EditedPair, reader: EditionReader) -> Named:
    """Compare the editions of a pair."""
    old, new = (_edition(pair.document, text, reader) for text in (pair.before, pair.after))
    return Named(pair, find_changes(old, new, reader.gazetteer))


def _edition(file: SourceFile, text: str, reader: EditionReader) -> Edition:
    return reader.edition(document_of(file, text.encode()), file.path.name)


def _pair(
    name: str, file: SourceFile, text: str, edition: Edition, chance: Random, gazetteer: Gazetteer
) -> EditedPair | None:  # fmt: skip
    stated = [one for one in edition.passages if one.statements and one.kind in _PROSE]
    if name == "order":
        return _reordered(file, text, edition, chance)
    one = chance.choice(stated)
    written = _written(one, edition)
    if text.count(written) != 1 or len(written.split()) < 5 or written[-1] not in ".":
        return None
    if name == "removed":
        kind, none = ChangeKind.REMOVED, frozenset[Aspect]()
        return EditedPair(file, name, kind, none, text, text.replace(written, ""), written, "")
    if name == "added":
        kind, none = ChangeKind.ADDED, frozenset[Aspect]()
        return EditedPair(file, name, kind, none, text.replace(written, ""), text, "", written)
    edit = next(edit for edit in EDITS if edit.name == name)
    after = edit.make(written, chance, gazetteer)
    if after is None or after == written:
        return None
    changed = text.replace(written, after)
    return EditedPair(file, name, edit.kind, edit.aspects, text, changed, written, after)


def _reordered(file: SourceFile, text: str, edition: Edition, chance: Random) -> EditedPair | None:
    """Exchange two passages that stand beside each other in one section."""
    passages = edition.passages
    at = chance.randrange(len(passages) - 1)
    one, other = passages[at], passages[at + 1]
    if one.section != other.section or one.kind is not other.kind or one.kind not in _PROSE:
        return None
    if not (one.statements and other.statements):
        return None
    first, second = _written(one, edition), _written(other, edition)
    both = re.compile(f"{re.escape(first)}(?P<between>[\\s*+-]{{0,8}}){re.escape(second)}")
    if len(both.findall(text)) != 1 or text.count(first) != 1 or text.count(second) != 1:
        return None
    swapped = both.sub(lambda found: f"{second}{found['between']}{first}", text)
    return EditedPair(
        file, "order", ChangeKind.REORDERED, frozenset(), text, swapped, first, second
    )


def _written(one: Passage, edition: Edition) -> str:
    return one.span.of(edition.text)
