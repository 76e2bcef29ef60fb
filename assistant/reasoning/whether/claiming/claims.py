"""A yes-or-no question as the claim that it asks about: predicate, what goes with it, how much."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.reasoning.whether.claiming.claim_text import (
    claim_text,
    passed_on,
    without_case,
    without_tag,
)
from assistant.reasoning.whether.claiming.likeness import LIGHT, spoken
from corpus.language.parsing import Parse, parse_one
from corpus.language.sentences import split_sentences
from corpus.language.terms import STOP_WORDS
from corpus.language.word_classes import THINGS, Thing
from corpus.types import Span

UNIVERSAL = frozenset("all every always everything everywhere entire whole each both any".split())
_EXISTENTIAL = frozenset("any ever some anywhere anything anybody anyone somebody".split())
_ONLY = frozenset("only solely exclusively just alone".split())
_EMPTY = STOP_WORDS | frozenset(
    "ever also too still even yet really just please actually all every any some both each always "
    "only well else anything everything somebody someone anyone anybody may might must shall "
    "there here ask one 's n't ’s not no own say mean right correct true sure kind way thing case "
    "out up so then now once".split()
)
_SO = frozenset("true correct right so case".split())
_CONTENT = ("NN", "VB", "JJ", "CD", "RB", "FW")


@dataclass(frozen=True, slots=True)
class Word:
    """A content word of a claim."""

    at: int
    lemma: str
    weight: float
    is_key: bool = False
    """True where a sentence that does not say it cannot decide."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a question asks the truth of."""

    parse: Parse
    predicate: int
    """Index of the word that says it."""
    words: tuple[Word, ...]
    denied: bool
    universal: bool
    existential: bool
    only: bool
    modal: str
    """"can", "may", "must", "will"; empty for a plain claim."""
    cases: frozenset[int] = frozenset()
    """Words of the clauses that say in which case it is asked: "once …", "if …"."""
    refers: bool = False
    """True where it speaks of a place that was named before it: "list one", "in that country"."""
    names: tuple[str, ...] = ()
    """Names that it says, for which others stand in its text."""
    premises: tuple[str, ...] = ()
    """What the question takes for granted: clauses before the claim."""
    the_only: bool = False
    """True where it says that something is the only one of its kind."""
    either: bool = False
    """True where it offers a choice, so that neither Yes nor No answers."""

    @property
    def lemma(self) -> str:
        """Return the word that says it, in its base form, with its particle: "end up"."""
        return spoken(self.parse, self.predicate)


STANDING_IN = "Anna"
"""What stands in a claim for the name of what the documents are about: names such as "GOV.UK
Notify" are taken for verbs."""


_ASKED = re.compile(r"(?<=\?)\s+(?=[a-z][^?]*$)")


@lru_cache(maxsize=512)
def claim_of(question: str, names: tuple[str, ...] = ()) -> Claim | None:
    """Return the claim of a question; None where it asks for something else.

    `names` are those of what it may be about, the longest first.
    """
    said = []
    for name in names:
        replaced = _replaced(question, name)
        if replaced != question:
            said.append(name)
        question = replaced
    parts = _sentences(question)
    asked = next((n for n in reversed(range(len(parts))) if parts[n].rstrip().endswith("?")), None)
    if asked is None:
        asked = len(parts) - 1
    cut = claim_text(without_tag(parts[asked]))
    parse = parse_one(cut.text)
    if not parse.roots():
        return None
    root = _root(parse)
    shorter = without_case(cut.text, parse.tokens[_predicate(parse, root)].start)
    if shorter is not None:
        cut = replace(shorter, before=f"{cut.before} {shorter.before}".strip())
        parse = parse_one(cut.text)
        root = _root(parse)
    before = (*parts[:asked], *filter(None, (cut.before,)))
    if inner := passed_on(parse, root):
        before = (*before, parse.text[: parse.tokens[inner[0]].start])
        parse = parse_one(f"{parse.words(inner).strip(' ,?.')}.")
        root = _root(parse)
    if _asks_openly(parse, root):
        return None
    return replace(_claim(parse, _predicate(parse, root), before), names=tuple(said))


def last_question(text: str) -> str:
    """Return the last sentence of a text that asks, else its last one."""
    parts = _sentences(text)
    asking = [part for part in parts if part.rstrip().endswith("?")]
    return (asking or parts or [text])[-1]


def _sentences(text: str) -> list[str]:
    """Return the sentences of a text; a question mark ends one, though it goes on in lower case."""
    parts = (part.of(text) for part in split_sentences(text, Span(0, len(text))))
    return [one for part in parts for one in _ASKED.split(part) if one]


def _root(parse: Parse) -> int:
    """Return the head of the longest sentence of a text."""
    return max(parse.roots(), key=lambda at: len(parse.below(at)))


def _replaced(text: str, name: str) -> str:
    at = text.lower().find(name.lower())
    if at < 0 or not name:
        return text
    ends = text[at + len(name) : at + len(name) + 1]
    if ends.isalnum() or (at and text[at - 1].isalnum()):
        return text
    return f"{text[:at]}{STANDING_IN}{text[at + len(name) :]}"


_CLAUSES = ("relcl", "advcl", "ccomp")


def _asks_openly(parse: Parse, root: int) -> bool:
    """Tell whether a question asks for more than yes or no: it has a question word of its own."""
    for at, token in enumerate(parse.tokens):
        if not token.tag.startswith("W") or token.lemma in ("that", "whether"):
            continue
        verb = next((i for i in (at, *parse.above(at)) if parse.tokens[i].is_verb), root)
        inside = any(parse.tokens[i].dep in _CLAUSES for i in (at, *parse.above(at)))
        if parse.tokens[verb].dep == "ROOT" and not inside:
            return True
        # "Is it up to us where it is kept?": that it is kept is not what is asked.
        hangs = parse.tokens[parse.tokens[verb].head]
        beside = inside and (parse.tokens[verb].head == root or hangs.tag == "PRP")
        if token.tag == "WRB" and beside and _is_empty(parse, root):
            return True
    return False


def _is_empty(parse: Parse, root: int) -> bool:
    """Tell whether a main clause says nothing but how something stands to somebody."""
    return parse.tokens[root].lemma == "be" and not parse.children(root, "acomp", "attr")


def _predicate(parse: Parse, root: int) -> int:
    """Return the word that says something: the verb, or what stands in its place after "be"."""
    at = root
    for _ in range(4):
        token = parse.tokens[at]
        below = parse.children(at, "xcomp")
        said = parse.children(at, "acomp", "attr")
        inner = [i for one in (at, *said) for i in parse.children(one, "ccomp")]
        if token.lemma == "be" and inner and any(parse.tokens[i].lemma in _SO for i in said):
            at = inner[0]
            continue
        if token.lemma in ("have", "need", "want", "like") and below and _has_to(parse, below[0]):
            at = below[0]
        elif token.lemma == "be" and at == root:
            return _after_be(parse, at)
        else:
            return at
    return at


def _has_to(parse: Parse, at: int) -> bool:
    return any(parse.tokens[i].lemma == "to" for i in parse.children(at, "aux"))


def _after_be(parse: Parse, root: int) -> int:
    for verb in parse.children(root, "advcl", "ccomp"):
        # "Are the backups encrypted?": the participle is taken for a clause of its own.
        bare = not parse.children(verb, "mark", "aux", "auxpass")
        # "… wiped straight away?" is one, "when it is wiped" is none.
        bare = bare and all(at > verb for at in parse.children(verb, "advmod"))
        if parse.tokens[verb].tag in ("VBN", "VBD") and bare:
            return verb
    for subject in parse.children(root, "nsubj", "attr"):
        for inner in (subject, *parse.children(subject, "prep")):
            for noun in (inner, *parse.children(inner, "pobj")):
                for verb in parse.children(noun, "acl"):
                    if parse.tokens[verb].tag in ("VBN", "VBD") and not parse.children(
                        root, "acomp"
                    ):
                        return verb
    found = parse.children(root, "acomp", "attr", "oprd")
    return found[-1] if found else root


def _says_only(parse: Parse) -> bool:
    """Tell whether a claim bounds something: "can we just move" asks whether it is easily done."""
    able = any(token.tag == "MD" for token in parse.tokens)
    return any(
        token.lemma in _ONLY and not (able and token.lemma == "just" and token.head > at)
        for at, token in enumerate(parse.tokens)
    )


def _claim(parse: Parse, predicate: int, before: tuple[str, ...]) -> Claim:
    words = tuple(_words(parse, predicate))
    lemmas = {token.lemma for token in parse.tokens}
    modal = next(
        (t.lemma for t in parse.tokens if t.tag == "MD"), ""
    )  # fmt: skip
    if any(
        t.lemma in ("have", "need") and parse.children(i, "xcomp")
        for i, t in enumerate(parse.tokens)
    ):
        modal = "must"
    return Claim(
        parse,
        predicate,
        words,
        denied=_is_denied(parse, predicate),
        universal=bool(lemmas & (UNIVERSAL - {"any"})),
        existential=bool(lemmas & _EXISTENTIAL),
        only=_says_only(parse),
        modal={"could": "can", "might": "may", "would": "will", "'ll": "will"}.get(modal, modal),
        cases=frozenset(_cases(parse, predicate)),
        refers=bool(before) and _refers(parse),
        premises=before,
        the_only=any(t.lemma in ("only", "sole") and t.dep == "amod" for t in parse.tokens),
        either=_offers_choice(parse, predicate),
    )


def _refers(parse: Parse) -> bool:
    for at, token in enumerate(parse.tokens):
        if token.lemma == "there" and token.dep == "advmod":
            return True
        if token.lemma == "one" and token.dep in ("dobj", "pobj", "attr", "nsubj"):
            return True
        pointed = any(parse.tokens[i].lemma in ("that", "own") for i in parse.children(at))
        if token.lemma in ("country", "region", "place", "site", "union") and pointed:
            return True
    return False


def _cases(parse: Parse, predicate: int) -> Iterator[int]:
    """Yield the words of what is only said to tell the case: an adverbial clause."""
    line = {predicate, *parse.above(predicate)}
    for at, token in enumerate(parse.tokens):
        if token.dep == "advcl" and at not in line:
            yield from parse.below(at)
        elif (
            token.dep == "prep"
            and token.lemma == "for"
            and any(
                THINGS.get(parse.tokens[i].lemma) is Thing.PARTY for i in parse.children(at, "pobj")
            )
        ):
            yield from parse.below(at)
        elif token.dep == "prep" and token.lemma in ("after", "before", "during", "with", "under"):
            yield from parse.below(at)


def _offers_choice(parse: Parse, predicate: int) -> bool:
    """Tell whether "or" joins what is asked: "the EU or the US?"."""
    line = {predicate, *parse.above(predicate)}
    for token in parse.tokens:
        if token.lemma != "or" or token.dep != "cc":
            continue
        joined = parse.tokens[token.head]
        if token.head in line or joined.tag.startswith(("IN", "JJ", "RB")):
            return True
    return False


def _is_denied(parse: Parse, predicate: int) -> bool:
    line = (predicate, *parse.above(predicate))
    if any(parse.children(at, "neg") for at in line):
        return True
    around = [i for at in line for i in parse.children(at, "nsubj", "nsubjpass", "dobj", "attr")]
    return any(
        parse.tokens[i].lemma in ("no", "neither", "none")
        for noun in around for i in parse.children(noun, "det")
    )  # fmt: skip


def _words(parse: Parse, predicate: int) -> Iterator[Word]:
    for at, token in enumerate(parse.tokens):
        if not token.tag.startswith(_CONTENT) or len(token.lemma) < 2:
            continue
        if token.lemma in _EMPTY and at != predicate:
            continue
        if token.dep in ("aux", "auxpass", "neg"):
            continue
        yield Word(at, token.lemma, _weight(parse, at, predicate), _is_key(parse, at, predicate))


_GENERAL = frozenset(
    "data datum information record service thing anything everything system content item part kind "
    "detail way option we".split()
)  # fmt: skip
_WHO = (Thing.PARTY, Thing.COMPANY, Thing.STAFF)


def _is_joined(parse: Parse, at: int) -> bool:
    """Tell whether a word is joined to another by a hyphen: "end-to-end", "read-only"."""
    beside = (at - 1, at + 1)
    return any(0 <= i < len(parse.tokens) and parse.tokens[i].text == "-" for i in beside)


def _is_key(parse: Parse, at: int, predicate: int) -> bool:
    token = parse.tokens[at]
    if at == predicate or token.lemma in _GENERAL or token.lemma in LIGHT:
        return False
    shown = token.text
    if THINGS.get(token.lemma) in _WHO and token.dep not in ("dobj", "conj"):
        return False
    if shown.isupper() or (shown[:1].isupper() and at > 0) or _is_joined(parse, at):
        return True
    if token.dep == "conj" and parse.tokens[token.head].dep in ("dobj", "nsubj", "nsubjpass"):
        return True
    above = parse.tokens[token.head]
    own = token.head == predicate or above.dep == "ROOT"
    return (
        token.tag.startswith("NN") and token.dep in ("nsubj", "nsubjpass", "dobj", "attr") and own
    )


def _weight(parse: Parse, at: int, predicate: int) -> float:
    token = parse.tokens[at]
    if at == predicate:
        return 1.0 if token.lemma in LIGHT else 2.0
    if token.lemma in LIGHT:
        return 0.4
    if token.dep in ("nsubj", "nsubjpass", "dobj", "attr"):
        return 1.5
    if token.dep == "pobj":
        return 1.2
    return 1.0 if token.dep in ("compound", "amod", "nmod", "nummod") else 0.8
