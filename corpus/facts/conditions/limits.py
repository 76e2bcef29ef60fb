"""Which limits of a sentence reach which of its propositions, and what each asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.facts.conditions import condition_words as words
from corpus.facts.conditions.condition_terms import asked
from corpus.facts.conditions.condition_words import Lead
from corpus.facts.conditions.led_in import Leads, Led
from corpus.facts.conditions.told_apart import SUBJECTS
from corpus.facts.conditions.types import Limits
from corpus.facts.types import Condition, Term
from corpus.language.parsing import Parse
from corpus.language.propositions import Link, Proposition
from corpus.places import Gazetteer


class Limiting(Leads):
    """A sentence while its limits are read."""

    def __init__(
        self, parse: Parse, said: tuple[Proposition, ...], gazetteer: Gazetteer, about: str
    ) -> None:
        super().__init__(parse, gazetteer, about)
        self.said = said
        self._verbs = {one.verb: one for one in said}

    def limits(self, which: Proposition) -> Limits:
        """Return what limits a proposition."""
        found = [one for one in self.led if self._reaches(one, which)]
        found.extend(self._groups(which, found))
        found = _outermost(found)
        conditions = [self.condition(one) for one in found if not one.lead.excepts]
        exceptions = [self.condition(one) for one in found if one.lead.excepts]
        conditions.extend(self._otherwise(which))
        exceptions.extend(self._not_covered(which))
        return Limits(tuple(dict.fromkeys(conditions)), tuple(dict.fromkeys(exceptions)))

    def _groups(self, which: Proposition, found: Sequence[Led]) -> Iterator[Led]:
        """Yield the customers and tenants among the arguments that are told apart."""
        taken = {i for one in found for i in one.within}
        subject = set(self.parse.below(which.subject.head)) if which.subject else set()
        for noun in self._arguments(which):
            lemma = self.parse.tokens[noun].lemma
            fitting = lemma in words.PEOPLE or (lemma in words.HOLDERS and noun in subject)
            if not fitting or noun in taken or self._is_one(noun):
                continue
            if self._restricting(noun) or self._is_of_kind(noun):
                yield self._group(noun)

    def _is_one(self, noun: int) -> bool:
        """Tell whether a noun means one that is known: "the customer in view"."""
        before = {self.parse.tokens[i].text.lower() for i in self.parse.children(noun)}
        return self.parse.tokens[noun].tag in ("NN", "NNP") and bool(before & words.SINGULAR)

    def _group(self, noun: int) -> Led:
        tokens = self.parse.tokens
        below = list(self.parse.below(noun))
        first = below[0]
        only = tokens[first].lemma in words.ONLY or (
            first > 0 and tokens[first - 1].lemma in words.ONLY
        )
        aside = {*words.ONLY, *words.WEAK}
        while below[0] < noun and tokens[below[0]].lemma in aside:
            below.pop(0)
        return Led(Lead(()), first, self._cut(self._trim(below), noun), noun, only)

    def _cut(self, within: tuple[int, ...], noun: int) -> tuple[int, ...]:
        """End a group before a comma or a lead that limits the whole sentence."""
        for i in within:
            ends = self.parse.tokens[i].text in (",", ";", "(") and not self._is_in_date(i)
            if i > noun and ends:
                return self._trim([k for k in within if k < i])
        return within

    def _is_in_date(self, at: int) -> bool:
        """Tell whether a comma stands before the year of a date: "July 1, 2024"."""
        around = [self.parse.tokens[i].text for i in (at - 1, at + 1) if i < len(self.parse.tokens)]
        return len(around) == 2 and all(map(str.isdigit, around)) and len(around[1]) == 4

    def _arguments(self, which: Proposition) -> Iterator[int]:
        """Yield the nouns of a proposition's arguments, relative clauses left out."""
        heads = [one.phrase.head for one in which.obliques if one.preposition != "by"]
        heads.extend(one.head for one in which.objects)
        if which.subject is not None and which.link is not Link.RELATIVE:
            heads.append(which.subject.head)
        if which.complement is not None:
            heads.append(which.complement.head)
        for head in heads:
            cut = frozenset(
                i for i in self.parse.below(head)
                if self.parse.tokens[i].dep in ("relcl", "acl", "advcl", "appos")
            )  # fmt: skip
            yield from self.parse.below(head, cut)

    def _owner(self, limit: Led) -> Proposition | None:
        at = limit.hangs_on
        while at is not None:
            if at in self._verbs:
                return self._verbs[at]
            head = self.parse.tokens[at].head
            at = head if head != at else None
        return None

    def _reaches(self, limit: Led, which: Proposition) -> bool:
        owner = self._owner(limit)
        if which.verb in limit.within:
            return False
        if owner is None:
            return which.link in (Link.MAIN, Link.COORDINATE)
        if owner.verb == which.verb:
            return True
        return self._from_above(limit, owner, which) or self._from_below(owner, which)

    def _from_above(self, limit: Led, owner: Proposition, which: Proposition) -> bool:
        """Tell whether a limit of the proposition around one limits that one as well."""
        if which.around is None or which.link in (Link.RELATIVE, Link.ADVERBIAL):
            return False
        around = self.said[which.around]
        if which.link is Link.COORDINATE:
            leads = limit.within[-1] < min(self._starts(owner), self._starts(which))
            if not leads or self._is_otherwise(which):
                return False
        elif self._is_apart(which) and limit.within[0] > which.verb:
            return False
        return owner.verb == around.verb or self._from_above(limit, owner, around)

    def _from_below(self, owner: Proposition, which: Proposition) -> bool:
        """Tell whether a limit hangs on what a proposition says, wants or allows."""
        while owner.link is Link.COMPLEMENT and owner.around is not None:
            if self._is_apart(owner):
                return False
            owner = self.said[owner.around]
            if owner.verb == which.verb:
                return True
        return False

    def _starts(self, one: Proposition) -> int:
        """Return where a main clause begins: at its subject, or at its verb."""
        subjects = self.parse.children(one.verb, *SUBJECTS)
        return min((one.verb, *(min(self.parse.below(i)) for i in subjects)))

    def _is_apart(self, one: Proposition) -> bool:
        """Tell whether a complement is a sentence of its own: "A is so; B is so"."""
        head = self.parse.tokens[one.verb].head
        return self.parse.tokens[one.verb].dep == "ccomp" and head > one.verb

    def _is_otherwise(self, which: Proposition) -> bool:
        tokens = self.parse.tokens
        return any(tokens[i].lemma in ("otherwise", "else") and i < which.verb
                   for i in self.parse.children(which.verb, "advmod"))  # fmt: skip

    def _otherwise(self, which: Proposition) -> Iterator[Condition]:
        """Yield the conditions of the clause before, denied."""
        if not self._is_otherwise(which):
            return
        before = [one for one in self.said if one.verb < which.verb
                  and one.link in (Link.MAIN, Link.COORDINATE, Link.COMPLEMENT)]  # fmt: skip
        if before:
            nearest = max(before, key=lambda one: one.verb)
            for one in self.limits(nearest).conditions:
                yield replace(one, negated=not one.negated, only=False)

    def _not_covered(self, which: Proposition) -> Iterator[Condition]:
        """Yield what a denied "apply to" or "cover" leaves out."""
        if not which.negated or which.lemma not in words.LEFT_OUT_VERBS or which.passive:
            return
        heads = [one.phrase.head for one in which.obliques if one.preposition in ("to", "for")]
        for head in heads or [one.head for one in which.objects]:
            within = self._trim(self.parse.below(head))
            yield self.condition(Led(Lead((), excepts=True), head, within, head))

    def condition(self, limit: Led) -> Condition:
        """Return a limit with what it asks for."""
        found = asked(self.parse, limit.within, self.gazetteer, self.about)
        lead, term, names = limit.lead, found.term, found.names
        if lead.firm or (term is Term.OTHER and lead.term is not Term.OTHER):
            term = lead.term
            names = names or (() if found.date else tuple(self._event(limit)))
        return Condition(
            text=self.parse.words(limit.within),
            span=self.parse.span(limit.within),
            term=term,
            negated=lead.negated,
            places=found.places,
            names=names,
            date=found.date,
            only=limit.only,
            lead="" if lead.kept else " ".join(lead.words),
        )

    def _event(self, limit: Led) -> Iterator[str]:
        """Yield what happens before or after: a noun that no verb stands beside."""
        if not any(self.parse.tokens[i].is_verb for i in limit.within):
            within = [i for i in limit.within if self.parse.tokens[i].lemma not in words.WEAK]
            if within:
                yield self.parse.words(within)


def _outermost(found: Sequence[Led]) -> list[Led]:
    """Return the limits that lie in no other, in the order of the text."""
    kept = [
        one for one in found
        if not any(other is not one and set(one.within) < set(other.within) for other in found)
    ]  # fmt: skip
    kept.sort(key=lambda one: one.first)
    return kept
