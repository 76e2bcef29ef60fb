"""What people take away: files that show as written whatever is in them; pure."""

__all__ = ["export_conversation"]
