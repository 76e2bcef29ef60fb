"""Facts: what documents state, read off their structure and language (`extract.extract`)."""

__all__ = ["extract", "kinds", "templates", "types", "wording"]
