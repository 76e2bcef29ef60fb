"""A small home whose documents promise under conditions of every kind, read once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.tenant.checking import Promises, check, promises_of
from assistant.tenant.types import Decided
from assistant.types import Profile
from index.building.build import build_index
from index.searching.reader import IndexReader

LEDGER = """---
title: Harbour Ledger data residency
ms.service: Harbour Ledger
---
# Harbour Ledger data residency

Harbour Ledger stores audit logs at rest in Norway.

For customers in Brazil, Harbour Ledger stores invoices in Chile.

If you enable Tide Search, Harbour Ledger processes search queries in Japan.

Harbour Ledger stores receipts in Portugal unless a court orders otherwise.

## Anchor Vault add-on

### Required conditions

1. Tenant has a valid Anchor Vault subscription for all users in the tenant.
2. Customer must have an active Enterprise Agreement.
3. Tenant has a sign-up country included in the European Union or Switzerland.

### Commitment

Harbour Ledger stores backups at rest in Iceland.

## Quay Sync add-on

### Required conditions

1. Purchased Quay Sync units must be greater than 5% of the eligible users in the tenant.

### Commitment

Harbour Ledger stores synchronized files at rest in Estonia.

## Regions

| Region | Where data is stored |
| --- | --- |
| Europe | Ireland |
| Germany | Frankfurt |
| Japan | Osaka |
"""
PILOT = """---
title: Data storage for Japan customers in Pilot Mail
ms.service: Pilot Mail
---
# Data storage for Japan customers in Pilot Mail

Pilot Mail stores messages at rest in Osaka.
"""
BEACON = """---
title: Customer data storage for European customers in Beacon Directory
ms.service: Beacon Directory
---
# Customer data storage for European customers in Beacon Directory

When you first enable Beacon Directory, the customer data that you configure is stored in Malta.

Beacon Directory will not transfer profiles outside Europe except when:

- It is necessary to provide support or to comply with legal requirements.
- Customers use services that run worldwide, including the following:
    - Additionally, application logos are stored globally.

## Nightly Backup

Copies of profiles are stored in Cyprus every night.

## Coral Backup

Coral snapshots are stored in Greece. Administrators enable Coral Backup in the portal.

## Services left out of the EU Customer Data Promise

Some services transfer customer data out of the region:

- **Reason** - To stay reliable, regular analytics involve transfers of data outside the region.
- **Location** - Canada
- **Services** - Beacon Directory Connect, Beacon Groups

Some features are late:

- **Reason** - These features have not moved sign-in records to Europe yet.
- **Location** - Chile
- **Services** - Beacon Ledger, Beacon Stamps
"""
TODAY = date(2026, 11, 29)


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IndexReader]:
    """The build of the documents, beside the bundled ones."""
    home = tmp_path_factory.mktemp("tenant") / "home"
    (home / "documents").mkdir(parents=True)
    for name, text in (("ledger", LEDGER), ("pilot", PILOT), ("beacon", BEACON)):
        (home / "documents" / f"{name}.md").write_text(text, encoding="utf-8")
    build_index(home)
    reader = IndexReader.open(home)
    yield reader
    reader.close()


@pytest.fixture(scope="session")
def promises(index: IndexReader) -> Promises:
    """What is checked."""
    return promises_of(index)


class Tenants:
    """Checks of the small documents."""

    def __init__(self, promises: Promises, index: IndexReader) -> None:
        self.promises = promises
        self.index = index

    def decided(self, words: str, *, document: str = "", **profile: object) -> Decided:
        """Return what becomes of the first statement with some words, for a profile."""
        checked = check(
            self.promises, Profile(**profile), self.index.gazetteer, TODAY  # type: ignore[arg-type]
        )  # fmt: skip
        return next(
            one
            for one in checked.decided
            if document in one.statement.document
            and words in one.statement.span.of(self.index.documents[one.statement.document].text)
        )

    def outcome(self, words: str, *, document: str = "", **profile: object) -> str:
        """Return how the first statement with some words ends."""
        return self.decided(words, document=document, **profile).outcome.value


@pytest.fixture(scope="session")
def tenants(promises: Promises, index: IndexReader) -> Tenants:
    """Checks of the small documents."""
    return Tenants(promises, index)
