"""What two services, places or documents say, side by side; pure.

types          the sides, and what is said by one, by both alike, or otherwise
compare_sides  statements of two sides, by kind, to rows
values_compared  the places and periods that they name
"""

__all__ = ["compare_sides", "types", "values_compared"]
