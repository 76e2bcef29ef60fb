"""Which documents may speak: the names that they give things, and what a question names."""

from assistant.reasoning.scope.find_scope import (
    no_document,
    not_said,
    parts_in,
    scope_of,
    services_in,
    speaking,
)
from assistant.reasoning.scope.index_names import Called, IndexNames, names_of

__all__ = [
    "Called",
    "IndexNames",
    "names_of",
    "no_document",
    "not_said",
    "parts_in",
    "scope_of",
    "services_in",
    "speaking",
]
