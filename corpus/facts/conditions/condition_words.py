"""Words that lead conditions and exceptions in, and words that tell what they ask for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from corpus.facts.types import Term
from corpus.language.quantities import WEEKDAYS
from corpus.language.word_classes import Thing, things


class Needs(Enum):
    """What must be true of the words behind a lead for it to limit anything."""

    ANY = auto()
    CLAUSE = auto()
    """A clause of its own follows: "once it is moved", not "moved once"."""
    DATED = auto()
    """A date follows."""
    EVENT = auto()
    """Something that happens, or a date: no mere length of time."""
    GROUP = auto()
    """Customers, tenants or a place, told apart from others."""
    HELD = auto()
    """A plan, an add-on, or a feature that is on."""
    PLAN = auto()
    """A plan, an edition or a mode."""
    RULES = auto()
    """An agreement, or a plan."""
    NEEDED = auto()
    """Something that can be lacking: no manner such as "without delay"."""
    LEFT_OUT = auto()
    """A thing or a group: no place that is denied, and no verb."""
    OF_ALL = auto()
    """One of all: "all regions but Chile"."""


@dataclass(frozen=True, slots=True)
class Lead:
    """Words that lead a condition or an exception in."""

    words: tuple[str, ...]
    needs: Needs = Needs.ANY
    excepts: bool = False
    negated: bool = False
    term: Term = Term.OTHER
    """What it asks for, where nothing else in it tells."""
    firm: bool = False
    """True where `term` holds whatever else it tells."""
    kept: bool = False
    """True where a reader would not understand the rest without these words."""


def _leads(
    written: str, needs: Needs = Needs.ANY, *, excepts: bool = False, negated: bool = False,
    term: Term = Term.OTHER, firm: bool = False, kept: bool = False,
) -> tuple[Lead, ...]:  # fmt: skip
    return tuple(
        Lead(tuple(one.split()), needs, excepts, negated, term, firm, kept)
        for one in written.split("; ")
    )


LEADS = (
    # What must be so.
    *_leads("if; if and only if; in case; in the event that; in the event; in the rare event; "
            "in the unlikely event; in the rare event that; in the unlikely event that; "
            "on condition that; "
            "on the condition that; provided that; providing that; provided; as long as; "
            "so long as; assuming; assuming that; insofar as; to the extent; to the extent that; "
            "when; whenever; where; while; in cases where; in the case where; in cases when; "
            "in situations where; in circumstances where", Needs.CLAUSE),
    *_leads("in case of; in the case of; in the event of; in the rare event of; "
            "in the unlikely event of; during; subject to; conditional on"),
    *_leads("depending on; depending upon; dependent on; depending", kept=True),
    # What must not be so.
    *_leads("unless", Needs.CLAUSE, negated=True),
    *_leads("without", Needs.NEEDED, negated=True),
    # From when and until when.
    *_leads("once; as soon as", Needs.CLAUSE, term=Term.AFTER),
    *_leads("until; till; up until", Needs.EVENT, term=Term.BEFORE, firm=True),
    *_leads("before; prior to", Needs.EVENT, term=Term.BEFORE, firm=True),
    *_leads("after; following", Needs.EVENT, term=Term.AFTER, firm=True),
    *_leads("upon", Needs.EVENT, term=Term.AFTER),
    *_leads("since; as of; as from; from; effective; starting; starting on; starting from; "
            "beginning; on or after", Needs.DATED, term=Term.AFTER, firm=True),
    # For whom and under what.
    *_leads("for", Needs.GROUP),
    *_leads("with", Needs.HELD),
    *_leads("on; in", Needs.PLAN),
    *_leads("under; pursuant to; in accordance with", Needs.RULES, term=Term.AGREED),
    # What is left out.
    *_leads("except; except for; except as; except where; except when; except if; except that; "
            "excepting; other than; apart from; aside from; excluding; with the exception of; "
            "with exception of; save for; save that; save where; save as; barring",
            excepts=True),
    *_leads("but not; but not for", Needs.LEFT_OUT, excepts=True),
    *_leads("but", Needs.OF_ALL, excepts=True),
)  # fmt: skip
"""Where several fit at a place, the longest is meant."""

ON_REQUEST = frozenset({"request", "demand", "instruction", "notice"})
"""What something is done "at", "on" or "upon"."""
ON_REQUEST_LEADS = frozenset({"on", "upon", "at", "by"})
ONLY = frozenset({"only", "solely", "exclusively"})
ASKING = frozenset(
    "check see know tell determine verify decide find confirm show say list describe explain "
    "indicate specify learn understand control view".split()
)
"""Behind these verbs, "if", "where" and "when" ask and limit nothing."""
LEFT_OUT_VERBS = frozenset("apply cover extend include concern affect encompass".split())
"""Denied, they leave out what they are said of."""
COVERED_VERBS = frozenset("cover include exclude apply concern affect support".split())
"""With "only" or a denial they say who a rule is for."""
GENERIC = frozenset("customer user client you everyone everybody anyone person people".split())
"""People who are told apart from nobody unless something is said of them."""
_MORE_PEOPLE = frozenset(
    "admin administrator agency bank business company developer employee entity government "
    "institution member operator owner partner player prospect seller team tester university "
    "viewer worker".split()
)
PEOPLE = things(Thing.PARTY) | _MORE_PEOPLE
"""Who a statement may hold for."""
HOLDERS = frozenset(
    "tenant workspace account project database cluster environment deployment instance device "
    "client subscription app application org organization organisation resource "
    "installation space environment stack".split()
)
"""What a customer has one or several of, each with a place or a date of its own."""
PLANS = frozenset(
    "plan tier edition subscription licence license add-on addon package bundle seat "
    "entitlement".split()
)
"""What is bought."""
TIERS = frozenset(
    "enterprise premium business team pro professional free standard basic starter plus ultimate "
    "paid advanced trial essential".split()
)
"""What plans are called."""
MODES = frozenset({"mode"})
AGREEMENTS = frozenset(
    "dpa agreement addendum term terms contract baa scc sccs clause amendment annex "
    "schedule rider order".split()
)
"""What parties agree on."""
ENABLING = frozenset(
    "enable activate configure set turn switch use opt enrol enroll install pin connect "
    "deploy provision toggle".split()
)
"""What is done to a feature so that it is on; "turn", "switch" and "opt" with a particle."""
PARTICLES = {"turn": "on", "switch": "on", "toggle": "on", "opt": "in"}
DISABLING = frozenset({"disable", "deactivate", "off", "out"})
HAVING = frozenset("have buy purchase include own hold license subscribe".split())
AGREEING = frozenset("sign accept execute conclude".split())
CHOOSING = frozenset("choose select pick create opt designate specify set".split())
"""What a customer does with a region."""
REGIONS = frozenset("region location geography geo country site zone residency".split())
SIGNING_UP = frozenset("register bill enrol enroll onboard contract".split())
BILLED = frozenset({"billing", "sign-up", "signup", "registration", "invoice"})
TENANCY = frozenset({"tenant", "account", "organization", "organisation"})
PREVIEWS = frozenset({"preview", "beta"})
MANNERS = frozenset(
    "delay notice interruption exception limitation charge cost prejudice change loss effort "
    "downtime effect question warranty regard".split()
)
"""What something is done without in any case: its manner and no condition."""
PERIODS = frozenset(
    "day hour minute week month year second quarter period time".split()
)  # fmt: skip
WEAK = frozenset({"a", "an", "the", "your", "its", "their", "our", "his", "her", "this", "that",
                  "these", "those", "such", "any", "another", "all", "each", "every"})  # fmt: skip
"""Words before a noun that are no part of a name."""
ALL = frozenset({"all", "every", "each", "any"})
OTHERWISE = ("otherwise", "if not ,", "or else")
IN_THAT_CASE = ("in that case", "in this case", "in such cases", "in such a",
                "if so ,", "then ,")  # fmt: skip
"""What sends the reader back to the condition of the sentence before."""
CONTRARY = ("however", "but", "nevertheless", "still ,")
"""What begins a sentence that takes something back."""
EXCEPTIONS = frozenset({"exception", "exclusion"})
WHOLE = ALL | {"everything", "nothing", "anything", "everywhere", "none", "no"}
"""Words that "but" takes one from."""
CONSENT = frozenset("consent approval permission authorization authorisation agreement".split())
"""With it, something may be done."""
RELYING = frozenset("build rely base depend agree call act".split())
"""Verbs that take "upon" with them."""
TOPICS = frozenset(
    "purpose reason detail information instruction question example instance step option "
    "convenience clarity safety support help".split()
)
"""What stands behind a leading "for" that limits nothing."""
SINGULAR = frozenset({"the", "this", "that", "your", "our", "its", "their", "my"})
"""Before one tenant or customer, they mean the one that is spoken of."""
EVENTS = frozenset("commit upload expiry closure sign-up signup login renewal".split())
"""Things that happen, besides those in "-ion"."""
_NETS = frozenset({"internet"})
NO_PLATFORM = frozenset(name.lower() for name in WEEKDAYS) | _NETS
"""Names behind "on" that are no plan, platform or edition."""
TIMES = PERIODS | {"moment", "point", "case", "date"}
"""What "when" says something of and limits nothing."""
EXCLUDING = frozenset({"exclude", "exempt"})
OUTSIDE = frozenset({"outside", "beyond", "non", "elsewhere"})
"""Before a place, they mean all others."""
