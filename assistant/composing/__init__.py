"""Compose: from ranked chunks to the statements of a draft, without a language model."""

from assistant.composing.compose_draft import compose

__all__ = ["compose"]
