"""Systems asked whole suites: logged, compared, graded and reported."""

__all__ = [
    "baseline",
    "compare",
    "feedback",
    "judge",
    "measured_run",
    "report",
    "report_figures",
    "run",
    "run_log",
    "run_table",
]
