"""Sets that documents give, and which of their members a question asks for."""

from assistant.reasoning.members.amounts_listed import amounts_of
from assistant.reasoning.members.answer_sets import listed, members, tells_both
from assistant.reasoning.members.comparing.two_rows import compared, rows_compared
from assistant.reasoning.members.holds_of_set import holds_of_set
from assistant.reasoning.members.selecting.rest_entry import of_the_rest

__all__ = [
    "amounts_of",
    "compared",
    "holds_of_set",
    "listed",
    "members",
    "of_the_rest",
    "rows_compared",
    "tells_both",
]
