"""From what Slack sends to what the bot understands: events, presses, forms, commands."""
