"""Questions that ask for legal advice: whether something is lawful, what the law demands of the
asker, whether to sign. What a document says of laws is no advice.
"""

from __future__ import annotations

from assistant.understanding.conversation.message import AUXILIARIES, sentences_of, words_of
from assistant.understanding.conversation.question_tree import question_tree
from corpus.language.parsing import Parse

_ASKER = frozenset({"we", "i", "us", "one", "me"})
_OWN = frozenset({"our", "my"})
_LAWS = frozenset(
    "law laws gdpr dsgvo ccpa cpra hipaa lgpd pipl pipeda dpdp dora nis2 schrems legislation "
    "regulation regulations statute statutes regulator regulators".split()
)
_JUDGED = frozenset("comply conform violate breach infringe contravene satisfy meet break".split())
"""Verbs that say how something stands to a law."""
_LAWFUL = frozenset(
    "legal illegal lawful unlawful compliant noncompliant non-compliant conformant legally "
    "lawfully illegally".split()
)
_SIGNED = frozenset("sign countersign sue terminate accept agree".split())
_BOUND = frozenset("contract agreement dpa addendum term clause them it this that".split())
_PUNISHED = frozenset("fined sued prosecuted penalized penalised punished liable".split())
_IN_MATTERS = (
    "legal",
    "lawful",
    "complian",
    "conform",
    "sign",
    "sue",
    "sui",
    "terminat",
    "accept",
    "agre",
)
"""What each word of `_LAWFUL` and each form of one of `_SIGNED` has in it."""
_ADVICE = (
    ("legal", "advice"), ("legal", "opinion"), ("legal", "risk"), ("legally", "safe"),
    ("as", "a", "lawyer"), ("hold", "up", "in", "court"), ("stand", "up", "in", "court"),
)  # fmt: skip


def asks_legal_advice(question: str) -> bool:
    """Tell whether a question asks for legal advice."""
    return any(_advises(sentence) for sentence in sentences_of(question))


def _advises(sentence: str) -> bool:
    words = words_of(sentence)
    if any(words[i : i + len(p)] == list(p) for p in _ADVICE for i in range(len(words))):
        return True
    if not _names_a_matter(sentence.lower(), words):
        return False
    parse = question_tree(sentence)
    return (
        _asks_if_lawful(parse, words)
        or _asks_what_binds(parse, words)
        or _asks_to_sign(parse)
        or _fears_punishment(words)
    )


def _names_a_matter(sentence: str, words: list[str]) -> bool:
    """Tell whether a sentence has a word of laws and contracts at all; most have none, and need no
    tree.
    """
    named = not (_LAWS | _PUNISHED).isdisjoint(words)
    return named or any(part in sentence for part in _IN_MATTERS)


def _asks_if_lawful(parse: Parse, words: list[str]) -> bool:
    """Tell of "Is this legal?", "Does that comply with the GDPR?", "Is it GDPR compliant?"."""
    if not _is_whether(words):
        return False
    names_law = not _LAWS.isdisjoint(words)
    for token in parse.tokens:
        lemma = token.lemma
        if lemma in _JUDGED and token.is_verb and names_law:
            return True
        if lemma not in _LAWFUL or token.dep in ("amod", "compound"):
            continue
        if names_law or "compliant" not in lemma or _stands_alone(words):
            return True
    return False


def _stands_alone(words: list[str]) -> bool:
    """Tell whether "compliant" names nothing to be compliant with."""
    return words[-1] == "compliant" or words[-1] in _LAWS


def _asks_what_binds(parse: Parse, words: list[str]) -> bool:
    """Tell of "Are we allowed by law to …?", "What does the GDPR require of us?"."""
    if _LAWS.isdisjoint(words) and not {"legally", "lawfully"} & set(words):
        return False
    if (
        "what" in words[:2]
        and _ASKER & set(words)
        and {"require", "demand", "ask"} & {token.lemma for token in parse.tokens}
    ):
        return True
    asker = any(
        token.text.lower() in _ASKER and token.dep in ("nsubj", "nsubjpass")
        for token in parse.tokens
    )
    under = any(
        token.text.lower() in ("by", "under", "with")
        and any(parse.tokens[i].text.lower() in _LAWS for i in parse.below(at))
        for at, token in enumerate(parse.tokens)
    )
    return asker and (under or bool({"legally", "lawfully"} & set(words)))


def _asks_to_sign(parse: Parse) -> bool:
    """Tell of "Should we sign?", "Is it safe to accept these terms?"."""
    for at, token in enumerate(parse.tokens):
        if token.lemma not in _SIGNED or not token.is_verb:
            continue
        if token.lemma == "sign" and parse.children(at, "prt"):
            continue
        bound = any(
            parse.tokens[i].lemma in _BOUND or parse.tokens[i].text.lower() in _BOUND
            for i in parse.below(at)
        )
        asked = {parse.tokens[i].text.lower() for i in parse.children(at, "aux", "nsubj")}
        if "should" in asked and _ASKER & asked and (bound or token.lemma in ("sign", "sue")):
            return True
        before = {t.lemma for t in parse.tokens[:at]}
        if bound and {"safe", "wise", "risky", "advisable", "ok", "okay"} & before:
            return True
    return False


def _fears_punishment(words: list[str]) -> bool:
    """Tell of "Can we be fined?", "Are we liable?"."""
    return _is_whether(words) and bool(_ASKER & set(words)) and not _PUNISHED.isdisjoint(words)


def _is_whether(words: list[str]) -> bool:
    """Tell whether a question asks whether something is so."""
    rest = [word for word in words if word not in ("and", "so", "but", "then", "ok", "hi")]
    return bool(rest) and (
        rest[0] in AUXILIARIES or "whether" in rest or (not _OWN.isdisjoint(rest) and "if" in rest)
    )
