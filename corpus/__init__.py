"""Residency documents: files in, documents with exact spans and chunks out."""

__all__ = ["chunk", "errors", "left_out", "types"]
