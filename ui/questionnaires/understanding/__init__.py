"""What a file of questions asks: its tables, their columns, which rows ask and of what.

Everything here is pure: sheets in, selections out. `understand_file` is the way in.
"""

__all__ = ["corrections", "understand_file"]
