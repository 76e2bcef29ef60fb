"""Sentences to propositions: who does what to which, where, under what, and is it denied.

Documents, questions and written answers are read by this one layer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.language.parsing import Parse, Token
from corpus.types import Span


class Link(StrEnum):
    """How a proposition hangs on the one around it."""

    MAIN = "main"
    COORDINATE = "coordinate"
    """Joined to another by "and", "or", "but"."""
    RELATIVE = "relative"
    """Says something of a noun: "which is stored in …", "stored in …"."""
    ADVERBIAL = "adverbial"
    """Says under what, when or why: "if …", "unless …", "when …", "because …"."""
    COMPLEMENT = "complement"
    """Is what another says, asks or wants: "that …", "where …", "to …"."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun with all that hangs on it, relative clauses excepted."""

    head: int
    """Index of the noun."""
    lemma: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Oblique:
    """What a preposition adds to a verb: "in Norway", "by the customer", "for 30 days"."""

    preposition: str
    """In lower case."""
    at: int
    """Index of the preposition."""
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Proposition:
    """A predicate with its arguments."""

    verb: int
    """Index of the verb; of the noun or adjective where a sentence has no verb."""
    lemma: str
    link: Link
    around: int | None
    """Index, among the propositions of the sentence, of the one that it hangs on."""
    mark: str
    """Words that lead an adverbial one in: "if", "unless", "only when"; empty for others."""
    span: Span
    """From its first to its last word, propositions within it included, coordinate ones not."""
    subject: Phrase | None
    """What it is said of; taken over where a coordinate or complement verb names none."""
    objects: tuple[Phrase, ...]
    complement: Phrase | None
    """What the subject is said to be: "a region", "available"."""
    obliques: tuple[Oblique, ...]
    modal: str
    """"may", "must", "will", "can", "should", "shall"; empty for a plain statement."""
    negated: bool
    passive: bool
    imperative: bool
    past: bool
    only: bool
    """True where "only", "solely" or "exclusively" restricts it."""


_MODALS = {"'ll": "will", "’ll": "will", "wo": "will", "ca": "can", "need": "must",
           "could": "can", "might": "may", "would": "will", "have": "must"}  # fmt: skip
_DENYING = frozenset({"no", "neither", "none", "nothing", "nobody", "nowhere"})
_ONLY = frozenset({"only", "solely", "exclusively", "strictly", "entirely", "purely"})
_CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "xcomp", "pcomp", "csubj", "csubjpass"})
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_LINKS = {
    "relcl": Link.RELATIVE, "acl": Link.RELATIVE, "advcl": Link.ADVERBIAL,
    "ccomp": Link.COMPLEMENT, "xcomp": Link.COMPLEMENT, "pcomp": Link.COMPLEMENT,
    "csubj": Link.COMPLEMENT, "csubjpass": Link.COMPLEMENT,
    "conj": Link.COORDINATE, "parataxis": Link.COORDINATE,
}  # fmt: skip
_MARKING = ("mark", "advmod", "prep")


def propositions(parse: Parse) -> tuple[Proposition, ...]:
    """Return the propositions of a text, an outer one before those within it."""
    reading = _Reading(parse)
    return tuple(reading.proposition(verb) for verb in reading.verbs)


class _Reading:
    """A parse while its propositions are read."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.verbs = tuple(self._verbs())
        self._place = {verb: number for number, verb in enumerate(self.verbs)}
        self._known: dict[int, Proposition] = {}

    def proposition(self, verb: int) -> Proposition:
        """Return what is said with a verb."""
        if verb not in self._known:
            self._known[verb] = self._read(verb)
        return self._known[verb]

    def _verbs(self) -> Iterator[int]:
        """Yield the heads of propositions, an outer one before those within it."""
        pending = list(reversed(self.parse.roots()))
        while pending:
            at = pending.pop()
            if self._heads(at):
                yield at
            pending.extend(reversed(self.parse.children(at)))

    def _heads(self, at: int) -> bool:
        token = self.parse.tokens[at]
        if token.head == at:
            return True
        if token.dep in ("aux", "auxpass", "amod", "compound") or not token.is_verb:
            return token.dep in _CLAUSES and bool(self.parse.children(at, *_SUBJECTS))
        return token.dep in _CLAUSES or token.dep in ("conj", "parataxis", "prep")

    def _read(self, verb: int) -> Proposition:
        parse, token = self.parse, self.parse.tokens[verb]
        outer = self._outer(verb)
        around = self.proposition(outer) if outer is not None else None
        link = _LINKS.get(token.dep, Link.MAIN) if around else Link.MAIN
        shares = link is Link.COORDINATE or token.dep == "xcomp"
        subject = self._subject(verb) or self._antecedent(verb)
        own_modal = self._modal(verb)
        shared = self._shares_with(verb)
        own_subject = bool(parse.children(verb, *_SUBJECTS))
        takes = around if around and shares and not own_subject else None
        return Proposition(
            verb=verb,
            lemma=self._lemma(verb),
            link=link,
            around=self._place[outer] if outer is not None else None,
            mark=self._mark(verb) if link is Link.ADVERBIAL else "",
            span=self._extent(verb) if shared is None else self._both(verb, shared),
            subject=subject or (takes.subject if takes else None),
            objects=self._objects(verb) or (self._objects(shared) if shared is not None else ()),
            complement=next(map(self.phrase, parse.children(verb, "attr", "acomp")), None),
            obliques=tuple(self._obliques(verb if shared is None else shared)),
            modal=own_modal or (takes.modal if takes and not self._own_aux(verb) else ""),
            negated=self._is_denied(verb) or (
                takes is not None and takes.negated and not self._own_aux(verb)
                and self._reaches(outer, verb)
            ),
            passive=bool(parse.children(verb, "auxpass", "nsubjpass"))
            or (token.tag == "VBN" and not parse.children(verb, "aux")),
            imperative=self._is_order(verb) or (takes is not None and takes.imperative),
            past=self._is_past(verb),
            only=any(parse.tokens[i].lemma in _ONLY for i in self._near(verb)),
        )  # fmt: skip

    def _outer(self, verb: int) -> int | None:
        return next((one for one in self.parse.above(verb) if one in self._place), None)

    def _lemma(self, verb: int) -> str:
        """Return the verb with its particle: "back up", "opt in"."""
        parts = self.parse.children(verb, "prt")
        return " ".join(
            [self.parse.tokens[verb].lemma, *(self.parse.tokens[i].lemma for i in parts)]
        )

    def _subject(self, verb: int) -> Phrase | None:
        found = self.parse.children(verb, "nsubj", "nsubjpass")
        if not found:
            return None
        head = self.parse.tokens[found[0]]
        if head.tag in ("WDT", "WP") or (head.lemma == "that" and head.tag != "DT"):
            return self._antecedent(verb)
        return self.phrase(found[0])

    def _antecedent(self, verb: int) -> Phrase | None:
        """Return the noun that a relative clause says something of."""
        token = self.parse.tokens[verb]
        if token.dep not in ("relcl", "acl") or token.head == verb:
            return None
        return self.phrase(token.head)

    def _objects(self, verb: int) -> tuple[Phrase, ...]:
        return tuple(map(self.phrase, self.parse.children(verb, "dobj", "obj", "dative", "oprd")))

    def _shares_with(self, verb: int) -> int | None:
        """Return the verb whose objects and places are those of one before it too.

        "Tern stores and processes mail in Oslo": nothing but "and" stands between the two.
        """
        for other in self.parse.children(verb, "conj"):
            between = self.parse.tokens[verb + 1 : other]
            if (
                other in self._place
                and between
                and all(
                    token.dep in ("cc", "punct", "aux", "auxpass", "advmod") for token in between
                )
            ):
                return other
        return None

    def _both(self, verb: int, other: int) -> Span:
        return Span(self._extent(verb).start, self._extent(other).end)

    def _coordinate(self, verb: int) -> frozenset[int]:
        return frozenset(
            i for i in self.parse.children(verb)
            if i in self._place and self.parse.tokens[i].dep in ("conj", "parataxis")
        ) | frozenset(self.parse.children(verb, "cc"))  # fmt: skip

    def _extent(self, verb: int) -> Span:
        """Return the words of a proposition up to those of one that is joined to it."""
        cut = self._coordinate(verb)
        joined = {i for one in cut for i in self.parse.below(one)}
        words = [i for i in self.parse.below(verb, cut) if self.parse.tokens[i].dep != "punct"]
        first = max((i for i in joined if i < verb), default=-1)
        last = min((i for i in joined if i > verb), default=len(self.parse.tokens))
        within = [i for i in words if first < i < last] or [verb]
        whole = self.parse.span(within)
        # What ends the sentence belongs to it, unless something joined stands between.
        behind = within[-1] + 1
        if behind < min(last, len(self.parse.tokens)) and self.parse.tokens[behind].dep == "punct":
            return Span(whole.start, self.parse.tokens[behind].end)
        return whole

    def phrase(self, head: int) -> Phrase:
        """Return a noun with what hangs on it, without clauses about it."""
        cut = frozenset(
            i for i in self.parse.below(head)
            if self.parse.tokens[i].dep in ("relcl", "acl", "advcl", "appos") and i != head
        )  # fmt: skip
        words = [i for i in self.parse.below(head, cut) if self.parse.tokens[i].dep != "punct"]
        span = self.parse.span(words or [head])
        return Phrase(head, self.parse.tokens[head].lemma, span, span.of(self.parse.text))

    def _obliques(self, verb: int) -> Iterator[Oblique]:
        for at in self.parse.children(verb, "prep", "agent", "dative"):
            yield from self._under(at, self.parse.tokens[at].text.lower())
        for at in self.parse.children(verb, "npadvmod"):
            yield Oblique("", at, self.phrase(at))

    def _under(self, at: int, words: str) -> Iterator[Oblique]:
        """Yield what a preposition governs, through a second one: "out of the region"."""
        for below in self.parse.children(at):
            token = self.parse.tokens[below]
            if token.dep == "pobj":
                yield Oblique(words, at, self.phrase(below))
            elif token.dep in ("prep", "pcomp") and not token.is_verb:
                yield from self._under(below, f"{words} {token.text.lower()}")

    def _mark(self, verb: int) -> str:
        """Return the words that lead a clause in: those before its subject and its verb."""
        parse = self.parse
        first = min((verb, *parse.children(verb, *_SUBJECTS, "aux", "auxpass")))
        below = parse.children(verb, *_MARKING)
        words = [parse.tokens[i].text.lower() for i in below if i < first]
        before = min(parse.below(verb)) - 1
        if before >= 0 and parse.tokens[before].lemma in (*_ONLY, "except", "even"):
            words.insert(0, parse.tokens[before].text.lower())
        return " ".join(words)

    def _modal(self, verb: int) -> str:
        for i in self.parse.children(verb, "aux"):
            token = self.parse.tokens[i]
            if token.tag == "MD":
                return _MODALS.get(token.text.lower(), token.text.lower())
        return ""

    def _own_aux(self, verb: int) -> bool:
        return any(self.parse.tokens[i].lemma != "to" for i in self.parse.children(verb, "aux"))

    def _is_denied(self, verb: int) -> bool:
        parse = self.parse
        if parse.children(verb, "neg"):
            return True
        arguments = parse.children(verb, "nsubj", "nsubjpass", "dobj", "attr", "advmod", "pobj")
        return any(
            parse.tokens[i].lemma in _DENYING
            or any(parse.tokens[k].lemma in _DENYING for k in parse.children(i, "det", "neg"))
            for i in arguments
            # "No matter where" denies nothing.
            if (parse.tokens[i].dep, parse.tokens[i].lemma) != ("advmod", "matter")
        ) or any(parse.tokens[i].lemma in ("never", "nowhere") for i in parse.children(verb))

    def _reaches(self, outer: int | None, verb: int) -> bool:
        """Tell whether a denial reaches the next verb: over "or" and "nor", not over "but"."""
        if outer is None:
            return False
        if self.parse.tokens[verb].dep == "xcomp":
            return True
        if self._own_aux(verb):
            return False
        joined = [self.parse.tokens[i].lemma for i in self.parse.children(outer, "cc")]
        if joined:
            return any(word in ("or", "nor", "and") for word in joined)
        return self._last_joined(verb) in ("or", "nor")

    def _last_joined(self, verb: int) -> str:
        """Return the word before the last of a row of verbs: "store, copy or transmit"."""
        own = self.parse.children(verb, "cc")
        if own:
            return self.parse.tokens[own[0]].lemma
        following = [one for one in self.parse.children(verb, "conj") if one in self._place]
        return self._last_joined(following[0]) if following else ""

    def _is_order(self, verb: int) -> bool:
        token = self.parse.tokens[verb]
        if token.tag not in ("VB", "VBP") or token.dep not in ("ROOT", "conj", "ccomp", "advcl"):
            return False
        if self.parse.children(verb, *_SUBJECTS, "auxpass"):
            return False
        auxiliaries = [self.parse.tokens[i] for i in self.parse.children(verb, "aux")]
        return token.dep == "ROOT" and all(a.lemma in ("do", "please") for a in auxiliaries)

    def _is_past(self, verb: int) -> bool:
        words: list[Token] = [self.parse.tokens[verb]]
        words.extend(self.parse.tokens[i] for i in self.parse.children(verb, "aux", "auxpass"))
        return any(word.tag == "VBD" for word in words)

    def _near(self, verb: int) -> Iterator[int]:
        """Yield the adverbs of a verb, of its prepositions and of their nouns."""
        parse = self.parse
        for i in parse.children(verb):
            if parse.tokens[i].dep in ("advmod", "amod"):
                yield i
            elif parse.tokens[i].dep in ("prep", "agent"):
                yield from parse.children(i, "advmod")
                for noun in parse.children(i, "pobj"):
                    yield from parse.children(noun, "advmod", "amod")
