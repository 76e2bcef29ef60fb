"""Findings in words: one module for each kind, templates small enough to be tested by reading."""

__all__ = ["members_said", "not_known_said", "parts_said", "values_said", "whether_said"]
