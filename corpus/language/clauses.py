"""The anatomy of a sentence: its main clause, conditions, exceptions, negation and parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from corpus.types import Span

_AUXILIARY = (
    r"(?:is|are|was|were|am|be|has|have|had|do|does|did|will|would|shall|should|can|could|may|"
    r"might|must|cannot|won['’]t|can['’]t|\w+n['’]t|it['’]s|\w+['’]ll|that['’]s)"
)
_FINITE = re.compile(
    rf"\b{_AUXILIARY}\b|(?<!being )(?<!-)\b"
    r"(?:stor|process|provid|includ|contain|collect|transfer|mov|determin|decid|suppl|mean|show|"
    r"displa|indicat|specif|depend|requir|need|follow|liv|sit|rest|resid|remain|stay|hold|keep|"
    r"run|go|send|receiv|reach|tak|us|serv|cover|appl|perform|offer|operat|connect|tell|prompt|"
    r"creat|support|correspond|rel|receiv|synchroni[sz]|replicat|copi|cop|migrat|flow|leav|pass|"
    r"expire|lapse|select|choos|provision|configur|releas|giv|get|return|land|see|read|work|"
    r"delet|honou?r|respect|let|carr|begin|start|stop|end|know|host|own|owe|cross|travel|touch|"
    r"sign|ask|answer|pick|assign|set|appear|happen|occur|differ|explain|describ|honor|view|"
    r"open|fail|trail|rehears)(?:e|s|es|ies|ed|ied)?\b(?! of\b)",
    re.I,
)
_IMPERATIVE = re.compile(
    r"(?:please |then |also |simply )?(?:use|run|enter|select|choose|click|right-click|open|go|"
    r"navigate|configure|assign|create|connect|sign|log|recover|prevent|allow|place|make|repeat|"
    r"verify|confirm|set|add|remove|type|call|ask|write|submit|install|download|enable|disable|"
    r"turn|tick|press|book|list|lock|check|review|evaluate|assess|ensure|import|load|store|"
    r"start|wait|follow|request|raise|contact|send|export|delete|update|modify|change|provide|"
    r"specify|do|refer|see|visit|read|find|learn|look|hover|attach|keep|put|move|copy|upload|"
    r"accept|pick|tell|give|e-?mail (?:us|the|your)|reach|consult|leave|switch|stop|take|"
    r"replace|restore|apply|generate|browse|press|save|mark|approve|query|inspect|view|get|"
    r"retry|restart|test|consider|avoid)\b(?! (?:of|is|are|was|were|may|must|can|cannot|will|"
    r"and \w+ (?:is|are))\b)(?=[\s:])",
    re.I,
)
_OPENER = re.compile(
    r"(?:(?:for example|for instance|however|instead|additionally|similarly|typically|generally|"
    r"in general|specifically|but|or|and|so|first|second|third|then|next|finally|also|otherwise|"
    r"note that|note|by default|usually|normally|likewise|moreover|furthermore|therefore|thus|"
    r"today|currently|tip|important|warning|this means(?: that)?|remember that|"
    r"please note that)[,:]?\s+)+",
    re.I,
)
_SUBORDINATE = re.compile(
    r"(?:if|when(?:ever)?|once|after|before|until|while|where(?:ver)?|unless|because|to|for|in|"
    r"during|as|should|since|on|from|at|with|without|under|by|although|though|outside|inside|"
    r"within|no matter|regardless|provided|given|over|towards?|upon|instead of|of|against|"
    r"so that|depending|apart|except|between|throughout|across|like|unlike|among)\b",
    re.I,
)
_CONDITIONAL = re.compile(
    r"(?:if|when(?:ever)?|once|after|before|until|while|where|unless|for|during|should|provided|"
    r"in|under|with|on)\b",
    re.I,
)
_TRAILING_CONDITION = re.compile(
    r"(?:,\s*)?\b(?:only (?:if|when|after|for|where|with)|if|when(?:ever)?|unless|"
    r"provided(?: that)?|as long as|once|until|while|in case|depending on|after|before|"
    r"where (?:the|a|an|you|your))\b\s+[^,;]+",
    re.I,
)
_EXCEPTION = re.compile(
    r"(?:,\s*)?\b(?:except(?:ing)?(?: (?:as|where|when|if|for|that|in))?|unless|other than|"
    r"apart from|aside from|save (?:that|for|in)|with the exception of|excluding|but not|"
    r"excepted)\b\s*[^;]*",
    re.I,
)
_RELATIVE = re.compile(
    r"(?:(?<!\bby)(?<!\bof)(?<!\bin)(?<!\bto)(?<!\bfor)(?<!\bon)(?<!\bat)\sthat|\s(?:which|who|"
    r"whom|whose|where|whether|how|because|since|so that|as described))\b",
    re.I,
)
_PERSONAL = re.compile(
    r"^(?:as|for|in|on|from|at|with|by|under|over) (?:[\w'’-]+ ){0,6}(?:you|we|they|it|users?|"
    r"customers?|administrators?) (?:can|may|must|will|should|are|have)\b",
    re.I,
)
_PARENTHESIS = re.compile(r"\([^()]*\)")
_NEGATION = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|may|might|must|should|"
    r"need|be)(?:n['’]t\b| (?:\w+ly )?(?:not|never)\b)|\bcan(?:not|['’]t)\b|\bwon['’]t\b|"
    r"\b(?:it['’]s|they['’]re|that['’]s|we['’]re) not\b|\bno longer\b|\bnever\b|^(?:no|none|"
    r"nobody|nothing|neither|not)\b(?! matter| earlier| later| more than| less than)|\b(?:has|"
    r"have|had|is|are|hold|holds|keep|keeps|carry|carries|contains?|needs?|uses?) (?:no|none|"
    r"neither|nothing|nobody)\b(?! (?:extra|additional|more than|later|longer))|\bunable\b|"
    r"\boptional\b",
    re.I,
)
_CUT = re.compile(
    r";\s+(?!or\b)|,?\s+(?:and|but)\s+(?=(?:can(?:not|['’]t)|isn['’]t|aren['’]t|does(?:n['’]t|"
    r" not)|do(?:n['’]t| not)|must|will|won['’]t|may|might|should|(?:is|are) not)\b)|,\s+(?:and|"
    r"but|while|whereas|yet|although|though)\s+|,\s+(?=which (?:\w+ )?(?:stores|keeps|holds|"
    r"deletes|processes|erases|retains)\b)|\s+and\s+(?=(?:then )?(?:processes|stores|keeps|"
    r"holds|sends|copies|replicates|deletes|moves|migrates?|transfers?|retains|synchroni[sz]es|"
    r"erases|purges|writes|backs|is|are|was|were)\b(?! to\b))",
    re.I,
)
_MOST_CUTS = 24
"""Places where a sentence may be divided that are looked at; each costs a look at all before it."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence or part of one, taken apart; all strings are as a reader sees them."""

    text: str
    main: str
    """The text without leading subordinate clauses, conditions, exceptions and brackets."""
    opening: str
    """The subordinate clauses before the main clause."""
    conditions: tuple[str, ...]
    exceptions: tuple[str, ...]
    negated: bool
    imperative: bool
    finite: bool
    """True when the main clause has a verb of its own; False for a name or another fragment."""


@lru_cache(maxsize=4096)
def parse_clause(text: str) -> Clause:
    """Take a sentence apart."""
    rest = text[_opener_end(text) :]
    openings, rest = _subordinates(rest)
    plain = _PARENTHESIS.sub("", rest)
    exceptions = tuple(_tidy(match.group()) for match in _EXCEPTION.finditer(plain))
    inner = _EXCEPTION.sub("", plain)
    trailing = tuple(_tidy(match.group()) for match in _TRAILING_CONDITION.finditer(inner))
    main = _TRAILING_CONDITION.sub("", inner).strip() or plain
    leading = tuple(_tidy(opening) for opening in openings if _CONDITIONAL.match(opening))
    excepted = tuple(opening for opening in leading if _EXCEPTION.match(opening))
    imperative = _is_order(main)
    return Clause(
        text=text,
        main=main,
        opening=" ".join(openings),
        conditions=tuple(dict.fromkeys((*(c for c in leading if c not in excepted), *trailing))),
        exceptions=(*excepted, *exceptions),
        negated=is_negated(main),
        imperative=imperative,
        finite=imperative or is_finite(main),
    )


_STATED = re.compile(r"\b(?:is|are|was|were|may|can|cannot|must|will|has|have|does|do)\b", re.I)
_ORDER_ENDS = re.compile(
    r"[,;:]|\b(?:to|that|which|and|if|when|so|where|what|whether|or|in)\b", re.I
)


def _is_order(main: str) -> bool:
    """Tell an order ("Call the desk") from a statement that begins alike ("Call logs are ...")."""
    match = _IMPERATIVE.match(main)
    if match is None:
        return False
    stated, end = _STATED.search(main, match.end()), _ORDER_ENDS.search(main, match.end())
    return stated is None or (end is not None and end.start() < stated.start())


def is_negated(text: str) -> bool:
    """Tell whether the main verb is denied; a denial inside a relative clause does not count."""
    return _NEGATION.search(without_relatives(text)) is not None


def is_finite(text: str) -> bool:
    """Tell whether a text has a verb that makes it a statement."""
    return _FINITE.search(text) is not None


@lru_cache(maxsize=4096)
def without_relatives(text: str) -> str:
    """Return a text up to its first relative clause that follows a verb."""
    verb = _FINITE.search(text)
    if verb is None:
        return text
    starts = (match.start() for match in _RELATIVE.finditer(text))
    return text[: next((start for start in starts if start >= verb.end()), len(text))]


def parts(text: str) -> Iterator[Span]:
    """Return the coordinated parts of a sentence that each have a verb, as spans of the text."""
    start = 0
    for match in islice(_CUT.finditer(text), _MOST_CUTS):
        before, after = text[start : match.start()], text[match.end() :]
        if _enclosed(text, match.start()) or not _is_statement(before) or not is_finite(after):
            continue
        if text[match.start()] != ";" and _goes_on(before):
            continue
        yield Span(start, match.end() if text[match.start()] == ";" else match.start())
        start = match.end()
    yield Span(start, len(text))


def _is_statement(text: str) -> bool:
    clause = parse_clause(text)
    relative = _RELATIVE.search(clause.main)
    head = clause.main[: relative.start()] if relative else clause.main
    return (clause.imperative or is_finite(head)) and len(clause.main.split()) > 2


def _goes_on(before: str) -> bool:
    """Tell whether a part ends within an enumeration or an indirect question."""
    last = before.rsplit(", ", 1)
    listed = len(last) == 2 and not is_finite(last[1]) and len(last[1].split()) < 5
    asked = re.search(r"\b(?:how|whether|what)\b", before)
    return listed or asked is not None


def _enclosed(text: str, at: int) -> bool:
    """Tell whether a place lies inside brackets, code or quotation marks."""
    before = text[:at]
    return before.count("(") > before.count(")") or before.count("`") % 2 == 1


def _opener_end(text: str) -> int:
    match = _OPENER.match(text)
    return match.end() if match else 0


def _subordinates(text: str) -> tuple[list[str], str]:
    found: list[str] = []
    while _SUBORDINATE.match(text) and len(found) < 3:
        comma = _comma(text)
        if comma is None or _PERSONAL.search(text, 0, comma):
            break
        found.append(text[:comma])
        text = text[comma + 1 :].lstrip()
        text = re.sub(r"^then\s+", "", text)
    return found, text


def _comma(text: str) -> int | None:
    """Return the comma that ends an opening subordinate clause: what follows it is a statement."""
    for match in re.finditer(r",\s", text):
        if _enclosed(text, match.start()):
            continue
        segment = text[match.end() :].split(", ", maxsplit=1)[0]
        if not segment.strip() or re.match(r"(?:and|or)\b", segment):
            continue
        if _SUBORDINATE.match(segment) or _IMPERATIVE.match(segment) or is_finite(segment):
            return match.start()
    return None


def _tidy(text: str) -> str:
    return text.strip(" ,;:.")
