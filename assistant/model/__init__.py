"""Answers that a language model writes and the documents must prove, sentence by sentence.

prompts    what the model is told, in one file, with its hash
dossier    the evidence that it is given: numbered passages
reply      what it said, read line by line
judged     each of its sentences against the passages that it cites
writer     ask, judge, repair once, else quote, else withhold
ledger     tokens by day, replies by question, evidence and prompts
questions  questions written for passages that nobody has written questions for
"""
