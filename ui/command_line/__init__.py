"""Finds, loads and runs commands, and tells which there are."""

__all__ = ["overview", "running"]
