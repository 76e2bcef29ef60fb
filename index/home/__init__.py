"""Where everything of a home lies, who holds it, and how its files are written."""

__all__ = ["added_sources", "edition_store", "lease", "manifest", "paths", "sqlite"]
