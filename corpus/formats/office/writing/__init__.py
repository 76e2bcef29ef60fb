"""From what office documents hold to the reading form: lines, lists and tables."""

__all__ = ["office_blocks", "reading_text", "write_blocks", "write_tables"]
