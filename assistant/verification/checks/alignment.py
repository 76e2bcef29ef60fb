"""An assertion laid beside one ground: which of its words the ground says, and in which clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from assistant.verification.passages.grounds import Ground
from assistant.verification.reading.names import is_initials
from assistant.verification.reading.spoken import Assertion, is_none, names
from assistant.verification.reading.words import concepts, in_field, signs
from corpus.language.parsing import Token
from corpus.language.propositions import Link, Proposition

_WEIGHTS = {"NN": 1.0, "VB": 1.0, "JJ": 0.8, "RB": 0.4, "CD": 1.0}
_NAME = 1.5
_LIGHT = frozenset("work run go hold set pass perform calculate hand".split())
"""Verbs that say little by themselves."""
_LITTLE = 0.4
"""Weight of a word that says little, where it is said."""
_ASSERTING = frozenset({"while", "whereas", "because", "although", "since", "as"})


@dataclass(frozen=True)
class Aligned:
    """An assertion beside a ground."""

    claim: Assertion
    ground: Ground
    pairs: Mapping[int, tuple[int, ...]]
    """Words of the assertion, by index, with those of the ground that mean the same."""
    around: frozenset[int]
    """Words that only what stands around the ground says."""
    missing: tuple[int, ...]
    """Words that neither says."""
    distant: frozenset[int] = frozenset()
    """Words that only the name of the document or an outer heading says."""

    @cached_property
    def share(self) -> float:
        """How much of the assertion is said, by weight; words around the ground count less."""
        own = sum(self._weight(i) for i in self.claim.telling if self.pairs.get(i))
        near = sum(self._weight(i) for i in self.claim.telling if i in self.around)
        far = sum(self._weight(i) for i in self.claim.telling if i in self.distant)
        total = sum(self._weight(i) for i in self.claim.telling) + self._light
        return (own + self._light + 0.9 * near + 0.6 * far) / total if total else 1.0

    @cached_property
    def own(self) -> float:
        """How much of the assertion, names around the ground aside, the ground itself says."""
        words = [i for i in self.claim.telling if i not in self.names or self.pairs.get(i)]
        total = sum(self._weight(i) for i in words) + self._light
        said = sum(self._weight(i) for i in words if self.pairs.get(i)) + self._light
        return said / total if total else 1.0

    @cached_property
    def _light(self) -> float:
        """Words that say little count where they are said, and are not missed where not."""
        return _LITTLE * sum(
            i not in self.claim.telling and bool(self.claim.said.meant[i]) for i in self.pairs
        )

    def _weight(self, at: int) -> float:
        token = self.claim.said.parse.tokens[at]
        if at in self.names:
            return _NAME
        return _WEIGHTS.get(token.tag[:2], 0.6)

    @cached_property
    def names(self) -> frozenset[int]:
        """Words of the assertion that are names."""
        return frozenset(names(self.claim.said, self.claim.words))

    @cached_property
    def clause(self) -> Proposition | None:
        """The proposition of the ground that says most of it, the one with its predicate first."""
        best, most = None, 0.0
        every = self.ground.said.propositions
        same = [one for one in every if self._says_predicate(one)]
        main = [one for one in every if not _is_aside(one)]
        for found in (same, main, every):
            for one in found:
                own = set(self.words_of(one))
                score = sum(
                    self._weight(i) for i, words in self.pairs.items() if own & set(words)
                ) / (1 + 0.02 * len(own))  # fmt: skip
                if score > most:
                    best, most = one, score
            if best is not None:
                break
        if best is not None and best.link is Link.ADVERBIAL and best not in same:
            # What holds is said by the clause that it hangs on.
            return every[best.around] if best.around is not None and _is_aside(best) else best
        return best

    def _says_predicate(self, one: Proposition) -> bool:
        if self.predicate is None or self.claim.proposition is None:
            return False
        same = one.lemma == self.claim.proposition.lemma and one.lemma not in ("be", "have", "do")
        return same or one.verb in self.pairs.get(self.predicate, ())

    @cached_property
    def outer(self) -> tuple[Proposition, ...]:
        """The clause that was found, and those that it is the content of."""
        if self.clause is None:
            return ()
        return (self.clause, *self.ground.said.within(self.clause))

    @cached_property
    def predicate(self) -> int | None:
        """The word of the assertion that says it; behind "has to" and "needs to" what is done."""
        one = self.claim.proposition
        if one is None:
            return None
        parse = self.claim.said.parse
        if one.lemma in ("have", "need"):
            inner = [i for i in parse.children(one.verb, "xcomp") if i in self.claim.words]
            return inner[0] if inner else one.verb
        return one.verb

    @cached_property
    def surely(self) -> bool:
        """Whether the clause that was found has the predicate of the assertion."""
        return (
            self.clause is not None and self.predicate is not None
            and self.clause.verb in self.pairs.get(self.predicate, ())
        )  # fmt: skip

    def words_of(self, one: Proposition) -> tuple[int, ...]:
        """Return the words of a proposition of the ground, those of clauses within it left out."""
        said = self.ground.said
        cut = frozenset(
            p.verb for p in said.propositions
            if p.verb != one.verb and (p.around is None or p.link.value != "complement")
        )  # fmt: skip
        found = set(said.parse.below(one.verb, cut))
        if one.subject is not None:
            found.update(said.parse.below(one.subject.head, cut | {one.verb}))
        return tuple(sorted(found))

    @cached_property
    def clause_words(self) -> tuple[int, ...]:
        """Words of the clause that was found; of the whole ground where there is none."""
        if self.clause is None:
            return tuple(range(len(self.ground.said.parse.tokens)))
        return self.words_of(self.clause)

    @cached_property
    def turns(self) -> bool:
        """Whether the word that says it stands for its opposite in the clause."""
        return any(self.turned(i) for i in self._saying)

    @cached_property
    def opposed(self) -> tuple[int, ...]:
        """Other words of the assertion whose opposite stands in the clause in their place."""
        return tuple(i for i in self.pairs if i not in self._saying and self.turned(i))

    @cached_property
    def _saying(self) -> tuple[int, ...]:
        if self.predicate is None:
            return ()
        parse = self.claim.said.parse
        around = parse.children(self.predicate, "acomp", "prt", "attr", "oprd", "advmod")
        return tuple(i for i in (self.predicate, *around) if i in self.pairs)

    def turned(self, at: int) -> bool:
        """Tell whether a word meets its opposite in the clause and not itself."""
        mine = dict(_sides(self.claim.said.parse.tokens[at]))
        if not mine or not self.pairs[at]:
            return False
        near = [i for i in self.pairs[at] if i in set(self.clause_words)] or self.pairs[at]
        near = [i for i in near if not is_none(self.ground.said, i)]
        theirs = [dict(_sides(self.ground.said.parse.tokens[i])) for i in near]
        same = any(one.get(name) == sign for one in theirs for name, sign in mine.items())
        base = concepts(self.claim.said.parse.tokens[at].text)
        equal = any(
            {c for c in concepts(self.ground.said.parse.tokens[i].text) & base if c[0] != "~"}
            for i in self.pairs[at]
        )
        other = any(one.get(name) == -sign for one in theirs for name, sign in mine.items())
        return other and not same and not equal


def _is_aside(one: Proposition) -> bool:
    """Tell whether a proposition only says of what, or when, another one holds."""
    return one.link is Link.RELATIVE or (
        one.link is Link.ADVERBIAL and bool(one.mark) and one.mark.split()[-1] not in _ASSERTING
    )


def _sides(token: Token) -> Iterator[tuple[str, int]]:
    yield from signs(token.text)
    yield from signs(token.lemma)


def align(claim: Assertion, ground: Ground) -> Aligned:
    """Lay an assertion beside a ground."""
    pairs: dict[int, tuple[int, ...]] = {}
    around: set[int] = set()
    distant: set[int] = set()
    missing: list[int] = []
    meant = ground.said.meant
    for i in claim.words:
        mine = claim.said.meant[i]
        if not mine:
            continue
        found = tuple(k for k, theirs in enumerate(meant) if mine & theirs)
        if not found:
            found = _in_parts(claim.said.parse.tokens[i].text, ground)
        if found:
            pairs[i] = found
        elif mine & ground.around:
            around.add(i)
        elif mine & ground.distant:
            distant.add(i)
        elif is_initials(claim.said.parse.tokens[i].text, ground.text):
            around.add(i)
        elif i in claim.telling:
            missing.append(i)
    return Aligned(claim, ground, pairs, frozenset(around), tuple(missing), frozenset(distant))


def _in_parts(word: str, ground: Ground) -> tuple[int, ...]:
    """Find a word that is a part of one with hyphens or dots, or that is made of several."""
    folded = word.casefold()
    if len(folded) < 3:
        return ()
    of = ground.said.parse.tokens
    return tuple([
        k for k, parts in ground.said.joined.items()
        if folded in parts and len(of[k].text) > len(word)
    ])  # fmt: skip


def is_of_field(aligned: Aligned, at: int) -> bool:
    """Tell whether a word of the assertion names what may happen to data."""
    token = aligned.claim.said.parse.tokens[at]
    return token.is_verb and token.lemma not in _LIGHT and in_field(token.text)
