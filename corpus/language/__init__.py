"""What is known of English and of the world, and of no service and no document."""

__all__ = [
    "boxes",
    "foreign",
    "instructions",
    "kept_parses",
    "parsing",
    "phrases",
    "propositions",
    "quantities",
    "sentences",
    "signals",
    "terms",
    "word_classes",
    "written_date",
]
