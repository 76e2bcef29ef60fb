"""From a question and the statements of the documents to a finding, and a finding in words."""

__all__ = [
    "ask",
    "asked",
    "asking",
    "findings",
    "known",
    "nothing_of_data",
    "reason",
    "recompute",
    "row_scope",
    "say",
    "scope",
    "values",
]
