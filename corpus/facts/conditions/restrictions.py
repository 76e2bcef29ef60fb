"""How a sentence limits the one before it."""

from __future__ import annotations

from dataclasses import replace

from corpus.facts.conditions import condition_words as words
from corpus.facts.conditions.condition_words import Lead
from corpus.facts.conditions.led_in import Led
from corpus.facts.conditions.limits import Limiting
from corpus.facts.conditions.types import Limits, Restriction
from corpus.facts.types import Condition
from corpus.language.propositions import Link, Proposition


class Restricting(Limiting):
    """A sentence that follows another, while it is read."""

    def restriction(self, main: Proposition) -> Restriction | None:
        """Return how the sentence limits the one before it."""
        text = " ".join(t.text.lower() for t in self.parse.tokens[:4])
        if text.startswith(words.OTHERWISE):
            return Restriction(otherwise=True)
        if text.startswith(words.IN_THAT_CASE):
            return Restriction(in_that_case=True)
        limits = self.limits(main)
        found = self._of_exceptions(main) or self._of_cover(main, limits)
        if found is None and text.startswith(words.CONTRARY):
            found = self._contrary(main, limits)
        return found

    def _of_exceptions(self, main: Proposition) -> Restriction | None:
        """Read "the exception is …" and "… are excluded"."""
        subject, left_out = main.subject, None
        if subject is None:
            return None
        if self.parse.tokens[subject.head].lemma in words.EXCEPTIONS:
            left_out = main.complement
        elif main.lemma in words.EXCLUDING:
            left_out = subject if main.passive else next(iter(main.objects), None)
        return Restriction(exceptions=(self._phrase(left_out.head),)) if left_out else None

    def _of_cover(self, main: Proposition, limits: Limits) -> Restriction | None:
        """Read "this does not apply to …", "only … are covered" and "this applies only to …"."""
        if main.lemma not in words.COVERED_VERBS:
            return None
        if main.negated:
            return self._of_denied_cover(main, limits)
        if self._first_is_only(main) and main.subject is not None:
            return Restriction(conditions=(replace(self._phrase(main.subject.head), only=True),))
        return self._of_only(main, limits) if self._says_only(main) else None

    def _of_denied_cover(self, main: Proposition, limits: Limits) -> Restriction | None:
        if main.passive and main.subject is not None:
            return Restriction(exceptions=(self._phrase(main.subject.head),))
        exceptions = limits.exceptions or limits.conditions
        return Restriction(exceptions=exceptions) if exceptions else None

    def _first_is_only(self, main: Proposition) -> bool:
        return self.parse.tokens[0].lemma in words.ONLY and main.link is Link.MAIN

    def _says_only(self, main: Proposition) -> bool:
        """Tell whether "only" stands at the verb or behind it."""
        tokens = self.parse.tokens
        return any(t.lemma in words.ONLY and i > 0 for i, t in enumerate(tokens)) and not (
            main.negated or self._first_is_only(main)
        )

    def _of_only(self, main: Proposition, limits: Limits) -> Restriction | None:
        """Read "this applies only to …" and "this only applies when …"."""
        obliques = [one for one in main.obliques if one.preposition in ("to", "for")]
        found = limits.conditions or tuple(self._phrase(one.phrase.head) for one in obliques)
        only = tuple(replace(one, only=True) for one in found)
        return Restriction(conditions=only) if only else None

    def _phrase(self, head: int, *, excepts: bool = False) -> Condition:
        within = self._trim(self.parse.below(head))
        while len(within) > 1 and self.parse.tokens[within[0]].lemma in words.ONLY | words.WEAK:
            within = within[1:]
        return self.condition(Led(Lead((), excepts=excepts), within[0], within, head))

    def _contrary(self, main: Proposition, limits: Limits) -> Restriction | None:
        """Read "however, …": what it is said of, or under what, is left out before."""
        if limits.conditions:
            return Restriction(exceptions=limits.conditions)
        subject = main.subject
        if subject is None or self.parse.tokens[subject.head].tag.startswith(("PRP", "DT")):
            return None
        return Restriction(exceptions=(self._phrase(subject.head),))
