"""How a reply came out, whatever it says."""

from __future__ import annotations

from evals.scoring.registry import Answered, metric


@metric(title="failed", without_response=1.0)
def failed(answered: Answered) -> bool:
    """The system raised or took too long: what there is a response to did not fail."""
    del answered
    return False


@metric(title="words", share=False)
def words(answered: Answered) -> int:
    """The length of the text."""
    return len(answered.response.text.split())


@metric(title="median words", share=False, column=29, median=True, by_kind=True)
def median_words(answered: Answered) -> int:
    """The length of the text, told by its median: few long answers move the mean."""
    return len(answered.response.text.split())
