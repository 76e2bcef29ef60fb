"""Values: what a question wants that is no set and no Yes or No, from the passages in scope."""

from assistant.reasoning.values.asked_words import stems
from assistant.reasoning.values.find_value import nearest, value
from assistant.reasoning.values.indirect_question import asked_indirectly
from assistant.reasoning.values.two_things import Thing, apart_of, two_things
from assistant.reasoning.values.value_types import compares_length, points_elsewhere

__all__ = [
    "Thing",
    "apart_of",
    "asked_indirectly",
    "compares_length",
    "nearest",
    "points_elsewhere",
    "stems",
    "two_things",
    "value",
]
