"""What a question that compares asks of one side alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.comparing.answers.sides_asked import COMPARING, SideAsked
from corpus.language.parsing import Parse, parse_one
from corpus.language.terms import STOP_WORDS, WORD
from corpus.types import Span

_JOINING = frozenset(
    "and or versus vs than from with to as between against beside compared comparison unlike while "
    "whereas both either of".split()
)
"""Words that tie one side to the other."""
_PIVOT = re.compile(r"\b(?:than|versus|vs\.?|while|whereas|as against)\b|;", re.I)
_SAID_OF_BOTH = COMPARING - {"each"} | {"between"}
_ASIDE = frozenset("which what how one two them they these of the is are in for".split())
_OPENING = re.compile(
    r"^(?:please |can you )?(?:compare|contrast)\b[:,]?\s*|^(?:how|where|in what) (?:do|does) (?="
    r".*\b(?:differ|compare)\b)|"
    r"\b(?:what|how big|is there|are there)(?: is| are|['’]s)? (?:the |any |a )?(?:main )?"
    r"(?:differences?|comparison)\b(?: between| of)?|\bwhich (?:one )?of (?:the two|them|these)\b|"
    r"\bside by side\b",
    re.I,
)
"""What opens a question that compares and says nothing of what is compared."""
_ABOUT = r"(?:in|on|as to|regarding|concerning|about|with regard to|when it comes to|for)"
_NAME = r"^(?P<name>[^:?]{1,60}?),?"
_WHAT_THEY = re.compile(
    rf"{_NAME} {_ABOUT} (?P<how>how|what|where|when|who|which) (?P<rest>.*)$", re.I
)
_THINGS_OF = re.compile(
    rf"{_NAME} {_ABOUT} the (?P<things>[\w -]+?) (?:that |which )?they (?P<rest>.*)$", re.I
)
_WITH_REGARD = re.compile(
    rf"{_NAME} (?:when it comes to|with regard to|regarding|as to) "
    r"(?!how|what|where|when|who|which|the [\w -]+ they)(?P<rest>.*)$",
    re.I,
)
_THEY = re.compile(r"\b(?:they|it|each of them|each)\b", re.I)
_THEIR = re.compile(r"\b(?:their|its)\b", re.I)
_OF_NAME = ("compound", "poss", "nmod", "amod")
_BLANKS = re.compile(r"\s+")
_LOOSE = re.compile(r"\s+(?=[,.;:?!])|^[\s,;:.–-]+|(?<=[,:;])\s*(?=[,:;?])")


def side_question(question: str, mine: SideAsked, others: Sequence[SideAsked]) -> str:
    """Return what is asked of one side: the question without the others and without the words
    that compare; where each side has a clause of its own, that clause.
    """
    clause = _own_clause(question, mine, others)
    if clause is not None:
        return _tidy(_without(clause.of(question), ()))
    parse = parse_one(question)
    gone = [_phrase(parse, span, mine.spans) for side in others for span in side.spans]
    gone += [Span(*match.span()) for match in _OPENING.finditer(question)]
    return _as_question(_tidy(_without(question, gone)))


def _as_question(text: str) -> str:
    """Return "Tern Mail in the regions they offer" as a question about Tern Mail."""
    if match := _WITH_REGARD.match(text):
        return f"What does {match['name']} say about {match['rest']}"
    if match := _THINGS_OF.match(text):
        return f"Which {match['things']} does {match['name']} {match['rest']}"
    if match := _WHAT_THEY.match(text):
        name = match["name"]
        rest, replaced = _THEY.subn(name, match["rest"], count=1)
        own = _THEIR.sub(f"{name}’s", rest, count=1)
        named = own if replaced or own != rest else f"{rest.rstrip('?')} at {name}?"
        return f"{match['how'].capitalize()} {named}"
    return text


def _own_clause(question: str, mine: SideAsked, others: Sequence[SideAsked]) -> Span | None:
    """Return the half of a question that is about one side: "than Tern Mail keeps letters"."""
    if len(others) != 1:
        return None
    for match in _PIVOT.finditer(question):
        halves = Span(0, match.start()), Span(match.end(), len(question))
        own = [half for half in halves if any(half.contains(span) for span in mine.spans)]
        theirs = [half for half in halves if any(half.contains(s) for s in others[0].spans)]
        if len(own) == len(theirs) == 1 and own != theirs:
            spans = (*mine.spans, *others[0].spans)
            if all(_content(question, half, spans) >= 2 for half in halves):
                return own[0]
    return None


def _content(question: str, half: Span, names: Iterable[Span]) -> int:
    """Return how many words of a stretch say something, names aside."""
    found = 0
    for match in WORD.finditer(question, half.start, half.end):
        word, at = match.group().lower(), Span(*match.span())
        if word not in STOP_WORDS | COMPARING | _ASIDE and not any(n.contains(at) for n in names):
            found += 1
    return found


def _phrase(parse: Parse, span: Span, kept: Sequence[Span]) -> Span:
    """Return the phrase that a name stands in, where the other side has no part in it."""
    head = parse.head_of(span.start, span.end)
    while head is not None:
        token = parse.tokens[head]
        above = parse.tokens[token.head]
        if token.dep in _OF_NAME and token.head != head:
            head = token.head
        elif token.dep == "pobj" and above.lemma == "of" and above.head != token.head:
            head = above.head
        else:
            break
    if head is None:
        return span
    joined = frozenset(i for i in parse.below(head) if parse.tokens[i].dep in ("conj", "cc"))
    inside = parse.below(head, joined - {head})
    whole = parse.span(inside) if inside else span
    verbal = any(parse.tokens[i].is_verb for i in inside)
    outside = any(whole.start < one.end and one.start < whole.end for one in kept)
    return span if verbal or outside or not whole.contains(span) else whole


def _without(text: str, gone: Sequence[Span]) -> str:
    """Return a text without some stretches, what ties them to others, and words that compare."""
    words = [Span(*match.span()) for match in WORD.finditer(text)]
    cut = [
        word.of(text).lower() in _SAID_OF_BOTH or any(span.contains(word) for span in gone)
        for word in words
    ]
    for at, is_gone in enumerate(list(cut)):
        if not is_gone:
            continue
        for step in (-1, 1):
            beside = at + step
            while 0 <= beside < len(words) and words[beside].of(text).lower() in _JOINING:
                cut[beside] = True
                beside += step
    parts, last = [], 0
    for word, is_gone in zip(words, cut, strict=True):
        if is_gone:
            parts.append(text[last : word.start])
            last = word.end
    return "".join((*parts, text[last:]))


def _tidy(text: str) -> str:
    bare = _BLANKS.sub(" ", _OPENING.sub(" ", text))
    bare = _LOOSE.sub("", bare).strip(" ,;:.?!–-")
    return f"{bare[:1].upper()}{bare[1:]}?" if bare else ""
