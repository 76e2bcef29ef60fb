"""What a message of a conversation is before it is seen in its conversation: its opening words,
and whether it is a challenge, a bare why, a correction, a fragment or a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.understanding.conversation.question_tree import question_tree
from corpus.language.parsing import Parse
from corpus.language.sentences import split_sentences
from corpus.language.terms import WORD
from corpus.types import Span


class Form(StrEnum):
    """How a message is put."""

    SENTENCE = "sentence"
    FRAGMENT = "fragment"
    """A part of a sentence: "And in Africa?"."""
    QUESTION_WORD = "question word"
    """A part that asks anew about what was asked before: "Since when?"."""
    WHY = "why"
    CHALLENGE = "challenge"
    """Doubts the answer: "Are you sure?"."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message, read by itself."""

    text: str
    """Without its opening words."""
    form: Form
    before: str = ""
    """Sentences before the last one, which asks."""
    replaces: str = ""
    """What it corrects by name: "Exchange" of "not Exchange, Teams"."""
    is_correction: bool = False


_OPENING = frozenset("and but so also then ok okay well now plus hm hmm right good".split())
_OPENING_PHRASES = tuple(
    tuple(phrase.split()) for phrase in (
        "what about", "how about", "what if it is", "one more", "one more question",
        "one more thing", "another question", "another topic", "other topic", "next question",
        "by the way", "and what of", "what of", "same question for", "same for", "the same for",
        "same question", "the same question for", "now for", "back to", "let us talk about",
        "let's talk about", "going back to", "as for", "with regard to", "regarding", "concerning",
        "i mean for", "what is it for", "is it the same for", "is that the same for",
        "does the same go for", "does the same apply to", "is this also true for",
        "is that also true for", "does that also apply to", "does that apply to",
        "does this apply to", "does it apply to", "does that hold for", "does this hold for",
    )
)  # fmt: skip
_ASKS_FOR_OTHER = frozenset({"for", "of", "to", "about"})
_CORRECTING = tuple(
    tuple(phrase.split()) for phrase in (
        "no i meant", "i meant", "no i mean", "i mean", "sorry i meant", "sorry i mean",
        "sorry no", "no sorry", "no wait", "wait no", "no", "sorry", "actually",
        "rather", "make that", "correction",
        "i was asking about", "i was asking for", "i asked about", "i am asking about",
        "i'm asking about", "we meant", "we mean", "no for", "wait",
    )
)  # fmt: skip
_CLOSING = tuple(
    tuple(phrase.split()) for phrase in (
        "too", "as well", "also", "either", "then", "instead", "please", "though", "again",
        "by the way", "rather", "i mean", "meanwhile",
    )
)  # fmt: skip
_CONTENT_FREE = frozenset(
    "fine good great ok okay perfect thanks thank you very much right i see got found it "
    "understood alright nice super excellent well yes".split()
)
"""Words of a sentence that only says that something was understood."""
_WHY = frozenset(
    {"why", "why so", "why is that", "why is this", "why not", "how come", "what for", "why's that",
     "for what reason", "why is that so", "why that", "why is it", "why those", "why this",
     "why are they", "what is the reason", "and the reason", "the reason", "on what grounds"}
)  # fmt: skip
_CHALLENGE = frozenset(
    {"are you sure", "are you certain", "really", "is that right", "is that correct",
     "is that true", "sure", "is that so", "are you really sure", "is this correct",
     "is this true", "is this right", "how do you know", "how do you know that", "who says so",
     "who says that", "says who", "where does it say that", "where does it say so", "seriously",
     "are you sure about that", "are you sure of that", "can you prove it", "can you prove that",
     "is that certain", "you sure", "is it true", "is it really so", "are you positive",
     "i doubt that", "i don't believe that", "can i rely on that", "can i trust that",
     "what is your source", "what makes you say that", "truly", "honestly", "is it", "does it"}
)  # fmt: skip
_QUESTION_WORDS = frozenset(
    {"where", "how", "when", "who", "whom", "which", "what", "whose", "why"}
)
AUXILIARIES = frozenset(
    "is are was were do does did can could will would has have had may might must should shall "
    "am isn't aren't doesn't don't can't won't".split()
)
ASKING = (
    AUXILIARIES
    | _QUESTION_WORDS
    | frozenset("list name show tell give explain describe compare please".split())
)
"""Words that a question begins with."""
_LEADING = frozenset("for since until by to from in with within at on after before of".split())
"""Prepositions that a question word follows: "since when"."""
_SHORT = 60
"""Code points of a short message."""
_LONGEST_PART = 5
"""Words of a part of a question; the parser has missed the verb of a longer one."""
_FINITE = ("VBZ", "VBP", "VBD", "MD")


def read_message(question: str) -> Message:
    """Read a message by itself."""
    corrected, is_correction = _without(question, _CORRECTING)
    if is_correction and not _may_correct(question, corrected):
        corrected, is_correction = question, False
    before, last = _last_sentence(corrected)
    core, opened = _opened(last)
    replaces = ""
    if not before:
        core, replaces = _against(core)
    closed = _closed(core)
    form = _form(closed, core, opened=opened)
    return Message(
        text=core if form is Form.SENTENCE else closed,
        form=form,
        before=before,
        replaces=replaces,
        is_correction=is_correction or bool(replaces),
    )


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    return [match.group().lower().replace("’", "'") for match in WORD.finditer(text)]


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [span.of(text) for span in split_sentences(text, Span(0, len(text)))]


def _last_sentence(text: str) -> tuple[str, str]:
    """Return what stands before the sentence that asks, and this with what follows it."""
    found = sentences_of(text)
    asking = next((n for n, one in enumerate(found) if one.endswith("?")), len(found) - 1)
    if len(found) < 2 or len(" ".join(found[asking:])) > 400:
        return "", text
    told = [one for one in found[:asking] if not _CONTENT_FREE.issuperset(words_of(one))]
    return " ".join(told), " ".join(found[asking:])


def _may_correct(question: str, corrected: str) -> bool:
    """Tell whether "no …" corrects: "No data leaves?" does not."""
    first = WORD.search(question)
    if first is None or not corrected:
        return False
    after = question[first.end() :].lstrip()
    return first.group().lower() not in ("no", "actually", "rather") or after.startswith(
        (",", ".", "-", "–", "—", ":", ";", "I ", "i ", "!", "sorry", "for ")
    )


def _without(text: str, phrases: tuple[tuple[str, ...], ...]) -> tuple[str, bool]:
    """Return the text behind the longest of some phrases that it begins with."""
    matches = list(WORD.finditer(text))
    words = [match.group().lower().replace("’", "'") for match in matches]
    best = max((len(p) for p in phrases if tuple(words[: len(p)]) == p), default=0)
    if not best or len(matches) <= best:
        return text, False
    return text[matches[best].start() :], True


def _opened(text: str) -> tuple[str, bool]:
    """Return a text without the words that only join it to what came before."""
    opened = False
    while True:
        match = WORD.search(text)
        if match is None:
            return text, opened
        word, rest = match.group().lower(), text[match.end() :].lstrip(" ,;:.–—-")
        follows = (words_of(rest) or [""])[0]
        if word in _OPENING and rest and not (word == "so" and follows in ("far", "that", "long")):
            text = rest
            continue
        text, found = _without(text, _OPENING_PHRASES)
        if not found:
            return text, opened
        opened = True


def _closed(text: str) -> str:
    """Return a text without a last word like "too"."""
    mark = text[len(text.rstrip(" ?!.")) :].strip()
    body = text.rstrip(" ?!.")
    matches = list(WORD.finditer(body))
    words = [match.group().lower() for match in matches]
    for phrase in _CLOSING:
        size = len(phrase)
        if len(words) > size and tuple(words[-size:]) == phrase:
            return body[: matches[-size].start()].rstrip(" ,") + mark
    return text


def _against(text: str) -> tuple[str, str]:
    """Return what is meant and what is not: "not Exchange, Teams", "Teams, not Exchange"."""
    body = text.rstrip(" ?!.")
    mark = text[len(body) :].strip()
    parts = [part.strip() for part in body.replace(" but ", ", ").split(",") if part.strip()]
    denied = [part for part in parts if part.lower().startswith("not ")]
    if len(parts) != 2 or len(denied) != 1:
        return text, ""
    meant = next(part for part in parts if part not in denied)
    if len(meant.split()) > 5 or len(denied[0].split()) > 6:
        return text, ""
    return meant + mark, denied[0][4:]


def _form(closed: str, core: str, *, opened: bool) -> Form:
    said = {" ".join(words_of(core)), " ".join(words_of(closed))}
    if said & (_WHY | _CHALLENGE):
        return Form.WHY if said & _WHY else Form.CHALLENGE
    parse = question_tree(closed)
    told = opened and not closed.endswith("?") and len(core) < _SHORT
    if _has_topic(closed) or (_is_sentence(parse) and not told):
        return Form.SENTENCE
    first = next(iter(words_of(closed)), "")
    second = [*words_of(closed), "", ""][1]
    if first in _QUESTION_WORDS and len(words_of(closed)) > _LONGEST_PART:
        return Form.SENTENCE
    led = first in _LEADING and second in _QUESTION_WORDS
    if first in _QUESTION_WORDS or led:
        return Form.QUESTION_WORD
    return Form.FRAGMENT


def _has_topic(text: str) -> bool:
    """Tell whether a text names what it asks about before it asks: "The backups, where …"."""
    mark = ": " if ": " in text else ", "
    head, comma, rest = text.partition(mark)
    words = words_of(rest)
    return bool(comma and head) and len(words) > 2 and words[0] in ASKING


def _is_sentence(parse: Parse) -> bool:
    """Tell whether a text has a verb of its own; one that only says of a noun is none."""
    for index, token in enumerate(parse.tokens):
        if token.tag not in _FINITE and not (token.tag == "VB" and token.head == index):
            continue
        chain = (index, *parse.above(index))
        if not any(parse.tokens[i].dep in ("relcl", "acl") for i in chain):
            return not _is_supposed(parse)
    return False


def _is_supposed(parse: Parse) -> bool:
    """Tell whether a text only supposes something: "if it were in Tokyo"."""
    first = next((t for t in parse.tokens if t.dep != "punct"), None)
    if first is None or first.text.lower() not in ("if", "unless", "suppose"):
        return False
    return not any(token.text == "," for token in parse.tokens[:-1])
