"""What people take away: files that show as written whatever is in them; pure."""

__all__ = [
    "change_rows",
    "changes_page",
    "check_files",
    "check_page",
    "comparison_page",
    "comparison_rows",
    "export_conversation",
    "report_page",
    "watch_rows",
]
