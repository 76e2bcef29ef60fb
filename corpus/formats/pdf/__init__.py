"""PDF to Markdown: characters and strokes of printed pages to paragraphs, headings and tables."""

__all__ = ["page_picture"]
