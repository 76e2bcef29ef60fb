"""Answers to questions that hold services, documents, places or parts of them against each other.

sides_asked    what a question holds against each other, and which documents speak of each
side_question  what it asks of one side alone
side_found     what the documents say to that
conclusion     what follows from both: which is longer, whether they are the same
answer         all of it as a draft, derived twice
"""

from assistant.comparing.answers.answer import compared_answer

__all__ = ["compared_answer"]
