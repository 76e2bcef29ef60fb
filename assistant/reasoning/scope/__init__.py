"""Which documents may speak: the names that they give things, and what a question names."""

from assistant.reasoning.scope.find_scope import no_document, scope_of
from assistant.reasoning.scope.index_names import IndexNames, names_of
from assistant.reasoning.scope.within_scope import HitsInScope, hits_in_scope

__all__ = [
    "HitsInScope",
    "IndexNames",
    "hits_in_scope",
    "names_of",
    "no_document",
    "scope_of",
]
