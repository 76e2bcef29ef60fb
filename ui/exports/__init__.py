"""What people take away: files that show as written whatever is in them; pure."""

__all__ = ["changes_page", "comparison_page", "export_conversation", "report_page"]
