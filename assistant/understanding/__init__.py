"""What is asked: the kind of question, what it names, and what it takes over from earlier turns."""

__all__ = [
    "legal_advice",
    "pointing_back",
    "question",
    "question_language",
    "questionnaire_wording",
    "services",
    "several_subjects",
    "small_talk",
    "terse_question",
]
