"""Questions about parts of a document that bear numbers, as agreements and terms have them."""

from assistant.reasoning.numbered.numbered_part import part_named, part_that_says

__all__ = ["part_named", "part_that_says"]
