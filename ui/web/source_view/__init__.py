"""A document as a reader knows it, with the cited passage marked."""

__all__ = ["document_html", "open_source", "passage_html"]
