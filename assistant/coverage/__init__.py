"""Facts by place: what the documents state of each country and geography, and what they do not."""

__all__ = ["by_place", "find_facts", "placements"]
