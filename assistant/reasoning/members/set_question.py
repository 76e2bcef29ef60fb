"""What a question about a set asks for: the noun, and what it asks besides of the members."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.language.parsing import Parse, parse_one
from corpus.language.terms import WORD

_WH = frozenset(
    "which where what how who whom whose when why is are does do in to for on at from say name "
    "list of can must".split()
)  # fmt: skip
_THEM = frozenset({"those", "these", "them", "they", "each", "one", "ones", "it", "such", "any"})
_QUESTION_WORDS = frozenset("which where what how who".split())
_SHORT = 8
"""Words of a further part that names nothing of its own."""
_FEWEST = 3
"""Words that the main question has at least."""


class Besides(StrEnum):
    """What a further part of a question asks of the members."""

    OF_THESE = "of these"
    """Which of them, or whether any of them, fit something more."""
    DETAIL = "detail"
    """Something about each: where it is, what it stands for."""
    COUNT = "count"
    """How many of another set."""
    OTHERS = "others"
    """Which of the set do not fit."""
    NAMES = "names"
    """Which they are: nothing that the members do not say."""
    OTHER = "other"
    """Something that no set tells."""


@dataclass(frozen=True, slots=True)
class QuestionParts:
    """A question taken apart."""

    main: str
    besides: str = ""
    asks: Besides | None = None


def parts_of(question: str) -> QuestionParts:
    """Take apart a question that asks for members and for something of them."""
    at = _joint(question)
    if at is None:
        return QuestionParts(question)
    main, besides = question[: at[0]].rstrip(" ,;.?!"), question[at[1] :].strip()
    return QuestionParts(main, besides, _asks(besides))


def _joint(question: str) -> tuple[int, int] | None:
    """Return where the first part ends and the second begins."""
    words = [(m.group().lower(), m.start(), m.end()) for m in WORD.finditer(question)]
    asked = False
    for at, (word, start, end) in enumerate(words):
        before = asked
        asked = asked or word in _QUESTION_WORDS or word in ("list", "name", "count", "give")
        if not before or at < _FEWEST or at + 1 >= len(words):
            continue
        follows = words[at + 1][0]
        behind = question[:start].rstrip()
        if word == "and" and _opens(words[at + 1 :], behind.endswith(",")):
            return len(behind), end
        if (
            behind.endswith(("?", ".", ";"))
            and (word in _WH or follows in _THEM)
            and len(question[:start]) > 20
        ):
            return len(behind), start
    return None


def _opens(words: list[tuple[str, int, int]], set_off: bool) -> bool:
    """Tell whether words after "and" open a question of their own."""
    first = words[0][0]
    if first in _QUESTION_WORDS:
        return True
    if len(words) == 1:
        return False
    second = words[1][0]
    if first in ("in", "to", "for", "on", "at", "from", "of") and second in _QUESTION_WORDS:
        return True
    if first in ("is", "are", "does", "do", "say", "name", "list", "who"):
        return set_off or second in _THEM
    return False


def _asks(besides: str) -> Besides:
    words = [match.group().lower() for match in WORD.finditer(besides)]
    told = set(words)
    if "how" in told and "many" in told:
        return Besides.COUNT
    if _bare(words):
        return Besides.NAMES
    if _bare([word for word in words if word not in ("not", "don't", "aren't", "isn't")]):
        return Besides.OTHERS
    if _of_these(words):
        return Besides.OF_THESE
    details = ("where", "what", "in", "to", "on", "for", "at", "from", "how", "which")
    return Besides.DETAIL if words[0] in details else Besides.OTHER


def _of_these(words: list[str]) -> bool:
    """Tell whether words ask which of the members found fit something more."""
    told = set(words)
    if "of" in told and told & {"those", "these", "them"}:
        return True
    if words[0] in ("is", "are", "do", "does") and "any" in told:
        return True
    return "which" in told and bool(told & {"not", "still"}) and len(words) <= _SHORT


def _bare(words: list[str]) -> bool:
    plain = {"which", "what", "are", "they", "these", "those", "name", "them", "list", "is",
             "it", "who", "please", "all", "ones", "each", "say"}  # fmt: skip
    return set(words) <= plain


_ASKING_NOUN = frozenset({"which", "what", "many", "every", "all", "any", "each"})
_ASKING_ALONE = frozenset({"where", "when", "why", "how", "who", "whom", "whose"})
"""Question words that go with no noun: what they stand in is a sentence, however it parses."""
_ORDERS = frozenset({"list", "name", "count", "enumerate", "give"})
_NOUNS = ("NN", "NNS", "NNP", "NNPS")
_PHRASE_ENDS = (
    "IN",
    "TO",
    "WDT",
    "WP",
    "WRB",
    "MD",
    ",",
    ":",
    ".",
    "CC",
    "-LRB-",
    "EX",
    "PRP",
    "DT",
)
"""Tags of words that end a noun phrase."""
_IN_PHRASE = ("compound", "det", "amod", "nmod", "poss", "nummod")
_AUXILIARIES = frozenset(
    "is are was were do does did can could may must will would should has have isn't aren't "
    "doesn't don't".split()
)


@dataclass(frozen=True, slots=True)
class HeadNoun:
    """A noun that is asked for."""

    word: str
    is_plural: bool


def head_noun(text: str) -> HeadNoun | None:
    """Return the noun that a question asks for; None where it names none."""
    parse = parse_one(text)
    for at, token in enumerate(parse.tokens):
        low = token.text.lower()
        if low in _ASKING_NOUN or (low in _ORDERS and at < 3):
            found = _noun_behind(parse, at)
            if found is not None:
                one = parse.tokens[found]
                plural = one.tag in ("NNS", "NNPS") or _looks_plural(parse, found)
                return HeadNoun(one.text, plural or low in ("every", "all"))
    counted = _counted(parse)
    if counted is not None:
        return counted
    phrase = text.rpartition(": ")[2]
    asks = _ASKING_ALONE & {token.text.lower() for token in parse_one(phrase).tokens[:2]}
    return None if asks or is_inverted(phrase) else _of_phrase(phrase)


def _counted(parse: Parse) -> HeadNoun | None:
    """Return the noun of which a number is asked: "the number of open regions"."""
    for at, token in enumerate(parse.tokens[:-1]):
        if token.text.lower() in _NUMBERS and parse.tokens[at + 1].text.lower() == "of":
            found = _noun_behind(parse, at + 1)
            return HeadNoun(parse.tokens[found].text, is_plural=True) if found else None
    return None


_NUMBERS = frozenset({"number", "count", "total"})


def _of_phrase(text: str) -> HeadNoun | None:
    """Return the noun of a question that is no sentence: "EU countries without a data center"."""
    parse = parse_one(text)
    roots = [parse.tokens[at] for at in parse.roots()]
    if not roots or roots[0].tag not in _NOUNS:
        return None
    return HeadNoun(roots[0].text, roots[0].tag in ("NNS", "NNPS"))


def _noun_behind(parse: Parse, at: int) -> int | None:
    """Return the noun that a question word goes with: the last word of the phrase behind it."""
    tokens = parse.tokens
    first = at + 1
    if first < len(tokens) and tokens[first].text.lower() == "of":
        first += 1
    last = None
    for place in range(first, len(tokens)):
        token = tokens[place]
        noun = token.tag in _NOUNS or _looks_plural(parse, place)
        if token.text.lower() in _AUXILIARIES:
            break
        if (
            last is not None
            and not noun
            and (token.tag in _PHRASE_ENDS or (token.is_verb and token.dep not in _IN_PHRASE))
        ):
            break
        if noun:
            last = place
    return last


def _looks_plural(parse: Parse, at: int) -> bool:
    """Tell whether a word is a noun that is taken for a verb: "which audits each site passed"."""
    token = parse.tokens[at]
    before = parse.tokens[at - 1] if at else token
    named = before.tag in ("NNP", "JJ") or before.text.lower() in _ASKING_NOUN
    return token.tag == "VBZ" and token.text.endswith("s") and named


def is_inverted(text: str) -> bool:
    """Tell whether a sentence begins with its auxiliary, and so asks for Yes or No."""
    sentences = text.replace("? ", ". ").replace("; ", ". ").split(". ")
    starts = [part for sentence in sentences for part in (sentence, sentence.rpartition(": ")[2])]
    firsts = (part.split(maxsplit=1) for part in starts)
    return any(words and words[0].lower() in _AUXILIARIES for words in firsts)
