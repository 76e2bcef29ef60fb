"""What a home keeps of its answers: conversations, records, receipts, feedback and profiles."""

__all__ = [
    "conversations",
    "database",
    "feedback",
    "profiles",
    "receipts",
    "records",
    "store",
    "texts",
]
