"""Sets that documents give, and which of their members a question asks for."""

from assistant.reasoning.members.answer_sets import listed, members, tells_both
from assistant.reasoning.members.holds_of_set import holds_of_set

__all__ = ["holds_of_set", "listed", "members", "tells_both"]
