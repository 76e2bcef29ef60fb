"""Edits of one sentence: each changes one thing that is said, or none of it.

An edit takes a sentence as it is written and returns another one, or None where it does not fit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from assistant.changes.types import Aspect, ChangeKind
from corpus.places import Gazetteer, Mention

_COUNTRIES = (
    "Norway", "Brazil", "Canada", "Poland", "Chile", "Kenya", "Portugal", "Iceland", "Mexico",
    "Spain", "Vietnam", "Austria",
)  # fmt: skip
_ADJECTIVES = ("an", "ish", "ese", "ch", "ss")
_PERIOD = re.compile(
    r"\b(\d{1,3})([- ](?:calendar |business |working )?)(days?|hours?|months?|years?)\b"
)
_AUXILIARY = re.compile(r"\b(is|are|can|will|does|do|may|was|were)\b(?! not|n't|n’t)")
_DENIED = re.compile(r"\b(is|are|can|will|does|do)(?: not|n't|n’t)\b|\bcannot\b")
_VERB = re.compile(r"\b(is|are|can be|will be|may be|was|were) (?=[a-z]+ed\b|stored|kept|held)")
_CONDITIONS = (
    "if the customer has the Advanced plan", "unless an administrator turns it off",
    "when encryption with customer keys is on", "if the tenant was created after the migration",
    "except for trial accounts", "when an auditor asks for it",
)  # fmt: skip
_LEADING = re.compile(r"^((?:If|When|After|Before|Once) [^,;]{10,90}), ([A-Za-z][^,]{10,})\.$")
_TRAILING = re.compile(r"^([A-Z][^,]{10,}?),? ((?:if|when|after|before|once) [^,;]{10,90})\.$")
_ACTIVE = re.compile(
    r"^(?P<who>(?:The |Our )?[A-Z][\w-]*(?: [A-Z][\w-]*)*|We) (?P<verb>stores|keeps|hosts|"
    r"processes|replicates|transfers|retains|encrypts|deletes|store|keep|host|process|retain|"
    r"delete|encrypt) "
    r"(?P<what>(?:all |the |your |this )?(?:[\w-]+ ){0,4}?(?:data|content|backups|copies|messages|"
    r"files|logs|information|records))(?P<rest> [^,]+)?\.$"
)
_PASSIVE = {
    "store": "stored", "keep": "kept", "host": "hosted", "process": "processed",
    "replicate": "replicated", "transfer": "transferred", "retain": "retained",
    "encrypt": "encrypted", "delete": "deleted",
}  # fmt: skip
_SYNONYMS = (
    (r"\bstored\b", "kept"), (r"\bstores\b", "keeps"), (r"\bstore\b", "keep"),
    (r"\bretained\b", "kept"), (r"\bhosted\b", "housed"), (r"\blocated\b", "situated"),
    (r"\bcustomers\b", "clients"), (r"\bcustomer\b", "client"), (r"\bdeleted\b", "erased"),
    (r"\bdelete\b", "erase"), (r"\badditional\b", "further"), (r"\bchoose\b", "select"),
    (r"\bselect\b", "choose"), (r"\buse\b", "utilize"), (r"\buses\b", "employs"),
    (r"\bprovides\b", "offers"), (r"\bprovide\b", "offer"), (r"\bmoved\b", "transferred"),
    (r"\btransferred\b", "moved"), (r"\bpurchase\b", "buy"), (r"\bensure\b", "make sure"),
    (r"\bapproximately\b", "about"), (r"\bcurrently\b", "at present"), (r"\bpersonnel\b", "staff"),
    (r"\bobtain\b", "get"), (r"\bbegins\b", "starts"), (r"\bcontract\b", "agreement"),
    (r"\bpermanently erased\b", "erased for good"), (r"\brequires\b", "needs"),
    (r"\breplicated\b", "copied"), (r"\bsituated\b", "located"), (r"\bmodified\b", "changed"),
    (r"\bchanged\b", "altered"), (r"\bdata centers\b", "data centres"),
    (r"\bdatacenters\b", "data centers"), (r"\bdatacenter\b", "data center"),
    (r"\bprocessed\b", "handled"), (r"\bfor example\b", "for instance"),
    (r"\bin order to\b", "to"), (r"\bin addition\b", "moreover"), (r"\bprior to\b", "before"),
    (r"\bsuch as\b", "like"), (r"\bkept\b", "held"), (r"\bregarding\b", "about"),
    (r"\bcreated\b", "made"), (r"\bseveral\b", "multiple"), (r"\bcontains\b", "holds"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edit:
    """A kind of edit, and what a comparison has to call what it did."""

    name: str
    kind: ChangeKind
    aspects: frozenset[Aspect]
    """One of which has to be named; empty where none may be."""
    make: Callable[[str, Random, Gazetteer], str | None]


def _is_noun(one: Mention) -> bool:
    """Tell whether a country or a union is named, and not an adjective made of it."""
    whole = one.is_sure and one.place.id.startswith(("country:", "group:"))
    return whole and one.words[0].isupper() and not one.words.endswith(_ADJECTIVES)


def _place(sentence: str, chance: Random, gazetteer: Gazetteer) -> str | None:
    found = [one for one in gazetteer.mentions(sentence) if _is_noun(one)]
    if not found:
        return None
    one = chance.choice(found)
    named = {mention.place.name for mention in found}
    other = chance.choice([name for name in _COUNTRIES if name not in named])
    return f"{sentence[: one.start]}{other}{sentence[one.end :]}"


def _number(sentence: str, chance: Random, gazetteer: Gazetteer) -> str | None:
    del gazetteer
    found = list(_PERIOD.finditer(sentence))
    if not found:
        return None
    one = chance.choice(found)
    amount = int(one[1])
    other = chance.choice([n for n in (7, 14, 30, 45, 60, 90, 180) if n != amount])
    return f"{sentence[: one.start(1)]}{other}{sentence[one.end(1) :]}"


def _negation(sentence: str, chance: Random, gazetteer: Gazetteer) -> str | None:
    del gazetteer, chance
    if denied := _DENIED.search(sentence):
        kept = denied[1] or "can"
        return f"{sentence[: denied.start()]}{kept}{sentence[denied.end() :]}"
    found = _AUXILIARY.search(sentence)
    if not found or sentence.endswith("?"):
        return None
    return f"{sentence[: found.end()]} not{sentence[found.end() :]}"


def _status(sentence: str, chance: Random, gazetteer: Gazetteer) -> str | None:
    del gazetteer
    if re.search(r"preview|deprecated|planned|beta|temporar", sentence, re.I):
        return None
    if not sentence.endswith("."):
        return None
    end = chance.choice(
        (" (in preview).", " (deprecated).", "; this is planned.", ", temporarily.", " (beta).")
    )
    return sentence[:-1] + end


def _condition(sentence: str, chance: Random, gazetteer: Gazetteer) -> str | None:
    del gazetteer
    if re.search(r"\b(?:if|unless|when|except)\b", sentence, re.I) or not sentence.endswith("."):
        return None
    return f"{sentence[:-1]} {chance.choice(_CONDITIONS)}."


def _condition_gone(sentence: str, chance: Random, gazetteer: Gazetteer) -> str | None:
    del gazetteer, chance
    if trailing := _TRAILING.match(sentence):
        return f"{trailing[1]}."
    if leading := _LEADING.match(sentence):
        return f"{leading[2][0].upper()}{leading[2][1:]}."
    return None


def _synonym(sentence: str, chance: Random, gazetteer: Gazetteer) -> str | None:
    del gazetteer
    fitting = [pair for pair in _SYNONYMS if re.search(pair[0], sentence)]
    if not fitting:
        return None
    pattern, said = chance.choice(fitting)
    return re.sub(pattern, said, sentence, count=1)


def _clauses(sentence: str, chance: Random, gazetteer: Gazetteer) -> str | None:
    del gazetteer, chance
    if leading := _LEADING.match(sentence):
        first, second = leading[1], leading[2]
        second = second[0].upper() + second[1:]
        return f"{second} {first[0].lower()}{first[1:]}."
    if trailing := _TRAILING.match(sentence):
        first, second = trailing[1], trailing[2]
        kept = (
            first
            if re.match(r"[A-Z]\w*[A-Z]|[A-Z]\w+ [A-Z]", first)
            else first[0].lower() + first[1:]
        )
        return f"{second[0].upper()}{second[1:]}, {kept}."
    return None


def _voice(sentence: str, chance: Random, gazetteer: Gazetteer) -> str | None:
    del gazetteer, chance
    found = _ACTIVE.match(sentence)
    if not found:
        return None
    base = next((b for b in _PASSIVE if found["verb"] in (b, f"{b}s", f"{b}es")), "")
    if not base:
        return None
    what, rest = found["what"], found["rest"] or ""
    be = "are" if what.endswith("s") else "is"
    who = (
        "us"
        if found["who"] == "We"
        else found["who"].replace("The ", "the ").replace("Our ", "our ")
    )
    return f"{what[0].upper()}{what[1:]} {be} {_PASSIVE[base]}{rest} by {who}."


def _punctuation(sentence: str, chance: Random, gazetteer: Gazetteer) -> str | None:
    del gazetteer
    aside = "](" not in sentence and sentence.count("(") == sentence.count(")") == 1
    changes = [
        sentence.replace(", and ", " and "),
        sentence.replace(" - ", ": ", 1),
        sentence.replace(" (", ", ", 1).replace(")", ",", 1) if aside else sentence,
        sentence.removesuffix("."),
    ]
    fitting = [one for one in changes if one != sentence]
    return chance.choice(fitting) if fitting else None


def _typography(sentence: str, chance: Random, gazetteer: Gazetteer) -> str | None:
    del gazetteer
    changes = [
        sentence.replace("'", "’"), re.sub(r'"([^"]+)"', r"“\1”", sentence),
        sentence.replace("n't", " not").replace("ca not", "cannot"),
        sentence.replace("**", ""), sentence.replace(" - ", " – "),
        re.sub(r"\b(is|are|does|do) not\b", r"\1n't", sentence),
    ]  # fmt: skip
    fitting = [one for one in changes if one != sentence]
    return chance.choice(fitting) if fitting else None


def _link(sentence: str, chance: Random, gazetteer: Gazetteer) -> str | None:
    del gazetteer
    if linked := re.search(r"\[([^\]\n]+)\]\(([^)\s]+)\)", sentence):
        target = f"{linked[2]}-{chance.randrange(100)}"
        return f"{sentence[: linked.start(2)]}{target}{sentence[linked.end(2) :]}"
    word = re.search(r"\b[a-z]{5,}\b", sentence)
    if not word or "`" in sentence:
        return None
    return (
        f"{sentence[: word.start()]}[{word.group()}](/about/{word.group()}){sentence[word.end() :]}"
    )


_NONE: frozenset[Aspect] = frozenset()
EDITS = (
    Edit("place", ChangeKind.CHANGED, frozenset({Aspect.PLACE}), _place),
    Edit("number", ChangeKind.CHANGED, frozenset({Aspect.DURATION, Aspect.NUMBER}), _number),
    Edit("negation", ChangeKind.CHANGED, frozenset({Aspect.NEGATION}), _negation),
    Edit("status", ChangeKind.CHANGED, frozenset({Aspect.STATUS}), _status),
    Edit("condition", ChangeKind.CHANGED, frozenset({Aspect.CONDITION}), _condition),
    Edit("condition gone", ChangeKind.CHANGED, frozenset({Aspect.CONDITION}), _condition_gone),
    Edit("synonym", ChangeKind.WORDING, _NONE, _synonym),
    Edit("clauses", ChangeKind.WORDING, _NONE, _clauses),
    Edit("voice", ChangeKind.WORDING, _NONE, _voice),
    Edit("punctuation", ChangeKind.WORDING, _NONE, _punctuation),
    Edit("typography", ChangeKind.WORDING, _NONE, _typography),
    Edit("link", ChangeKind.WORDING, _NONE, _link),
)
"""Edits of a sentence; `edited_pairs` changes the order of sentences and takes some out too."""
