"""Which documents may speak: the names that they give things, and what a question names."""

from assistant.reasoning.scope.find_scope import no_document as no_document
from assistant.reasoning.scope.find_scope import scope_of as scope_of
from assistant.reasoning.scope.index_names import IndexNames as IndexNames
from assistant.reasoning.scope.index_names import names_of as names_of
from assistant.reasoning.scope.within_scope import HitsInScope as HitsInScope
from assistant.reasoning.scope.within_scope import hits_in_scope as hits_in_scope
