"""Commands that look after a home: whether it is whole, and a copy of it in one file."""

__all__ = []
