"""The manual of statements lists what there is."""

from __future__ import annotations

from dataclasses import fields

from assistant.coverage.find_facts import RELATIONS, FactFilters, roles
from corpus.facts.types import Status, Term
from corpus.facts.wording import KIND_WORDS
from tests.paths import ROOT
from ui.shared.fact_rows import FactRow


def test_the_manual_knows_every_kind_column_and_filter() -> None:
    manual = (ROOT / "docs/statements.md").read_text(encoding="utf-8")
    for kind, (words, denied) in KIND_WORDS.items():
        assert f"| {words} | {denied} | `{kind.value}` |" in manual
    filters = manual.partition("## Filters")[2]
    for name in (*FactFilters.__annotations__, *RELATIONS, *roles(), *Status, *Term):
        assert f"`{name}`" in filters, name
    columns = manual.partition("## Kinds")[0]
    for field in fields(FactRow):
        assert f"`{field.name}`" in columns, field.name
