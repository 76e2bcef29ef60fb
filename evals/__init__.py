"""The evaluation suite: cases that say what a right answer is."""

__all__ = ["errors", "types"]
