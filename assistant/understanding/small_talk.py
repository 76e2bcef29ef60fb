"""Words that greet, thank or agree, and ask nothing."""

from __future__ import annotations

import re

_MOST_WORDS = 8
_COURTEOUS = frozenset(
    (
        "thanks thank thankyou thx ty cheers ok okay okey k kk great perfect cool nice awesome "
        "excellent brilliant wonderful hi hello hey hiya greetings bye goodbye understood noted "
        "alright gotcha super danke merci gracias grazie obrigado obrigada arigato bedankt tack "
        "takk kiitos dziękuję hallo bonjour hola ciao "
        "ありがとう ありがとうございます 谢谢 謝謝 감사합니다"
    ).split()
)
_BESIDE = frozenset(
    "you u very so much many a lot good morning afternoon evening day there see ya later got it "
    "that this is was for your the help helps helped everyone all team again well done really "
    "schön vielen dank beaucoup muchas mille".split()
)
"""Words that stand beside courteous ones."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def is_courtesy(text: str) -> bool:
    """Tell whether a text greets, thanks or agrees and asks nothing."""
    words = [word.casefold() for word in _WORD.findall(text)]
    if not words or len(words) > _MOST_WORDS or "?" in text:
        return False
    return any(word in _COURTEOUS for word in words) and all(
        word in _COURTEOUS or word in _BESIDE for word in words
    )
