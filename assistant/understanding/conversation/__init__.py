"""What a message takes over from the conversation that it stands in."""
