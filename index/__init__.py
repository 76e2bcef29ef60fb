"""Documents to a searchable index: vectors, words and a catalog, built aside and swapped in."""

__all__ = ["errors", "types"]
