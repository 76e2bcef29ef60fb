"""Compose: from ranked chunks to the statements of a draft, without a language model."""

from assistant.composing.compose_draft import compose, of_page

__all__ = [
    "abstention",
    "answer_kind",
    "cited_facts",
    "compose",
    "conditions_met",
    "counts",
    "dates",
    "evidence",
    "of_page",
    "open_service",
    "passages",
    "places_not_named",
    "yes_no",
]
