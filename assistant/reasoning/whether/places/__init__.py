"""Whether something is where a question asks for it: in sentences, statements and what was said."""

__all__ = ["own_country", "places_of_claim", "places_said", "places_that_decide"]
