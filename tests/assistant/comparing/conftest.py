"""A home of small documents of services that do not exist, to be held against each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.intake.sources import BUNDLED
from index.building.build import BUNDLED_SOURCE, build_index
from index.home.added_sources import Registry
from index.home.paths import Home
from index.searching.reader import IndexReader
from tests.sharing import made_once

DOCUMENTS = {
    "ostwick-mail": """# Ostwick Mail: where letters are kept

Ostwick Mail stores letters in Graz, Austria. Letters are kept for 90 days.
Ostwick Mail informs customers of a new sub-processor at least 30 days in advance.
It never moves letters to another country.

| Country | Centre |
| --- | --- |
| Austria | Graz |
| Norway | Bergen |
| Norway | Stavanger |
""",
    "pellbrook-mail": """# Pellbrook Mail: storage and retention

Pellbrook Mail stores letters in Ghent, Belgium. Letters are kept for 14 days.
Pellbrook Mail announces a new sub-processor at least 30 days in advance.
For questions, see our help page.
Contacts are stored in Europe. Stamps are stored in Europe, Finland and Chile.
Drawings are stored in Europe (Aarhus, Malmö).
Invoices are sent from Denmark to Belgium, where they are processed.

Pellbrook Mail deletes:

- drafts after 3 days
- sent letters after 14 days

## Can a parcel be kept abroad?

Pellbrook Mail does not support this at the moment.

## Can a parcel be stored twice?

Pellbrook Mail does not support this at the moment.

## Drawers

This holds for the following drawers, which are stored in Ghent:

- Upper drawer, which is kept in Ghent for 20 days. It is painted.
- Lower one
""",
}


@pytest.fixture(scope="session")
def two_services(run_folder: Path) -> Iterator[IndexReader]:
    """Two services that say how long letters are kept, and of which one says where each country's
    are.
    """
    reader = IndexReader.open(made_once(run_folder, "two_services", _built))
    yield reader
    reader.close()


def _built(root: Path) -> None:
    home = Home(root)
    home.create()
    for path in BUNDLED.iterdir():
        Registry(home.registry).leave_out(BUNDLED_SOURCE, path.name)
    for name, text in DOCUMENTS.items():
        (home.documents / f"{name}.md").write_text(text, encoding="utf-8")
    build_index(root)
