"""What the words of a sentence stand for, and the way from a place up to those above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.facts.arguments.place_roles.place_words import (
    ACCOUNTS,
    AREAS,
    CONDITIONAL,
    CUSTOMERS_OWN,
    SUPPORTING,
)
from corpus.language.parsing import Parse
from corpus.language.propositions import Proposition
from corpus.language.terms import LEGAL_FORMS
from corpus.language.word_classes import DEEDS, THINGS, Deed, Thing

_JOINING = ("conj", "appos", "npadvmod", "nmod", "dep", "compound", "amod", "nummod")


@dataclass(frozen=True, slots=True)
class Way:
    """The way from a mention up to a word."""

    word: int
    below: int
    """The word on the way that hangs on it."""
    preposition: str
    """Words of the prepositions between it and the noun below it."""
    passed: tuple[int, ...]
    """Nouns and verbs between the mention and it, the nearest to the mention first."""
    listed: bool = False
    """True where a noun that is no name lies between, joined to what is below it by "and"."""


class Sentence:
    """A parsed sentence whose words are asked what they stand for."""

    def __init__(self, parse: Parse, said: Sequence[Proposition]) -> None:
        self.parse = parse
        self.said = said
        self.by_verb = {one.verb: one for one in said}

    def ways(self, at: int) -> Iterator[Way]:
        """Yield the nouns, adjectives and verbs above a mention with what leads to them."""
        below, preposition, passed, listed = at, "", tuple[int, ...](), False
        seen = {at}
        while (word := self._above(below)) is not None and word not in seen:
            seen.add(word)
            token = self.parse.tokens[word]
            if token.dep in ("prep", "agent", "prt", "mark") or token.tag in ("IN", "TO", "RP"):
                preposition = f"{token.text.lower()} {preposition}".strip()
                below = word
                continue
            yield Way(word, below, preposition, passed, listed)
            listed |= self.parse.tokens[below].dep == "conj" and token.tag in ("NN", "NNS")
            is_joined = self.parse.tokens[below].dep in _JOINING and token.tag.startswith("NNP")
            below, passed = word, (*passed, word)
            if not is_joined:
                preposition = ""

    def _above(self, index: int) -> int | None:
        """Return the word that one hangs on; for one behind a colon, the word before it."""
        head = self.parse.tokens[index].head
        if head != index:
            return head
        first = min(self.parse.below(index))
        before = self.parse.tokens[first - 1] if first else None
        if before is None or first < 2 or before.text not in (":", "–", "-", "—"):
            return None
        return first - 2

    def outside_brackets(self, mention: Sequence[int], at: int) -> int:
        """Return what a place in brackets explains, else the place."""
        first = mention[0]
        tokens = self.parse.tokens
        if first >= 2 and tokens[first - 1].text == "(" and tokens[first - 2].is_name:
            return first - 2 if not self.is_company(first - 2) else at
        return at

    def deed(self, verb: int) -> Deed | None:
        """Return what a verb does; None for other words and verbs that tell nothing."""
        token = self.parse.tokens[verb]
        if not token.is_verb:
            return None
        return DEEDS.get(self.lemma(verb), DEEDS.get(token.lemma))

    def lemma(self, verb: int) -> str:
        """Return the base form of a verb, with its particle."""
        said = self.by_verb.get(verb)
        return said.lemma if said else self.parse.tokens[verb].lemma

    def deed_above(self, word: int) -> Deed | None:
        """Return what the nearest verb above a word does."""
        verbs = (i for i in self.parse.above(word) if self.parse.tokens[i].is_verb)
        return next((self.deed(i) for i in verbs), None)

    def thing(self, noun: int) -> Thing | None:
        """Return what a noun or pronoun stands for; None where that tells nothing."""
        token = self.parse.tokens[noun]
        if token.text.lower() in ("those", "that") and token.tag == "DT":
            earlier = (i for i in range(noun - 1, -1, -1) if self._can_stand_for(i))
            meant = next(earlier, None)
            return Thing.PARTY if meant is None else self.thing(meant)
        if token.lemma in ("people", "person"):
            return self._thing_of_people(noun)
        if token.lemma == "account":
            made = [self.parse.tokens[i] for i in self.parse.children(noun, "compound")]
            stands = all(one.lemma in ACCOUNTS for one in made if one.tag == "NN")
            return Thing.PARTY if stands else None
        return THINGS.get(token.lemma, THINGS.get(token.text.lower()))

    def _thing_of_people(self, noun: int) -> Thing:
        looks = self.parse.tokens[noun].dep == "nsubj" and self.deed_above(noun) is Deed.ACCESS
        if looks or self.made(noun) & SUPPORTING:
            return Thing.STAFF
        above = [self.parse.tokens[i] for i in self.parse.above(noun)][:2]
        within = len(above) == 2 and above[0].text == "of"
        is_company = within and THINGS.get(above[1].lemma) is Thing.COMPANY
        return Thing.COMPANY if is_company else Thing.PARTY

    def _can_stand_for(self, noun: int) -> bool:
        """Tell whether a later "those" can mean a noun."""
        return self.parse.tokens[noun].tag in ("NNS", "NNPS")

    def made(self, noun: int) -> set[str]:
        """Return the adjectives of a noun and the nouns before it."""
        below = self.parse.children(noun, "amod", "compound", "acl")
        return {self.parse.tokens[i].text.lower() for i in below}

    def has_noun(self, passed: Sequence[int]) -> bool:
        """Tell whether words have a noun that stands for a thing rather than for a place."""
        tokens = [self.parse.tokens[i] for i in passed]
        return any(t.tag in ("NN", "NNS") and t.lemma not in AREAS for t in tokens)

    def is_proper(self, noun: int) -> bool:
        """Tell whether a noun is a name."""
        return self.parse.tokens[noun].tag.startswith("NNP")

    def is_company(self, noun: int) -> bool:
        """Tell whether a noun is the name of a company by its legal form."""
        near = (noun, noun + 1)
        tokens = self.parse.tokens
        return self.is_proper(noun) and any(
            i < len(tokens) and tokens[i].text.lower() in LEGAL_FORMS for i in near
        )

    def is_in_company(self, mention: Sequence[int]) -> bool:
        """Tell whether a place is a part of a company's name, or stands right behind one."""
        tokens = self.parse.tokens
        after = mention[-1] + 1
        while after < len(tokens) and tokens[after].text[:1].isupper():
            if tokens[after].text.lower() in LEGAL_FORMS:
                return True
            after += 1
        before = mention[0] - 1
        while before >= 0 and (
            tokens[before].tag in ("NNP", "CD") or tokens[before].text in ",(–-—"
        ):
            form = tokens[before].text.lower() in LEGAL_FORMS and tokens[before].text[0].isupper()
            if form and before > 0:
                return True
            before -= 1
        return False

    def is_taken_out(self, first: int) -> bool:
        """Tell "everywhere but in …", which the tree has as two things joined."""
        before = [token.text.lower() for token in self.parse.tokens[max(0, first - 4) : first]]
        return any(
            one == "but" and before[n - 1] in ("everywhere", "anywhere", "all", "anything")
            for n, one in enumerate(before)
            if n
        )

    def is_beyond_clause(self, way: Way) -> bool:
        """Tell whether a clause of its own, with nouns of its own, lies between."""
        verbs = [n for n, i in enumerate(way.passed) if self.parse.tokens[i].is_verb]
        return bool(verbs) and self.has_noun(way.passed[: verbs[0]])

    def is_customers_own(self, noun: int) -> bool:
        """Tell "your company", "the billing address", "your phone number"."""
        tokens = self.parse.tokens
        poss = {tokens[i].text.lower() for i in self.parse.children(noun, "poss")}
        made = {tokens[i].lemma for i in self.parse.children(noun, "compound", "amod")}
        return bool(made & CUSTOMERS_OWN) or ("your" in poss and self.thing(noun) is Thing.COMPANY)

    def located(self, verb: int) -> int | None:
        """Return the noun that a verb tells the place of."""
        before = self._before(verb)
        if before is not None and self.is_company(before):
            return before
        said = self.by_verb.get(verb)
        if said is not None and said.subject is not None:
            return said.subject.head
        token = self.parse.tokens[verb]
        if token.dep == "amod":
            return token.head
        if said is not None and said.around is not None:
            outer = self.said[said.around].subject
            return outer.head if outer else None
        return None

    def _before(self, verb: int) -> int | None:
        """Return the word before a participle, over a comma, wherever the tree has it hang."""
        at = verb - 1
        while at >= 0 and self.parse.tokens[at].dep in ("punct", "advmod", "auxpass", "aux"):
            at -= 1
        return at if at >= 0 and self.parse.tokens[verb].tag in ("VBN", "VBD") else None

    def is_condition(self, verb: int) -> bool:
        """Tell whether a verb heads a clause of what must hold."""
        said = self.by_verb.get(verb)
        if said is None:
            return False
        supposed = said.modal == "should" and self.parse.tokens[verb].dep in ("advcl", "ccomp")
        return supposed or bool(set(said.mark.split()) & CONDITIONAL)
