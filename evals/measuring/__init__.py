"""Measurements beside the suites: speed, load, scale, steps of retrieval, lies, facts."""

__all__ = ["bench"]
