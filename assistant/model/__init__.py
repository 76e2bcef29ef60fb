"""Answers that a language model writes and the documents must prove, sentence by sentence.

chat_model      the configured model, and what its calls may end in
faults          what these are, and what servers' errors mean
servers         how each server wants to be spoken to
session         the model's part of an assistant, opened once
prompts         what the model is told, in one file, with its hash
evidence_given  the evidence that it is given: numbered passages
json_objects    the objects of its reply, however they are written
reply           its verdict and sentences
judged          each of its sentences against the passages that it cites
bearing         whether what it says has to do with the question
asking          its calls: kept replies, tokens, smaller evidence for smaller contexts
second_attempt  the sentences that failed, written once more beside the first reply
two_answers     the documents' answer and the written one: which is shown
writer          puts these together
ledger          tokens by day, replies by question, evidence and prompts
question_bank   questions written for passages that nobody has written questions for
tracing         nothing of it is sent elsewhere
"""

__all__ = [
    "chat_model", "evidence_given", "faults", "json_objects", "ledger_tables", "prompts",
    "question_bank", "reply", "session", "tracing",
]  # fmt: skip
