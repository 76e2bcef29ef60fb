"""The tree of a page put in order: what its elements mean, without what is not its own text."""

__all__ = ["icon_words", "page_elements", "settle_page", "web_page"]
