"""Compose: from ranked chunks to the statements of a draft, without a language model."""

from assistant.composing.compose import compose

__all__ = ["compose"]
