"""Front ends: they translate in and out, and decide nothing about answers."""

__all__ = []
