"""The tab of facts: filters, a table that sorts, and downloads."""

__all__ = ["facts_components"]
