"""What a yes-or-no question claims, and which words say the same as those of the claim."""

from assistant.reasoning.whether.claiming.amounts import keeps_to, lengths
from assistant.reasoning.whether.claiming.claim_text import asks_yes_or_no
from assistant.reasoning.whether.claiming.claims import (
    STANDING_IN,
    UNIVERSAL,
    Claim,
    Word,
    claim_of,
    last_question,
)
from assistant.reasoning.whether.claiming.likeness import (
    LIGHT,
    SENSES,
    WordsSaid,
    alike,
    contrary,
    denies,
    sense,
    spoken,
)
from assistant.reasoning.whether.claiming.word_likeness import NOTHING, Likeness, word_likeness

__all__ = [
    "LIGHT",
    "NOTHING",
    "SENSES",
    "STANDING_IN",
    "UNIVERSAL",
    "Claim",
    "Likeness",
    "Word",
    "WordsSaid",
    "alike",
    "asks_yes_or_no",
    "claim_of",
    "contrary",
    "denies",
    "keeps_to",
    "last_question",
    "lengths",
    "sense",
    "spoken",
    "word_likeness",
]
