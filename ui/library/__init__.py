"""Files of approved answers, who may approve at a front end, and what is decided in review."""

__all__ = [
    "import_text",
    "library_files",
    "may_approve",
    "review_decision",
    "review_text",
    "scoped_answers",
]
