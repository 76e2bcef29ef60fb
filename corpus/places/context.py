"""What stands around a name in a text, and what that tells of it.

Every function looks at characters and words alone; which places a name may mean is decided in
`mentions`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from corpus.places.names import fold_word

_WORDS = Path(__file__).parent / "words.toml"
_LISTS = (
    "seldom", "shared_initials", "of_countries", "lower_case_words", "companies_after",
    "companies_before", "given_names", "first_names", "facilities", "either", "languages",
)  # fmt: skip
_TOKEN = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\b\.?|[^\W_]+(?:['’][^\W_]+)*\.?|&")
_POSSESSIVE = re.compile(r"['’]s$")
_ARTICLES = frozenset("the a an our your their its this that these those each every".split())
_LEADS = frozenset(
    "in from at near around to within outside into inside across throughout via both".split()
)
_LEAD_BEFORE = re.compile(rf"(?:^|\W)(?:{'|'.join(sorted(_LEADS))})\s+(?:the\s+)?$", re.I)
_TYPED_BEFORE = re.compile(r"(?:_|@|\w\.|\d-|://\S*|\b[a-z]{2}-(?=$))$")
_TYPED_AFTER = re.compile(r"[-_][\w-]*\d|[_@]|\.[a-z]")
_TITLES = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sir|Lady|Miss|Madam|Judge|Justice)\.? $")
_NAME_BEFORE = re.compile(
    r"\b(?:first|last|given|middle|family|full|maiden|display|user|sur)[- ]?names?"
    r"[*_`\"'”’]*(?::| is| =|=)[*_`\"'“‘ ]*$",
    re.I,
)
_LAW = re.compile(
    r"['’]?s? (?:General Data Protection|Data Protection|Data Act|Data Governance|AI Act|GDPR"
    r"|Directive|Regulation|Treaty|Treaties|Cyber|Cloud Act|CLOUD Act|Laws?\b|Act\b"
    r"|Model Clauses|SCCs?\b|Standard Contractual)"
)
"""What follows a place in the name of a law."""
_LANGUAGE_AFTER = re.compile(
    r"[- ](?:language|version|translation|edition|speaking|spelling|text|keyboard|subtitles)\b"
    r"| \((?:Simplified|Traditional|[A-Z][a-z]+)\)"
)
_LANGUAGE_BEFORE = re.compile(
    r"\b(?:languages?|locales?|translated (?:in)?to|available in|spoken|written in|speaks?)\b"
    r"[^.;:]{0,40}:?[^.]{0,60}$",
    re.I,
)
_COUNTED = re.compile(r"(?:\d|\bper|\beach|\bby the) ?$", re.I)
_SIZES = re.compile(
    r"\b(?:volumes?|sizes?|capacity|storage (?:used|limit|quota)|memory|disk|quota|pric\w+|costs?|"
    r"charg\w+|[KMTP]B|[KMGT]iB|bytes?)\b"
)
_MONEY_AFTER = re.compile(
    r" (?:dollars?|francs?|krone[rn]?|kron[ao]r?|pounds?|pesos?|rupees?|yen)\b"
)
_FIRM = re.compile(r"(?:, [A-Z]\w+)* (?:&|and) [A-Z]\w+ (?:LLP|LLC|Ltd|Inc|GmbH|Partners)\b")
_FORMS_OF_LAW = frozenset(
    "inc ltd limited gmbh ag bv sa sas srl llc llp plc corp pty oy ab".split()
)
_NEAR = 64
"""Characters of a text that are looked at on either side of a name."""
_CODE = r"[A-Z]{2}"


class Token(NamedTuple):
    """A word of a text."""

    start: int
    end: int
    text: str
    folded: str


def tokens(text: str) -> list[Token]:
    """Return the words of a text; '&' is one."""
    return [Token(m.start(), m.end(), m[0], fold_word(m[0])) for m in _TOKEN.finditer(text)]


def bare(token: Token) -> str:
    """Return a word without the 's of a possessive."""
    return _POSSESSIVE.sub("", token.text)


def end_of(token: Token) -> int:
    """Return where a word ends as a name: before a possessive 's and a full stop."""
    plain = bare(token)
    dots = len(plain) - len(plain.rstrip("."))
    return token.end - (len(token.text) - len(plain)) - dots


@cache
def words() -> dict[str, Any]:
    """Return the words that are seldom places, and those that make a name of something else."""
    read = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    lists = {key: frozenset(read[key]) for key in _LISTS}
    phrases = "|".join(re.escape(one) for one in read["not_phrases"])
    return {**lists, "not_phrases": re.compile(rf"\b(?:{phrases})\b", re.I)}


def is_seldom(shown: str) -> bool:
    """Tell whether a name is a word more often than a place."""
    listed = words()["seldom"]
    return fold_word(shown) in listed or shown.lower().rstrip(".") in listed


def is_shared(shown: str) -> bool:
    """Tell whether initials are those of a union of countries and of something else."""
    return fold_word(shown) in words()["shared_initials"]


def is_persons_name(text: str, start: int) -> bool:
    """Tell whether a label says that what follows is what somebody is called."""
    return _NAME_BEFORE.search(text[max(0, start - _NEAR) : start]) is not None


def is_phrase(text: str, start: int, end: int) -> bool:
    """Tell whether a name is part of a phrase that means something else."""
    first = max(0, start - 24)
    return any(
        first + m.start() <= start and first + m.end() >= end
        for m in words()["not_phrases"].finditer(text[first : end + 24])
    )


def is_typed(text: str, start: int, end: int) -> bool:
    """Tell whether a name is part of something typed: an address, an id that is not known."""
    before = _TYPED_BEFORE.search(text[max(0, start - 40) : start])
    return bool(before or _TYPED_AFTER.match(text[end : end + 40]))


def is_law(text: str, end: int) -> bool:
    """Tell whether a name goes on as that of a law."""
    return _LAW.match(text, end) is not None


def is_language(text: str, start: int, end: int) -> bool:
    """Tell whether an adjective means a language, a currency or what is called after a people."""
    if _LANGUAGE_AFTER.match(text, end) or (
        text[start - 1 : start] == "(" and text[end : end + 1] == ":"
    ):
        return True
    following = re.match(r" ([A-Z][a-z]+)\b", text[end : end + 20])
    if following and fold_word(following[1]) in words()["languages"]:
        return True
    if fold_word(text[start:end]) not in words()["languages"]:
        return False
    before = text[max(0, start - 100) : start]
    if re.search(r"(?:Swiss|Brazilian|American|British|Austrian|Canadian|Mexican) $", before):
        return True
    return _LANGUAGE_BEFORE.search(before) is not None


def is_size(text: str, start: int, end: int) -> bool:
    """Tell whether "GB" counts bytes: behind a number or "per", or where sizes and prices are."""
    if text[start:end] != "GB":
        return False
    return bool(_COUNTED.search(text, max(0, start - 12), start)
                or _SIZES.search(text, max(0, start - _NEAR), end + _NEAR))  # fmt: skip


def is_money(text: str, end: int) -> bool:
    """Tell whether a currency is named."""
    return _MONEY_AFTER.match(text, end) is not None


def is_verb(text: str, start: int, end: int) -> bool:
    """Tell whether 'Polish' is what somebody is told to do."""
    return (
        text[start:end] == "Polish" and re.match(r" (?:the|your|a|an|it)\b", text[end:]) is not None
    )


def closed(text: str, start: int, end: int) -> int:
    """Return the end of a name with the bracket that closes one in it."""
    opened = text.count("(", start, end) > text.count(")", start, end)
    return end + 1 if opened and text[end : end + 1] == ")" else end


def led_in_lower_case(text: str, start: int) -> bool:
    """Tell whether a word in lower case stands where a place does."""
    return _LEAD_BEFORE.search(text[max(0, start - 16) : start]) is not None


def is_led(text: str, previous: Token | None, start: int) -> bool:
    """Tell whether a preposition of place stands before a name."""
    gap = text[previous.end : start] if previous else ""
    return (
        previous is not None
        and gap in (" ", "\u00a0", "\n", " **", " `")
        and previous.folded in _LEADS
    )


def is_determined(text: str, previous: Token | None, start: int) -> bool:
    """Tell whether an article or a pronoun stands before a name."""
    return (
        previous is not None
        and previous.folded in _ARTICLES
        and text[previous.end : start].isspace()
    )


def starts_sentence(text: str, start: int) -> bool:
    """Tell whether a name is the first word of a sentence, where all words have a capital."""
    before = text[max(0, start - _NEAR) : start].rstrip(" *_#>-•|\"“'`(")
    return not before or before[-1] in ".!?\n"


def is_value(text: str, start: int, end: int) -> bool:
    """Tell whether a name is all that stands in a cell, after a label, in a bullet or brackets."""
    before = text[max(0, start - _NEAR) : start].rstrip(' *_`"“')
    after = text[end : end + _NEAR].lstrip(' *_`"”')
    opens = not before or before[-1] in ":|\n-•(>=·/;"
    closes = not after or after[0] in "|\n;)(,.·/<:"
    return opens and closes


def goes_on(text: str, following: Token | None, end: int) -> bool:
    """Tell whether a capitalised word follows that makes a longer name of it."""
    return (
        following is not None
        and text[end : following.start] == " "
        and following.text[0].isupper()
        and following.folded not in words()["facilities"]
        and not _is_title(text, end)
    )


def _is_title(text: str, at: int) -> bool:
    """Tell whether the line is one in which most words have a capital."""
    line = text[text.rfind("\n", 0, at) + 1 : (text.find("\n", at) + 1 or len(text) + 1) - 1]
    longer = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 3]
    return len(longer) >= 6 and sum(word[0].isupper() for word in longer) >= 0.8 * len(longer)


def in_company(text: str, following: Token | None, start: int, end: int) -> bool:
    """Tell whether a name is part of what a company, a club or a thing is called."""
    if following is not None:
        gap, known = text[end : following.start], words()["companies_after"]
        named = following.text[0].isupper() and following.folded in known
        # After a comma a form of law alone: 'Switzerland, United Kingdom' are two countries.
        if named and (gap in (" ", "-") or (gap == ", " and following.folded in _FORMS_OF_LAW)):
            return True
    if _FIRM.match(text, end):
        return True
    before = text[max(0, start - 24) : start].lower()
    return any(before.endswith(f"{name} ") for name in words()["companies_before"])


def is_person(
    text: str, tokens_before: Sequence[Token], start: int, end: int, *, longer: bool
) -> bool:
    """Tell whether a name is somebody's: after a title or a first name, before a surname."""
    if _TITLES.search(text[max(0, start - 12) : start]):
        return True
    previous = tokens_before[-1] if tokens_before else None
    if previous and previous.folded in words()["first_names"] and previous.text[0].isupper():
        return text[previous.end : start] == " "
    return longer and fold_word(text[start:end]) in words()["given_names"]


# --- Codes ---------------------------------------------------------------------------------

_AFTER_COMMA = re.compile(r"(?<=[^\W\d_.]), (?P<code>[A-Z]{2,3})\b(?![-'’]\w)")
_ENDS = re.compile(r"\s*(?:[),;.|:?!*·]|$|\n| and | or | \d{5})")
_QUOTED = re.compile(r"[\"'`](?P<code>[A-Z]{2})[\"'`]")
_BRACKETED = re.compile(r"(?<=[a-z]) \((?P<code>[A-Z]{2})\)")
_LISTED = re.compile(rf"\b{_CODE}\b(?:(?:, ?| | and | or |, and |, or |/){_CODE}\b){{2,}}")
_CELL = re.compile(r"\|\s*(?P<code>[A-Z]{2,3})\s*(?=\||$)")
_ISO_LISTED = re.compile(r"\b[A-Z]{3}\b(?:, ?[A-Z]{3}\b)+")
_IS_ISO = re.compile(r"\biso\b|country codes?\b|\balpha-[23]\b", re.I)
CODE_WORDS = frozenset(
    "IT IN NO ME OR SO TO MY ID IS AT BE DE AM AS DO PA MA HI OK OH LA AL MS MD CO CA AD AI AC DC "
    "PC TV IP HR VP ES CC SE GA PM PR GP PS MM BB CV CI BI ML".split()
)
"""Codes that are words, or abbreviations of something else."""


class Code(NamedTuple):
    """Two or three capitals that may be a code."""

    start: int
    code: str
    is_division: bool
    """Whether it stands where a state does: after a city and a comma."""


def codes(text: str) -> list[Code]:
    """Return what may be codes by where it stands: `Salem, OR`, `"AU"`, `US, JP, GB`, a cell."""
    announced = _IS_ISO.search(text) is not None
    in_rows = {at for row in _LISTED.finditer(text) for at in range(row.start(), row.end())}
    found = [
        Code(m.start("code"), m["code"], True)
        for m in _AFTER_COMMA.finditer(text)
        if m.start("code") not in in_rows
    ]
    for pattern in (_QUOTED, _BRACKETED):
        found += [Code(m.start("code"), m["code"], False) for m in pattern.finditer(text)]
    listed = list(_LISTED.finditer(text))
    if announced:
        listed += _ISO_LISTED.finditer(text)
        found += [Code(m.start("code"), m["code"], False) for m in _CELL.finditer(text)]
    for row in listed:
        members = list(re.finditer(r"\b[A-Z]{2,3}\b", row[0]))
        if all(m[0] in CODE_WORDS for m in members) and not announced:
            continue
        found += [Code(row.start() + m.start(), m[0], False) for m in members]
    return found


def ends_after(text: str, end: int) -> bool:
    """Tell whether a code is followed by what ends a name."""
    return _ENDS.match(text, end) is not None


def row_of_codes(text: str, start: int) -> bool:
    """Tell whether a code stands in a row of others, or where codes are announced."""
    near = text[max(0, start - _NEAR) : start + _NEAR]
    at = min(start, _NEAR)
    in_row = any(row.start() <= at < row.end() for row in _LISTED.finditer(near))
    return in_row or _IS_ISO.search(text, max(0, start - 4 * _NEAR), start + _NEAR) is not None


def is_quoted(text: str, start: int, end: int) -> bool:
    """Tell whether a code stands in quotation marks."""
    return text[start - 1 : start] in tuple("\"'`") and text[end : end + 1] == text[start - 1]


def is_bracketed(text: str, start: int) -> bool:
    """Tell whether a code stands in brackets."""
    return text[start - 1 : start] == "("
