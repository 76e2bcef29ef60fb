"""How much a served page takes of whom: requests, work, bodies, uploads, pages."""

__all__ = [
    "bodies",
    "left_pages",
    "page_calls",
    "page_sessions",
    "traffic",
    "uploads",
]
