"""What the bot needs before it starts: the manifest, tokens, and a look at both."""

__all__ = ["check_setup", "manifest"]
