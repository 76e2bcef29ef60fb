"""How many rules over words there are, and which of them ever fire."""
