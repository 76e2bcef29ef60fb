"""What a sentence is said under, and whether the question says it too."""

from __future__ import annotations

from dataclasses import replace

from assistant.reasoning.ask import Ask
from assistant.reasoning.known import Known, Passage
from assistant.reasoning.whether.assertions import USUAL, Limit
from assistant.reasoning.whether.claiming import LIGHT, Claim, alike
from assistant.reasoning.whether.matches import names_of
from assistant.reasoning.whether.places.places_of_claim import lies
from corpus.language.word_classes import THINGS, Thing
from corpus.types import Span

_IF_SAID, _LIMIT_SAID = 0.7, 0.5
"""Share of a condition's words that the question has to say for it to be met: of what "if" and
"unless" lead in, and of all else."""
_WHO = (Thing.COMPANY, Thing.PARTY)
_EVENT = frozenset({"case", "event"})
_LONGEST_LABEL = 60
_OPENING = frozenset("if when unless except for".split())


def unmet(
    claim: Claim, ask: Ask, found: tuple[Limit, ...], passage: Passage, known: Known
) -> tuple[Limit, ...]:
    """Return those of the limits of a sentence that the question does not say to be met."""
    text, named = passage.text, names_of(known, passage.chunk.document)
    without = lacking(claim)
    asked = [t.lemma for i, t in enumerate(claim.parse.tokens) if i not in without]
    asked += [
        word.lower().strip(".,;?") for one in (*claim.premises, *ask.case) for word in one.split()
        if not without
    ]  # fmt: skip
    return tuple(
        one for one in found
        if not one.setting_up and not (one.fronted and not _names_place(one, text, known))
        and not _is_met(_without_places(one, text, known), asked, named)
        and not _lies_there(one, ask, text, known) and not _is_said_there(one, claim, text, known)
        and not (claim.only and one.span.of(text).lower().startswith("only"))
    )  # fmt: skip


def is_lacking(claim: Claim, limit: Limit) -> bool:
    """Tell whether a question says of what a sentence is said under that the asker has it not."""
    lemmas = [claim.parse.tokens[i].lemma for i in lacking(claim) if claim.parse.tokens[i].is_name]
    return any(alike(word, one) for word in limit.words for one in lemmas)


def lacking(claim: Claim) -> frozenset[int]:
    """Return the words for what the asker does not have: "without the add-on"."""
    parse = claim.parse
    led = (i for i, token in enumerate(parse.tokens) if token.lemma == "without")
    return frozenset(below for at in led for below in parse.below(at))


def _without_places(limit: Limit, text: str, known: Known) -> Limit:
    """Return a clause about customers without its places: where they are is not asked."""
    if not limit.of_party:
        return limit
    said = limit.span.of(text)
    places = {w.lower() for m in known.gazetteer.mentions(said) for w in m.words.split()}
    kept = tuple(word for word in limit.words if word not in places)
    return replace(limit, words=kept, names=())


def _lies_there(limit: Limit, ask: Ask, text: str, known: Known) -> bool:
    """Tell whether a clause about things, not customers, says the place that is asked for."""
    if limit.of_party or limit.excepting:
        return False
    mentions = known.gazetteer.mentions(limit.span.of(text))
    return any(lies(m.place, ask.places, known) for m in mentions)


def _is_said_there(limit: Limit, claim: Claim, text: str, known: Known) -> bool:
    """Tell whether the case that a question puts is in a place that a condition names."""
    if limit.excepting or not limit.strict:
        return False
    cases = " ".join(claim.parse.tokens[i].text for i in sorted(claim.cases))
    own = known.gazetteer.mentions(" ".join((cases, *claim.premises)))
    named = [mention.place for mention in known.gazetteer.mentions(limit.span.of(text))]
    return any(lies(mention.place, tuple(named), known) for mention in own) if named else False


def _names_place(limit: Limit, text: str, known: Known) -> bool:
    return bool(known.gazetteer.mentions(limit.span.of(text)))


def _is_met(limit: Limit, asked: list[str], named: frozenset[str]) -> bool:
    """Tell whether a question says a condition, or there is nothing in it to be said."""
    words = [
        word for word in limit.words
        if word not in named and not _is_usual(word) and word not in _EVENT
    ]  # fmt: skip
    if not words:
        return not limit.excepting
    own = [one for one in limit.names if one not in named and THINGS.get(one) not in _WHO]
    if own and all(any(alike(name, other) for other in asked) for name in own):
        return True
    same = sum(any(alike(word, other) for other in asked) for word in words)
    return same / len(words) >= (_IF_SAID if limit.strict else _LIMIT_SAID)


def is_left_open(passage: Passage) -> bool:
    """Tell whether a sentence ends with "except if:", and what follows it are the cases."""
    return is_left_open_by(passage.text)


def is_left_open_by(text: str) -> bool:
    """Tell whether a text ends with words that leave open what it holds for: "except if:"."""
    words = text.rstrip(" *_").lower()
    return words.endswith(":") and bool(set(words.rstrip(":").split()[-3:]) & _OPENING)


def _is_usual(word: str) -> bool:
    return word in USUAL or word in LIGHT or THINGS.get(word) is Thing.PARTY


def label(passage: Passage) -> tuple[Limit, ...]:
    """Return the label before a sentence, which says of what it holds."""
    before, dash, after = passage.text.partition(" - ")
    if not dash or len(before) > _LONGEST_LABEL or not after:
        return ()
    at = passage.parse.at(0, len(before))
    words = tuple(passage.parse.tokens[i].lemma for i in at if passage.parse.tokens[i].is_name)
    return (Limit(Span(0, len(before)), words),)
