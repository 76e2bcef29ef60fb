"""Sentences that leave their predicate to the one before: "A is on the list, whereas B is not"."""

from __future__ import annotations

from assistant.verification.reading.spoken import Spoken, read
from corpus.language.propositions import Proposition

_JOINTS = (", whereas ", ", while ", ", but ", "; ")
_BE = ("is", "are", "was", "were")
_DO = ("do", "does", "did")
_MOST = 8
"""Words of a sentence that leaves its predicate out."""


def written_out(text: str) -> str:
    """Return a sentence with the predicate that its second half leaves out."""
    for joint in _JOINTS:
        head, _, rest = text.partition(joint)
        clause, comma, tail = rest.partition(", ")
        words = clause.rstrip(" .").split()
        if not head or not 1 < len(words) <= _MOST or (comma and not tail.startswith("so ")):
            continue
        said = read(f"{head}.")
        if not said.propositions or said.propositions[0].subject is None:
            continue
        if full := _full(words, said, said.propositions[0]):
            return f"{head}{joint}{full}{comma}{tail}" if comma else f"{head}{joint}{full}."
    return text


def _full(words: list[str], said: Spoken, first: Proposition) -> str:
    """Return a sentence of a few words with the predicate of the first one."""
    denied = words[-1].lower() == "not"
    verb = words[-2 if denied else -1].lower() if len(words) > 1 + denied else ""
    subject = " ".join(words[: -2 if denied else -1])
    own = [t for t in said.parse.tokens if first.subject and t.start >= first.subject.span[1]]
    begun = next((t for t in own if t.tag in ("VBZ", "VBP", "VBD", "MD")), None)
    if begun is None or not subject or any(t.lemma == "not" for t in own):
        return ""
    rest = said.text[begun.start + len(begun.text) :].rstrip(" .")
    deny = " not" if denied else ""
    if (verb in _BE and begun.lemma == "be") or verb == begun.text.lower():
        return f"{subject} {verb}{deny}{rest}"
    if verb in _DO and begun.lemma not in ("be", "have") and begun.tag != "MD" and denied:
        return f"{subject} {verb} not {begun.lemma}{rest}"
    return ""
