"""The words of a question that claim something, apart from what they are said of and before."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.language.parsing import Parse, parse_one

AUXILIARIES = frozenset(
    "do does did is are was were can could may might will would must shall should has have had "
    "need don't doesn't didn't isn't aren't can't couldn't won't wouldn't mustn't shouldn't "
    "hasn't haven't".split()
)
"""First words of a question that Yes or No answers."""
_PRONOUNS = frozenset("it they that those these this he she".split())
_NOT_YES = frozenset("which what who whom whose where when how why".split())
_MARKS = (": ", " - ", " – ", " — ", "; ", ", so ")
"""What parts a question from the topic or the reason before it."""
_TELLING = frozenset(
    "tell say write state claim promise guarantee assure assume confirm conclude report sign "
    "declare rely trust certify assert answer note count".split()
)
"""Verbs of those who pass on what they ask about: "can we tell the auditor that …?"."""
_HOLDING = frozenset(
    "safe fair accurate fine ok right correct true case fact say assume understand mean think "
    "believe know see state conclude".split()
)
"""What is said of what is asked: "is it safe to say that …?"."""
_TAGS = frozenset("right correct true no yes not".split())
_ASKERS = frozenset("i we our my you one somebody anybody".split())


@dataclass(frozen=True, slots=True)
class ClaimText:
    """A question cut to what it claims."""

    text: str
    before: str = ""
    """What stands before it in its sentence: a case, a topic, a reason."""


def claim_text(question: str) -> ClaimText:
    """Return a question without the topic or the reason before it: "Calls: are they …?"."""
    if first_word(question) in AUXILIARIES | _NOT_YES:
        return ClaimText(question)
    for mark in _MARKS:
        found = _parted(question, mark, question.rfind(mark))
        if found is not None:
            return found
    return ClaimText(question)


def without_case(question: str, predicate: int) -> ClaimText | None:
    """Return a question without the case before its comma, where what was read as its predicate
    stands in the case: "After a log has aged out, do links still work?"; None where it does not.
    """
    at = question.find(", ")
    while at >= 0:
        if predicate < at and (found := _parted(question, ", ", at)):
            return found
        at = question.find(", ", at + 1)
    return None


def _parted(question: str, mark: str, at: int) -> ClaimText | None:
    if at < 0:
        return None
    head, tail = question[:at].strip(), question[at + len(mark) :].strip()
    asks = first_word(tail) in AUXILIARIES
    follows = mark == ", so " and not _NOT_YES & {first_word(tail)}
    return _apart(head, tail) if (asks or follows) and len(tail.split()) > 2 else None


def first_word(text: str) -> str:
    """Return the first word of a text in lower case, without marks."""
    words = text.split(maxsplit=1)
    return words[0].strip("\"'“”(,.?!").lower() if words else ""


def asks_yes_or_no(question: str) -> bool:
    """Tell whether the words of a question are those of one that Yes or No answers."""
    if not question.rstrip().endswith("?"):
        return False
    if first_word(claim_text(question).text) in AUXILIARIES:
        return True
    words = {word.strip(".,;:?").lower() for word in question.split()}
    return without_tag(question) != question and not words & _NOT_YES


def without_tag(text: str) -> str:
    """Return a question without "right?" at its end: what is left is the claim."""
    body, comma, tail = text.rstrip(" ?").rpartition(",")
    last = tail.lower().split()
    is_tag = bool(comma) and len(last) <= 4 and bool(last) and (
        last[-1] in _TAGS or (last[0] in AUXILIARIES and len(last) <= 3)
    )  # fmt: skip
    return f"{body}." if is_tag else text


def _apart(head: str, tail: str) -> ClaimText:
    """Return what is asked of a topic with the topic in its place: "Calls at night: do they …"."""
    words = tail.split()
    # "Can it be confirmed that …?" is about nothing before it.
    empty = words[1:3] == ["it", "be"] and "that" in words[3:6]
    if len(words) < 3 or words[1].lower().strip(",") not in _PRONOUNS or empty or _tells(head):
        return ClaimText(_capital(tail), head)
    rest = " ".join(words[2:])
    return ClaimText(f"{_capital(words[0])} {_lower(head)} {rest}")


def _tells(text: str) -> bool:
    """Tell whether a text says something of itself, and is no mere topic."""
    parse = parse_one(text)
    return any(token.tag in ("VBZ", "VBP", "VBD", "MD") and token.dep in ("ROOT", "aux", "auxpass")
               for token in parse.tokens)  # fmt: skip


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    """Return a text that stood first within a sentence: its capital falls where it is no name."""
    first, _, rest = text.partition(" ")
    plain = first[1:].islower() and parse_one(text).tokens[0].tag not in ("NNP", "NNPS")
    return f"{first.lower()} {rest}" if plain and rest else text


def passed_on(parse: Parse, root: int) -> tuple[int, ...]:
    """Return the words of what the asker would pass on: "can I tell the auditor that …?"; none
    where nothing is.
    """
    teller = next((i for i in (root, *parse.children(root, "xcomp", "conj"))
                   if parse.tokens[i].lemma in _TELLING), None)  # fmt: skip
    if teller is None or not _by_asker(parse, root):
        return _asserted(parse, root)
    # "Tell the auditor that mail stays": the clause is taken for one about the auditor.
    told = [
        i for one in parse.children(teller, "dobj", "dative")
        for i in parse.children(one, "relcl") if parse.children(i, "nsubj", "nsubjpass")
    ]  # fmt: skip
    for below in (*parse.children(teller, "ccomp", "advcl"), *told):
        words = parse.below(below)
        if parse.tokens[words[0]].lemma == "that":
            return words[1:]
        if parse.children(below, "nsubj", "nsubjpass") and parse.tokens[below].dep == "ccomp":
            return words
    return ()


def _asserted(parse: Parse, root: int) -> tuple[int, ...]:
    """Return the words of what is asked to be so in so many words: "is it safe to say that …?",
    "do I understand that …?"; none where nothing is.
    """
    for at, token in enumerate(parse.tokens):
        clause = _led_in_by(parse, at) if token.lemma == "that" else None
        line = tuple(parse.above(clause)) if clause is not None else ()
        if clause is None or not line or line[-1] != root:
            continue
        lemmas = {parse.tokens[i].lemma for i in line}
        # The parser takes "our DPO state that" for a state.
        passive = parse.tokens[root].tag == "VBN" and parse.tokens[root].lemma in _TELLING
        holds = bool(lemmas & _HOLDING) or passive
        if holds and lemmas <= _HOLDING | _TELLING | {"be", "can", "may"}:
            return tuple(i for i in parse.below(clause) if i > at)
    return ()


def _led_in_by(parse: Parse, at: int) -> int | None:
    """Return the clause that a "that" leads in; one that is taken for "that mail" too."""
    token = parse.tokens[at]
    if token.dep == "mark":
        return token.head
    subject = parse.tokens[token.head]
    leads = token.dep == "det" and subject.dep in ("nsubj", "nsubjpass")
    return subject.head if leads and parse.tokens[subject.head].dep == "ccomp" else None


def _by_asker(parse: Parse, root: int) -> bool:
    subjects = parse.children(root, "nsubj")
    return any(
        parse.tokens[i].lemma in _ASKERS
        or any(parse.tokens[k].lemma in _ASKERS for k in parse.children(i, "poss"))
        for i in subjects
    )
