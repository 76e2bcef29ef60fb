"""Values: what a question wants that is no set and no Yes or No, from the passages in scope."""

from assistant.reasoning.values.find_value import nearest, value

__all__ = ["nearest", "value"]
