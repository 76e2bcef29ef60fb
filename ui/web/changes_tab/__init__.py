"""The tab that tells what changed between two editions."""

__all__ = ["changes_components"]
