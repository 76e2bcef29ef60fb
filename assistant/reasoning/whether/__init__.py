"""Whether something is so: Yes, No or It depends, from what the documents say and deny."""

from assistant.reasoning.whether.answer_whether import (
    whether,
    whether_first,
    whether_of_nearest,
)

__all__ = ["whether", "whether_first", "whether_of_nearest"]
