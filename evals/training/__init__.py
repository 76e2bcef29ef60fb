"""Trains the encoder that comes with the project; nothing here is needed to answer."""

__all__ = ["pairs"]
