"""Files of questions as they are stored: read into sheets, and written with answers in place."""

__all__ = ["csv_file", "office_file", "pdf_file", "types", "word_file", "xlsx_file"]
