"""What words such as "if" and "except for" lead in: where it begins, ends and hangs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from corpus.facts.conditions import condition_words as words
from corpus.facts.conditions.condition_words import Lead, Needs
from corpus.facts.conditions.told_apart import SUBJECTS, Phrases


@dataclass(frozen=True, slots=True)
class Led:
    """Words that limit something, before they are typed."""

    lead: Lead
    first: int
    """Index of the first word, lead included."""
    within: tuple[int, ...]
    """The words that a reader sees."""
    hangs_on: int | None
    only: bool = False


class Leads(Phrases):
    """A sentence by the words that lead limits in."""

    @cached_property
    def led(self) -> tuple[Led, ...]:
        """What its leads lead in, in order."""
        found: list[Led] = []
        at = 0
        while at < len(self.parse.tokens):
            lead = self.lead_at(at)
            limit = self._limit(lead[0], at, lead[1]) if lead else None
            limit = limit or self._on_request(at) or self._should(at)
            if limit is not None:
                found.append(limit)
            at = lead[1] + 1 if lead and limit is not None else at + 1
        return tuple(found)

    def _limit(self, lead: Lead, first: int, last: int) -> Led | None:
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
        return Led(lead, first, within, hangs_on, only)

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

    def _set_off(self, first: int, within: tuple[int, ...]) -> tuple[int, ...]:
        """End what stands between commas at the second: "or, if X is on, in Bern"."""
        tokens = self.parse.tokens
        if first == 0 or tokens[first - 1].text != ",":
            return within
        ends = (i for i in within[1:-1] if tokens[i].text == "," and tokens[i + 1].tag == "IN")
        end = next(ends, None)
        return within if end is None else tuple(i for i in within if i < end)

    def _should(self, at: int) -> Led | None:
        """Read "should the site fail": an auxiliary before its subject, in no question."""
        tokens = self.parse.tokens
        token = tokens[at]
        if token.text.lower() != "should" or token.dep != "aux" or tokens[-1].text == "?":
            return None
        subjects = self.parse.children(token.head, *SUBJECTS)
        if not subjects or subjects[0] < at or tokens[token.head].head == token.head:
            return None
        within = self._trim([i for i in self.parse.below(token.head) if i > at])
        return Led(Lead(("should",)), at, within, tokens[token.head].head)

    def _on_request(self, at: int) -> Led | None:
        tokens = self.parse.tokens
        if tokens[at].text.lower() not in words.ON_REQUEST_LEADS:
            return None
        asked_for = [i for i in self.parse.children(at, "pobj")
                     if tokens[i].lemma in words.ON_REQUEST]  # fmt: skip
        if not asked_for:
            return None
        within = self._trim([i for i in self.parse.below(at) if i >= at])
        return Led(Lead((tokens[at].text.lower(),), kept=True), at, within, tokens[at].head)

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
