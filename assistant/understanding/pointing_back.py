"""Questions that ask nothing themselves and point at another one: "can you answer that?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

_POINTED = (
    r"(?:that|this|it|these|those|that one|this one|above|the above|"
    r"(?:that|this|the|his|her|their|my|our)(?: last| previous| earlier)? "
    r"(?:question|one|message|request|ask)(?: above)?|[\w.-]+['’]s(?: question| message)?)"
)
_HELPED = r"(?: (?!me\b|us\b)[\w.-]+)?"
"""Who asks for help for oneself asks what can be done here."""
_DONE = (
    rf"(?:answer|take|handle|address|cover|explain|tackle|check|confirm)(?: {_POINTED})?|"
    rf"(?:reply|respond)(?: to {_POINTED})?|"
    rf"(?:weigh in|chime in)(?: (?:with|on) {_POINTED}| here)?|"
    rf"(?:help|assist)(?: me| us)? (?:with|on) {_POINTED}|"
    rf"look (?:at|into) {_POINTED}|(?:say|tell) (?:something )?(?:to|about|on) {_POINTED}|"
    rf"(?:tell|give)(?: me| us| him| her| them)(?: (?:the|an) answer)?(?: to {_POINTED})?"
)
_POINTS = re.compile(
    rf"(?:(?:can|could|would|will) (?:you|someone|anyone|somebody|anybody)(?: please)? "
    rf"(?:{_DONE}|(?:help|assist){_HELPED}(?: (?:with|on) {_POINTED}| here| out)?)|"
    rf"(?:do|does) (?:you|anyone|anybody|someone) (?:know|have)"
    rf"(?: {_POINTED}| the answer(?: to {_POINTED})?| an answer(?: to {_POINTED})?| anything)?|"
    rf"(?:{_DONE})|"
    rf"(?:any|some)(?: good)? (?:idea|ideas|thoughts|answer|answers|clue|input)"
    rf"(?: (?:on|about|to) {_POINTED}| here)?|"
    rf"what (?:do you|would you) (?:say|think|answer)(?: (?:to|about|on|of) {_POINTED})?|"
    rf"what(?:['’]s| is) the answer(?: to {_POINTED}| here)?|"
    rf"what about {_POINTED}|same question|(?:please )?see (?:above|{_POINTED})|{_POINTED})"
)
_COURTEOUS = frozenset(
    "hi hello hey please pls so ok okay well then and thanks thank you there maybe perhaps "
    "kindly also now here".split()
)
"""Words that stand around it."""
_MOST_WORDS = 12
_WORD = re.compile(r"[\w.-]*\w(?:['’]\w+)?")


def points_back(text: str) -> bool:
    """Tell whether a text only points at a question that stands elsewhere."""
    words = [word.casefold() for word in _WORD.findall(text)]
    if not words or len(words) > _MOST_WORDS:
        return False
    return any(_POINTS.fullmatch(" ".join(said)) for said in (words, _bare(words)))


def pointed_at(messages: Sequence[str]) -> str:
    """Return the question that somebody points back at: of what was said before, the latest
    message that asks, else the latest that may be meant; empty where none may.
    """
    meant = [one.strip() for one in messages if one.strip() and not points_back(one)]
    asking = [one for one in meant if "?" in one]
    return (asking or meant or [""])[-1]


def _bare(words: Sequence[str]) -> list[str]:
    """Return words without the courteous ones at both ends."""
    first, last = 0, len(words)
    while first < last and words[first] in _COURTEOUS:
        first += 1
    while last > first and words[last - 1] in _COURTEOUS:
        last -= 1
    return list(words[first:last])
