"""Tags of HTML, of components, of Liquid and of Hugo to the reading form."""

__all__ = ["lower_tags", "tag_tokens"]
