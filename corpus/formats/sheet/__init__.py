"""Sheets to Markdown: workbooks and delimited text to tables with the titles of their columns."""

__all__ = []
