"""What kind of thing a sentence says, read off its words: a duration, a move, an exclusion.

The same signals are read from passages, where they say what is stated, and (in
`assistant.understanding.question`) from questions, where they say what is wanted.
"""

from __future__ import annotations

import re
from enum import StrEnum

from corpus.language.phrases import folded, holds_any, phrases
from corpus.language.quantities import (
    INDEFINITE,
    LETTER_TIME_UNIT,
    MONTH,
    NUMBERS,
    SHORT_MONTH,
    SHORT_TIME_UNIT,
    TIME_UNIT,
    any_of,
)


class Signal(StrEnum):
    """Something that a sentence states or that a question asks for."""

    STORED = "stored"
    PROCESSED = "processed"
    COPIED = "copied"
    MOVED = "moved"
    RETAINED = "retained"
    EXCLUDED = "excluded"
    REQUIRED = "required"
    DETERMINED = "determined"
    UNSUPPORTED = "unsupported"
    PROMISED = "promised"
    DEFINED = "defined"
    CONTACT = "contact"
    COMMAND = "command"
    DURATION = "duration"
    NUMBER = "number"
    DATE = "date"
    NEGATED = "negated"
    CONDITION = "condition"
    TEMPORARY = "temporary"
    ENCRYPTED = "encrypted"
    VISIBLE = "visible"
    PERSON = "person"
    LINK = "link"


_SEVERAL = " ".join(["percent", *(word for word, number in NUMBERS.items() if number > 1)])
_COUNT = rf"(?:(?<!\d[,.])\d[\d,.]*+|{any_of((*NUMBERS, *INDEFINITE))})"
DURATION = re.compile(
    rf"\b{_COUNT}[- ]?(?:to[- ]\d+[- ]?)?(?:business |working |calendar )?"
    rf"(?:{TIME_UNIT})s?\b|"
    rf"(?<![\w.,-])\d[\d,.]*+(?:(?-i:{LETTER_TIME_UNIT})|[- ]?(?:{SHORT_TIME_UNIT}))\b",
    re.I,
)
DATE = re.compile(
    rf"\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}}/\d{{1,2}}/\d{{4}}\b|"
    rf"\b(?:\d{{1,2}}(?:[snrt][tdh])? )?(?:{MONTH}|{SHORT_MONTH})\.?,? (?:\d{{1,2}},? )?\d{{4}}\b|"
    r"\b(?:19|20)\d{2}\b"
)
_CODE = re.compile(r"\b[A-Z][a-z]+-[A-Z][A-Za-z]+\b|`[^`]+`|(?<!\w)--?[a-z][\w-]+")
_DIGIT = re.compile(r"\b\d")
_ADDRESS = re.compile(r"[\w.+-]@[\w-]+\.\w|://")
_LINK = re.compile(r"://|\]\(")
_FORMS: tuple[tuple[Signal, re.Pattern[str]], ...] = (
    (Signal.DURATION, DURATION), (Signal.DATE, DATE), (Signal.COMMAND, _CODE),
    (Signal.NUMBER, _DIGIT), (Signal.CONTACT, _ADDRESS), (Signal.LINK, _LINK),
)  # fmt: skip
"""What is told by how it is written."""
_WORDS: dict[Signal, tuple[str, ...]] = {
    Signal.STORED: phrases(
        "stored store stores storage storing kept keep keeps held hold holds hosted house "
        "reside resides residing at_rest remain remains stay stays located "
        "live lives save saved placed"),
    Signal.PROCESSED: phrases(
        "process processes processed processing analys* analyz* comput* score scored handle "
        "handled transcri* access accesses accessed"),
    Signal.COPIED: phrases(
        "replic* copy copies copied mirror* backup backups back_up backed_up failover* "
        "fail_over* redundan* standby* synchroni* cache cached restor*"),
    Signal.MOVED: phrases(
        "move moves moved moving migrat* relocat* transfer* transmi* leave leaves leaving sent "
        "flow flows egress* export* cross crosses"),
    Signal.RETAINED: phrases(
        "retain* retention* delet* purg* eras* remove removed expire* kept_for wipe wiped wiping "
        "destroy* overwrit*"),
    Signal.EXCLUDED: phrases(
        "exclu* except* outside not_covered not_included not_cover* not_appl* not_includ* "
        "regardless global*"),
    Signal.REQUIRED: phrases(
        "must require* need* prerequisit* eligib* qualif* only_if only_when only_for have_to "
        "mandatory minimum at_least license* licence* subscription*"),
    Signal.DETERMINED: phrases(
        "determin* based_on depend* decid* chose* choos* follow follows according_to selected "
        "set_by set_when sign_up* signup* provision*"),
    Signal.UNSUPPORTED: phrases(
        "cannot not_support* not_avail* not_possib* not_allow* not_permit* "
        "not_be_avail* unsupported* unable* impossible* limit*"),
    Signal.PROMISED: phrases("commit* promis* contract* guarant* terms agreement* assur*"),
    Signal.DEFINED: phrases(
        "means refers_to defined_as stands_for include includes consist_of consists_of known_as "
        "called"),
    Signal.CONTACT: phrases(
        "contact support_request* support_team* support_ticket* support_case* support_engineer* "
        "ask_your ask_the account_team account_manager write_to open_a reach reached"),
    Signal.COMMAND: phrases("command* script syntax* parameter*"),
    Signal.NUMBER: phrases(_SEVERAL),
    Signal.NEGATED: phrases(
        "not no never none neither nor cannot without unable nothing nowhere"),
    Signal.CONDITION: phrases(
        "if unless except exception exceptions when whenever only provided as_long_as in_case "
        "depending where_the where_a where_an where_you otherwise until once while subject_to "
        "apart_from other_than"),
    Signal.TEMPORARY: phrases(
        "tempor* preview* coming planned* future* upcoming* expected* currently* soon deprecat* "
        "rolling_out roll_out no_longer* formerly* prior_to until before"),
    Signal.ENCRYPTED: phrases("encrypt* key keys cipher* tls"),
    Signal.VISIBLE: phrases(
        "view* see show shows check* display* portal setting settings look_up admin_center find "
        "page map"),
    Signal.PERSON: phrases(
        "engineer engineers staff employee employees personnel subprocessor* contractor* "
        "third_part* vendor* administrator administrators admin admins"),
}  # fmt: skip
"""What is told by its words."""


def signals(text: str) -> frozenset[Signal]:
    """Return what a sentence states, by its words and how it is written."""
    words = folded(text)
    found = {signal for signal, wanted in _WORDS.items() if holds_any(words, wanted)}
    found.update(signal for signal, form in _FORMS if form.search(text))
    return frozenset(found)


def is_conditional(text: str) -> bool:
    """Tell whether a text has a word that leads a condition in."""
    return holds_any(folded(text), _WORDS[Signal.CONDITION])
