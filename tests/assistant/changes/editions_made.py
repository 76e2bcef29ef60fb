"""Editions of a few lines, read without vectors: kinds are told by words alone."""

from __future__ import annotations

from pathlib import Path

from assistant.changes.find_changes import find_changes
from assistant.changes.read_edition import EditionReader
from assistant.changes.types import ChangeKind, Changes, Edition
from corpus.intake.sources import SourceFile, document_of
from corpus.places import Gazetteer

PAGE = """# Where Fernhill keeps data

Customer data is stored in Germany. Backups are retained for 30 days.

## Support

Support tickets are processed in Ireland if the customer has the Premium plan.
Log files are replicated to a second data center in France.

## Parties

| Party | Task | Country |
| --- | --- | --- |
| Alder Ltd | Hosting | Ireland |
| Birch Inc | Email delivery | United States |

Thanks for reading our pages.
"""


def edition(text: str, gazetteer: Gazetteer, name: str = "page.md") -> Edition:
    """Return a text as an edition."""
    document = document_of(SourceFile(Path("page.md")), text.encode())
    return EditionReader(gazetteer, None).edition(document, name)


def changed(old: str, new: str, gazetteer: Gazetteer) -> Changes:
    """Return what changed between two texts."""
    return find_changes(edition(old, gazetteer, "old"), edition(new, gazetteer, "new"), gazetteer)


def kinds(found: Changes) -> list[ChangeKind]:
    """Return the kinds of all changes, in order."""
    return [one.kind for one in found.changes]
