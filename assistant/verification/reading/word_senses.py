"""Words as questionnaires use them: which say the same, which the contrary, which say nothing.

The tables hold words of the language and of the field, never of one document or question.
"""

from __future__ import annotations

import re

from assistant.reasoning.whether.claiming import SENSES, alike, sense
from assistant.verification.reading.word_forms import same_root
from assistant.verification.reading.words import concepts
from corpus.language.terms import STOP_WORDS
from corpus.language.word_classes import word_table

AUXILIARIES = frozenset(
    "do does did is are was were can could may might will would must shall should has have".split()
)
"""First words of a question that Yes or No answers."""
PARTIES = frozenset(
    "customer tenant client user subscriber resident citizen people person individual organization "
    "organisation member student patient visitor account".split()
)
"""Whom a question may be about, beside where the matter lies."""
LEAVING = frozenset("leave exit cross".split())
EXCLUDING = frozenset("exclude except exempt".split())
OUTWARD = frozenset("outside out beyond".split())
ONLY = frozenset("only solely exclusively just alone".split())
PLACE_WORDS = frozenset(
    "location place region country geography geo area state site jurisdiction locate locat "
    "geographic geographical physical physically situate territory border".split()
)
"""What only says that a place is meant."""
TIME_WORDS = frozenset(
    "period duration time long timeframe length term many number day month year hour soon "
    "quickly quick fast".split()
)
"""What only says that a length of time is asked for."""
VERBS_OF_ASKING = frozenset(
    "list describe state specify name indicate provide give explain confirm tell identify detail "
    "outline enumerate".split()
)
"""First words of an order to answer."""
EMPTY = STOP_WORDS | frozenset(
    "please also currently any all each every some such own use get make take give have be do "
    "possible able available let happen become occur provide offer case once than other too well "
    "service vendor supplier provider company organization organisation kind type sort list "
    "exist find there ever still way you your our we us ’s 's may might must will would shall "
    "should can could lie serve operate run carry conduct perform apply act as per about between "
    "party who event different another new after kindly one "
    "purpose deploy deployment respective certain related relevant option possibility ability "
    "afterwards".split()
)
"""What says nothing of its own in a question to a vendor."""
PHRASES = (
    (
        re.compile(
            r"^(?:can|could|would|will) you (?:please |kindly )?"
            r"(?:confirm|tell us|tell me|say|state) (?:that|whether|if)\b",
            re.I,
        ),
        "Is it the case that",
    ),
    (
        re.compile(
            r"^(?:can|could|would|will) you (?:please |kindly )?"
            r"(?:confirm|tell us|tell me|say|state|specify|indicate|explain|describe|list) "
            r"(?=where|which|what|how|who|when|why|in|for|the)",
            re.I,
        ),
        "state ",
    ),
    (re.compile(r"\b(?:not|n't|n’t) (?:covered|included)(?: by| in)?\b", re.I), "excluded from"),
    (re.compile(r"\b(?:not|n't|n’t) (?:cover|include)\b", re.I), "exclude"),
    (re.compile(r"\bclear[- ]?text\b", re.I), "plain text"),
    (re.compile(r"\bfor good\b", re.I), "permanently"),
    (
        re.compile(r"\bfrom (?:what|which) (?:date|day|year)(?: on(?:wards?)?)?\b", re.I),
        "since when",
    ),
    (re.compile(r"\b(?:until|till) (?:what|which) (?:date|day|year)\b", re.I), "until when"),
    (re.compile(r"\b(?:is|are) (?:ever )?(?:taken|brought|carried) out of\b", re.I), "leaves"),
    (re.compile(r"\bbe (?:taken|brought|carried) out of\b", re.I), "leave"),
    (re.compile(r"\bat rest\b", re.I), "stored"),
    (
        re.compile(
            r"\bwhile (?:it|they|the data|data|being) ?(?:is |are )?(?:being )?"
            r"(?:travel\w*|transmitted|transferred|sent|mov(?:es?|ing|ed))\b"
            r"(?: (?:over|across|through) (?:the |any |public )?(?:networks?|internet))?",
            re.I,
        ),
        "in transmission",
    ),
    (
        re.compile(
            r"\bwhen (?:it|they|(?:the|an?) \w+) (?:is|are|was|were|has been|have been) "
            r"(?=(?:created|closed|cancelled|terminated|deleted)\b)",
            re.I,
        ),
        "at ",
    ),
    (
        re.compile(r"\bafter (?:its |their |the )?(?:creation|set-?up|being created)\b", re.I),
        "later",
    ),
    (
        re.compile(
            r"\b(?:in|at|to) (?:an?other|a different) (?=\w+ (?:than|from)\b)\w+ (?:than|from)",
            re.I,
        ),
        "outside",
    ),
    (re.compile(r"\b(?:what|which) (is|was|were|are) the dates? of\b", re.I), r"when \1"),
    (re.compile(r"\bin (?:the )?(?:event|case) of\b", re.I), "during"),
    (re.compile(r"\bin[- ]transit\b", re.I), "in transmission"),
    (re.compile(r"\bsub[- ](?=process|contract)", re.I), "sub"),
    (re.compile(r"\bdata ?cent(?:er|re)(s?)\b", re.I), r"datacenter\1"),
    (re.compile(r"\b(?:prior to|in advance of|ahead of)\b", re.I), "before"),
    (re.compile(r"\bin advance\b", re.I), "before"),
    (re.compile(r"\bmost recent\b", re.I), "latest"),
    (re.compile(r"\bat all times\b", re.I), "always"),
    (re.compile(r"\bin (which|what) cases?\b", re.I), r"under \1 conditions"),
    (re.compile(r"\b(?:following|upon) (?=the |an? |\w+(?:tion|al|ment|iry)\b)", re.I), "after "),
    (re.compile(r"\b(?:no|not) (?:later|longer|more) than\b", re.I), "within"),
    (re.compile(r"\bback(?:s|ed|ing)? up\b", re.I), "backup"),
    (re.compile(r"\bback-?up copies\b", re.I), "backups"),
    (re.compile(r"\boff[- ]site\b", re.I), "offsite"),
    (re.compile(r"\blog files?\b", re.I), "logs"),
    (re.compile(r"\bdisaster[- ]recovery\b", re.I), "failover"),
    (re.compile(r"\b(?:at most|a maximum of) (?=how)", re.I), "maximum "),
    (re.compile(r"\b(?:left|leave|leaves|leaving) out(?: of)?\b", re.I), "excluded"),
    (
        re.compile(r"\b([a-z]+(?:al|on|im|ym|er|ar|an|at|or|ic|in|om))is(e[sd]?|ing|ations?)\b"),
        r"\1iz\2",
    ),
)
"""What is written in several ways, and how it is written here."""

ALL = frozenset("all every each".split())
SOME = frozenset("some certain several partly partially".split())
ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth".split())
ALLOWING = frozenset("allow permit able possible may can".split())
REQUIRING = frozenset("require need must shall mandatory necessary oblige obligatory".split())
ASKERS = frozenset("we our us i my".split())
"""Pronouns of the customer, who asks."""

_OWN = word_table(
    {
        "keep": "kept held hold locate base",
        "move": "pass rout flow travel transit transmission transport cross disclose_to",
        "backup": "backup backups",
        "admin": "admin administrator",
        "comply": "comply compliant compliance conform conformity adhere",
        "often": "often frequency frequently interval",
        "forbid": "forbid prohibit block prevent ban disallow",
        "analyze": "analyze analyse analysis",
        "shorten": "shorten truncate cut",
        "condition": "condition circumstance prerequisite",
        "only": "only solely exclusively",
        "engage": "engage appoint add hire onboard",
        "bind": "bind sign agree commit",
        "tell": "tell inform notify alert advise announce notification notice",
        "person": "person people individual personnel staff employee",
        "begin": "begin start commence",
        "end": "end terminate termination close closure cease",
        "cancel": "cancel cancellation",
        "expire": "expire expiry expiration lapse",
        "during": "during while throughout",
        "contract": "contract agreement subscription",
        "permit": "permit allow enable authorize authorise",
        "guarantee": "guarantee ensure assure warrant commit commitment promise contractually",
        "erase": "erase delete remove destroy purge wipe deletion erasure removal destruction",
        "inside": "inside within in",
        "outside": "outside beyond out",
        "maximum": "maximum max longest",
        "minimum": "minimum min shortest",
        "last": "last latest recent recently",
        "separate": "separate separated isolate isolated segregate segregated",
        "see": "see view look access visible display show",
        "quick": "quick quickly fast soon promptly",
        "ship": "send transmit transfer",
        "proof": "certificate attestation",
        "gather": "gather collect obtain",
        "share": "share disclose reveal",
        "government": "government authority governmental",
        "breach": "breach incident",
        "own": "own property owner ownership",
        "physical": "paper hardcopy",
        "failure": "outage failure disruption",
        "down": "downtime down unavailable interruption",
        "build": "host run operate",
        "picture": "image photo picture",
        "law": "law legislation regulation statute",
        "test": "test testing",
        "encrypt": "encrypt encryption encrypted encipher",
        "set": "set configure configurable define choose select pick",
        "recover": "recover recovery recoverable restore restoration retrieve",
        "update": "update refresh renew revise",
        "headquarter": "headquarter headquarters seat",
        "pseudonymize": "pseudonymize pseudonymization pseudonymous",
        "anonymize": "anonymize anonymization anonymous anonymized",
        "replicate": "replicate replication copy mirror duplicate synchronize",
        "decide": "decide determine govern depend",
        "approve": "approve approval authorize consent",
        "require": "require need must requirement required",
        "locality": "localization localisation local",
    }
)
"""Words of one sense in questions of this field, in their base form."""
LYING = frozenset("locate base situate reside sit lie".split())
"""Verbs that only say that something is somewhere."""
_OPPOSED = tuple(
    (frozenset(first.split()), frozenset(second.split()))
    for first, second in (
        ("outside beyond out", "inside within in"),
        ("before", "after during while"),
        ("maximum longest", "minimum shortest"),
        ("permit allow", "prohibit forbid block prevent"),
        ("include cover", "exclude except"),
        ("online", "offline"),
        ("same", "different another other separate distinct"),
        ("controller", "processor"),
        ("primary", "secondary"),
        ("add engage", "remove"),
        ("permanent permanently", "temporary temporarily"),
        ("public", "private"),
        ("first", "last"),
        ("upload", "download"),
        ("import", "export"),
        ("leave exit", "enter"),
        ("since", "until till"),
        ("long more", "short less"),
        ("send transmit", "receive"),
        ("read", "write"),
        ("grant", "revoke withdraw"),
        ("encrypt", "decrypt"),
        ("internal", "external"),
        ("local", "remote global"),
        ("old", "new"),
        ("logical virtual", "physical"),
        ("buy", "sell"),
        ("own", "rent lease"),
        ("manual manually", "automatic automatically"),
        ("oral", "written"),
        ("paid", "free"),
        ("test", "production"),
    )
)


_DENYING_PREFIXES = ("un", "in", "im", "ir", "non", "non-", "dis", "de")
_SHORTEST_DENIED = 5
"""Letters of a word that is denied by a prefix: "put" is not denied by "input"."""


def same_sense(one: str, other: str) -> bool:
    """Tell whether two lemmas say the same in a question of this field."""
    if one == other:
        return True
    if opposed(one, other):
        return False
    if one in _OWN and other in _OWN:
        return _OWN[one] == _OWN[other]
    return bool(_senses(one) & _senses(other)) or alike(one, other) or same_root(one, other)


def opposed(one: str, other: str) -> bool:
    """Tell whether two lemmas say the contrary."""
    return (
        _denies(one, other)
        or _denies(other, one)
        or any(
            (one in first and other in second) or (other in first and one in second)
            for first, second in _OPPOSED
        )
    )


def _denies(one: str, other: str) -> bool:
    """Tell whether a lemma is another with a prefix that denies it: "inactive", "active"."""
    return len(other) >= _SHORTEST_DENIED and any(
        one == prefix + other for prefix in _DENYING_PREFIXES
    )


def unlike(one: str, other: str) -> bool:
    """Tell whether two lemmas are both known and say different things, however near they seem."""
    known = bool(_senses(one)) and bool(_senses(other))
    return opposed(one, other) or (known and not same_sense(one, other))


def may_mean_same(one: str, other: str) -> bool:
    """Tell whether two lemmas name one concept of the field in one of their meanings."""
    return any(name.startswith("=") for name in concepts(one) & concepts(other))


def sense_of(lemma: str) -> str:
    """Return what a lemma is compared by."""
    return _OWN.get(lemma) or sense(lemma)


def _senses(lemma: str) -> frozenset[str]:
    found = (_OWN.get(lemma), SENSES.get(lemma))
    return frozenset(one for one in found if one)
