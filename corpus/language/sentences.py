"""Prose to sentences with exact spans.

Published splitters give offsets too, but split at hard line wraps or need a model; prose
of this field ends sentences plainly, so a rule with a short list of abbreviations serves.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.language.quantities import SHORT_MONTHS
from corpus.types import Span, trim

# Runs are taken whole: one of dots alone would else be tried from each of them to its end.
_END = re.compile(
    r"(?<![.!?])[.!?]++[\"'”’)\]*_]*+(?>(?:\[\d{1,3}\]|[⁰¹²³⁴-⁹])*)(?=\s+[\"'“‘(\[*_]*+[A-Z0-9$])"
    r"|[:;]?\n(?=\s*\n)"
)
_ABBREVIATIONS = frozenset(
    "e.g i.e etc vs cf no nos inc ltd corp approx art sec seq seqq fig st dr mr ms mrs prof".split()
) | {name.lower() for name in SHORT_MONTHS}
"""What a full stop ends besides sentences; single letters as well."""
_BEFORE_NUMBER = frozenset({"max", "min"})
_BEFORE_WORD = re.compile(r"[\s(\[/–-]")
_LABEL = re.compile(
    r"\*\*(?P<bold>[^*\n]{2,80}?)(?:\*\*\s*[:–—-]|[:.–—]\*\*)\s*\S|"
    r"(?P<plain>[A-Z][^.:;!?\n]{1,60}):\s+\S"
)
_LINK = re.compile(r"\[([^\]\n]+)\]\(([^)\s]*)\)")
_REMARKS = frozenset({"note", "important", "tip", "caution", "warning", "remark"})
_BOTH = {"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " "}
_SAFE_LINK = re.compile(r"\[([^\]\n]+)\]\(((?:https?://|mailto:|\.{0,2}/|#)[^)\s]*)\)", re.I)
_MARKUP = (
    (re.compile(r"!\[([^\]\n]*)\]\([^)\s]*\)"), r"\1"),
    (_LINK, r"\1"),
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"\*\*([^*\n]+)\*\*"), r"\1"),
    (re.compile(r"(?<!\w)__([^_\n]+)__(?!\w)"), r"\1"),
    (re.compile(r"(?<![\w*])\*([^*\s][^*\n]*)\*(?![\w*])"), r"\1"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"\[![A-Z]+\]"), ""),
    (re.compile(r"^\s*>\s?", re.MULTILINE), ""),
    # A word may be broken at its own hyphen: it stays.
    (re.compile(r"(?<=[a-z])-[ \t]*\r?\n[ \t]*(?=[a-z])"), "-"),
    (re.compile(r"\s+"), " "),
)


def split_sentences(text: str, span: Span) -> tuple[Span, ...]:
    """Return the sentences within `span`, in order, without white space at their ends."""
    found, start = [], span.start
    for match in _END.finditer(text, span.start, span.end):
        ahead = text[match.end() : match.end() + 8].lstrip()
        if _is_shortened(text[max(start, match.end() - 16) : match.end()], ahead):
            continue
        found.append(trim(text, Span(start, match.end())))
        start = match.end()
    found.append(trim(text, Span(start, span.end)))
    return tuple(sentence for sentence in found if sentence.start < sentence.end)


def _is_shortened(said: str, ahead: str) -> bool:
    """Tell whether what a full stop ends is an abbreviation: "e.g.", "No.", "J.", "U.S.", and
    before a number "max. 30 days".
    """
    if not said.endswith("."):
        return False
    word = _BEFORE_WORD.split(said)[-1][:-1].lower()
    if word in _ABBREVIATIONS or (word in _BEFORE_NUMBER and ahead[:1].isdigit()):
        return True
    return all(len(letter) == 1 and letter.isascii() and letter.isalpha()
               for letter in word.split("."))  # fmt: skip


def find_label(text: str, span: Span) -> Span | None:
    """Return the label of a bullet such as `**Label** - value` or `Label: value`."""
    match = _LABEL.match(text, span.start, span.end)
    if match is None:
        return None
    return Span(*match.span("bold" if match["bold"] else "plain"))


@lru_cache(maxsize=4096)
def readable(source: str) -> str:
    """Return Markdown prose as a reader sees it: no mark-up, white space folded."""
    for pattern, replacement in _MARKUP:
        source = pattern.sub(replacement, source)
    return source.strip()


def with_addresses(source: str) -> str:
    """Return Markdown prose as a reader sees it, each link followed by its address."""
    return readable(_SAFE_LINK.sub(r"\1 (\2)", source))


def plain(text: str) -> str:
    """Return a text with one form of quotation marks and blanks."""
    for written, other in _BOTH.items():
        text = text.replace(written, other)
    return " ".join(text.replace("can not", "cannot").split())


def lines(text: str) -> list[str]:
    """Return the sentences, bullets and rows of a text as a reader sees them."""
    return list(_lines(text))


@lru_cache(maxsize=2048)
def _lines(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for line in text.split("\n"):
        bare = readable(line.strip().lstrip("-*•#").strip())
        label, mark, rest = bare.partition(": ")
        bare = rest if mark and label.casefold() in _REMARKS else bare
        found.extend(part.of(bare) for part in split_sentences(bare, Span(0, len(bare))))
    return tuple(line for line in found if line)
