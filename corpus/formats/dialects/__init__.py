"""Markdown in the dialects of the field to the reading form."""

__all__ = ["from_dialect"]
