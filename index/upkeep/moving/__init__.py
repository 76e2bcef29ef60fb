"""Moves what a home keeps in its database files to a server or back, and proves it row by row."""

__all__ = ["move", "stores"]
