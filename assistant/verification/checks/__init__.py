"""What may be wrong with an assertion that is laid beside a ground, one kind a module."""

__all__ = [
    "alignment",
    "denial",
    "exchanged",
    "extent",
    "firmness",
    "on_the_map",
    "restrictions_kept",
    "slots",
    "time_told",
]
