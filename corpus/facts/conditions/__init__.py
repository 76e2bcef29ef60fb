"""Conditions and exceptions: what limits a proposition, and what each limit asks for.

`led_in` finds them by their words and the tree, `told_apart` knows which phrases limit anything,
`limits` which proposition they belong to, `condition_terms` what they ask for.
"""

from corpus.facts.conditions.reading import (
    condition_of_label,
    conditions_of,
    every_limit,
    restricts,
)
from corpus.facts.conditions.types import Limits, Restriction

__all__ = [
    "Limits",
    "Restriction",
    "condition_of_label",
    "conditions_of",
    "every_limit",
    "restricts",
]
