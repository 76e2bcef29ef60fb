"""Measurements beside the suites: speed, load, scale, steps of retrieval, lies, facts."""
