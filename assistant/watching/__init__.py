"""Pages that are fetched again: their editions, what changed, and what stands on what changed.

types          what became of a page in a round, and the report of one change
kept_reading   kept editions as what can be compared, and whether one is another page
asking_again   one round: pages that are due are asked for, politely, and kept
standing_on    answers, approved answers and checks that stand on what changed
reporting      editions to reports, each once; the reports that are kept
quotes_today   what an answer quotes, against the documents as they are today
watch          rounds from begin to end: ask, put in place, build, report
"""

__all__ = [
    "asking_again", "kept_reading", "quotes_today", "reporting", "standing_on", "types", "watch",
]  # fmt: skip
