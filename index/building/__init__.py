"""How an index is built aside, from what is given and from the build before, and swapped in."""

__all__ = ["build", "documents", "options", "uploads", "watch"]
