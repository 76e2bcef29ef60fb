"""From what users give to documents: files found and fetched, and what is said beside them."""

__all__ = ["addresses", "describe", "fetch", "not_read", "question_bank", "sources", "walk"]
