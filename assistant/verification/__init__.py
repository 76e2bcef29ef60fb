"""Tell whether a sentence that is no quotation is supported by the passages that it cites; pure.

The sentence may be rendered from facts or written by a language model. It is read as propositions,
by the layer that reads documents; each assertion is laid beside the sentences, rows and bullets of
the passages (`check`), and holds by one that says it. Doubt withholds.

reading    sentences as they are compared
passages   what they are held against, and the sets that it lists
checks     what may be wrong, one kind a module
"""

from assistant.verification.check import unsupported

__all__ = ["unsupported", "verify", "written"]
