"""What several front ends need: texts for terminals, rows of facts, logs, limits, retention."""

__all__ = [
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
