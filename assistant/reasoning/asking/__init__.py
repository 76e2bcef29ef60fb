"""From the words of a question to what it asks."""

from assistant.reasoning.asking.ask_reading import read_ask
from assistant.reasoning.asking.completing import completed
from assistant.reasoning.asking.several_questions import question_parts, without_names

__all__ = [
    "completed",
    "question_parts",
    "question_text",
    "question_words",
    "read_ask",
    "without_names",
]
