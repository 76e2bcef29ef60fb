"""Sentences as they are compared: words by what they mean, values, names, what pages state."""

__all__ = [
    "left_out",
    "miscounted",
    "names",
    "near_copies",
    "reported",
    "spoken",
    "values",
    "word_forms",
    "word_senses",
    "words",
]
