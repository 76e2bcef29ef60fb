"""Which entries of a set fit: by place, by what their cells say, by amounts."""

__all__ = ["cells_said", "check_marks", "rest_entry", "select_entries"]
