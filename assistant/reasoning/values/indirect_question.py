"""A question as the end of a sentence: "how long deleted volumes are kept"."""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.language.parsing import Parse, Token, parse_one
from corpus.language.sentences import split_sentences
from corpus.types import Span

_ASKING = ("WDT", "WP", "WP$", "WRB")
_LONGEST = 30
"""Words up to which a question is told indirectly; a longer one is only named."""
_THAT = "this"
_TAKEN_OVER = re.compile(r"(?P<of>, for [^,?]{1,60})\s*\?\s*$")
_FORMS_BEHIND_BE = ("VBN", "VBD", "VBG", "JJ", "JJR", "JJS", "RB")
"""What stands behind a form of "be" as its verb or complement; another verb was read amiss."""
_BARE = ("VB", "VBP")


def asked_indirectly(question: str) -> str:
    """Return what a question asks as a clause; "this" where its form does not show."""
    spans = split_sentences(question, Span(0, len(question)))
    asking = [span.of(question) for span in spans if span.of(question).endswith("?")]
    if not asking or len(asking[-1].split()) > _LONGEST:
        return _THAT
    asked_alone, of = _of_whom(_without_setting(asking[-1]))
    told = _told(asked_alone)
    return told if told == _THAT else f"{told}{of}"


def _of_whom(question: str) -> tuple[str, str]:
    """Return a question without the subject that it takes over, and that subject: ", for X"."""
    found = _TAKEN_OVER.search(question)
    return (f"{question[: found.start()]}?", found["of"]) if found else (question, "")


def _told(question: str) -> str:
    parse = parse_one(question)
    first = _auxiliary(parse)
    asked = next((i for i, t in enumerate(parse.tokens) if t.tag in _ASKING), None)
    if asked is None:
        return _whether(parse, first)
    start = asked
    if asked and parse.tokens[asked - 1].tag == "IN":
        start = asked - 1
    if first is not None:
        return _turned(parse, start, first) if first > asked else _THAT
    behind = parse.tokens[start:]
    is_subject = not any(token.lemma == "do" for token in behind) and not any(
        one.lemma in ("have", "be") and after.tag == "PRP" for one, after in pairwise(behind)
    )
    return _joined(behind) if is_subject else _THAT


def _without_setting(question: str) -> str:
    """Return a question from its asking word on, where a clause with a comma goes before it."""
    tokens = parse_one(question).tokens
    for at in range(len(tokens) - 1, 1, -1):
        first = at - 1 if tokens[at - 1].tag == "IN" else at
        if tokens[at].tag in _ASKING and tokens[first - 1].text == ",":
            return question[tokens[first].start :]
    return question


def _auxiliary(parse: Parse) -> int | None:
    """Return the auxiliary, or the "be", that stands before its subject."""
    for at, token in enumerate(parse.tokens):
        if token.tag == "MD" or token.lemma in ("do", "be", "have"):
            return at if _subject(parse, at) is not None else None
    return None


def _subject(parse: Parse, at: int) -> int | None:
    """Return the subject that stands behind a verb; None where it stands before it."""
    subjects = [i for i, token in enumerate(parse.tokens) if token.dep in ("nsubj", "nsubjpass")]
    own = parse.children(at, "attr") if parse.tokens[at].lemma == "be" else ()
    if own and own[-1] > at and not any(parse.tokens[i].head != at for i in subjects if i < at):
        return own[-1]
    if any(i < at for i in subjects):
        return None
    return next((i for i in subjects if i > at), None)


def _whether(parse: Parse, first: int | None) -> str:
    told = _THAT if first is None else _turned(parse, first, first)
    return told if told == _THAT else f"whether {told}"


def _turned(parse: Parse, start: int, first: int) -> str:
    """Return the words with the auxiliary behind its subject."""
    tokens = parse.tokens
    subject = _subject(parse, first)
    last = max(parse.below(subject)) if subject is not None else first
    verb = tokens[subject].head if subject is not None else first
    if last >= verb > first:
        last = verb - 1
    lead, named = tokens[start:first], tokens[first + 1 : last + 1]
    rest = tokens[last + 1 :]
    auxiliary = tokens[first]
    if auxiliary.lemma == "be":
        if verb != first and tokens[verb].tag not in _FORMS_BEHIND_BE:
            return _THAT
        named, rest = _parted(named, rest)
    if not lead and (not rest or rest[0].dep == "punct"):
        return _THAT
    if auxiliary.lemma == "do":
        return _done(auxiliary, lead, named, rest)
    return _spaced(_joined(lead), _joined(named), auxiliary.text.lower(), _joined(rest))


def _parted(
    named: tuple[Token, ...], rest: tuple[Token, ...]
) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """Return a subject without the participle that was read as a part of it, "our data stored
    in", and what follows the "be" with it.
    """
    if any(token.dep != "punct" for token in rest):
        return named, rest
    at = next(
        (n for n, token in enumerate(named) if n and token.dep == "acl"
         and token.tag in _FORMS_BEHIND_BE and token.tag != "VBG"),
        len(named),
    )  # fmt: skip
    return named[:at], (*named[at:], *rest)


def _done(
    auxiliary: Token, lead: tuple[Token, ...], subject: tuple[Token, ...], rest: tuple[Token, ...]
) -> str:
    """Return the words without "do", its ending on the verb."""
    if not rest or auxiliary.text.lower() == "did":
        return _spaced(_joined(lead), _joined(subject), auxiliary.text.lower(), _joined(rest))
    at = next((n for n, token in enumerate(rest) if token.is_verb), 0)
    if rest[at].tag not in _BARE:  # "Does one key live before it gets changed?": no verb was read.
        return _THAT
    verb = rest[at].text
    said = _third_person(verb) if auxiliary.text.lower() == "does" else verb
    return _spaced(
        _joined(lead), _joined(subject), _joined(rest[:at]), said, _joined(rest[at + 1 :])
    )


def _third_person(verb: str) -> str:
    if verb == "have":
        return "has"
    if verb.endswith(("s", "sh", "ch", "x", "o")):
        return f"{verb}es"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}s"


def _joined(tokens: tuple[Token, ...]) -> str:
    said = ""
    tokens = tuple(token for token in tokens if token.text != "?")
    for number, token in enumerate(tokens):
        apart = number > 0 and token.start > tokens[number - 1].end
        said += f" {token.text}" if apart else token.text
    return f"{said[:1].lower()}{said[1:]}" if tokens and tokens[0].tag in (*_ASKING, "IN") else said


def _spaced(*parts: str) -> str:
    return " ".join(part for part in parts if part)
