"""Commands that hold documents against each other, and how they find what is meant."""

__all__ = ["changes", "compare", "kept_list", "refresh"]
