"""Tell whether a sentence that is no quotation is supported by the passages that it cites; pure.

The sentence may be rendered from facts or written by a language model. It is read clause by clause,
each clause is laid beside the clause of the passages that it restates, and what the two say is
compared: values, places, names, negation, modality, quantifiers, conditions, directions. Doubt
withholds: the reader then gets the quotation instead.
"""

from assistant.verification.check import unsupported

__all__ = ["unsupported", "verify", "written"]
