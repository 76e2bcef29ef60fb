"""Web pages to Markdown: their own text, without what a site puts around it."""

__all__ = ["from_html", "render_markdown"]
