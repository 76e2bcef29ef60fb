"""Conditions and exceptions: what limits a proposition, and what each limit asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.facts import condition_words as words
from corpus.facts.condition_terms import agreement_names, asked, enabled_at, is_add_on
from corpus.facts.condition_words import LEADS, Lead, Needs
from corpus.facts.types import Condition, Term
from corpus.language.parsing import Parse, parse_one
from corpus.language.propositions import Link, Proposition, propositions
from corpus.language.written_date import dates_in
from corpus.places import Gazetteer

_BY_FIRST: dict[str, tuple[Lead, ...]] = {
    first: tuple(
        sorted((one for one in LEADS if one.words[0] == first), key=lambda one: -len(one.words))
    )
    for first in {one.words[0] for one in LEADS}
}
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a proposition holds under and what it does not hold for."""

    conditions: tuple[Condition, ...] = ()
    exceptions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Restriction:
    """What a sentence says about when the one before it holds."""

    conditions: tuple[Condition, ...] = ()
    """The one before holds under these alone."""
    exceptions: tuple[Condition, ...] = ()
    """The one before does not hold for these."""
    in_that_case: bool = False
    """True where this sentence holds under the conditions of the one before."""
    otherwise: bool = False
    """True where this sentence holds unless the conditions of the one before do."""


@dataclass(frozen=True, slots=True)
class _Limit:
    """Words that limit something, before they are typed."""

    lead: Lead
    first: int
    """Index of the first word, lead included."""
    within: tuple[int, ...]
    """The words that a reader sees."""
    hangs_on: int | None
    only: bool = False


def conditions_of(
    parse: Parse, said: Sequence[Proposition], which: Proposition, gazetteer: Gazetteer,
    about: str = "",
) -> Limits:  # fmt: skip
    """Return what limits one of the propositions of a sentence.

    `about` is what is known of its document, by which names of a vendor's regions are read.
    """
    return _Limiting(parse, tuple(said), gazetteer, about).limits(which)


def condition_of_label(text: str, gazetteer: Gazetteer, about: str = "") -> Condition:
    """Return the condition that a label set apart states: a tab, a heading, a cell, a note."""
    plain = text.strip().rstrip(":.")
    parse = parse_one(plain)
    limiting = _Limiting(parse, propositions(parse), gazetteer, about)
    last = len(parse.tokens) - 1
    found = limiting.lead_at(0)
    whole = tuple(range(last + 1))
    lead = found[0] if found else Lead(())
    within = whole if lead.kept or len(lead.words) > last else whole[len(lead.words) :]
    limited = _Limit(lead, 0, within, None, parse.tokens[last].lemma in words.ONLY)
    return replace(limiting.condition(limited), span=None)


def restricts(
    parse: Parse, said: Sequence[Proposition], gazetteer: Gazetteer, about: str = ""
) -> Restriction | None:
    """Return how a sentence limits the one before it; None where it does not."""
    if not parse.tokens or not said:
        return None
    return _Limiting(parse, tuple(said), gazetteer, about).restriction(said[0])


class _Limiting:
    """A sentence while its limits are read."""

    def __init__(
        self, parse: Parse, said: tuple[Proposition, ...], gazetteer: Gazetteer, about: str
    ) -> None:
        self.parse = parse
        self.said = said
        self.gazetteer = gazetteer
        self.about = about
        self._verbs = {one.verb: one for one in said}

    def limits(self, which: Proposition) -> Limits:
        """Return what limits a proposition."""
        found = [one for one in self._led() if self._reaches(one, which)]
        found.extend(self._groups(which, found))
        found = _outermost(found)
        conditions = [self.condition(one) for one in found if not one.lead.excepts]
        exceptions = [self.condition(one) for one in found if one.lead.excepts]
        conditions.extend(self._otherwise(which))
        exceptions.extend(self._not_covered(which))
        return Limits(tuple(dict.fromkeys(conditions)), tuple(dict.fromkeys(exceptions)))

    # What words lead in.

    def lead_at(self, at: int) -> tuple[Lead, int] | None:
        """Return the longest lead that begins at a word, with the index of its last word."""
        tokens = self.parse.tokens
        for lead in _BY_FIRST.get(tokens[at].text.lower(), ()):
            there = tokens[at : at + len(lead.words)]
            if tuple(t.text.lower() for t in there) == lead.words:
                return lead, at + len(lead.words) - 1
        return None

    def _led(self) -> list[_Limit]:
        found: list[_Limit] = []
        at = 0
        while at < len(self.parse.tokens):
            lead = self.lead_at(at)
            limit = self._limit(lead[0], at, lead[1]) if lead else None
            limit = limit or self._on_request(at) or self._should(at)
            if limit is not None:
                found.append(limit)
            at = lead[1] + 1 if lead and limit is not None else at + 1
        return found

    def _limit(self, lead: Lead, first: int, last: int) -> _Limit | None:
        """Return what a lead governs, None where it limits nothing here."""
        if self.parse.tokens[first].dep == "amod" and lead.needs is Needs.EVENT:
            return None
        node, within = self._governed(first, last)
        within = self._set_off(first, within)
        if not self._says_something(within) or not self._fits(lead, node, within, first):
            return None
        token = self.parse.tokens[node]
        hangs_on = token.head if token.head != node else None
        only = self._is_only(first, node)
        if lead.kept or {self.parse.tokens[i].lemma for i in within} & words.PREVIEWS:
            within = tuple(range(first, within[-1] + 1))
        return _Limit(lead, first, within, hangs_on, only)

    def _governed(self, first: int, last: int) -> tuple[int, tuple[int, ...]]:
        """Return the word whose subtree a lead belongs to, and what of it stands behind."""
        tokens = self.parse.tokens
        lead = range(first, last + 1)
        node = next((i for i in lead if tokens[i].head not in lead or tokens[i].head == i), first)
        if tokens[node].dep not in ("mark", "aux") and (within := self._behind(node, last)):
            return node, within
        heads = [tokens[i].head for i in lead if tokens[i].head > last]
        node = heads[0] if heads else self._first_noun(last + 1)
        return node, self._behind(node, last)

    def _behind(self, node: int, last: int) -> tuple[int, ...]:
        """Return what of a subtree stands behind a lead, with a participle that belongs to it."""
        tokens = self.parse.tokens
        aside = frozenset(
            i for i in (self.parse.below(node) if tokens[node].dep == "prep" else ())
            if tokens[i].dep == "relcl" and tokens[min(self.parse.below(i)) - 1].text == ","
        )  # fmt: skip
        within = self._trim([i for i in self.parse.below(node, aside) if i > last])
        after = within[-1] + 1 if within else len(tokens)
        if tokens[node].dep != "prep" or after >= len(tokens):
            return within
        beside = tokens[after]
        if (
            beside.tag in ("VBN", "VBD")
            and beside.dep == "advcl"
            and beside.head == tokens[node].head
        ):
            return self._trim((*within, *(i for i in self.parse.below(after) if i >= after)))
        return within

    def _first_noun(self, at: int) -> int:
        """Return the head of the words that begin at one."""
        tokens = self.parse.tokens
        if at >= len(tokens):
            return len(tokens) - 1
        while tokens[at].head > at:
            at = tokens[at].head
        return at

    def _trim(self, within: Sequence[int]) -> tuple[int, ...]:
        """Leave out marks at both ends, and what stands apart behind a gap."""
        kept: list[int] = []
        for i in within:
            if kept and (i != kept[-1] + 1 or self._ends(i)):
                break
            kept.append(i)
        while kept and self.parse.tokens[kept[-1]].dep in ("punct", "cc"):
            kept.pop()
        while kept and self.parse.tokens[kept[0]].dep == "punct":
            kept.pop(0)
        return tuple(kept)

    def _ends(self, at: int) -> bool:
        """Tell whether a limit ends before a word: a comma, and no more of what it lists."""
        tokens = self.parse.tokens
        if tokens[at].text not in (",", ";", "(") or at + 1 >= len(tokens):
            return False
        joined = tokens[at + 1].dep == "cc" and at + 2 < len(tokens)
        after = at + 2 if joined else at + 1
        lead = self.lead_at(after)
        if lead is not None and (lead[0].excepts or lead[0].needs is Needs.CLAUSE):
            return True
        return joined and tokens[after].tag in ("IN", "RB", "TO")

    def _set_off(self, first: int, within: tuple[int, ...]) -> tuple[int, ...]:
        """End what stands between commas at the second: "or, if X is on, in Bern"."""
        tokens = self.parse.tokens
        if first == 0 or tokens[first - 1].text != ",":
            return within
        ends = (i for i in within[1:-1] if tokens[i].text == "," and tokens[i + 1].tag == "IN")
        end = next(ends, None)
        return within if end is None else tuple(i for i in within if i < end)

    def _is_only(self, first: int, node: int) -> bool:
        tokens = self.parse.tokens
        before = tokens[first - 1].lemma if first else ""
        return before in words.ONLY or any(
            tokens[i].lemma in words.ONLY for i in self.parse.children(node, "advmod") if i <= first
        )

    def _should(self, at: int) -> _Limit | None:
        """Read "should the site fail": an auxiliary before its subject, in no question."""
        tokens = self.parse.tokens
        token = tokens[at]
        if token.text.lower() != "should" or token.dep != "aux" or tokens[-1].text == "?":
            return None
        subjects = self.parse.children(token.head, *_SUBJECTS)
        if not subjects or subjects[0] < at or tokens[token.head].head == token.head:
            return None
        within = self._trim([i for i in self.parse.below(token.head) if i > at])
        return _Limit(Lead(("should",)), at, within, tokens[token.head].head)

    def _on_request(self, at: int) -> _Limit | None:
        tokens = self.parse.tokens
        if tokens[at].text.lower() not in words.ON_REQUEST_LEADS:
            return None
        asked_for = [i for i in self.parse.children(at, "pobj")
                     if tokens[i].lemma in words.ON_REQUEST]  # fmt: skip
        if not asked_for:
            return None
        within = self._trim([i for i in self.parse.below(at) if i >= at])
        return _Limit(Lead((tokens[at].text.lower(),), kept=True), at, within, tokens[at].head)

    # Whether what is led in limits anything.

    def _fits(self, lead: Lead, node: int, within: tuple[int, ...], first: int) -> bool:
        if lead.words[-1] in words.ON_REQUEST_LEADS and self._on_request(first):
            return False
        fitting = {
            Needs.ANY: self._anything, Needs.CLAUSE: self._is_clause, Needs.DATED: self._is_dated,
            Needs.EVENT: self._is_event, Needs.GROUP: self._is_group, Needs.HELD: self._is_held,
            Needs.PLAN: self._is_plan, Needs.RULES: self._is_rule, Needs.NEEDED: self._is_needed,
            Needs.LEFT_OUT: self._is_left_out, Needs.OF_ALL: self._is_one_of_all,
        }  # fmt: skip
        return fitting[lead.needs](node, within)

    def _says_something(self, within: Sequence[int]) -> bool:
        """Tell words that say what is meant from "that" and "it"."""
        tokens = [self.parse.tokens[i] for i in within]
        return any(t.tag not in ("DT", "PRP") for t in tokens)

    def _anything(self, node: int, within: tuple[int, ...]) -> bool:
        return bool(within) and node >= 0

    def _is_clause(self, node: int, within: tuple[int, ...]) -> bool:
        """Tell a condition from a question and from a clause about a noun."""
        tokens = self.parse.tokens
        token, above = tokens[node], tokens[tokens[node].head]
        lead, before = tokens[within[0] - 1].lemma, tokens[max(0, within[0] - 2)].lemma
        named = above.tag.startswith("NNP") and token.dep == "relcl" and before != ","
        if lead == "where" and named:
            return True
        if token.dep in ("relcl", "csubj", "nsubj", "pcomp") and lead in ("when", "where", "while"):
            about = token.dep == "relcl" and above.lemma not in words.TIMES
            return about and lead == "when"
        if lead == "once" and not any(tokens[i].is_verb for i in within):
            return False
        if lead == "while":
            return before != "," and (within[0] > 1 or tokens[within[0]].tag == "PRP")
        aside = before == above.lemma or before in words.REGIONS | {"from", "of", "to", "place"}
        if lead == "where" and (aside or tokens[within[0]].lemma == "to"):
            return False
        asks = above.lemma in words.ASKING and not self.parse.children(token.head, "dobj")
        return token.head >= node or token.dep != "ccomp" or not asks

    def _is_dated(self, node: int, within: tuple[int, ...]) -> bool:
        found = next(dates_in(self.parse.words(within)), None)
        return found is not None and found.span.start < 12 and node >= 0

    def _is_event(self, node: int, within: tuple[int, ...]) -> bool:
        if self._is_dated(node, within):
            return True
        tokens = self.parse.tokens
        if tokens[node].dep in ("amod", "compound") or tokens[tokens[node].head].lemma in (
            words.RELYING
        ):
            return False
        heads = self._objects(node) or (node,)
        return not any(tokens[i].lemma in words.PERIODS for i in heads)

    def _objects(self, node: int) -> tuple[int, ...]:
        """Return the nouns that a preposition governs, through others."""
        found = list(self.parse.children(node, "pobj"))
        for i in self.parse.children(node, "prep", "pcomp"):
            found.extend(self._objects(i))
        return tuple(found)

    def _is_group(self, node: int, within: tuple[int, ...]) -> bool:
        heads = [i for i in self._objects(node) if i in within]
        if any(self._told_apart(i) or self._is_named_plan(i) for i in heads):
            return True
        return self._is_place(within) or any(self._is_sort(node, i) for i in heads)

    def _is_sort(self, node: int, noun: int) -> bool:
        """Tell whether a plural says for what things it holds: "For regulated workloads, …"."""
        token = self.parse.tokens[noun]
        if token.tag != "NNS" or token.lemma in words.TOPICS | words.PERIODS | words.GENERIC:
            return False
        return self._leads(node) or self._is_placed(noun)

    def _is_placed(self, noun: int) -> bool:
        """Tell whether a place is said of a noun: "numbers in Asia"."""
        return any(
            self.parse.tokens[i].lemma in ("in", "from") and self._restricts_noun(i, noun)
            for i in self.parse.children(noun, "prep")
        )

    def _leads(self, node: int) -> bool:
        """Tell whether a phrase stands before what it limits: at the start, or before a comma."""
        tokens = self.parse.tokens
        after = max(self.parse.below(node)) + 1
        apart = after < len(tokens) and tokens[after].text == ","
        return tokens[node].head > node and (node == 0 or apart)

    def _is_place(self, within: tuple[int, ...]) -> bool:
        """Tell whether some words are a place and nothing else."""
        text = self.parse.words(within)
        found = [one for one in self.gazetteer.mentions(text, self.about) if one.is_sure]
        rest = text
        for one in found:
            rest = rest.replace(one.words, "")
        return bool(found) and not set(rest.lower().split()) - {"the", "and", "or", ",", "in"}

    def _is_held(self, node: int, within: tuple[int, ...]) -> bool:
        if self._is_plan(node, within) or self._is_switched_on(node, within):
            return True
        heads = {self.parse.tokens[i].lemma for i in self._objects(node)}
        if heads & words.CONSENT or self._is_only(within[0] - 1, node):
            return True
        return any(self._is_named_plan(i) for i in self._objects(node))

    def _is_switched_on(self, node: int, within: tuple[int, ...]) -> bool:
        """Tell "with X enabled" from a feature that is on somewhere below."""
        at = enabled_at(self.parse, within)
        if at is None:
            return False
        beside = {node, self.parse.tokens[node].head, *self._objects(node)}
        return at == node or self.parse.tokens[at].head in beside

    def _is_named_plan(self, noun: int) -> bool:
        token = self.parse.tokens[noun]
        if any(is_add_on(self.parse, i) for i in range(noun, noun + 4)):
            return True
        return token.lemma in words.PLANS | words.MODES and self._is_modified(noun)

    def _is_plan(self, node: int, within: tuple[int, ...]) -> bool:
        """Tell whether "on" or "in" names a plan, a kind of environment, or what comes to pass."""
        tokens = self.parse.tokens
        for i in self._objects(node):
            token = tokens[i]
            if token.lemma in words.PREVIEWS or self._is_named_plan(i):
                return i in within
            if token.lemma in words.TIERS and token.text[0].isupper():
                return True
            if token.lemma in words.HOLDERS and self._is_modified(i) and not self._is_of_kind(i):
                return not any(tokens[k].lemma in words.SINGULAR for k in self.parse.children(i))
            if tokens[node].lemma == "on" and self._leads(node) and len(within) <= 3:
                return self._is_platform(i, within) or self._happens(i)
        return False

    def _is_platform(self, noun: int, within: tuple[int, ...]) -> bool:
        token = self.parse.tokens[noun]
        if token.tag != "NNP" or token.lemma in words.NO_PLATFORM:
            return False
        text = self.parse.words(within)
        return next(dates_in(text), None) is None and not any(
            t.tag == "CD" for t in (self.parse.tokens[i] for i in within)
        )

    def _happens(self, noun: int) -> bool:
        token = self.parse.tokens[noun]
        plain = not self.parse.children(noun, "det", "amod", "poss")
        return plain and (token.lemma.endswith("ion") or token.lemma in words.EVENTS)

    def _is_rule(self, node: int, within: tuple[int, ...]) -> bool:
        if self._is_plan(node, within):
            return True
        heads = {self.parse.tokens[i].lemma for i in self._objects(node)}
        return bool(heads & words.AGREEMENTS) or bool(agreement_names(self.parse, within))

    def _is_needed(self, node: int, within: tuple[int, ...]) -> bool:
        tokens = self.parse.tokens
        heads = self._objects(node) or within
        if any(tokens[i].lemma in words.MANNERS for i in heads):
            return False
        doing = any(tokens[i].tag == "VBG" for i in self.parse.children(node, "pcomp"))
        return not doing or bool(self.parse.children(tokens[node].head, "neg"))

    def _is_left_out(self, node: int, within: tuple[int, ...]) -> bool:
        first = self.parse.tokens[within[0]]
        if first.is_verb or first.text.lower() == "in":
            return False
        return not self._is_place(within) and node >= 0

    def _is_one_of_all(self, node: int, within: tuple[int, ...]) -> bool:
        """Tell what is left out of all ("all regions but Chile") from a contrast."""
        tokens = self.parse.tokens
        before = tokens[max(0, within[0] - 4) : within[0] - 1]
        whole = any(one.text.lower() in words.WHOLE for one in before)
        return whole and tokens[node].is_name and not any(tokens[i].is_verb for i in within)

    def _is_modified(self, noun: int) -> bool:
        return bool(self.parse.children(noun, "amod", "compound", "nmod", "nummod"))

    # Whom it holds for.

    def _told_apart(self, noun: int) -> bool:
        """Tell whether a noun means some customers or tenants and not others."""
        token = self.parse.tokens[noun]
        if token.lemma not in words.PEOPLE | words.HOLDERS:
            return False
        if self._restricting(noun):
            return True
        every = any(self.parse.tokens[i].lemma in words.ALL for i in self.parse.children(noun))
        if every:
            return False
        modified = token.lemma not in words.GENERIC and self._is_modified(noun)
        return modified or self._is_of_kind(noun)

    def _is_of_kind(self, noun: int) -> bool:
        """Tell whether a word before a noun tells a place or a plan: "Swiss customers"."""
        before = [i for i in self.parse.children(noun, "amod", "compound", "nmod") if i < noun]
        named = [k for i in before for k in self.parse.below(i)]
        if any(self.parse.tokens[i].lemma in words.TIERS for i in named):
            return True
        found = self.gazetteer.mentions(self.parse.words((*before, noun)), self.about)
        return any(one.is_sure for one in found)

    def _restricting(self, noun: int) -> bool:
        return any(self._restricts_noun(i, noun) for i in self.parse.children(noun) if i > noun)

    def _restricts_noun(self, at: int, noun: int) -> bool:
        tokens = self.parse.tokens
        token = tokens[at]
        if token.dep in ("relcl", "acl"):
            first = min(self.parse.below(at))
            return tokens[first - 1].text != "," and tokens[at].lemma != "include"
        if token.dep != "prep" or at != noun + 1:
            return False
        within = self._trim([i for i in self.parse.below(at) if i > at])
        if not within:
            return False
        if token.lemma in ("in", "from", "outside", "within"):
            found = self.gazetteer.mentions(self.parse.words(within), self.about)
            return any(one.is_sure for one in found) or self._is_plan(at, within)
        if token.lemma == "under":
            return self._is_rule(at, within)
        return token.lemma in ("on", "with", "without") and (
            self._is_held(at, within) or token.lemma != "on"
        )

    def _groups(self, which: Proposition, found: Sequence[_Limit]) -> Iterator[_Limit]:
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

    def _group(self, noun: int) -> _Limit:
        tokens = self.parse.tokens
        below = list(self.parse.below(noun))
        first = below[0]
        only = tokens[first].lemma in words.ONLY or (
            first > 0 and tokens[first - 1].lemma in words.ONLY
        )
        aside = {*words.ONLY, *words.WEAK}
        while below[0] < noun and tokens[below[0]].lemma in aside:
            below.pop(0)
        return _Limit(Lead(()), first, self._cut(self._trim(below), noun), noun, only)

    def _cut(self, within: tuple[int, ...], noun: int) -> tuple[int, ...]:
        """End a group before a comma or a lead that limits the whole sentence."""
        for i in within:
            if i > noun and self.parse.tokens[i].text in (",", ";", "("):
                return self._trim([k for k in within if k < i])
        return within

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

    # Which proposition a limit belongs to.

    def _owner(self, limit: _Limit) -> Proposition | None:
        at = limit.hangs_on
        while at is not None:
            if at in self._verbs:
                return self._verbs[at]
            head = self.parse.tokens[at].head
            at = head if head != at else None
        return None

    def _reaches(self, limit: _Limit, which: Proposition) -> bool:
        owner = self._owner(limit)
        if which.verb in limit.within:
            return False
        if owner is None:
            return which.link in (Link.MAIN, Link.COORDINATE)
        if owner.verb == which.verb:
            return True
        return self._from_above(limit, owner, which) or self._from_below(owner, which)

    def _from_above(self, limit: _Limit, owner: Proposition, which: Proposition) -> bool:
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
        subjects = self.parse.children(one.verb, *_SUBJECTS)
        return min((one.verb, *(min(self.parse.below(i)) for i in subjects)))

    def _is_apart(self, one: Proposition) -> bool:
        """Tell whether a complement is a sentence of its own: "A is so; B is so"."""
        head = self.parse.tokens[one.verb].head
        return self.parse.tokens[one.verb].dep == "ccomp" and head > one.verb

    # What other clauses say about it.

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
            yield self.condition(_Limit(Lead((), excepts=True), head, within, head))

    def condition(self, limit: _Limit) -> Condition:
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
        )

    def _event(self, limit: _Limit) -> Iterator[str]:
        """Yield what happens before or after: a noun that no verb stands beside."""
        if not any(self.parse.tokens[i].is_verb for i in limit.within):
            within = [i for i in limit.within if self.parse.tokens[i].lemma not in words.WEAK]
            if within:
                yield self.parse.words(within)

    # How a sentence limits the one before.

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
        return self.condition(_Limit(Lead((), excepts=excepts), within[0], within, head))

    def _contrary(self, main: Proposition, limits: Limits) -> Restriction | None:
        """Read "however, …": what it is said of, or under what, is left out before."""
        if limits.conditions:
            return Restriction(exceptions=limits.conditions)
        subject = main.subject
        if subject is None or self.parse.tokens[subject.head].tag.startswith(("PRP", "DT")):
            return None
        return Restriction(exceptions=(self._phrase(subject.head),))


def _outermost(found: Sequence[_Limit]) -> list[_Limit]:
    """Return the limits that lie in no other, in the order of the text."""
    kept = [
        one for one in found
        if not any(other is not one and set(one.within) < set(other.within) for other in found)
    ]  # fmt: skip
    kept.sort(key=lambda one: one.first)
    return kept
