"""Finds, loads and runs commands, and tells which there are."""
