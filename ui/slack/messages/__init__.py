"""Whole messages with their buttons: answers, and what the bot says of itself."""
