"""What a message takes over from the conversation that it stands in."""

__all__ = [
    "each_of_them",
    "ellipsis",
    "follow_up",
    "message",
    "own_places",
    "question_tree",
    "subjects",
]
