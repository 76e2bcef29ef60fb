"""How an index is built aside, from what is given and from the build before, and swapped in."""

__all__ = ["build", "documents", "fetched_pages", "options", "uploads", "watch"]
