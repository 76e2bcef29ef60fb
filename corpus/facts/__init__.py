"""Facts: what documents state, read off their structure and language (`extract.extract`)."""

__all__ = [
    "arguments",
    "code_read",
    "conditions",
    "extract",
    "extraction",
    "kinds",
    "plain_tables",
    "pointers",
    "reading_units",
    "said",
    "shown_text",
    "templates",
    "types",
    "whole_document",
    "wording",
]
