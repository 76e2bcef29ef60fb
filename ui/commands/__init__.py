"""The command line, `residency`: each module a command, which translates words in and out."""

__all__ = []
