"""A home of small documents of services that do not exist, with tables and lists to ask about."""

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
    "ostwick-mail": """# Ostwick Mail: where mailboxes are kept

A mailbox is opened at the centre of its home country.

| Home country | Centre | Reserve | Drafts kept |
| --- | --- | --- | --- |
| Austria | Graz | Ghent | 30 days |
| Belgium | Ghent | Graz | 60 days |
| Ireland | Ghent | Graz | 60 days |
| Mexico | Puebla | Lima | 14 days |
| Norway | Bergen | Graz | 6 months |
| Peru | Lima | Puebla | 14 days |
| Every other country | Halifax | Calgary | 7 days |

Attachments are scanned for viruses. The administrator of a team decides who may read a mailbox.
""",
    "pellbrook-desk": """# Pellbrook Desk and its sub-processors

Pellbrook Desk hires the firms below. "Works in" is where they handle personal data.

| Firm | Duty | Works in | Registered in |
| --- | --- | --- | --- |
| Arnvik | Hosting | Norway | Germany |
| Belmora | Text messages | India | Ireland |
| Cordane | Invoicing | Switzerland | Portugal |
| Dellinge | Hosting | Portugal | Canada |
| Esterby | Support | Iceland | Denmark |

Call logs of Pellbrook Desk are kept for 90 days.
""",
    "quillane-vault": """# Quillane Vault

Quillane Vault stores files in Aarhus, Denmark. Access logs are kept for 400 days.

Quillane Vault keeps these kinds of records:

- Access logs: 400 days
- Thumbnails: 3 days
- Previews: 12 hours
- Raw uploads: not kept
""",
    "tamsel-board": """# Tamsel Board: what each tier has

| Feature | Solo | Crew | Guild |
| --- | --- | --- | --- |
| Audit trail |  | ✓ | ✓ |
| Own encryption keys |  |  | ✓ |
| Choice of country | ✓ | ✓ | ✓ |
| Legal hold | ✗ | ✗ | ✓ |
| Guest boards | ✓ | ✓ |  |
""",
    "rimsford-relay": """# Rimsford Relay: routing

Rimsford Relay handles a message where its number belongs to:

- Numbers of Chile and Peru: Lima
- Numbers of the Nordics: Tampere
- Any number not listed above: Leeds

Rimsford Relay does not keep customer data outside of the chosen region, except for:

- Delivery receipts
- Billing records

Call logs of Rimsford Relay are kept for 30 days.
""",
    "skelde-archive": """# Skelde Archive: sites

| Territory | Records | Previews |
| --- | --- | --- |
| Estonia | Tartu | Tartu* |
| Chile | Arica** | Iquique |
| Japan | Nara | Sakai |

\\* Until May 2027 previews of Estonia are stored in Riga.

\\** Records of public bodies are stored in Antofagasta.
""",
    "marrow-forms": """# Marrow Forms: answers to your list

- [x] Replies are stored in Leuven
- [ ] Replies are stored in Seoul
- [ ] Replies are transferred to Serbia

Exports of Marrow Forms leave the country of the customer: ☐ Yes ☒ No

Invoices of Marrow Forms are kept in the country of the customer: ☒ Yes ☐ No
""",
    "hollin-ledger": """# Hollin Ledger processing agreement

## 4. Storage

4.1 Hollin Ledger stores vouchers in Ghent, Belgium.

4.2 Scans may be sent to Lyon, France, where

- (a) an audit was ordered; or
- (b) the site in Ghent is closed.

## 12. Return of data

12.1 Vouchers are returned within 20 days of the end.

12.2 Copies are erased within 45 days of the end.

## Annex II. Subprocessors

Hollin Ledger hires Tarnby Print in Denmark.
""",
}


@pytest.fixture(scope="session")
def fictional_home(run_folder: Path) -> Path:
    """A home of the small documents alone."""
    return made_once(run_folder, "fictional", _built)


def _built(root: Path) -> None:
    home = Home(root)
    home.create()
    for path in BUNDLED.iterdir():
        Registry(home.registry).leave_out(BUNDLED_SOURCE, path.name)
    for name, text in DOCUMENTS.items():
        (home.documents / f"{name}.md").write_text(text, encoding="utf-8")
    build_index(root)


@pytest.fixture(scope="session")
def fictional(fictional_home: Path) -> Iterator[IndexReader]:
    """The small documents as they are read."""
    reader = IndexReader.open(fictional_home)
    yield reader
    reader.close()
