"""Whether two words say the same or the contrary, for holding a question against a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from corpus.language.parsing import Parse
from corpus.language.word_classes import word_table

SENSES = word_table(
    {
        "keep": "keep store hold host retain house reside rest stay remain save preserve maintain "
        "persist retention storage sit storing home archive end_up hold_on hang_on",
        "delete": "delete remove erase purge wipe destroy discard deletion removal erasure drop "
        "expire expiry wipe_out throw_away clear_out",
        "move": "move transfer send migrate relocate transmit ship leave export migration "
        "relocation transmission movement egress go route forward ship_off send_off carry_over "
        "move_over go_out",
        "copy": "copy replicate mirror duplicate backup back_up replication replica snapshot "
        "geo-replicate",
        "process": "process handle compute execute analyze analyse processing handling inference",
        "change": "change modify alter edit override update switch modification amend",
        "recover": "recover restore recovery restoration recoverable regain bring_back get_back "
        "come_back",
        "decide": "decide determine base depend",
        "choose": "choose select pick specify selection choice designate name",
        "require": "require need necessary mandatory obligatory requirement must compulsory oblige",
        "allow": "allow permit let permission permissible",
        "enable": "enable activate activation switch_on turn_on opt_in",
        "disable": "disable deactivate deactivation switch_off turn_off shut_off opt_out",
        "offer": "offer support provide available supply availability supported possible open "
        "launch",
        "encrypt": "encrypt encryption encrypted",
        "access": "access open view read see look reach inspect",
        "charge": "charge pay cost bill fee price pricing surcharge paid",
        "stop": "stop end cease finish terminate",
        "automatically": "automatically automatic itself themselves yourself transparently "
        "automatical",
        "globally": "globally global worldwide globe world",
        "sign": "sign enter conclude contract agree",
        "company": "company firm organization organisation vendor supplier provider",
        "subprocessor": "subprocessor sub-processor subcontractor",
        "staff": "staff personnel employee engineer",
        "place": "region location geography geo country jurisdiction zone site",
        "single": "single individual one only sole",
        "several": "several multiple many various",
        "add": "add create set establish install deploy provision creation",
        "use": "use usage utilize utilise apply",
        "law": "law legislation legal",
        "contact": "contact notify inform tell alert reach",
        "account": "account tenant workspace",
        "text": "text sms",
        "mail": "mail email e-mail",
        "bind": "govern subject",
        "data": "data datum information record content",
        "error": "incident outage failure breach disaster",
        "permanent": "permanent permanently forever irreversible",
        "consent": "consent agreement approval permission authorize authorise authorization",
        "free": "free gratis",
        "temporary": "temporary temporarily ephemeral ephemerally transient",
        "ask": "ask request",
        "share": "share disclose hand_over pass_on give_away hand_out reveal",
        "collect": "collect gather record",
        "local": "local locally",
        "year": "year yearly annual annually",
    }
)
"""Words of one meaning in this field, in their base form."""
_CONTRARY = frozenset(
    frozenset(pair.split())
    for pair in ("keep delete", "keep move", "stop keep", "lose recover", "enable disable")
)
"""Meanings of which one ends what the other says."""
_ENDS_IT = {
    one: frozenset(other for pair in _CONTRARY if one in pair for other in pair - {one})
    for one in frozenset().union(*_CONTRARY)
}
"""By a meaning those that are its contrary."""
_DENYING = word_table(
    {
        "deny": "prevent prohibit forbid block lack exclude refuse deny disallow fail avoid "
        "preclude unable impossible unavailable unsupported incapable"
    }
)
LIGHT = frozenset(
    "be have do get make take give go come put become provide offer let want use keep run "
    "work happen occur".split()
)
"""Verbs that say little without what goes with them."""
_ENDS = (
    "ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ers", "er", "ors", "or",
    "ally", "ly", "ed", "es", "al", "ity", "able", "ible", "s", "e",
)  # fmt: skip


_PARTICLES = frozenset("back off on out away up down over in".split())


def spoken(parse: Parse, at: int) -> str:
    """Return a word in its base form, with the particle that makes another word of it: "bring
    back", "end up".
    """
    lemma = parse.tokens[at].lemma
    for below in parse.children(at, "prt", "advmod"):
        joined = f"{lemma} {parse.tokens[below].lemma}"
        if parse.tokens[below].lemma in _PARTICLES and joined in SENSES:
            return joined
    return lemma


@lru_cache(maxsize=8192)
def stem(lemma: str) -> str:
    """Return what words of one family share."""
    for end in _ENDS:
        if lemma.endswith(end) and len(lemma) - len(end) >= 4:
            return lemma.removesuffix(end)
    return lemma


@lru_cache(maxsize=8192)
def sense(lemma: str) -> str:
    """Return what a word is compared by."""
    return SENSES.get(lemma) or stem(lemma)


def alike(one: str, other: str) -> bool:
    """Tell whether two lemmas say the same."""
    return one == other or sense(one) == sense(other) or stem(one) == stem(other)


def contrary(one: str, other: str) -> bool:
    """Tell whether two lemmas say the contrary: "keep" and "delete"."""
    return frozenset((sense(one), sense(other))) in _CONTRARY


@dataclass(frozen=True, slots=True)
class WordsSaid:
    """The words of a text, to be asked for by what they mean: each is looked up, none compared."""

    lemmas: frozenset[str]
    senses: frozenset[str]
    stems: frozenset[str]

    @classmethod
    def of(cls, lemmas: Iterable[str]) -> WordsSaid:
        """Take in base forms of words."""
        known = frozenset(lemmas)
        return cls(known, frozenset(map(sense, known)), frozenset(map(stem, known)))

    def say(self, lemma: str) -> bool:
        """Tell whether one of them says the same as a word."""
        return lemma in self.lemmas or sense(lemma) in self.senses or stem(lemma) in self.stems

    def say_contrary(self, lemma: str) -> bool:
        """Tell whether one of them says the contrary of a word."""
        return not self.senses.isdisjoint(_ENDS_IT.get(sense(lemma), frozenset()))


def denies(lemma: str) -> bool:
    """Tell whether a verb or adjective says that what it governs is not so."""
    return lemma in _DENYING
