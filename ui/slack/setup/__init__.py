"""What the bot needs before it starts: the manifest, tokens, and a look at both."""
