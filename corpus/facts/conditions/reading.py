"""The ways in: conditions of a proposition, of a label, and of a sentence that follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.facts.conditions.condition_words import ON_REQUEST, ONLY, Lead
from corpus.facts.conditions.led_in import Led
from corpus.facts.conditions.limits import Limiting
from corpus.facts.conditions.restrictions import Restricting
from corpus.facts.conditions.types import Limits, Restriction
from corpus.facts.types import Condition
from corpus.language.parsing import Parse, parse_one
from corpus.language.propositions import Proposition, propositions
from corpus.places import Gazetteer


def conditions_of(
    parse: Parse, said: Sequence[Proposition], which: Proposition, gazetteer: Gazetteer,
    about: str = "",
) -> Limits:  # fmt: skip
    """Return what limits one of the propositions of a sentence.

    `about` is what is known of its document, by which names of a vendor's regions are read.
    """
    return Limiting(parse, tuple(said), gazetteer, about).limits(which)


def every_limit(
    parse: Parse, said: Sequence[Proposition], gazetteer: Gazetteer
) -> dict[int, Limits]:
    """Return what limits each of the propositions of a sentence, by its verb."""
    limiting = Limiting(parse, tuple(said), gazetteer, "")
    return {one.verb: limiting.limits(one) for one in said}


def condition_of_label(text: str, gazetteer: Gazetteer, about: str = "") -> Condition:
    """Return the condition that a label set apart states: a tab, a heading, a cell, a note."""
    plain = text.strip().rstrip(":.")
    if not plain:
        return Condition(text)
    parse = parse_one(plain)
    limiting = Limiting(parse, propositions(parse), gazetteer, about)
    last = len(parse.tokens) - 1
    found = limiting.lead_at(0)
    whole = tuple(range(last + 1))
    lead = found[0] if found else Lead(())
    kept = lead.kept or any(token.lemma in ON_REQUEST for token in parse.tokens)
    within = whole if kept or len(lead.words) > last else whole[len(lead.words) :]
    limited = Led(lead, 0, within, None, parse.tokens[last].lemma in ONLY)
    return replace(limiting.condition(limited), span=None)


def restricts(
    parse: Parse, said: Sequence[Proposition], gazetteer: Gazetteer, about: str = ""
) -> Restriction | None:
    """Return how a sentence limits the one before it; None where it does not."""
    if not parse.tokens or not said:
        return None
    return Restricting(parse, tuple(said), gazetteer, about).restriction(said[0])
