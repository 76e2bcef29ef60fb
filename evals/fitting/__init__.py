"""Fits what the product ships: weights of retrieval, and when to abstain."""

__all__ = []
