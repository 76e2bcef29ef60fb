"""reStructuredText to the reading form, read by docutils."""

__all__ = ["from_rst"]
