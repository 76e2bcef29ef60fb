"""What reads like a heading of plain text, and how deep it stands."""

from __future__ import annotations

import re

from corpus.language.boxes import SIGN
from corpus.parse.plain.plain_lines import FUNCTION_WORDS, NOTE_END

LONGEST_HEADING = 110
LABEL_LEVEL = 5
"""Level of headings such as `Commitment:`, which stand below any other heading."""
PLAIN_LEVEL = 2
_WORDS_OF_LABEL = 4
_WORDS_OF_TITLE = 12
_LONGEST_TITLE = 80
_ENDED = re.compile(r"[.!;,:…]['\"”’)\]]*+" + NOTE_END)
_ASKING = re.compile(r"\b(?:that|which|who|whom|whose|where|when|why|what|how|whether|if)\b", re.I)
_SAYING = re.compile(
    r"\b(?:is|are|was|were|isn't|aren't|wasn't|weren't|will|won't|shall|must|has|have|had|does|"
    r"do|did|doesn't|don't|cannot|can|can't|may|may not|should|could|would|[a-z]+n['’]t)\b"
)
_DONE = re.compile(
    r"\b(?:\w{2,}ed|kept|held|sent|run|made|hidden)\s+"
    r"(?:in|at|on|by|to|from|for|after|within|outside|inside|only|until|not|never)\b",
    re.I,
)
_MIDDLE = re.compile(r"[.!?:;]\s")
_DATED = re.compile(
    r"(?:last )?(?:updated|revised|modified|changed|edited|reviewed|effective|valid|issued|"
    r"published|version|edition|dated|as of|in force)\b.*\d",
    re.I,
)
_NUMBERED = re.compile(r"(?P<parts>\d{1,3}(?:\.\d{1,3}){0,4})[.)]?\s+(?=\S)")
_NAMED = re.compile(
    r"(?P<word>§{1,2}|(?:article|art\.|section|sec\.|clause|chapter|part|annex|appendix|schedule|"
    r"exhibit|title|book)\b)\s*(?P<number>\d{1,3}(?:\.\d{1,3}){0,4}[a-z]?|[ivxlc]+|[a-z]|one|two|"
    r"three|four|five|six|seven|eight|nine|ten)\b(?:\s*[.:)–—-])?(?:\s+(?=\S)|$)",
    re.I,
)
_OUTER = frozenset(("chapter", "part", "annex", "appendix", "schedule", "exhibit", "title", "book"))
_FEWEST_CAPITALS = 3
_LONG_WORD = 4


def is_title(content: str, *, counted: bool = False) -> bool:
    """Tell whether a line reads like a heading: no sentence, and not ended like one.

    A heading that is `counted`, by the number after that of the one before, may be a sentence.
    """
    if len(content) > LONGEST_HEADING or not any(map(str.isalpha, content)):
        return False
    if _ENDED.search(content) or content[:1].islower() or SIGN.search(content):
        return False
    if _DATED.match(content):
        return False
    return content.endswith("?") or is_capitals(content) or counted or not says(content)


def is_short_title(content: str) -> bool:
    """Tell whether a line reads like a heading where text follows at once."""
    if len(content) > _LONGEST_TITLE or len(content.split()) > _WORDS_OF_TITLE:
        return False
    return is_title(content) and not _DONE.search(content) and not content.count("  ")


def is_wrapped_title(content: str) -> bool:
    """Tell whether two lines read like one heading; it takes more than for a single line."""
    if not is_title(content):
        return False
    if is_capitals(content) or content.endswith("?") or numbering(content) is not None:
        return True
    if _ASKING.match(content):
        return not re.search(r"[;]|,\s\w+\s(?:is|are)\b", content)
    return not re.search(r"[,;\d@|]", content) and not _DONE.search(content)


def is_question(content: str) -> bool:
    """Tell whether a line is one whole question."""
    return content.endswith("?") and is_title(content) and not _MIDDLE.search(content)


def is_label(content: str) -> bool:
    """Tell whether a line that ends in a colon names what follows and does not introduce it."""
    words = content.rstrip(" :").lower().split()
    if not content.endswith(":") or len(words) > _WORDS_OF_LABEL or not content[:1].isupper():
        return False
    if not words or words[0] in FUNCTION_WORDS or words[-1] in FUNCTION_WORDS:
        return False
    return "following" not in words and not says(content)


def is_name(content: str) -> bool:
    """Tell whether a label is one word or set in capitals at the start of each longer word."""
    words = [word for word in content.split() if len(word) >= _LONG_WORD]
    return len(content.split()) == 1 or all(word[0].isupper() for word in words)


def is_capitals(content: str) -> bool:
    """Tell whether a line is set in capital letters."""
    letters = [letter for letter in content if letter.lower() != letter.upper()]
    return len(letters) >= _FEWEST_CAPITALS and all(map(str.isupper, letters))


def says(content: str) -> bool:
    """Tell whether a line has the verb of a sentence, and not only that of a relative clause."""
    said = _SAYING.search(content)
    return said is not None and not _ASKING.search(content, 0, said.start())


def numbering(content: str) -> int | None:
    """Return the level that the number of a heading gives it, None without a number."""
    named = _NAMED.match(content)
    if named:
        outer = named["word"].lower() in _OUTER
        return PLAIN_LEVEL + (0 if outer else named["number"].count("."))
    numbered = _NUMBERED.match(content)
    if numbered:
        return min(PLAIN_LEVEL + numbered["parts"].count("."), LABEL_LEVEL - 1)
    return None


def is_named_part(content: str) -> bool:
    """Tell whether a line begins as `Article 5` or `§ 4` does."""
    return _NAMED.match(content) is not None


def is_outer_part(content: str) -> bool:
    """Tell whether a line begins as `Chapter II` or `Annex A` does, which hold articles."""
    named = _NAMED.match(content)
    return named is not None and named["word"].lower() in _OUTER
