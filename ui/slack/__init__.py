"""The Slack bot: asks the assistant on behalf of a workspace; the only place that knows Slack."""
