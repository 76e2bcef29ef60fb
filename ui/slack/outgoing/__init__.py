"""What the bot says in a workspace: each message once, streamed, to the right place."""

__all__ = ["outlet", "posting"]
