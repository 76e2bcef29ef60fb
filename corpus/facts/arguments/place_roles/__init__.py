"""What a place has to do with what is said: read off the words that it hangs on.

From the mention we climb to the words above it. The first that tells anything decides: the noun of
a customer, a company or a transfer, a preposition that takes the place out, or the verb. Where none
tells anything, the kind of the statement does.
"""

from corpus.facts.arguments.place_roles.firm_roles import OF_DATA, firm
from corpus.facts.arguments.place_roles.place_titles import is_of_name, titled
from corpus.facts.arguments.place_roles.told_roles import role_at, role_under

__all__ = ["OF_DATA", "firm", "is_of_name", "role_at", "role_under", "titled"]
