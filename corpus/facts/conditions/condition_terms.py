"""What the words of a condition ask for: its term, and the things, places and dates it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.facts.conditions import condition_words as words
from corpus.facts.types import Term
from corpus.language.parsing import Parse, Token
from corpus.language.written_date import dates_in
from corpus.places import Gazetteer, Mention

_TIMES = {"before": Term.BEFORE, "until": Term.BEFORE, "after": Term.AFTER, "since": Term.AFTER,
          "from": Term.AFTER, "on": Term.AFTER, "prior": Term.BEFORE}  # fmt: skip


_OF_NOUN = frozenset({"compound", "amod", "nmod", "poss", "prep"})
_ARGUMENTS = frozenset({"pobj", "dobj", "attr", "conj", "appos", "dep", "ROOT"})
_CLIMBED = _OF_NOUN | {"pobj", "conj", "appos"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a condition asks for."""

    term: Term
    places: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    date: date | None = None


def asked(parse: Parse, within: Sequence[int], gazetteer: Gazetteer, about: str) -> Asked:
    """Read what some words of a parsed text ask for."""
    text = parse.words(within)
    found = gazetteer.mentions(text, about)
    named = " ".join(_Asking(parse, tuple(within)).named(words.PLANS | words.AGREEMENTS))
    sure = tuple(one for one in found if one.is_sure and one.words not in named)
    reading = _Asking(parse, tuple(within), sure)
    places = tuple(dict.fromkeys(one.place.id for one in sure))
    day = next((one.date for one in dates_in(text) if one.date is not None), None)
    term, names = reading.term(bool(places), day is not None)
    return Asked(term, places, names, day)


def agreement_names(parse: Parse, within: Sequence[int]) -> tuple[str, ...]:
    """Return the agreements that some words name."""
    return _Asking(parse, tuple(within)).named(words.AGREEMENTS)


def enabled_at(parse: Parse, within: Sequence[int]) -> int | None:
    """Return the word by which some words say that a feature is on; None where there is none."""
    return _Asking(parse, tuple(within)).enabled()


class _Asking:
    """Words of a condition while they are read."""

    def __init__(
        self, parse: Parse, within: tuple[int, ...], found: tuple[Mention, ...] = ()
    ) -> None:
        self.parse = parse
        self.found = found
        self.offset = parse.tokens[within[0]].start if within else 0
        self.within = within
        self.inside = frozenset(within)
        self.lemmas = frozenset(parse.tokens[i].lemma for i in within)

    def term(self, placed: bool, dated: bool) -> tuple[Term, tuple[str, ...]]:
        """Return the term and the names that belong to it."""
        if self.lemmas & words.PREVIEWS:
            return Term.PREVIEW, ()
        if dated and (when := self._when()) is not None:
            return when, ()
        if self._denied():
            return Term.OTHER, ()
        of_place = self._of_place(placed)
        return (of_place, ()) if of_place is not None else self._done(placed)

    def _done(self, placed: bool) -> tuple[Term, tuple[str, ...]]:
        """Return what is agreed, on or had."""
        if self._verbs(words.AGREEING):
            return Term.AGREED, self.named(words.AGREEMENTS)
        if (at := self.enabled()) is not None:
            names = self._feature(at)
            used_there = placed and not names and self.parse.tokens[at].lemma == "use"
            return (Term.LOCATED if used_there else Term.ENABLED), names
        return self._held(placed)

    def _held(self, placed: bool) -> tuple[Term, tuple[str, ...]]:
        if plans := self.named(words.PLANS):
            return Term.HAS, plans
        if self._verbs(words.HAVING) and (names := tuple(self._objects(words.HAVING))):
            return Term.HAS, names
        if tiers := tuple(self._tiers()):
            return Term.HAS, tiers
        if placed and (there := self._there()) is not None:
            return there, ()
        agreements = self.named(words.AGREEMENTS)
        if agreements or ("force" in self.lemmas and self.lemmas & words.AGREEMENTS):
            return Term.AGREED, agreements
        return (Term.HAS, ()) if self._plan_alone() else (Term.OTHER, ())

    def _there(self) -> Term | None:
        """Return what a place that is named asks for: to be there, or to have chosen it."""
        labels = not any(token.is_verb for _, token in self._tokens())
        if labels and self.lemmas & words.REGIONS:
            return Term.LOCATED if self.lemmas & words.PEOPLE else Term.CHOSE
        return Term.LOCATED if self._is_there() else None

    def _plan_alone(self) -> bool:
        """Tell whether it is of a plan that has no name: "depending on the plan"."""
        return any(
            t.dep in ("pobj", "dobj") and (t.lemma in words.PLANS or is_add_on(self.parse, i))
            for i, t in self._tokens()
        )

    def _is_there(self) -> bool:
        """Tell whether somebody or something is at the place, and the place is not its mark."""
        for one in self.found:
            start, end = self.offset + one.start, self.offset + one.end
            heads = [i for i in self.parse.at(start, end) if i in self.inside]
            if heads and self._is_at(heads[-1]):
                return True
        return False

    def _people_there(self) -> bool:
        """Tell whether the place is said of people: "a customer in Japan creates …"."""
        tokens = self.parse.tokens
        return any(
            tokens[i].lemma in ("in", "from") and tokens[tokens[i].head].lemma in words.PEOPLE
            and tokens[i].dep == "prep" and self.found for i in self.within
        )  # fmt: skip

    def _is_at(self, place: int) -> bool:
        """Climb from a place to the noun or the verb that it is said of."""
        tokens = self.parse.tokens
        at = place
        while tokens[at].dep in _CLIMBED:
            above = tokens[at].head
            if above == at or above not in self.inside:
                return True
            if tokens[at].dep in _OF_NOUN and tokens[above].tag.startswith("NN"):
                named = tokens[at].dep != "prep" and tokens[above].tag.startswith("NNP")
                return named or tokens[above].lemma in words.PEOPLE | words.HOLDERS
            at = above
        return tokens[at].is_verb or (at == place and tokens[at].dep != "dobj")

    def _when(self) -> Term | None:
        """Return on which side of its date it lies."""
        return next((term for word, term in _TIMES.items() if word in self.lemmas), None)

    def _denied(self) -> bool:
        """Tell whether what is asked for is that something is not so."""
        if self.lemmas & words.OUTSIDE or (self.lemmas & words.DISABLING and self._on() is None):
            return True
        denying = (self.parse.tokens[i] for i in self.within)
        return any(t.dep == "neg" or (t.lemma == "no" and t.dep == "det") for t in denying)

    def _of_place(self, placed: bool) -> Term | None:
        if self._signs_up() or (placed and self.lemmas & words.BILLED):
            return Term.SIGNED_UP
        if placed and self.lemmas & words.TENANCY and self._is_in():
            return Term.SIGNED_UP
        chosen = self._verbs(words.CHOOSING - {"opt", "set"})
        if chosen and (placed or self.lemmas & words.REGIONS):
            return Term.LOCATED if self._people_there() else Term.CHOSE
        if not placed:
            return None
        return Term.SIGNED_UP if self.lemmas & {"country"} else None

    def _signs_up(self) -> bool:
        return any(
            (t.lemma in words.SIGNING_UP and t.is_verb)
            or (t.lemma in ("sign", "signed") and self._beside(i, "up"))
            for i, t in self._tokens()
        )  # fmt: skip

    def _is_in(self) -> bool:
        """Tell whether a tenant or an account is said to be somewhere."""
        return any(
            t.lemma in words.TENANCY and t.dep in ("nsubj", "nsubjpass") for _, t in self._tokens()
        )

    def _tokens(self) -> Iterator[tuple[int, Token]]:
        return ((i, self.parse.tokens[i]) for i in self.within)

    def _verbs(self, lemmas: frozenset[str]) -> list[int]:
        tokens = self.parse.tokens
        return [i for i in self.within if tokens[i].lemma in lemmas and tokens[i].is_verb]

    def _beside(self, at: int, particle: str) -> bool:
        tokens = self.parse.tokens
        return any(i in self.inside and tokens[i].lemma == particle for i in range(at + 1, at + 4))

    def enabled(self) -> int | None:
        """Return the word that says that a feature is on; None where there is none."""
        if (on := self._on()) is not None:
            return on
        for i in self.within:
            token = self.parse.tokens[i]
            if token.lemma not in words.ENABLING or token.dep in ("compound", "nsubj", "pobj"):
                continue
            particle = words.PARTICLES.get(token.lemma)
            if (particle is None and token.tag != "NN") or self._beside(i, particle or ""):
                return i
        return None

    def _on(self) -> int | None:
        """Return the "on" of "mirroring is on": nothing stands behind it."""
        for i in self.within:
            token = self.parse.tokens[i]
            verb = self.parse.tokens[token.head].lemma
            if token.lemma == "on" and verb == "be" and not self.parse.children(i, "pobj"):
                return i if not is_add_on(self.parse, i) else None
        return None

    def _feature(self, at: int) -> tuple[str, ...]:
        """Return what is on: the subject of a passive verb, or the object."""
        tokens = self.parse.tokens
        verb = at if tokens[at].lemma != "on" else tokens[at].head
        for deps in (("dobj", "nsubjpass"), ("nsubj",)):
            below = self.parse.children(verb, *deps)
            names = tuple(
                self.name(i)
                for i in below
                if i in self.inside
                and tokens[i].tag != "PRP"
                and tokens[i].lemma not in (*words.PEOPLE, "who", "that", "which")
            )
            if names:
                every = " ".join(names)
                return tuple(name for name in names if name and every.count(name) == 1)
        head = tokens[verb].head
        is_about = tokens[verb].dep == "acl" and head in self.inside
        return (self.name(head),) if is_about and tokens[head].lemma not in words.PEOPLE else ()

    def _objects(self, verbs: frozenset[str]) -> Iterator[str]:
        for verb in self._verbs(verbs):
            for i in self.parse.children(verb, "dobj", "attr"):
                name = self.name(i) if i in self.inside else ""
                bought = self.parse.tokens[verb].lemma not in ("have", "include")
                if name and (bought or not name.islower()):
                    yield name

    def _tiers(self) -> Iterator[str]:
        """Yield the plans that people are told apart by: "Enterprise customers"."""
        for noun, token in self._tokens():
            alone = len(self.within) == 1 or (noun > self.within[0] and token.dep in _ARGUMENTS)
            if alone and token.lemma in words.TIERS and token.text[0].isupper():
                yield token.text
            if token.lemma not in words.PEOPLE | words.HOLDERS:
                continue
            before = [i for i in self.within if i < noun and self._is_before(i, noun)]
            if any(self.parse.tokens[i].lemma in words.TIERS for i in before):
                yield self.parse.words(before)

    def _is_before(self, at: int, noun: int) -> bool:
        """Tell whether a word belongs to the names that stand before a noun."""
        tokens = self.parse.tokens
        while at != noun and tokens[at].dep in ("compound", "amod", "nmod"):
            at = tokens[at].head
        return at == noun

    def named(self, heads: frozenset[str]) -> tuple[str, ...]:
        """Return the nouns of some kind that are told apart by a name or another word."""
        tokens = self.parse.tokens
        found = []
        for i in self.within:
            token = tokens[i]
            if token.dep == "compound" and tokens[token.head].lemma in heads:
                continue
            of_kind = token.lemma in heads or token.text.lower() in heads
            if token.tag in ("VBZ", "VBD") or self.parse.children(i, "dobj"):
                continue
            if of_kind or ("add-on" in heads and is_add_on(self.parse, i)):
                name = self.name(i)
                if " " in name or name.isupper():
                    found.append(name)
        return tuple(dict.fromkeys(found))

    def name(self, head: int) -> str:
        """Return a noun with the words before it that belong to its name."""
        last = head + 3 if head + 3 in self.inside and is_add_on(self.parse, head + 3) else head
        first = head - 2 if is_add_on(self.parse, head) else head
        while first - 1 in self.inside and self._belongs(first - 1):
            first -= 1
        return self.parse.words((first, last)).strip("\"'“”`*")

    def _belongs(self, at: int) -> bool:
        """Tell whether a word before a noun is part of its name."""
        token = self.parse.tokens[at]
        if token.lemma in words.WEAK or token.tag in ("IN", "CC", "TO", "PRP$", "POS", "DT", "CD"):
            return False
        verb = token.is_verb and token.text.lower() not in words.TIERS
        return token.text == "-" or not (token.dep == "punct" or verb)


def is_add_on(parse: Parse, at: int) -> bool:
    """Tell whether a word is the end of "add-on", which the parser takes for three words."""
    before = [t.text.lower() for t in parse.tokens[max(0, at - 2) : at + 1]]
    return before in (["add", "-", "on"], ["add", "-", "ons"])
