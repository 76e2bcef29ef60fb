"""Parts of a workbook that answers are written into: cells, styles, marks, the sheet of sources."""

__all__ = ["xlsx_marks", "xlsx_sheet", "xlsx_sources", "xlsx_styles"]
