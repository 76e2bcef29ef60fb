"""The checks, in the order of how sure they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.claims.clauses import (
    HEDGED,
    STRONG,
    UNIVERSAL,
    Clause,
    Modal,
    Sentence,
    lines,
    plain,
    read,
    read_all,
    tokens,
    without_lead,
)
from assistant.claims.names import unknown_literal, unknown_name, unknown_place
from assistant.claims.values import Value, dates, values
from assistant.claims.words import concepts, in_field, is_content, is_neutral, stem
from corpus.places import Gazetteer

_UNSAID = 0.2
"""Share of a sentence's words that its passages need not say."""
_NEAR = 0.9
"""Clauses this close to the best one are as good a match."""
_REFLECTED = 0.34
"""Share of a condition's meaning that a sentence must say to have kept it."""
_BESIDE = 0.55
"""Share of a clause's meaning that its match must say for the two to be compared."""
_TURNS = re.compile(
    r"\b(?:refus\w+|forbid\w*|forbidden|block\w*|prevent\w*|exclud\w+|absent|fails?|stops?|stopped|"
    r"omit\w*|drops?|dropped|skip\w*|discard\w*|reject\w*|prohibit\w*|outside|off|disabled|den(?:y|"
    r"ies|ied)|suspended|ends?|only|alone|solely|except|free|instead|unavailable|unsupported|"
    r"optional|impossible|unreadable|lost|loses?|regardless|ignor\w+|avoid\w*|spares?|too|out|gone|"
    r"leav\w+|left|independent\w*|separate\w*|seldom|rarely|yet|temporar\w+|masked|hidden|before|"
    r"still|until|unless|opt\w*)\b",
    re.I,
)
_CONTRAST = re.compile(
    r"\b(?:only|instead|remains?|stays?|rather|outside|different|must|required?|off|before|but|"
    r"however|unless|except|excluded?|refus\w+|already|still|elsewhere|alone|permanent\w*|"
    r"separate\w*|regardless|free|opt\w*|always|wrong\w*|incorrect\w*|whatever|fixed|every)\b",
    re.I,
)
_GIVEN = re.compile(
    r"^(?:\d+[.)] )?(?:you |then |first,? |to [^,]+, )*(?:[A-Z][a-z]+|you) ?(?:\w+ )?", re.I
)
_FROM = re.compile(r"\b(?:from|out of|off)\s+(?:the |your |our |a |an )?(?P<what>[\w'.-]+(?: [A-Z][\w.-]+)?)", re.I)
_TO = re.compile(
    r"\b(?:to|into|onto|towards?)\s+(?:the |your |our |a |an )?(?P<what>[\w'.-]+(?: [A-Z][\w.-]+)?)", re.I
)


@dataclass(frozen=True)
class _Case:
    """One sentence beside its passages."""

    text: str
    lead: str
    claim: Sentence
    passages: tuple[Sentence, ...]
    said: str
    """The passages as one text."""
    gazetteer: Gazetteer

    @cached_property
    def known(self) -> frozenset[str]:
        """What the words of the passages mean."""
        return frozenset(concept for sentence in self.passages for concept in sentence.concepts)

    @cached_property
    def pairs(self) -> tuple[_Pair, ...]:
        """Each clause of the claim with the clauses that it may restate."""
        return tuple(
            pair for clause in self.claim.clauses if (pair := _aligned(clause, self)).found
        )

    @cached_property
    def sources(self) -> tuple[Sentence, ...]:
        """The sentences that the main clauses restate, without repeats."""
        found = [s for pair in self.pairs if not pair.clause.kind for s, _ in pair.found]
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class _Pair:
    clause: Clause
    found: tuple[tuple[Sentence, Clause], ...]


def unsupported(sentence: str, passages: Sequence[str], gazetteer: Gazetteer) -> str:
    """Return why the passages do not support a sentence, empty when they do.

    `passages` are the cited spans as a reader sees them, with the headings, column titles and
    lead-in that they are read with.
    """
    said = "\n".join(passages)
    known = {_folded(line) for passage in passages for line in (*lines(passage), passage)}
    read_passages = read_all(passages)
    for line in lines(sentence):
        text, lead = without_lead(line)
        if not lead and _folded(text) in known:
            continue
        case = _Case(text, lead, read(text), read_passages, said, gazetteer)
        for check in _CHECKS:
            if reason := check(case):
                return reason
    return ""


def _folded(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _literals(case: _Case) -> str:
    unknown = unknown_literal(case.text, case.said)
    return f"{unknown} is not in the passages" if unknown else ""


def _dates(case: _Case) -> str:
    stated = [date for date, _, _ in dates(plain(case.said))]
    for date, start, end in dates(plain(case.text)):
        if not any(other.says(date) for other in stated):
            return f"the date {plain(case.text)[start:end]} is not in the passages"
    return ""


def _values(case: _Case) -> str:
    stated = values(plain(case.said))
    for value in values(plain(case.text)):
        same = [other for other in stated if other.same(value)]
        if not same:
            return f"{value.written} is not in the passages"
        bounds = {other.bound for other in same}
        if value.bound not in bounds and (value.bound or value.unit) and 0 not in bounds:
            return f"{value.written} has another bound in the passages"
        if value.bound and bounds == {0}:
            return f"{value.written} is exact in the passages"
    return ""


def _places(case: _Case) -> str:
    denied = any(clause.denied for clause in case.claim.clauses)
    away = bool(re.search(r"\b(?:outside|beyond|all|every|anywhere|leave[sd]?)\b", case.text, re.I))
    narrow = denied or away
    unknown = unknown_place(
        case.text, case.said, case.gazetteer, upward=not narrow, downward=denied and not away
    )
    return f"{unknown} is not a place of the passages" if unknown else ""


def _names(case: _Case) -> str:
    placed = [mention.words for mention in case.gazetteer.mentions(case.text)]
    unknown = unknown_name(case.text, case.said, placed)
    return f"{unknown} is not named in the passages" if unknown else ""


def _coverage(case: _Case) -> str:
    skipped = {
        word for m in case.gazetteer.mentions(case.text) for word in tokens(m.words)
    } | {word for word in tokens(case.text) if word[0].isdigit()}
    words = [w for c in case.claim.clauses for w in c.words if w not in skipped]
    unsaid = [
        w for w in words if not is_neutral(w) and not (concepts(w) & case.known) and not _valued(w)
    ]
    strict = [word for word in unsaid if in_field(word)]
    if strict:
        return f"the passages do not speak of {strict[0]}"
    if len(unsaid) > max(1, _UNSAID * len(words)):
        return f"the passages do not say {', '.join(unsaid[:5])}"
    return ""


def _valued(word: str) -> bool:
    return bool(values(f"{word} units")) or bool(dates(f"in {word}"))


def _aligned(clause: Clause, case: _Case) -> _Pair:
    scored = [
        (score, sentence, other)
        for sentence in case.passages
        for other in sentence.clauses
        if (score := _alike(clause, other)) >= _BESIDE
    ]
    best = max((score for score, _, _ in scored), default=0.0)
    return _Pair(clause, tuple((s, c) for score, s, c in scored if score >= _NEAR * best))


def _alike(clause: Clause, other: Clause) -> float:
    """Return how much of a clause another one says, and a little for how little else."""
    mine = [word for word in clause.words if not is_neutral(word)] or list(clause.words)
    if not mine or not other.words:
        return 0.0
    shared = sum(bool(concepts(word) & other.concepts) for word in mine) / len(mine)
    back = sum(bool(concepts(word) & clause.concepts) for word in other.words) / len(other.words)
    return shared * 0.7 + back * 0.3


def _polarity(case: _Case) -> str:
    for pair in case.pairs:
        if not any(_agree(pair.clause, other) for _, other in pair.found):
            return f"the passages say the opposite of: {pair.clause.text}"
    denies = any(clause.denied for clause in case.claim.clauses)
    if denies and not any(
        clause.denied or _TURNS.search(clause.text) for s in case.passages for clause in s.clauses
    ):
        return "the passages deny nothing"
    return ""


def _agree(clause: Clause, other: Clause) -> bool:
    shared = clause.sides.keys() & other.sides.keys()
    direct = [bool(clause.sides[name] & other.sides[name]) for name in shared]
    same_words = {stem(w) for w in clause.words} & {stem(w) for w in other.words}
    if direct and not all(direct) and not any(direct):
        return False
    if clause.denied == other.denied:
        return all(direct) if direct else True
    if direct and all(direct):
        return True
    turned = {stem(m.group()) for m in _TURNS.finditer(clause.text)} ^ {
        stem(m.group()) for m in _TURNS.finditer(other.text)
    }
    return bool(turned) and len(same_words) < len(clause.words)


def _modality(case: _Case) -> str:
    for pair in case.pairs:
        if pair.clause.kind:
            continue
        allowed = [_modal_fits(pair.clause, other, sentence) for sentence, other in pair.found]
        if not any(allowed):
            return f"the passages say less or more firmly: {pair.clause.text}"
    return ""


def _modal_fits(clause: Clause, other: Clause, sentence: Sentence) -> bool:
    said, given = clause.modal, other.modal
    if said == given or {said, given} <= {Modal.MAY, Modal.CAN}:
        return True
    if given is Modal.MAY:
        return bool(HEDGED.search(clause.text))
    if given is Modal.CAN:
        return said is Modal.PLAIN and not re.search(r"\bcan be\b", other.text, re.I)
    if given is Modal.SHOULD:
        return False
    if given is Modal.MUST:
        return said is Modal.PLAIN and clause.only
    if said is Modal.MUST:
        return _ordered(sentence) or other.only or bool(sentence.conditions)
    if said is Modal.SHOULD:
        return _ordered(sentence)
    if said is Modal.MAY:
        return _ordered(sentence) or sentence.hedged
    return True


_VERBS = re.compile(
    r"^(?:\d+[.)]\s*)?(?:(?:to|in|if|when|for|on|at|then|first|next)\b[^,]*, )?(?:please )?"
    r"(?:run|open|use|click|select|choose|sign|enter|set|add|assign|configure|connect|contact|ask|"
    r"write|create|install|verify|replace|recover|prevent|repeat|review|evaluate|refer|see|go|"
    r"type|list|call|start|stop|switch|leave|lock|book|confirm|export|import|download|close|make|"
    r"tick|untick|commit|stream|send|hover|look|press|read|store|load|place|move|do|don't|do not|"
    r"never|check|find|request|give|keep|allow|register|let|hand|deliver|search|pick|order|need)\b",
    re.I,
)


def _ordered(sentence: Sentence) -> bool:
    """Tell whether a sentence tells the reader to do something, or states what is asked for."""
    return bool(_VERBS.match(sentence.text)) or bool(
        re.search(r"\b(?:conditions?|needs?|only|minimum|at least|or more|from)\b", sentence.text, re.I)
    )


def _quantifiers(case: _Case) -> str:
    claim = case.claim
    if not case.sources:
        return ""
    around = " ".join(sentence.text for sentence in case.sources)
    strong = STRONG.search(plain(case.text))
    if strong and not UNIVERSAL.search(plain(around)):
        return f"the passages do not say {strong.group()}"
    if any(c.only for c in claim.mains) and not _restricts(case.sources):
        return "the passages do not say only"
    lost = all(any(c.only for c in s.mains) for s in case.sources)
    if lost and not _restricts([claim]):
        return "the passages say only"
    if all(HEDGED.search(s.text) for s in case.sources) and not (claim.hedged or claim.soft):
        best = case.sources[0]
        main = max(best.mains, key=lambda c: _alike(claim.clauses[0], c), default=None)
        if main is not None and HEDGED.search(main.text):
            return "the passages speak of some or most"
    return ""


def _restricts(sentences: Iterable[Sentence]) -> bool:
    return any(
        clause.only or clause.denied or clause.modal is Modal.MUST or clause.turn < 0
        or re.search(r"\b(?:outside|single|one|both|until|requires?|never|off|refus\w+)\b", clause.text, re.I)
        for sentence in sentences
        for clause in sentence.clauses
    )  # fmt: skip


def _conditions(case: _Case) -> str:
    for pair in case.pairs:
        if pair.clause.kind:
            continue
        lost = [_lost(sentence, other, case) for sentence, other in pair.found]
        if lost and all(lost):
            return f"a condition is left out: {lost[0]}"
    return ""


_BINDS = frozenset(("if", "unless", "when", "whenever", "except", "once", "until", "where", "while"))


def _lost(sentence: Sentence, matched: Clause, case: _Case) -> str:
    """Return a condition of a sentence that the claim does not keep."""
    if matched.kind or case.claim.soft:
        return ""
    for condition in sentence.conditions:
        if condition.kind not in _BINDS or not condition.telling:
            continue
        kept = [w for w in condition.telling if concepts(w) & case.claim.concepts]
        if len(kept) < _REFLECTED * len(condition.telling):
            return condition.text
    return ""


def _changed(case: _Case) -> str:
    """Find a condition of the claim that the passages do not set."""
    for clause in case.claim.conditions:
        if clause.kind in ("before", "after", "without") or not clause.telling:
            continue
        best = max(
            ((_alike(clause, other), other) for s in case.passages for other in s.clauses),
            key=lambda pair: pair[0],
            default=(0.0, None),
        )
        score, other = best
        if other is None or score < 0.4:
            continue
        if other.kind and {clause.turn, other.turn} == {1, -1} and clause.denied == other.denied:
            if {clause.kind, other.kind} & {"until"}:
                continue
            return f"the passages set the condition otherwise: {other.text}"
        if clause.kind == "regardless" and other.kind not in ("regardless", "") :
            return f"the passages set the condition: {other.text}"
    return ""


def _directions(case: _Case) -> str:
    said = plain(case.said)
    for own, opposite in ((_FROM, _TO), (_TO, _FROM)):
        for match in own.finditer(plain(case.text)):
            what = match["what"].lower()
            if not (match["what"][0].isupper() or "-" in what) :
                continue
            same = {m["what"].lower() for m in own.finditer(said)}
            other = {m["what"].lower() for m in opposite.finditer(said)}
            if what in other and what not in same:
                return f"the passages go the other way: {match.group()}"
    return ""


def _belongs(case: _Case) -> str:
    """Find a value or place that the passages state of something else."""
    return ""


def _verdict(case: _Case) -> str:
    if not case.lead:
        return ""
    denied = bool(case.claim.clauses) and any(c.denied for c in case.claim.mains[:1])
    if case.lead == "yes" and denied:
        return "Yes before a sentence that denies"
    if case.lead == "no" and not denied:
        turned = any(c.denied for c in case.claim.clauses) or _CONTRAST.search(case.text)
        return "" if turned else "No before a sentence that affirms"
    return ""


_CHECKS: tuple[Callable[[_Case], str], ...] = (
    _literals, _dates, _values, _places, _names, _coverage, _verdict, _polarity, _modality,
    _quantifiers, _conditions, _changed, _directions, _belongs,
)  # fmt: skip
