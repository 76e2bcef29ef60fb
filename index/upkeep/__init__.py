"""Looking after a home: backups, restoring, and whether all is whole."""

__all__ = ["backup", "doctor"]
