"""Whole messages with their buttons: answers, and what the bot says of itself."""

__all__ = ["answer_blocks", "help_message", "watch_message"]
