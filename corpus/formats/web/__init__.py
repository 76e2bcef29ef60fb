"""Web pages to Markdown: their own text, without what a site puts around it."""

__all__ = ["from_html", "from_mhtml", "render_markdown"]
