"""What people take away: files that show as written whatever is in them; pure."""

__all__ = ["check_page", "export_conversation"]
