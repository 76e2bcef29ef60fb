"""What two services, places or documents say, side by side, and answers to questions for that.

types            the sides, and what is said by one, by both alike, or otherwise
alike            whether two sentences say the same
cells            the passages that say something of a side
compare_sides    passages of two sides, by kind, to rows
values_compared  the places, periods and documents that they name
answers          questions that hold things against each other
"""

__all__ = ["answers", "cells", "compare_sides", "types", "values_compared"]
