"""Where everything of a home lies, who holds it, and how its files are written."""

__all__ = [
    "added_sources",
    "database",
    "database_faults",
    "database_server",
    "edition_store",
    "held_names",
    "lease",
    "manifest",
    "old_builds",
    "paths",
    "schema",
    "server_connection",
    "sqlite",
]
