"""Findings in words: one module for each kind, templates small enough to be tested by reading."""
