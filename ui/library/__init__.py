"""Files of approved answers, read and written, and who may approve at a front end."""

__all__ = ["import_text", "library_files", "may_approve", "review_text", "scoped_answers"]
