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
TODAY = date(2026, 11, 29)


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IndexReader]:
    """The build of the two documents, beside the bundled ones."""
    home = tmp_path_factory.mktemp("tenant") / "home"
    (home / "documents").mkdir(parents=True)
    for name, text in (("ledger", LEDGER), ("pilot", PILOT)):
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

    def decided(self, words: str, **profile: object) -> Decided:
        """Return what becomes of the statement with some words, for a profile."""
        checked = check(
            self.promises, Profile(**profile), self.index.gazetteer, TODAY  # type: ignore[arg-type]
        )  # fmt: skip
        return next(
            one
            for one in checked.decided
            if words in one.statement.span.of(self.index.documents[one.statement.document].text)
        )

    def outcome(self, words: str, **profile: object) -> str:
        """Return how the statement with some words ends."""
        return self.decided(words, **profile).outcome.value


@pytest.fixture(scope="session")
def tenants(promises: Promises, index: IndexReader) -> Tenants:
    """Checks of the small documents."""
    return Tenants(promises, index)
