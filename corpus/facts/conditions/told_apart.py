"""What phrases mean: which limit anything, and which nouns mean some customers and not others."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.facts.conditions import condition_words as words
from corpus.facts.conditions.condition_terms import agreement_names, enabled_at, is_add_on
from corpus.facts.conditions.condition_words import LEADS, Lead, Needs
from corpus.language.parsing import Parse
from corpus.language.written_date import dates_in
from corpus.places import Gazetteer

_BY_FIRST: dict[str, tuple[Lead, ...]] = {
    first: tuple(
        sorted((one for one in LEADS if one.words[0] == first), key=lambda one: -len(one.words))
    )
    for first in {one.words[0] for one in LEADS}
}
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")


class Phrases:
    """The phrases of a sentence, read by what may limit something."""

    def __init__(self, parse: Parse, gazetteer: Gazetteer, about: str) -> None:
        self.parse = parse
        self.gazetteer = gazetteer
        self.about = about

    def lead_at(self, at: int) -> tuple[Lead, int] | None:
        """Return the longest lead that begins at a word, with the index of its last word."""
        tokens = self.parse.tokens
        for lead in _BY_FIRST.get(tokens[at].text.lower(), ()):
            there = tokens[at : at + len(lead.words)]
            if tuple(t.text.lower() for t in there) == lead.words:
                return lead, at + len(lead.words) - 1
        return None

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

    def _objects(self, node: int) -> tuple[int, ...]:
        """Return the nouns that a preposition governs, through others."""
        found = list(self.parse.children(node, "pobj"))
        for i in self.parse.children(node, "prep", "pcomp"):
            found.extend(self._objects(i))
        return tuple(found)

    def _is_only(self, first: int, node: int) -> bool:
        tokens = self.parse.tokens
        before = tokens[first - 1].lemma if first else ""
        return before in words.ONLY or any(
            tokens[i].lemma in words.ONLY for i in self.parse.children(node, "advmod") if i <= first
        )

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
