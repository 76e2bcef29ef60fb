"""Two sets, or two rows of one, held against each other."""

__all__ = ["two_rows", "two_sets"]
