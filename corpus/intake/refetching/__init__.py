"""Pages that are fetched again: what hosts allow, when they are asked, whether it is the page."""

__all__ = ["other_page", "politeness", "robots"]
