"""The Slack bot: asks the assistant on behalf of a workspace; the only place that knows Slack."""

__all__ = ["console", "serve_bot", "types"]
