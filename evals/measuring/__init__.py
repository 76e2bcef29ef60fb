"""Measurements beside the suites: speed, load, scale, steps of retrieval, lies, word lists."""

__all__ = ["bench"]
