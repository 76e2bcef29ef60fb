"""The typed arguments of statements: subjects, data, places by role, conditions, sets."""

__all__ = [
    "data_categories",
    "details",
    "document_names",
    "place_roles",
    "set_membership",
    "subject_words",
    "subjects",
]
