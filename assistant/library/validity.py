"""Whether an approved answer still holds: its passages against today's documents, and its date.

A passage holds as long as its document has the same sentence, row or item, wherever it stands now,
read with the same lead-in and the same column titles. What is compared is what `settled` leaves:
white space, formatting, kinds of quotes and dashes do not count; every word, number and full stop
does. A passage that moved under headings of another place or service says something else.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.library.grounds_sought import ground_of, read_with
from assistant.library.types import Cause, Entry, Ground, Void, settled
from assistant.understanding.services import services_named
from corpus.types import Chunk
from index.searching.reader import IndexReader
from index.types import StoredDocument

_SHOWN = 100


def why_void(entry: Entry, index: IndexReader, today: dt.date) -> tuple[Void, ...]:
    """Return every reason for which an approved answer is not given any more; none if it holds."""
    found = [void for one in entry.approval.grounds for void in _of_ground(one, index)]
    if entry.approval.review <= today:
        said = f"it was to be reviewed by {entry.approval.review.isoformat()}"
        found.append(Void(Cause.DUE, said))
    return tuple(dict.fromkeys(found))


def standing_today(ground: Ground, index: IndexReader) -> Ground | None:
    """Return where a passage stands in today's documents, None where it does not."""
    document = index.documents.get(ground.document)
    if document is None:
        return None
    if _is_untouched(ground, document):
        return ground
    wanted, led = settled(ground.quote), settled(ground.read_with)
    every = index.catalog.between(ground.document, 0, len(document.text))
    same = [one for one in every if settled(one.text) == wanted]
    fitting = [one for one in same if settled(read_with(one)) == led]
    if fitting:
        return ground_of(_nearest(fitting, ground), index)
    return _bare_today(ground, document) if not ground.read_with and not same else None


def _of_ground(ground: Ground, index: IndexReader) -> Iterator[Void]:
    named = f"“{ground.title}”"
    document = index.documents.get(ground.document)
    if document is None:
        yield Void(Cause.AWAY, f"{named} ({ground.document}) is not indexed any more", ground)
        return
    successor = index.successors.get(ground.document)
    if successor is not None:
        newer = index.documents[successor].about.title
        yield Void(Cause.SUPERSEDED, f"{named} is superseded by “{newer}”", ground)
    now = standing_today(ground, index)
    if now is None:
        yield Void(Cause.CHANGED, f"{named} does not say “{_short(ground.quote)}” any more", ground)
    elif _named_above(now, index) != _named_above(ground, index):
        said = f"“{_short(ground.quote)}” stands under “{now.under}” now, not “{ground.under}”"
        yield Void(Cause.ELSEWHERE, said, ground)


def _is_untouched(ground: Ground, document: StoredDocument) -> bool:
    """Tell without a look at the passages whether nothing of a file has changed."""
    stands = document.text[ground.start : ground.end] == ground.quote
    return document.sha256 == ground.edition and stands


def _nearest(chunks: list[Chunk], ground: Ground) -> Chunk:
    """Return the passage under the same headings, of several the one that moved least."""
    return min(
        chunks,
        key=lambda one: (" > ".join(one.path) != ground.under, abs(one.span.start - ground.start)),
    )


def _bare_today(ground: Ground, document: StoredDocument) -> Ground | None:
    """Return where a span that is no passage stands today, such as a line with a date."""
    words = r"\s+".join(map(re.escape, ground.quote.split()))
    found = re.search(rf"(?<!\w){words}(?!\w)", document.text)
    if found is None:
        return None
    start, end = found.span()
    return replace(ground, start=start, end=end, quote=found.group(), edition=document.sha256)


def _named_above(ground: Ground, index: IndexReader) -> tuple[frozenset[str], frozenset[str]]:
    """Return the places and services that the headings above a passage name."""
    places = index.gazetteer.mentions(ground.under, ground.title)
    return frozenset(one.place.id for one in places), frozenset(services_named(ground.under))


def _short(quote: str) -> str:
    line = " ".join(quote.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
