"""What a home keeps of its answers: conversations, records, receipts, feedback and profiles."""

__all__ = [
    "conversations",
    "database",
    "feedback",
    "history_tables",
    "late_records",
    "profile_store",
    "profiles",
    "receipts",
    "record_store",
    "records",
    "store",
    "texts",
    "thread_store",
]
