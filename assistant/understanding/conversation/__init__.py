"""What a message takes over from the conversation that it stands in."""

__all__ = ["ellipsis", "follow_up", "message", "own_places", "question_tree", "subjects"]
