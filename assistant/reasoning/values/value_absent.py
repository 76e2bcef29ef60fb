"""Whether the documents in scope do not say what a question wants, and what denies that it is so.

The search's own model of that is strict on documents that it was not fitted on; what the passages
hold decides first: no passage with a duration answers how long, none with a country in which one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from assistant.composing.abstention import log_odds
from assistant.query import Query
from assistant.reasoning.ask import Ask, Wanted
from assistant.reasoning.known import Known, passage
from assistant.reasoning.named_things import lacks_name
from assistant.reasoning.values.asked_words import stem, stems
from assistant.reasoning.values.candidates import Candidate
from assistant.reasoning.values.value_types import told_by_noun
from assistant.understanding.conversation.message import sentences_of
from assistant.understanding.question import understand
from corpus.facts.types import StatementKind
from corpus.language.parsing import parse_one
from corpus.language.propositions import Link, Phrase, Proposition
from corpus.language.quantities import NUMBERS, TIME_UNITS
from corpus.language.terms import query_terms
from corpus.language.word_classes import Deed, Thing, deeds, things
from corpus.places import PlaceKind
from corpus.types import Chunk

_SHOWN = 2
"""Passages that an answer may be made of."""
_UNLIKELY, _UNSURE, _LIKELY = 1.5, -1.5, -4.0
"""Log-odds that nothing answers, beyond the threshold of the model that tells them: above the
first nothing does, above zero nothing that lacks the wanted type, below the last something does
whatever it is called."""
_UNLIKELY_SO = 0.8
"""The first of these where it is asked whether something is so, which no type tells."""
_UNCOUNTED = 3.0
"""The same for what is counted: no passage says a number that the counting brings."""
_NAMED_ROW = 3.0
"""The same where the best passage is a row of the very name that is asked about."""
_OF_PLACE = 5.0
"""The same where the best passage states where data is of the very place that is asked about."""
_TYPED = 0.5
_USUAL, _CLOSENESS, _MOST_BY_CLOSENESS = 0.54, 25.0, 3.0
"""Cosine of a passage that speaks neither for nor against an answer, log-odds for each unit of it,
and how much these may be: tried on 424 questions about 41 pages, where the cosine tells as well as
the model does (area under the curve 0.79 and 0.84), and both together better (0.85 to 0.88)."""
_ASKING_SO = (Wanted.WHETHER, Wanted.IS_CURRENT)
_OF_NO_TYPE = (*_ASKING_SO, Wanted.UNKNOWN)
_AROUND = 600
"""Code points around a passage in which its paragraph is looked at."""
_ROWS = 12
"""Candidates among which another row is looked for."""
_AMOUNTS = frozenset("much many long often soon".split())
"""What follows a "how" that the kinds of question already tell."""


_KIND_OF: Mapping[str, tuple[PlaceKind, ...]] = {
    stem(word): kinds
    for words, kinds in (
        ("city town metropolis", (PlaceKind.CITY, PlaceKind.REGION)),
        ("country nation soil", (PlaceKind.COUNTRY, PlaceKind.CITY, PlaceKind.REGION)),
        ("state province", (PlaceKind.PROVINCE, PlaceKind.CITY, PlaceKind.REGION)),
        (
            "region datacenter",
            (
                PlaceKind.REGION,
                PlaceKind.CITY,
                PlaceKind.PROVINCE,
                PlaceKind.COUNTRY,
                PlaceKind.GROUP,
            ),
        ),
    )
    for word in words.split()
}
"""Nouns that ask for a place of a kind, and the kinds that say it."""


def is_absent(ask: Ask, known: Known, order: Sequence[Candidate]) -> bool:
    """Tell whether, in all likelihood, nothing answers; the candidates come best first."""
    query = understand(ask.question, (), None, known.gazetteer)
    found, threshold = log_odds(query, known.hits, known.index)
    # What tells whether something is so is of no type.
    untyped = bool(order) and ask.wanted not in _OF_NO_TYPE and not _is_typed(ask, order[0])
    closeness = _closeness(known, order)
    untimed = untyped and ask.wanted is Wanted.DURATION and not order[0].chunk.pairs
    if untimed or _is_unheard_of(ask, query, known):
        # What says no time, or the like of another thing, may be near too.
        closeness = min(0.0, closeness)
    odds = found - threshold - closeness
    if ask.wanted is Wanted.HOW_MANY:
        return odds > _UNCOUNTED
    if _lacks_copies(ask, known, order[:_SHOWN]):
        return True
    if order and odds <= _surely_there(ask, order[0], known):
        return False
    unlikely = _UNLIKELY_SO if ask.wanted in _ASKING_SO else _UNLIKELY
    unnamed = lacks_name(ask.question, _paragraphs(order[:_SHOWN], known), known)
    if unnamed or odds > unlikely or (untyped and odds > 0):
        return True
    if ask.wanted is Wanted.DURATION and order:
        return untyped and not order[0].fit.bare and odds > _UNSURE
    return _unkind(ask, known, order[:_SHOWN], sure=odds < _LIKELY)


def _is_unheard_of(ask: Ask, query: Query, known: Known) -> bool:
    """Tell whether it is asked if something is so, and no document has most of its nouns."""
    if ask.wanted not in _ASKING_SO:
        return False
    nouns = {
        token.text.lower() for token in parse_one(query.standalone).tokens
        if token.tag in ("NN", "NNS")
    }  # fmt: skip
    terms = [term for term in query_terms(query.standalone) if term in nouns]
    return sum(map(known.index.words.has, terms)) * 2 < len(terms)


def _closeness(known: Known, order: Sequence[Candidate]) -> float:
    """Return by how much less likely it is that nothing answers, as the best passage comes near to
    the question; below zero where it is far.
    """
    near = {hit.chunk.id: hit.similarity for hit in known.hits}
    similarity = near.get(order[0].chunk.id) if order else None
    if similarity is None:
        return 0.0
    return max(-_MOST_BY_CLOSENESS, min(_MOST_BY_CLOSENESS, _CLOSENESS * (similarity - _USUAL)))


def _paragraphs(best: Sequence[Candidate], known: Known) -> tuple[Chunk, ...]:
    """Return passages with what stands around them in their paragraphs, which may name more."""
    return tuple(
        near
        for chunk in (one.chunk for one in best)
        for near in known.index.catalog.between(
            chunk.document, max(0, chunk.span.start - _AROUND), chunk.span.end + _AROUND
        )
        if near.block == chunk.block
    )


def _is_typed(ask: Ask, best: Candidate) -> bool:
    """Tell whether a passage holds what is wanted: of "how far" and "how large" a number."""
    if asks_often(ask.question):
        return best.fit.typed >= _TYPED or says_often(best.text)
    if asks_extent(ask.question):
        return any(map(str.isdigit, best.text)) or bool(NUMBERS.keys() & best.text.lower().split())
    return best.fit.typed >= _TYPED


def asks_often(question: str) -> bool:
    """Tell whether a question asks how often something happens."""
    tokens = parse_one(question).tokens
    return any(one.lemma == "how" and after.lemma in _OFTEN for one, after in pairwise(tokens))


def says_often(text: str) -> bool:
    """Tell whether a text says how often something happens: "daily", "every 5 minutes"."""
    tokens = parse_one(text).tokens
    if any(token.lemma in _TIMES for token in tokens):
        return True
    return any(
        one.lemma in _EACH and {two.lemma for two in rest} & _UNITS
        for one, *rest in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )


_OFTEN = frozenset({"often", "frequently"})
_TIMES = frozenset("hourly daily weekly monthly yearly annually".split())
_EACH = frozenset("every each per once a an".split())
_UNITS = frozenset(TIME_UNITS)


def asks_extent(question: str) -> bool:
    """Tell whether a question asks how far, how large or how strong something is."""
    tokens = parse_one(question).tokens
    return any(
        one.lemma == "how" and after.tag in _DEGREES and after.lemma not in _AMOUNTS
        for one, after in pairwise(tokens)
    )


_DEGREES = ("JJ", "RB")


_TOLD_BY_TYPE = (Wanted.DURATION, Wanted.DATE, Wanted.PLACE)


def _is_asked_row(ask: Ask, best: Candidate) -> bool:
    """Tell whether a passage is the row of what is asked about and may hold what is wanted."""
    told = ask.wanted not in _TOLD_BY_TYPE or best.fit.typed >= _TYPED
    return bool(best.chunk.pairs) and best.fit.named > 0 and told


def _surely_there(ask: Ask, best: Candidate, known: Known) -> float:
    """Return the log-odds up to which a passage answers by what it is of."""
    if _states_of_place(ask, best, known):
        return _OF_PLACE
    return _NAMED_ROW if _is_asked_row(ask, best) else -math.inf


def _states_of_place(ask: Ask, best: Candidate, known: Known) -> bool:
    """Tell whether it is asked where data is, of a place, and a passage states that of it."""
    if ask.wanted is not Wanted.PLACE or best.fit.typed < _TYPED:
        return False
    if _kinds_asked(ask):  # A town of a country is not told by the country.
        return False
    if best.chunk.pairs:
        row_of = known.gazetteer.named(best.chunk.pairs[0].value)
        named = {mention.place.id for mention in known.gazetteer.mentions(ask.question)}
        return row_of is not None and row_of.id in named
    asked = {place.id for place in ask.places}
    return any(
        one.kind in _OF_DATA and not asked.isdisjoint(one.place_ids)
        for one in known.statements(chunks=(best.chunk.id,))
    )


_OF_DATA = (StatementKind.STORED, StatementKind.PROCESSED)


def _unkind(ask: Ask, known: Known, best: Sequence[Candidate], *, sure: bool) -> bool:
    """Tell whether a place of a kind is asked for and the best passages name none of that kind,
    but what the question itself names.
    """
    kinds = _kinds_asked(ask)
    if not kinds:
        return False
    if PlaceKind.GROUP in kinds and (sure or any(told_by_noun(one.chunk) for one in best)):
        return False
    return not any(_names_one(one, kinds, ask, known) for one in best)


def _lacks_copies(ask: Ask, known: Known, best: Sequence[Candidate]) -> bool:
    """Tell whether copies are asked for and the best passages speak of none: where data is stored
    says nothing of where its backups are.
    """
    if not best or not asks_copies(ask.question):
        return False
    if _keeps_copy(ask.question) and any(_says_deleted(one) for one in best):
        return False
    return not any(_says_copies(one, known) for one in best)


def asks_copies(question: str) -> bool:
    """Tell whether a question is about a copy, or about copying, and not only about what happens
    before or after it.
    """
    parse = parse_one((sentences_of(question) or [question])[-1])
    return any(
        (token.tag.startswith("NN") and token.lemma in _COPIES and token.dep in _ABOUT)
        or (token.is_verb and token.lemma in _COPYING and token.dep not in _IN_PASSING)
        for token in parse.tokens
    )


def _keeps_copy(question: str) -> bool:
    """Tell whether it is asked if somebody keeps a copy: who deletes it all keeps none."""
    parse = parse_one((sentences_of(question) or [question])[-1])
    return any(
        token.lemma == "copy" and any(parse.tokens[i].lemma in _HOLDING_ON for i in parse.above(at))
        for at, token in enumerate(parse.tokens)
    )


def _says_deleted(one: Candidate) -> bool:
    return any(token.lemma in _DELETING for token in parse_one(one.text).tokens)


def _says_copies(one: Candidate, known: Known) -> bool:
    """Tell whether a passage speaks of copies, or what stands above it or beside it in its list."""
    chunk = one.chunk
    beside = known.index.catalog.members(chunk.document, chunk.group) if chunk.group >= 0 else ()
    shown = " ".join((*chunk.path, chunk.context, one.text, *(item.text for item in beside)))
    return any(mark in shown.lower() for mark in _OF_COPIES)


_COPIES = things(Thing.COPY) - {"secondary", "standby", "duplicate", "mirror"}
_COPYING = frozenset("copy replicate mirror duplicate back_up backup geo-replicate".split())
_HOLDING_ON = frozenset("keep retain hang hold".split())
_DELETING = frozenset("delete purge erase remove destroy wipe discard".split())
_IN_PASSING = ("relcl", "csubj", "csubjpass")
"""Clauses that tell which things are meant: "whatever they copy"."""
_ABOUT = ("nsubj", "nsubjpass", "dobj", "attr", "ROOT", "conj", "compound", "pobj")
_OF_COPIES = (
    "copy", "copie", "back up", "back-up", "backup", "backed up", "replic", "snapshot", "mirror",
    "duplicat", "redundan", "failover", "fail over", "failing over", "secondary", "paired",
    "standby", "restor", "recover", "disaster", "archiv", "export", "dump", "sync",
)  # fmt: skip
"""Parts of words that speak of copies, or of what needs one."""


def row_of_kind(ask: Ask, known: Known, order: Sequence[Candidate]) -> Candidate | None:
    """Return another row of the name that the best row has which tells a place of the kind asked
    for, where that tells none; None for any other. A table of addresses and one of cities both have
    a row of "Norway", and one of them tells the city.
    """
    kinds, named = _kinds_asked(ask), order[0].chunk.pairs[:1]
    if not kinds or not named or _names_one(order[0], kinds, ask, known):
        return None
    rows = (one for one in order[1:_ROWS] if one.chunk.pairs[:1] == named)
    return next((one for one in rows if _names_one(one, kinds, ask, known)), None)


def _kinds_asked(ask: Ask) -> frozenset[PlaceKind]:
    """Return the kinds of places that say what is wanted; none where any place does, or none."""
    if ask.wanted is not Wanted.PLACE:
        return frozenset()
    return frozenset(kind for one in stems(ask.head) for kind in _KIND_OF.get(one, ()))


def _names_one(
    one: Candidate, kinds: frozenset[PlaceKind], ask: Ask, known: Known
) -> bool:  # fmt: skip
    """Tell whether a passage names a place of some kinds that the question does not name."""
    own = {place.id for place in ask.places}
    return any(
        mention.place.kind in kinds and mention.place.id not in own
        for mention in known.gazetteer.mentions(_shown(one))
    )


def _shown(one: Candidate) -> str:
    return f"{one.chunk.lead_in} {one.text}"


_KEEPING = deeds(Deed.STORE) - frozenset(
    "delete purge erase remove destroy wipe discard expire age".split()
)
_TIMED = (Wanted.DURATION, Wanted.HOW_MANY)
_LINKS = (Link.MAIN, Link.RELATIVE, Link.COORDINATE)
_LIMITING = frozenset(
    "but except unless only if when where outside beyond however although though without until "
    "after before longer directly other besides".split()
)
"""Words by which a denial is not of everything."""
_WHOSE = frozenset("any no the your our its their customer customers' user personal of".split())
_ALL = frozenset("datum data anything information content record".split())
"""What is denied of all that could be kept."""


def keeps_none(
    ask: Ask, known: Known, among: Sequence[Candidate]
) -> Candidate | None:  # fmt: skip
    """Return the first passage that says of what a question asks how long it is kept that it is
    not kept at all; None where none does.
    """
    if ask.wanted not in _TIMED or not known.scope.is_sure or not _asks_keeping(ask.question):
        return None
    personal = "personal" in ask.question.lower()
    return next((one for one in among if _denies(one, personal=personal)), None)


def _is_all(phrase: Phrase, *, personal: bool) -> bool:
    """Tell whether a noun is data as such, whoever has it: not "billing data", and "personal data"
    only where that is asked about.
    """
    words = phrase.text.lower().split()
    whose = _WHOSE if personal else _WHOSE - {"personal"}
    return phrase.lemma in _ALL and whose.issuperset(words[:-1])


def _asks_keeping(question: str) -> bool:
    return any(token.is_verb and token.lemma in _KEEPING for token in parse_one(question).tokens)


def _denies(one: Candidate, *, personal: bool) -> bool:
    words = {word.strip(".,;:()").lower() for word in one.text.split()}
    if words & _LIMITING or one.chunk.pairs:
        return False
    read = passage(one.chunk)
    whole = any(said.link is Link.MAIN and said.subject is not None for said in read.propositions)
    return whole and any(_keeps_no_data(said, personal=personal) for said in read.propositions)


def _keeps_no_data(said: Proposition, *, personal: bool) -> bool:
    kept = (said.subject,) if said.passive else said.objects
    return (
        said.negated
        and said.lemma in _KEEPING
        and said.link in _LINKS
        and any(phrase is not None and _is_all(phrase, personal=personal) for phrase in kept)
    )
