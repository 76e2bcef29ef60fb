"""Cases together with the documents that they are about: read, checked, split and counted."""

__all__ = [
    "case_coverage",
    "case_files",
    "dev_test_split",
    "evidence_places",
    "held_out_passages",
    "suite",
    "triage_rows",
]
