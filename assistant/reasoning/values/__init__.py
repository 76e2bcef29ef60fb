"""Values: what a question wants that is no set and no Yes or No, from the passages in scope."""

from assistant.reasoning.values.find_value import nearest, value
from assistant.reasoning.values.indirect_question import asked_indirectly

__all__ = ["asked_indirectly", "nearest", "value"]
