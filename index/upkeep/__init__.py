"""Looking after a home: backups, restoring, whether all is whole, moving it to a server."""

__all__ = ["backup", "doctor", "home_files", "moving", "settled_clock"]
