"""Answers that a language model writes and the documents must prove, sentence by sentence.

chat_model      the configured model, and what its calls may end in
session         the model's part of an assistant, opened once
prompts         what the model is told, in one file, with its hash
evidence_given  the evidence that it is given: numbered passages
reply           what it said, read line by line
judged          each of its sentences against the passages that it cites
writer          ask, judge, repair once, else quote, else withhold
ledger          tokens by day, replies by question, evidence and prompts
question_bank   questions written for passages that nobody has written questions for
"""

__all__ = ["chat_model", "prompts", "question_bank", "reply", "session", "tracing"]
