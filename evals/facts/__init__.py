"""How well the table of statements agrees with what people read: `python -m evals.facts`.

`gold` reads what people wrote down, `statements` what the product reads in the same documents,
`matching` pairs the two, `headline` counts kinds and places, `arguments` the rest of each pair,
`tables` prints.
"""

__all__ = ["arguments", "gold", "headline", "matching", "statements", "tables"]
