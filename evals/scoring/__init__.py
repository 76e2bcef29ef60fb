"""From a reply to its scores, and from scores to figures with intervals.

To add a metric, write one function decorated with `@metric(title=...)` in the module of what it
looks at: `answer_metrics`, `reader_metrics`, `citation_metrics`, `ranking_metrics` or
`outcome_metrics`. Scores, logs, tables, reports, comparisons and the baseline follow. `registry`
says what the options mean.
"""

__all__ = [
    "answer_metrics",
    "citation_metrics",
    "intervals",
    "metrics",
    "outcome_metrics",
    "ranking_metrics",
    "reader_metrics",
    "registry",
    "triage_metrics",
]
