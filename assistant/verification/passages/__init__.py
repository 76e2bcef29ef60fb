"""What sentences are held against: cited passages, sentence by sentence, and sets they list."""

__all__ = ["cited_passages", "closed_sets", "grounds", "listed_sets"]
