"""What several front ends need: texts, rows of facts, logs, limits, retention, processes."""

__all__ = [
    "answer_processes",
    "cells",
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
