"""What can go wrong in the evaluation suite.

EvalError
├── CaseError       a file of cases has defects; every one is named with file and line
├── LogError        a run's log is damaged, foreign or does not fit the cases
├── UnknownSystem   no such system, or what it needs is not installed
└── RunError        a run could not be carried out or written
"""


class EvalError(Exception):
    """Base of the errors of this package; its text is shown to the user."""


class CaseError(EvalError):
    """A file of cases has defects."""


class LogError(EvalError):
    """A log cannot be read, or does not fit what it is compared with."""


class UnknownSystem(EvalError):
    """A system that this installation cannot run."""


class RunError(EvalError):
    """A run could not be prepared or recorded."""
