"""What becomes of a written answer: nothing of it is shown that is not proven, and it takes the
place of the documents' own answer only where it says at least as much.

judged          each of its sentences against the passages that it cites
bearing         whether what it says has to do with the question
second_attempt  the sentences that failed, written once more beside the first reply
two_answers     the documents' answer and the written one: which is shown
"""

__all__ = ["bearing", "judged", "second_attempt", "two_answers"]
