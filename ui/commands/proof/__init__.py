"""Commands that show what answers stand on: the receipt of one, the evidence of many."""

__all__ = ["receipt"]
