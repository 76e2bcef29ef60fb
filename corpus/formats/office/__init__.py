"""Word and OpenDocument texts to the reading form."""

__all__ = ["from_odt", "from_word"]
