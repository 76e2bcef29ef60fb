"""What stands before the text of a page: its properties, and what of these is text."""

__all__ = ["page_properties", "property_content"]
