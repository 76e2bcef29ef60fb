"""What several front ends need: texts, rows of facts and checks, logs, limits, processes."""

__all__ = [
    "answer_processes",
    "cells",
    "check_rows",
    "fact_files",
    "fact_rows",
    "listening",
    "logs",
    "opened",
    "rates",
    "receipt_rows",
    "retention",
    "shown_document",
    "table_book",
    "terminal_text",
]
