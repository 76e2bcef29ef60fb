"""Sets that documents give, and which of their members a question asks for."""

from assistant.reasoning.members.answer_sets import members

__all__ = ["members"]
