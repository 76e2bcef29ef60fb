"""What may be wrong with an assertion that is laid beside a ground, one kind a module."""

__all__ = [
    "alignment",
    "compared",
    "denial",
    "exchanged",
    "exclusive",
    "extent",
    "firmness",
    "labelled",
    "on_the_map",
    "parties",
    "restrictions_kept",
    "slots",
    "time_told",
]
