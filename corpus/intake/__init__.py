"""From what users give to documents: files found and fetched, and what is said beside them."""

__all__ = [
    "addresses", "describe", "edition_line", "fetch", "not_read", "page_date", "question_bank",
    "reach", "refetching", "shelf", "sources", "walk",
]  # fmt: skip
