"""What sentences are held against: cited passages, sentence by sentence, and sets they list."""

__all__ = ["cited_passages", "grounds", "listed_sets"]
