"""PDF to Markdown: characters and strokes of printed pages to paragraphs, headings and tables."""

__all__ = []
