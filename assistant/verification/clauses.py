"""Clauses: what one says, whether it denies it, how firmly, for how many, under which condition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from assistant.verification.words import concepts, is_content, is_neutral, signs
from corpus.language.quantities import TIME_UNIT
from corpus.language.sentences import readable, split_sentences
from corpus.types import Span

_TOKEN = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*", re.UNICODE)
_PLAIN = (
    (re.compile("[‘’ʼ]"), "'"),
    (re.compile("[“”]"), '"'),
    (re.compile("[\u00a0\u202f]"), " "),
    (re.compile(r"\bcan not\b", re.I), "cannot"),
    (re.compile(r"\bwon't\b", re.I), "will not"),
    (re.compile(r"\bcan't\b", re.I), "cannot"),
    (re.compile(r"(?<=\w)n't\b", re.I), " not"),
    (re.compile(r"\b(?:at|for|of) no (?:extra |additional |further )?(?:cost|charge|fee)s?\b|"
                r"\bwithout (?:extra |additional |any )*(?:cost|charge|fee|payment)s?\b|"
                r"\bno (?:extra |additional )?(?:fee|charge|cost)s? (?:is|are|apply|applies)\b"
                r"|\b(?:is|are) not charged\b|\bcosts? nothing\b", re.I),
     "free"),
    (re.compile(r"\b(?:and )?(?:nowhere|nobody|nothing|no one|none|no other) (?:else|other)\b|"
                r"\band (?:to )?no others?\b|\bno one (?:but|except|other than)\b"
                r"|\b(?:nobody|nothing|none|no other [\w-]+) (?:but|except|other than)\b", re.I),
     " only"),
    (re.compile(r"\b(?:un)?less and until\b", re.I), "unless"),
    (re.compile(r"\bnot (?:only|just|merely)\b", re.I), "both"),
    (re.compile(r"\b(?:no matter|whether or not|irrespective of|independent(?:ly)? of|"
                r"even (?:if|when|where|though))\b", re.I),
     "regardless"),
    (re.compile(r"\b(?:switched|turned) (on|off)\b", re.I), r"\1"),
    (re.compile(r"\bleav(?:es?|ing) out\b|\bleav(?:es?|ing) (?=[\w -]{1,30}? out\b)", re.I),
     "without "),
    (re.compile(r"\bout of (?=the |their |our |your |this |that |its )", re.I), "outside "),
    (re.compile(r"\bleaves? (?:out|behind)\b|\bleft (?:out|behind)\b", re.I), "excluded"),
    (re.compile(r"\b(?:save|except) for\b|\bwith the exception of\b|\bapart from\b|"
                r"\bother than\b|\baside from\b|(?<=, )save\b|\bexcepting\b", re.I),
     "except"),
    (re.compile(r"(?<=[,(]) ?([\w -]{3,40}?) (?:excepted|aside|excluded)\b", re.I), r" except \1"),
    (re.compile(r"\bnot without\b", re.I), "only with"),
    (re.compile(r"\bit is not possible to\b", re.I), "you cannot"),
    (re.compile(r"\bit is possible to\b", re.I), "you can"),
    (re.compile(r"\bin general\b", re.I), "generally"),
    (re.compile(r"\b(?:bring|brought) back\b", re.I), "restored"),
    (re.compile(r"^Should (?=(?:the|an?|one|any|it|you|your|this|that)\b)"), "If "),
    (re.compile(r"\b(?:if|when) (?:you|they|we|one) without\b", re.I), "without"),
    (re.compile(r"^without ([^,.]{1,40}?)(?: out)? and ", re.I), r"without \1, "),
    (re.compile(r"\b((?:all|every|any|each)(?: [\w-]+){1,2}) but\b", re.I), r"\1 except"),
    (re.compile(r"\bon condition that\b|\bproviding\b|\bprovided that\b|"
                rf"\bas long as\b(?! (?:\d|\w+ (?:{TIME_UNIT})))|"
                r"\bso long as\b|\bin case\b|\bassuming\b|"
                r"\bprovided\b(?= (?:it|the|you|they))", re.I),
     "if"),
)  # fmt: skip
_BOUND_WORDS = re.compile(
    r"\b(?:no|not|never) (?:later|more|fewer|less|longer|larger|earlier|smaller) than\b|"
    r"\b(?:if|or|and) not\b(?=[,.;]|$)",
    re.I,
)
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|neither|nor|cannot|nobody|nothing|nowhere|without|unable|impossible|"
    r"no longer|lacks?|lacking)\b",
    re.I,
)
_WHOLE = frozenset(("no", "none", "nobody", "nothing", "neither", "nor", "nowhere"))
_ONLY = re.compile(
    r"\b(?:only|solely|exclusively|alone|just|confined|restricted|limited to|sole|unless|except)\b",
    re.I,
)
_CONDITION = (
    r"if|unless|when|whenever|once|until|while|where|except|without|regardless|before|after|"
    r"depending|subject to|in the event"
)
_SPLIT = re.compile(
    r"\s*[;:]\s+|\s+[-–—]+\s+|\s*[()]\s*|"
    rf"(?:,\s*|\s+)(?=(?:(?:but|only|and|or|even) )?(?:{_CONDITION})\b)|"
    r"(?:,\s*|\s+)(?=(?:whereas|although|though|because|since|but|while|which|who|whose|so that|"
    r"rather than|instead of|as well as)\b)|"
    r",\s+(?=(?:and|or|so|then|yet|nor|with)\s)|"
    r"\s+(?=and (?:then |also |therefore )?(?:is|are|was|were|can|may|might|must|should|will|does|"
    r"do|has|have|had|always|never|not|no|cannot|it|they|this|that|these|we|you|nobody|none|nothing|its)\b)"
    r"|\s+(?=and the \w+ (?:\w+ )?(?:is|are|was|were|has|have|can|may|must|will)\b)"
    r"|,\s+(?=(?:it|they|this|these|those|you|we|nobody|none|nothing|there|not|never|no)\s)",
    re.I,
)
_LEADING = re.compile(rf"^(?:and |but |or |only |even |,\s*)*(?P<word>{_CONDITION})\b", re.I)
_VERB = re.compile(r"\s(?=(?:is|are|was|were|has|have|can|may|must|will|shall|do|does|go|goes)\b)")
_LISTED = re.compile(r"(?:or|and) (?:\w+ ){0,3}\w+$|(?:or|and) [\w ]{1,30}, ", re.I)
_LABEL = re.compile(r"^([A-Z][\w' /-]{0,60}): (?=\w)")
_LEANS = re.compile(
    r"(?:and |but |so |however,? )*(?:it|they|this|these|that|those|which|who|whose|such|is|are|"
    r"was|were|can|cannot|may|might|must|should|will|does|do|has|have|always|never|not|both|its|their)\b",
    re.I,
)
_QUESTION = re.compile(r"\?\W*$")
_YESNO = re.compile(r"^\W*(?P<lead>yes|no|correct|right)\b\s*[,.:;—–-]+\s*", re.I)
_KINDS = {"unless": -1, "except": -1, "without": -1, "until": -1, "regardless": 0}


class Modal(StrEnum):
    """How firmly something is said."""

    PLAIN = "plain"
    MAY = "may"
    CAN = "can"
    SHOULD = "should"
    MUST = "must"


_MODALS = (
    (Modal.MUST, re.compile(
        r"\b(?:must|shall|requires?|(?<!the )(?<!any )(?<!of )required|"
        r"requirement|requiring|needs?|needed|ha(?:s|ve) to|"
        r"having to|mandatory|obliged|obligation|necessary|compulsory|prerequisite)\b", re.I)),
    (Modal.SHOULD, re.compile(
        r"\b(?:should|recommend(?:s|ed)?|advis(?:es?|ed|able)|ought|suggest(?:s|ed)?)\b", re.I)),
    (Modal.MAY, re.compile(
        r"\b(?:may|might|could|possibly|perhaps|potentially|likely|probably|expect(?:s|ed)?)\b",
        re.I)),
    (Modal.CAN, re.compile(r"\b(?:can|cannot|able to|possible|allowed|permitted|lets?|free to|"
                           r"option(?:al|ally)?|eligible|entitled|unable|impossible)\b", re.I)),
)  # fmt: skip
UNIVERSAL = re.compile(
    r"\b(?:all|every|always|each|any|anyone|anything|anywhere|everyone|everybody|everything|"
    r"everywhere|entire(?:ly)?|never|regardless|whatever|whichever|wherever|worldwide|completely|"
    r"fully|invariably|guarantee[sd]?|in full|under no circumstances|at all times|both|"
    r"no|none|nobody|nothing|nowhere|neither|whole)\b",
    re.I,
)
STRONG = re.compile(
    r"\b(?:all|every|always|anyone|anywhere|everyone|everybody|everything|everywhere|"
    r"entire(?:ly)?|never|regardless|whatever|whichever|wherever|completely|fully|invariably|"
    r"guarantee[sd]?|under no circumstances|at all times|at any time|anytime|each|any)\b",
    re.I,
)
HEDGED = re.compile(
    r"\b(?:some|certain|(?<!at )most(?:ly)?|many|several|typically|usually|generally|normally|"
    r"mainly|ordinarily|often|sometimes|occasionally|partly|in part|largely|seldom|rarely|"
    r"primarily|"
    r"in general|a (?:small )?number of|by default|potentially|"
    r"not all|not every|in principle|as a rule|commonly|tends?|for now|a few)\b",
    re.I,
)
_SOFT = re.compile(
    r"\b(?:under certain|in (?:some|certain|limited|specific) (?:cases|circumstances|situations)|"
    r"subject to|depend(?:s|ing)|with (?:some |certain |limited )?exceptions?|by default|"
    r"(?:some|certain|limited|specific|listed|stated) (?:exceptions?|conditions?|cases)|"
    r"exceptions? (?:apply|applies|it lists)|generally|typically|normally|usually|"
    r"conditions? (?:apply|applies)|if eligible|otherwise|ordinarily|in general)\b",
    re.I,
)


@dataclass(frozen=True)
class Clause:
    """A clause of a sentence, read."""

    text: str
    kind: str
    """The word that makes it a condition, empty for a main clause."""
    before: str = ""
    """The clause that its `it`, `this` or `which` stands for."""

    @cached_property
    def everything(self) -> frozenset[str]:
        """What its words mean, also those that say nothing by themselves."""
        return frozenset(concept for word in tokens(self.text) for concept in concepts(word))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words that say something by themselves."""
        return tuple(word for word in tokens(self.text) if is_content(word))

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """Its words that no sentence may bring along unsaid."""
        return tuple(word for word in self.words if not is_neutral(word))

    @cached_property
    def concepts(self) -> frozenset[str]:
        """What its words mean."""
        return frozenset(concept for word in self.words for concept in concepts(word))

    @cached_property
    def around(self) -> frozenset[str]:
        """What its words mean, with the clause that it leans on."""
        if not self.before:
            return self.concepts
        leant = (w for w in tokens(self.before) if is_content(w))
        return self.concepts | {concept for word in leant for concept in concepts(word)}

    @cached_property
    def denied(self) -> bool:
        """Whether it says that something is not so."""
        return bool(_NEGATION.search(_BOUND_WORDS.sub(" ", self.text)))

    @cached_property
    def heads(self) -> frozenset[str]:
        """What its denials are about: the word behind a `not`, all words behind a `no`."""
        found: set[str] = set()
        text = _BOUND_WORDS.sub(" ", self.text)
        for match in _NEGATION.finditer(text):
            behind = [w for w in tokens(text[match.end() :]) if is_content(w)]
            first = not any(is_content(w) for w in tokens(text[: match.start()]))
            whole = match.group().lower() in _WHOLE and first
            if behind and any(name == "possible" for name, _ in signs(behind[0])):
                behind = list(self.words)
                whole = True
            bare = () if match.group().lower() == "without" else self.words
            for word in (behind if whole else behind[:1]) or bare:
                found |= concepts(word)
        return frozenset(found)

    @cached_property
    def only(self) -> bool:
        """Whether it restricts what it says."""
        return bool(_ONLY.search(self.text))

    @cached_property
    def modal(self) -> Modal:
        """How firmly it says so."""
        return next((m for m, words in _MODALS if words.search(self.text)), Modal.PLAIN)

    @cached_property
    def modals(self) -> frozenset[Modal]:
        """Every degree of firmness that it names; of what may be and can be alike, one."""
        found = {modal for modal, words in _MODALS if words.search(self.text)}
        return frozenset(Modal.MAY if modal is Modal.CAN else modal for modal in found)

    @cached_property
    def denials(self) -> int:
        """How often it denies."""
        return len(_NEGATION.findall(_BOUND_WORDS.sub(" ", self.text)))

    @cached_property
    def sides(self) -> dict[str, frozenset[int]]:
        """The oppositions that it takes part in, with its side; denial turns the side."""
        found: dict[str, set[int]] = {}
        turn = -1 if self.denied else 1
        for word in tokens(self.text):
            for name, sign in signs(word):
                found.setdefault(name, set()).add(sign * turn)
        return {name: frozenset(found[name]) for name in found}

    @property
    def turn(self) -> int:
        """For a condition, 1 where it holds, -1 where it does not, 0 where it does not matter."""
        return _KINDS.get(self.kind, 1) if self.kind else 1


@dataclass(frozen=True)
class Sentence:
    """A sentence, a bullet or a table row, read."""

    text: str
    clauses: tuple[Clause, ...]

    @cached_property
    def concepts(self) -> frozenset[str]:
        """What its words mean."""
        return frozenset(concept for clause in self.clauses for concept in clause.concepts)

    @cached_property
    def mains(self) -> tuple[Clause, ...]:
        """The clauses that are not conditions."""
        return tuple(clause for clause in self.clauses if not clause.kind)

    @cached_property
    def conditions(self) -> tuple[Clause, ...]:
        """The clauses that say when it holds, or for what not."""
        return tuple(clause for clause in self.clauses if clause.kind)

    @property
    def asks(self) -> bool:
        """Whether it is a question, which states nothing."""
        return bool(_QUESTION.search(self.text))

    @property
    def soft(self) -> bool:
        """Whether it says itself that it does not always hold."""
        return bool(_SOFT.search(self.text))

    @property
    def hedged(self) -> bool:
        """Whether it speaks of a part or of most cases."""
        return bool(HEDGED.search(self.text))


def tokens(text: str) -> list[str]:
    """Return the words of a text; words with a hyphen both whole and in parts."""
    found = []
    for match in _TOKEN.finditer(text):
        word = match.group().strip(".")
        found.append(word)
        if "-" in word:
            found.extend(part for part in word.split("-") if len(part) > 1)
    return found


def plain(text: str) -> str:
    """Return a text with one form for what is written in several."""
    for pattern, replacement in _PLAIN:
        text = pattern.sub(replacement, text)
    return re.sub(r"[ \t]+", " ", text).strip()


def without_lead(text: str) -> tuple[str, str]:
    """Return a sentence without its Yes or No, and that word in lower case."""
    match = _YESNO.match(text)
    if match is None:
        return text, ""
    return text[match.end() :], "no" if match["lead"].lower() == "no" else "yes"


def lines(text: str) -> list[str]:
    """Return the sentences, bullets and rows of a text as a reader sees them."""
    found: list[str] = []
    for line in text.split("\n"):
        bare = readable(line.strip().lstrip("-*•#").strip())
        found.extend(part.of(bare) for part in split_sentences(bare, Span(0, len(bare))))
    return [line for line in found if line]


@lru_cache(maxsize=4096)
def read(text: str, before: str = "") -> Sentence:
    """Return one sentence, read; `before` is the sentence that it may lean on."""
    found: list[Clause] = []
    for clause in _clauses(_LABEL.sub(r"\1 ", plain(text))):
        behind = found[-1].text if found else before
        leans = behind if _LEANS.match(clause.text) else ""
        found.append(Clause(clause.text, clause.kind, leans))
    return Sentence(text, tuple(found))


def read_all(passages: Iterable[str]) -> tuple[Sentence, ...]:
    """Return the sentences of passages, read."""
    found: list[Sentence] = []
    for passage in passages:
        before = ""
        for line in lines(passage):
            found.append(read(line, before))
            before = line
    return tuple(found)


def _clauses(text: str) -> Iterable[Clause]:
    found: list[Clause] = []
    for part in _joined([part.strip(" ,.") for part in _SPLIT.split(text) if part]):
        leading = _LEADING.match(part)
        if leading is None:
            found.append(Clause(part, ""))
            continue
        kind = leading["word"].lower()
        condition, rest = _ended(part, kind)
        if rest and kind == "except" and found and not found[-1].kind:
            found[-1] = Clause(f"{found[-1].text} {rest}", "")
            rest = ""
        found.append(Clause(condition, kind))
        if rest:
            found.append(Clause(rest, ""))
    return found


def _ended(part: str, kind: str) -> tuple[str, str]:
    """Return a condition and what follows it: the main clause behind its comma, or its verb."""
    if kind == "except" and (verb := _VERB.search(part)):
        return part[: verb.start()], part[verb.start() :].strip()
    pieces = part.split(", ")
    for at in range(1, len(pieces)):
        rest = ", ".join(pieces[at:])
        listed = len(pieces[at].split()) <= 3 and at + 1 < len(pieces)
        if not listed and not _LISTED.match(pieces[at]) and len(rest.split()) > 2:
            return ", ".join(pieces[:at]), rest
    return part, ""


def _joined(parts: Sequence[str]) -> list[str]:
    """Join a part that says nothing by itself, like the `except` of `except when`, to the next."""
    found: list[str] = []
    waiting = ""
    for part in parts:
        whole = f"{waiting} {part}".strip()
        if not any(is_content(word) for word in tokens(whole)):
            waiting = whole
            continue
        found.append(whole)
        waiting = ""
    if waiting and found:
        found[-1] = f"{found[-1]} {waiting}"
    return found
