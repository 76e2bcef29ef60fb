"""Statements as sentences that a reader understands without the document around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.facts.lead_ins import is_left_open
from corpus.facts.types import Condition, StatementKind
from corpus.facts.wording import condition_words, exception_words, kind_words
from corpus.language.parsing import Parse, Token, parse_one
from corpus.types import Pair

LONGEST = 240
"""Code points of a statement in words; the value has all of it."""
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
"""Tags of verbs that can stand in a sentence by themselves."""
_POINTING = frozenset("it they this that these those which who".split())
"""Words that stand for what was named before."""
_PERSONS = frozenset({"i", "we", "you"})
_SEVERAL = frozenset({"i", "they", "we", "you"})
"""Persons with whom a verb stands as with several things."""
_EITHER = "data"
"""What is one thing to some writers and several to others."""
_GENERIC = frozenset(
    "application app feature offering platform product service solution software tool".split()
)
"""What a service is called instead of by its name."""
_COMMON = frozenset({"NN", "NNS", "IN", "TO", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "PRP", "DT"})
"""Tags of words that are no names and lose their capital within a sentence."""
_NAMELESS = frozenset(
    {StatementKind.MEMBER, StatementKind.STEP, StatementKind.COMMAND, StatementKind.DEFINED}
)
"""Kinds whose words say nothing more of a name and its value."""


def said(
    value: str,
    *,
    subject: str = "",
    kind: StatementKind = StatementKind.MEMBER,
    sentence: str = "",
    lead_in: str = "",
    label: str = "",
    beside: Iterable[Pair] = (),
    conditions: Sequence[Condition] = (),
    exceptions: Sequence[Condition] = (),
    unticked: bool = False,
) -> str:
    """Return a sentence, or what reads like one, that says a statement.

    `value` is what is said, `subject` the name of what it is said of. `sentence` is the whole
    sentence where the value is a part of one; `lead_in` introduces its list; `label` is the label
    of its record or the title of its column, and `beside` are the other cells of its row.
    Conditions and exceptions are added where the words do not hold them. An unticked box is told.
    """
    value, subject = _plain(value), _plain(subject)
    if subject.casefold() in {*_POINTING, *_PERSONS}:
        value, subject = _of_pronoun(value, subject), ""
    body = _body(value, subject, kind, sentence, lead_in, label)
    row = _row(body, beside)
    notes = f"{row} (box not ticked)" if unticked else row
    shown = _cut(body, LONGEST - len(notes))
    limits = _limits(f"{shown}{notes}", conditions, exceptions)
    if limits:
        limits = _cut(limits, LONGEST // 2)
        shown = _cut(body, LONGEST - len(notes) - len(limits))
    if limits or notes:
        shown = shown.removesuffix(".")
    return f"{shown}{notes}{limits}"


def _body(
    value: str, subject: str, kind: StatementKind, sentence: str, lead_in: str, label: str
) -> str:
    if kind is StatementKind.COMMAND:
        return f"{subject}: {value}" if subject else value
    lead = _plain(label) or _plain(lead_in)
    whole = _whole(value, subject)
    if not whole and lead and lead.casefold() != subject.casefold():
        whole = _led(subject, lead, value)
    return _capital(whole or _alone(value, subject, kind, _plain(sentence), named=bool(lead)))


def _alone(value: str, subject: str, kind: StatementKind, sentence: str, *, named: bool) -> str:
    """Return what nothing introduces, or nothing but its own name."""
    if subject and _is_predicate(value):
        return _predicated(subject, value)
    around = "" if named else _whole(sentence, subject)
    return around or _named(subject, value, kind)


def _of_pronoun(value: str, pronoun: str) -> str:
    """Return a value with the pronoun that it lacks, which names nothing otherwise."""
    orders = [token.tag == "VB" for token in parse_one(value).tokens[:1]]
    lacks = any(orders) or _is_predicate(value)
    return f"{pronoun} {value}" if lacks else value


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(" :;,")


def _whole(text: str, subject: str) -> str:
    """Return a whole sentence with its subject named; empty for what is none."""
    if not text:
        return ""
    parse = parse_one(text)
    root = _sentence(parse)
    below = parse.children(root, *_SUBJECTS) if root is not None else ()
    if root is None or not below:
        return ""
    head = parse.tokens[below[0]]
    words = head.text.casefold()
    if words in _PERSONS:
        return ""
    if not _points(parse, below[0]):
        return text
    if not subject or not _agrees(parse, root, subject):
        return ""
    span = parse.span(parse.below(below[0]))
    name = subject if span.start else _capital(subject)
    return f"{text[: span.start]}{name}{text[span.end :]}"


def _sentence(parse: Parse) -> int | None:
    """Return the verb of the first sentence of a text; None where it is a part of one."""
    root = next(iter(parse.roots()), None)
    if root is None or _finite(parse, root) is None or parse.children(root, "mark"):
        return None
    first = parse.tokens[min(parse.below(root))]
    if first.tag == "WP$":
        return None
    hangs = first.tag in ("WRB", "WP", "WDT") and first.head == root
    return None if hangs and first.dep not in _SUBJECTS else root


def _finite(parse: Parse, verb: int) -> Token | None:
    """Return the word of a verb that agrees with the subject: itself or an auxiliary."""
    words = sorted((*parse.children(verb, "aux", "auxpass"), verb))
    return next((parse.tokens[i] for i in words if parse.tokens[i].tag in _FINITE), None)


def _points(parse: Parse, head: int) -> bool:
    """Tell whether a noun only points at what was named: "it", "which", "the service"."""
    token = parse.tokens[head]
    below = [parse.tokens[i] for i in parse.below(head)]
    if token.text.casefold() in _POINTING:
        return len(below) == 1
    determiners = [one for one in below if one.dep in ("det", "poss")]
    return token.lemma in _GENERIC and len(determiners) == 1 and len(below) == 2


def _agrees(parse: Parse, verb: int, subject: str) -> bool:
    """Tell whether a verb can be said of a name as it stands: "is" of one, "are" of several."""
    finite = _finite(parse, verb)
    if finite is None or finite.tag == "MD" or subject.casefold().split()[-1:] == [_EITHER]:
        return True
    several = finite.tag == "VBP" or finite.text.casefold() == "were"
    if finite.tag == "VBD" and finite.text.casefold() not in ("was", "were"):
        return True
    return several == _is_several(subject)


def _is_several(name: str) -> bool:
    if name.casefold() in _SEVERAL:
        return True
    parse = parse_one(name)
    head = next(iter(parse.roots()), None)
    if head is None:
        return False
    return parse.tokens[head].tag in ("NNS", "NNPS") or bool(parse.children(head, "conj"))


def _is_predicate(value: str) -> bool:
    """Tell whether words lack nothing but their subject: "retains logs", "may be moved"."""
    parse = parse_one(value)
    root = _sentence(parse)
    if root is None or parse.children(root, *_SUBJECTS):
        return False
    first = parse.tokens[0]
    return first.tag in _FINITE or (first.dep in ("neg", "advmod") and first.head == root)


def _predicated(subject: str, value: str) -> str:
    parse = parse_one(value)
    root = _sentence(parse)
    if root is not None and _agrees(parse, root, subject):
        return f"{subject} {value}"
    return f"{subject}: {value}"


def _led(subject: str, lead: str, value: str) -> str:
    """Return a value behind what introduces it: a sentence that it ends, a label, a title."""
    if not _has_verb(lead) and _is_predicate(value):
        parse = parse_one(lead)
        points = any(_points(parse, root) for root in parse.roots())
        return _predicated(subject if subject and points else lead, value)
    opens = is_left_open(lead)
    between = " " if opens else ": "
    whole = _whole(lead, subject)
    if whole:
        return f"{whole}{between}{value}"
    if not subject:
        return f"{lead}{between}{value}"
    if opens:
        return f"{subject}: {_small(lead)} {value}"
    return f"{subject} – {_small(lead)}: {value}"


def _named(subject: str, value: str, kind: StatementKind) -> str:
    if subject and value.casefold().startswith(subject.casefold()):
        return value
    words = "" if kind in _NAMELESS or _has_verb(value) else kind_words(kind)
    if not subject:
        return f"{words}: {value}" if words else value
    return f"{subject} – {words}: {value}" if words else f"{subject}: {value}"


def _has_verb(value: str) -> bool:
    return any(token.is_verb for token in parse_one(value).tokens)


def _row(body: str, beside: Iterable[Pair]) -> str:
    """Return the other cells of a row in brackets."""
    said_there = body.casefold()
    cells = [
        f"{_small(_plain(title))}: {_plain(value)}" if title.strip() else _plain(value)
        for title, value in beside
        if value.strip() and _plain(value).casefold() not in said_there
    ]
    room = max(LONGEST // 3, LONGEST - len(body) - len(" ()"))
    return f" ({_cut('; '.join(cells), room)})" if cells else ""


def _limits(body: str, conditions: Iterable[Condition], exceptions: Iterable[Condition]) -> str:
    """Return the conditions and exceptions that words do not hold."""
    spoken = _letters(body)
    missing = [condition_words(one) for one in conditions if not _holds(spoken, one.text)]
    missing += [exception_words(one) for one in exceptions if not _holds(spoken, one.text)]
    return "".join(f", {one}" for one in dict.fromkeys(missing))


def _holds(spoken: str, text: str) -> bool:
    return _letters(text) in spoken


def _letters(text: str) -> str:
    """Return words without their marks: in a list and in a sentence these are not the same."""
    kept = "".join(one if one.isalnum() else " " for one in text.casefold())
    return f" {' '.join(kept.split())} "


def _capital(text: str) -> str:
    first = text.partition(" ")[0].rstrip(":,")
    return text[:1].upper() + text[1:] if first.isalpha() and first.islower() else text


def _small(text: str) -> str:
    """Return a label as it is written within a sentence; names keep their capital."""
    tokens = parse_one(text).tokens if text else ()
    first = tokens[0] if tokens else None
    if first is None or not first.text.istitle() or first.tag not in _COMMON:
        return text
    return text[:1].lower() + text[1:]


def _cut(text: str, most: int) -> str:
    """Return the words of a text that fit, marked where some do not."""
    if len(text) <= most:
        return text
    kept = text[: max(most - 1, 1)].rpartition(" ")[0] or text[: max(most - 2, 1)]
    return f"{kept.rstrip(' ,;:')} …"
