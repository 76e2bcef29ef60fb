"""Answers that a person approved or corrected: kept, given again, and void when documents change.

types            an entry, what it stands on, and why it is void
library_store    the file of a home
meaning          a question as it is held against others
matching         whether two questions are one
lookup           the approved answer to a question
grounds_sought   the passages that an answer stands on
validity         whether these still say it
approving        from an answer to an approval
reuse            an approved answer in front of today's
review           what a person has to look at
transfer         rows of a table in and out
"""

__all__ = [
    "approving",
    "library_store",
    "library_tables",
    "lookup",
    "reuse",
    "review",
    "transfer",
    "types",
    "validity",
]
