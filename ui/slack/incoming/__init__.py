"""From what Slack sends to what the bot understands: events, presses, forms, commands."""

__all__ = ["bolt", "signed_requests"]
