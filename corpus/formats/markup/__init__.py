"""What the readers of mark-up languages share: a model of a document, and how it is written."""

__all__ = ["elements", "embedded_html", "marked_text", "stated_date", "write_elements"]
