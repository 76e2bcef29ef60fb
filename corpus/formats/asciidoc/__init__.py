"""AsciiDoc to the reading form, read by our own rules (docs/decisions/0018)."""

__all__ = ["from_asciidoc"]
