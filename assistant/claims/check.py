"""The checks, in the order of how sure they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

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
from assistant.claims.names import is_initials, places, unknown_literal, unknown_name, unknown_place
from assistant.claims.values import dates, values
from assistant.claims.words import concepts, in_field, is_content, is_neutral, signs, stem
from corpus.places import Gazetteer

_UNSAID = 0.0
"""Share of a sentence's words that its passages need not say."""
_NEAR = 0.9
"""Clauses this close to the best one are as good a match."""
_SAME = 0.9
"""Clauses this alike say the same, or one the opposite of the other."""
_CLOSE, _LOOSE = 0.85, 0.75
"""A best match below the first is not sure: clauses within the second of it count as well."""
_REFLECTED = 0.5
"""Share of a condition's meaning that a sentence must say to have kept it."""
_LITTLE = 0.25
"""Clauses this little alike may still speak of one thing."""
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
    r"\b(?:only|instead|remains?|stays?|rather|outside|must|required?|off|but|however|unless|"
    r"except|excluded?|refus\w+|already|still|elsewhere|alone|permanent\w*)\b",
    re.I,
)
_FROM = re.compile(
    r"\b(?:from|out of|off)\s+(?:the |your |our |a |an )?(?P<what>[\w'.-]+(?: [A-Z][\w.-]+)?)", re.I
)
_TO = re.compile(
    r"\b(?:to|into|onto|towards?)\s+(?:the |your |our |a |an )?"
    r"(?P<what>[\w'.-]+(?: [A-Z][\w.-]+)?)",
    re.I,
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
        return frozenset(concept for word in self.words for concept in concepts(word))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the passages."""
        return frozenset((*tokens(self.said), *tokens(plain(self.said))))

    @cached_property
    def sides(self) -> frozenset[str]:
        """The oppositions that the passages name."""
        return frozenset(name for word in self.words for name, _ in signs(word))

    @cached_property
    def asks_for(self) -> bool:
        """Whether a heading says that the passages list what is required."""
        return any(len(tokens(s.text)) <= 8 and _ASKED.search(s.text) for s in self.passages)

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
    units = {other.unit for other in stated}
    for value in values(plain(case.text)):
        same = [other for other in stated if other.same(value)] or [
            other
            for other in stated
            if not other.unit and other.raw == value.raw and value.unit in units
        ]
        if not same:
            return f"{value.written} is not in the passages"
        bounds = {other.bound for other in same}
        if value.bound not in bounds and (value.bound or value.unit) and 0 not in bounds:
            return f"{value.written} has another bound in the passages"
        if value.bound and bounds == {0}:
            return f"{value.written} is exact in the passages"
    return ""


_AWAY = re.compile(
    r"\b(?:outside|beyond|leav\w+|throughout|across|anywhere in|everywhere in|all of|all over|only|"
    r"entire|whole)\b",
    re.I,
)


def _places(case: _Case) -> str:
    for clause in case.claim.clauses:
        narrow = clause.denied or bool(_AWAY.search(clause.text))
        unknown = unknown_place(
            clause.text, case.said, case.gazetteer, upward=not narrow, downward=clause.denied
        )
        if unknown:
            return f"{unknown} is not a place of the passages"
    return ""


def _names(case: _Case) -> str:
    placed = [mention.words for mention in case.gazetteer.mentions(case.text)]
    unknown = unknown_name(case.text, case.said, placed)
    return f"{unknown} is not named in the passages" if unknown else ""


def _coverage(case: _Case) -> str:
    said = plain(case.text)
    skipped = {word for m in case.gazetteer.mentions(case.text) for word in tokens(m.words)}
    skipped |= {word for value in values(said) for word in tokens(value.written)}
    skipped |= {word for _, start, end in dates(said) for word in tokens(said[start:end])}
    words = [w for c in case.claim.clauses for w in c.words if w not in skipped]
    words = [w for w in words if not w[0].isdigit() and "-" not in w]
    unsaid = [w for w in words if not is_neutral(w) and not _is_said(w, case)]
    strict = [word for word in unsaid if in_field(word)]
    if strict:
        return f"the passages do not speak of {strict[0]}"
    if len(unsaid) > _UNSAID * len(words):
        return f"the passages do not say {', '.join(unsaid[:5])}"
    return ""


def _is_said(word: str, case: _Case) -> bool:
    if concepts(word) & case.known or is_initials(word, case.said):
        return True
    return any(name in case.sides for name, _ in signs(word))


def _aligned(clause: Clause, case: _Case) -> _Pair:
    scored = [
        (score, sentence, other)
        for sentence in case.passages
        if not sentence.asks
        for other in sentence.clauses
        if (score := _alike(clause, other)) >= _BESIDE
    ]
    best = max((score for score, _, _ in scored), default=0.0)
    near = _NEAR if best >= _CLOSE else _LOOSE
    return _Pair(clause, tuple((s, c) for score, s, c in scored if score >= near * best))


def _alike(clause: Clause, other: Clause) -> float:
    """Return how much of a clause another one says, and a little for how little else."""
    mine = [word for word in clause.words if not is_neutral(word)] or list(clause.words)
    if not mine or not other.words:
        return 0.0
    shared = sum(bool(concepts(word) & other.around) for word in mine) / len(mine)
    back = sum(bool(concepts(word) & clause.concepts) for word in other.words) / len(other.words)
    return shared * 0.7 + back * 0.3


def _polarity(case: _Case) -> str:
    for clause in case.claim.clauses:
        reason = _denied_alike(clause, case) if clause.denied else _affirmed_alike(clause, case)
        if reason:
            return f"the passages say otherwise: {reason}"
    for pair in case.pairs:
        close = [o for _, o in pair.found if _alike(pair.clause, o) >= _SAME]
        if close and all(_contradicts(pair.clause, other) for other in close):
            return f"the passages say otherwise: {pair.clause.text}"
        if _opposed(pair):
            return f"the passages say the opposite of: {pair.clause.text}"
    return ""


def _contradicts(clause: Clause, other: Clause) -> bool:
    return bool((clause.denials - other.denials) % 2) and not _excused(clause, other)


def _stated(case: _Case) -> list[Clause]:
    return [clause for s in case.passages if not s.asks for clause in s.clauses]


def _denied_alike(clause: Clause, case: _Case) -> str:
    """Find out whether the passages deny what the clause denies."""
    given, against, turned = 0.0, 0.0, 0.0
    for other in _stated(case):
        score = _alike(clause, other)
        named = bool(clause.heads & other.everything)
        bare = clause.kind == "without" and "without" in other.text.lower()
        if other.denied and (named or bare):
            given = max(given, score)
        elif not other.denied and _sided(clause, other):
            given = max(given, score)
        elif not other.denied and named:
            against = max(against, score)
        elif clause.kind != "without" and _turns(other.text) - _turns(clause.text):
            turned = max(turned, score)
    if given >= _LITTLE and given >= against - 0.05:
        return ""
    return "" if turned >= 0.45 and turned > against else clause.text


def _affirmed_alike(clause: Clause, case: _Case) -> str:
    """Find a clause of the passages that denies what this one affirms."""
    against, beside, named = 0.0, 0.0, False
    for other in _stated(case):
        score = _alike(clause, other)
        if other.denied and other.heads & clause.concepts and not _excused(clause, other):
            against = max(against, score)
        elif not other.denied or _excused(clause, other):
            beside = max(beside, score)
            named = named or bool(other.concepts & clause.concepts & _denied_words(case))
    least = _BESIDE if named else 0.45
    return clause.text if against >= least and (not named or against > beside - 0.05) else ""


def _denied_words(case: _Case) -> frozenset[str]:
    return frozenset(head for other in _stated(case) if other.denied for head in other.heads)


def _sided(clause: Clause, other: Clause) -> bool:
    shared = clause.sides.keys() & other.sides.keys()
    return any(clause.sides[name] & other.sides[name] for name in shared)


def _excused(clause: Clause, other: Clause) -> bool:
    """Tell whether the claim denies by another word what the other clause denies by `not`."""
    return _sided(clause, other) or bool(_turns(clause.text) - _turns(other.text))


def _turns(text: str) -> set[str]:
    return {stem(match.group()) for match in _TURNS.finditer(text)}


def _opposed(pair: _Pair) -> bool:
    """Tell whether all that name an opposition of the clause take its other side."""
    for name, side in pair.clause.sides.items():
        others = [other.sides[name] for _, other in pair.found if name in other.sides]
        if others and not any(side & other for other in others):
            return True
    return False


_CRITICAL = {
    "not": "not no never none nothing nobody cannot nor neither without",
    "may": "may might can could cannot",
    "must": "must shall need needs required requires",
    "should": "should recommend recommends recommended",
    "only": "only solely exclusively",
    "all": "all every always each everyone anyone whole entire",
    "some": "some most certain typically usually generally many partly mostly",
    "if": "if when once whenever",
    "unless": "unless except",
    "including": "including",
    "before": "before prior",
    "after": "after afterwards",
    "outside": "outside beyond",
    "inside": "within inside",
    "on": "on enabled",
    "off": "off disabled",
}
_SENTENCE, _WHOLE = 5, 0.95
"""A sentence of so many words that stand, this share of them, in order in another one."""
_MOSTLY = 0.55
"""Share of a sentence's words that stand in order in one of which it may exchange two."""
_CLASSES = {word: name for name, words in _CRITICAL.items() for word in words.split()}
_EDIT = 0.8
"""Sentences this alike, word by word, are one sentence and its edited form."""


def _edited(case: _Case) -> str:
    """Find a small word that turns a sentence: put in, left out or put in place of another."""
    mine = plain(case.text).lower().split()
    best, reason = _EDIT, ""
    for sentence in case.passages:
        other = plain(sentence.text).lower().split()
        if not 0.5 < len(other) / max(len(mine), 1) < 4:
            continue
        matcher = SequenceMatcher(None, mine, other, autojunk=False)
        size = sum(block.size for block in matcher.get_matching_blocks())
        whole = len(mine) >= _SENTENCE and size >= _WHOLE * len(mine) and not case.claim.soft
        if whole and (left := _left_out(matcher, other)):
            return f"a condition is left out: {left}"
        if size >= _MOSTLY * len(mine) and (words := _exchanged(matcher, mine, other)):
            return f"the passages say it the other way round: {words}"
        if (ratio := matcher.ratio()) >= best:
            best, reason = ratio, _turned(matcher, mine, other)
    return reason


def _left_out(matcher: SequenceMatcher[str], other: Sequence[str]) -> str:
    for tag, _, _, start, end in matcher.get_opcodes():
        words = [word.strip("(,") for word in other[start:end]]
        if tag in ("insert", "replace") and end - start >= 3 and words[0] in _BINDS - {"where"}:
            return " ".join(other[start:end])
    return ""


def _exchanged(matcher: SequenceMatcher[str], mine: Sequence[str], other: Sequence[str]) -> str:
    """Return two words that stand in each other's place."""
    replaced = [
        (_content(mine[start:end]), _content(other[first:last]))
        for tag, start, end, first, last in matcher.get_opcodes()
        if tag == "replace"
    ]
    for (mine_1, other_1), (mine_2, other_2) in combinations(replaced, 2):
        if mine_1 & other_2 and mine_2 & other_1:
            return ", ".join(sorted(mine_1 & other_2 | mine_2 & other_1))
    return ""


def _content(words: Sequence[str]) -> set[str]:
    return {word for part in words for word in tokens(part) if is_content(word)}


def _turned(matcher: SequenceMatcher[str], mine: Sequence[str], other: Sequence[str]) -> str:
    """Return the class of small words that two forms of one sentence differ in."""
    counts: Counter[str] = Counter()
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal" or (tag == "insert" and last - first >= _PASSED_OVER):
            continue
        counts.update(_classes(mine[start:end]))
        counts.subtract(_classes(other[first:last]))
    changed = {name for name, count in counts.items() if count}
    if changed <= {"only", "not"} and len(changed) == 2:
        return ""  # "never later" is "only then"
    if len(changed & _MARKS) == 1:
        changed -= _MARKS  # a condition may be said without its word
    return f"the passages differ in: {', '.join(sorted(changed))}" if changed else ""


_MARKS = frozenset(("if", "unless"))
_PASSED_OVER = 3
"""So many words together are another part of the sentence, not a small word."""


def _classes(words: Iterable[str]) -> list[str]:
    return [found for word in words if (found := _CLASSES.get(word.strip(".,;:()")))]


def _modality(case: _Case) -> str:
    for pair in case.pairs:
        if pair.clause.kind or (_ASIDE.match(pair.clause.text) and not pair.clause.modals):
            continue
        found = pair.found
        if pair.clause.modal in (Modal.MUST, Modal.SHOULD):
            best = max(_alike(pair.clause, other) for _, other in found)
            found = tuple(f for f in found if _alike(pair.clause, f[1]) >= 0.92 * best)
            if case.asks_for and pair.clause.modal is Modal.MUST:
                continue
        if not any(_modal_fits(pair.clause, other, sentence) for sentence, other in found):
            return f"the passages say less or more firmly: {pair.clause.text}"
    return ""


def _modal_fits(clause: Clause, other: Clause, sentence: Sentence) -> bool:
    said, given = clause.modal, other.modal
    if said is Modal.MUST and other.only:
        return True
    if clause.modals - other.modals and other.modals - clause.modals:
        return False
    if said == given or {said, given} <= {Modal.MAY, Modal.CAN}:
        return True
    if given is Modal.PLAIN:
        return _adds(said, other, sentence)
    # A heading or a cell says nothing of how firmly.
    return (len(other.words) <= _CELL and not other.kind) or _leaves(clause, other)


def _adds(said: Modal, other: Clause, sentence: Sentence) -> bool:
    """Tell whether a claim may say so firmly what a clause says plainly."""
    if said is Modal.MUST:
        return _ordered(sentence) or other.only
    if said is Modal.SHOULD:
        return _ordered(sentence) and not other.only
    return said is Modal.CAN or _ordered(sentence) or sentence.hedged or len(other.words) <= _CELL


def _leaves(clause: Clause, other: Clause) -> bool:
    """Tell whether a claim may say plainly, or otherwise, what a clause says with a modal."""
    if other.modal is Modal.MAY:
        return bool(_hedges(clause) - _hedges(other))
    plainly = clause.modal is Modal.PLAIN
    if other.modal is Modal.CAN:
        return plainly and not re.search(r"\bcan be\b", other.text, re.I)
    return other.modal is Modal.MUST and plainly and clause.only


_CELL = 3
"""Words of a heading or a cell."""


def _hedges(clause: Clause) -> set[str]:
    return {match.group().lower() for match in HEDGED.finditer(clause.text)}


_ASKED = re.compile(r"\b(?:conditions?|requirements?|required|prerequisites?|needed)\b", re.I)
_ASIDE = re.compile(r"(?:which|who|whose|because|since|although|so that|where)\b", re.I)
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
        re.search(r"\b(?:conditions?|minimum)\b", sentence.text, re.I)
    )


def _quantifiers(case: _Case) -> str:
    if not case.sources:
        return ""
    if reason := _universal(case):
        return reason
    if any(c.only for c in case.claim.mains) and not _restricts(case.sources):
        return "the passages do not say only"
    for pair in case.pairs:
        best = max(pair.found, key=lambda found: _alike(pair.clause, found[1]))[1]
        if best.only and not _restricts([case.claim]):
            return "the passages say only"
    for pair in case.pairs:
        if pair.clause.kind or case.claim.hedged or case.claim.soft:
            continue
        if all(_part(other) & pair.clause.concepts for _, other in pair.found):
            return "the passages speak of some or most"
    return ""


def _universal(case: _Case) -> str:
    said = plain(case.said)
    for clause in case.claim.clauses:
        for match in STRONG.finditer(_NOT_ALL.sub(" ", clause.text)):
            word = match.group().lower()
            if clause.denied and word in ("any", "anyone", "anybody", "ever"):
                continue
            if not UNIVERSAL.search(said):
                return f"the passages do not say {word}"
            if word in ("all", "every", "each", "any") and not _all_of(clause.text, match, said):
                return f"the passages do not say so of {word}"
            if word in ("at any time", "always", "anytime") and not _EVER.search(said):
                return f"the passages do not say {word}"
    return ""


_NOT_ALL = re.compile(r"\bnot (?:all|every|always|each|any)\b", re.I)
_EVER = re.compile(
    r"\b(?:always|never|at all times|at any time|any\b|every|all|regardless|whatever|only|no|"
    r"cannot|not|must|each)\b",
    re.I,
)


def _all_of(text: str, match: re.Match[str], said: str) -> bool:
    """Tell whether the passages speak of all of the same thing."""
    behind = [w for w in tokens(text[match.end() :]) if is_content(w)][:2]
    if not behind:
        return True
    wanted = frozenset(concept for word in behind for concept in concepts(word))
    for other in UNIVERSAL.finditer(said):
        following = [w for w in tokens(said[other.end() : other.end() + 60]) if is_content(w)][:4]
        if any(concepts(word) & wanted for word in following):
            return True
    return bool(values(f"{match.group()} {text[match.end() :]}"[:24]))


def _part(clause: Clause) -> frozenset[str]:
    """Return what a clause says of a part only."""
    found: set[str] = set()
    for match in HEDGED.finditer(clause.text):
        behind = [w for w in tokens(clause.text[match.end() :]) if is_content(w)]
        found |= concepts(behind[0]) if behind else set()
    return frozenset(found)


_BOUNDS = re.compile(r"\b(?:outside|single|one|both|until|requires?|never|off|refus\w+)\b", re.I)


def _restricts(sentences: Iterable[Sentence]) -> bool:
    return any(
        clause.only or clause.denied or clause.modal is Modal.MUST or clause.turn < 0
        or _BOUNDS.search(clause.text)
        for sentence in sentences
        for clause in sentence.clauses
    )  # fmt: skip


_BINDS = frozenset(
    ("if", "unless", "when", "whenever", "except", "once", "until", "where", "while")
)


def _conditions(case: _Case) -> str:
    for pair in case.pairs:
        if pair.clause.kind:
            continue
        lost = [_lost(sentence, other, case) for sentence, other in pair.found]
        if lost and all(lost):
            return f"a condition is left out: {lost[0]}"
    return ""


def _lost(sentence: Sentence, matched: Clause, case: _Case) -> str:
    """Return a condition of a matched clause that the claim does not keep."""
    if matched.kind or case.claim.soft or _loosened(case.claim, matched):
        return ""
    if _OPEN.search(matched.text) and not case.claim.conditions:
        return matched.text
    for condition in _governing(sentence, matched):
        if any(_alike(c, condition) >= _alike(c, matched) - 0.1 for c in case.claim.mains):
            continue
        if condition.turn < 0 and re.search(r"\bincluding\b", case.text, re.I):
            return condition.text
        if _shares_place(condition.text, case):
            continue
        own = [w for w in condition.telling if not concepts(w) & matched.concepts]
        own = own or list(condition.telling)
        kept = [w for w in own if concepts(w) & case.claim.concepts]
        if own and len(kept) < _REFLECTED * len(own):
            return condition.text
    return ""


def _shares_place(condition: str, case: _Case) -> bool:
    return bool(places(condition, case.gazetteer).keys() & places(case.text, case.gazetteer).keys())


_OPEN = re.compile(r"\b(?:except|unless|if)(?: when| if| that| where)?:?$", re.I)


def _loosened(claim: Sentence, matched: Clause) -> bool:
    """Tell whether a claim says may where the passage says that it is so."""
    modals = {clause.modal for clause in claim.mains}
    return matched.modal in (Modal.PLAIN, Modal.MUST) and bool(modals & {Modal.MAY})


def _governing(sentence: Sentence, matched: Clause) -> Iterable[Clause]:
    """Return the conditions that bind a clause: those right behind it, or those that open."""
    at = sentence.clauses.index(matched)
    for place, clause in enumerate(sentence.clauses):
        if not clause.kind:
            continue
        if clause.kind not in _BINDS and not clause.text.lower().startswith("only"):
            continue
        before = [c for c in sentence.clauses[:place] if not c.kind]
        if (before and before[-1] is matched) or (not before and place < at):
            yield clause


def _changed(case: _Case) -> str:
    """Find a condition of the claim that the passages set otherwise."""
    others = [other for s in case.passages if not s.asks for other in s.clauses]
    for clause in case.claim.conditions:
        if clause.kind == "without" or not clause.telling:
            continue
        best = max(others, key=lambda other: _alike(clause, other), default=None)
        if best is None or _alike(clause, best) < 0.4:
            continue
        if _contrary(clause, best):
            return f"the passages set the condition otherwise: {best.text}"
    return ""


def _contrary(clause: Clause, other: Clause) -> bool:
    kinds = (clause.kind, other.kind)
    if "before" in kinds and set(kinds) & {"after", "when", "once", "if", "whenever"}:
        return True
    if {"after", "before", "until", "while"} & set(kinds) or not other.kind:
        return clause.kind == "regardless" and other.kind != "regardless"
    if clause.kind == "regardless" or other.kind == "regardless":
        return clause.kind != other.kind
    return clause.turn != other.turn and clause.denied == other.denied


def _away(case: _Case) -> str:
    """Find an outside, before or after whose contrary alone the passages say."""
    stated = [clause for sentence in case.passages for clause in sentence.clauses]
    for clause in case.claim.clauses:
        for name in ("inside", "before"):
            side = clause.sides.get(name)
            given = [other.sides[name] for other in stated if name in other.sides]
            if side and len(side) == 1 and given and not any(side & other for other in given):
                return f"the passages say the contrary: {clause.text}"
    return ""


def _directions(case: _Case) -> str:
    said = plain(case.said)
    for own, opposite in ((_FROM, _TO), (_TO, _FROM)):
        for match in own.finditer(plain(case.text)):
            what = match["what"].lower()
            if not (match["what"][0].isupper() or "-" in what):
                continue
            same = {m["what"].lower() for m in own.finditer(said)}
            other = {m["what"].lower() for m in opposite.finditer(said)}
            if what in other and what not in same:
                return f"the passages go the other way: {match.group()}"
    return ""


def _belongs(case: _Case) -> str:
    """Find what the passages state, but of something else."""
    units = [_anchors(text, case.gazetteer) for text in _units(case.said)]
    for text in _units(case.text):
        mine = _anchors(text, case.gazetteer)
        for one in mine:
            for other in mine:
                if one.kind < other.kind and _swapped(one, other, units):
                    return f"the passages do not say {one.name} of {other.name}"
    whole = [_anchors(sentence.text, case.gazetteer) for sentence in case.passages]
    named = list(places(case.text, case.gazetteer).values())
    for place, another in combinations(named, 2):
        if place.id in another.within or another.id in place.within:
            continue
        if _swapped(_Anchor("place", place.id), _Anchor("place", another.id), whole):
            return f"the passages do not say {place.name} of {another.name}"
    for clause in case.claim.mains:
        for anchor in _anchors(clause.text, case.gazetteer):
            if anchor.kind != "act" and _elsewhere(clause, anchor, case):
                return f"the passages say {anchor.name} of something else"
    return ""


def _elsewhere(clause: Clause, anchor: _Anchor, case: _Case) -> bool:
    """Tell whether a sentence with another value of the kind says more of a clause's words."""
    rest = [w for w in clause.telling if not _is_value(w, case.gazetteer)]
    if len(rest) < 2:
        return False
    there, others = 0.0, 0.0
    for sentence in case.passages:
        stated = _anchors(sentence.text, case.gazetteer)
        share = sum(bool(concepts(w) & sentence.concepts) for w in rest) / len(rest)
        if anchor in stated:
            there = max(there, share)
        elif any(other.kind == anchor.kind for other in stated):
            others = max(others, share)
    return 0 < there < others - 0.3


def _is_value(word: str, gazetteer: Gazetteer) -> bool:
    return bool(values(f"{word} units")) or bool(gazetteer.mentions(word))


class _Anchor(NamedTuple):
    kind: str
    name: str


def _swapped(one: _Anchor, other: _Anchor, units: Sequence[frozenset[_Anchor]]) -> bool:
    if any(one in unit and other in unit for unit in units):
        return False
    return all(
        any(mine in unit and any(a.kind == kind and a != mine for a in unit) for unit in units)
        for mine, kind in ((one, other.kind), (other, one.kind))
    )


_FINE = re.compile(
    r";|, |\s-\s|\.(?=\s|$)|\band (?=(?:\w+ ){0,2}\w+(?:s|ed)\b)|\bbut\b|\bwhereas\b|\byet\b"
)
_ACT = {"=store": "stored", "=process": "processed", "=delete": "deleted", "=move": "moved"}


def _units(text: str) -> list[str]:
    return [part for line in lines(text) for part in _FINE.split(line) if part.strip()]


def _anchors(text: str, gazetteer: Gazetteer) -> frozenset[_Anchor]:
    found = {_Anchor("place", m.place.id) for m in gazetteer.mentions(text)}
    found |= {_Anchor("value", f"{v.amount} {v.unit}") for v in values(plain(text))}
    meant = {concept for word in tokens(text) for concept in concepts(word)}
    if "=global" in meant:
        found.add(_Anchor("place", "everywhere"))
    found |= {_Anchor("act", name) for concept, name in _ACT.items() if concept in meant}
    return frozenset(found)


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
    _literals, _dates, _values, _places, _names, _coverage, _verdict, _edited, _polarity, _modality,
    _quantifiers, _conditions, _changed, _directions, _belongs,
)  # fmt: skip
