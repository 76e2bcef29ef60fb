"""Words that tell what a place has to do with what is said: the data of this package."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.facts.types import PlaceRole, StatementKind
from corpus.language.word_classes import Deed

DWELLING = frozenset("reside live sit be work operate travel".split())
"""Verbs that tell where somebody is as well as where something is."""

AREAS = frozenset(
    "country state city area part territory jurisdiction union province member market place town "
    "nation location continent".split()
)
"""Nouns that stand between a preposition and a place, and tell no more than it does."""

FIRST = frozenset("primary main active original source production home current".split())
"""Adjectives of the place whose data is copied elsewhere."""

SECOND = frozenset("paired second secondary partner recovery standby backup".split())
"""Adjectives of the place that data is copied to."""

ACTIVITIES = frozenset("hosting storage processing support analytics delivery".split())
"""Nouns of what a company does with data."""

SETTLING = frozenset({"base", "establish", "register"})
"""Verbs that tell a seat of anything with a name of its own."""

ACQUIRED = frozenset(
    "licence license subscription plan contract tenant workspace account organization "
    "organisation phone number".split()
)
"""What a customer gets in its own country."""

JOINED_BY_ITSELF = frozenset({"sign", "sign up", "bill", "subscribe", "enroll", "enrol"})
"""Verbs that nothing but a customer can be meant by."""

GETTING = frozenset({"get", "use", "default", "map", "land"})
"""Verbs whose subject is a country of customers: "African countries get …"."""

ANNOUNCING = frozenset({"following", "these", "below", "listed"})
"""What marks the noun of a lead-in that a list goes on with."""

ACCOUNTS = frozenset("user customer tenant billing client".split())
"""What makes an account one that stands for a customer, rather than for what it holds."""

SUPPORTING = frozenset("support service sales operations engineering development".split())
"""What makes people those who work for a company."""

DEFINING = frozenset({"be", "mean", "include", "comprise"})
"""Verbs between a name for a place and the place."""

LEAVING_OUT = frozenset("outside except excluding beyond besides than apart but barring "
                        "save".split())  # fmt: skip
"""Prepositions that take a place out; one that begins with such a word as well."""

INTO = frozenset({"to", "into", "onto", "toward", "towards"})
"""Prepositions of where something goes."""

OUT_OF = frozenset({"from", "out of"})
"""Prepositions of where something comes from."""

OFFERED = frozenset({"available", "supported", "offered", "possible", "accessible"})
"""Adjectives of what can be had."""

NOT_OFFERED = frozenset({"unavailable", "unsupported", "excluded"})
"""Adjectives of what cannot be had."""

CONDITIONAL = frozenset("if when unless where whenever wherever once provided should".split())
"""Words that lead a condition in."""

CUSTOMERS_OWN = frozenset("billing shipping signup invoicing tax phone mobile telephone".split())
"""What makes an address, a country or a number one of the customer."""

FALLBACK = frozenset("default fallback standard initial automatic".split())
"""Adjectives of the place that applies where nobody chose one."""

TITLES: tuple[tuple[PlaceRole, tuple[str, ...]], ...] = (
    # What a title says is not covered.
    (PlaceRole.LEFT_OUT, ("exclu", "except", "unsupported", "unavailable", "not available",
                          "not supported", "not covered", "restricted")),
    # Where the customer is, besides "customer country" and the like.
    (PlaceRole.CUSTOMER, ("customers in", "users in", "users from", "tenants in", "billing",
                          "sign-up", "signup", "your countr", "your locat", "for customers",
                          "country of residence", "sold to", "purchas")),
    # Where a company sits.
    (PlaceRole.SEAT, ("headquart", "registered", "establish", "incorporat", "entity", "entities",
                      "company", "companies", "corporate", "legal", "offices", "head office",
                      "domicil", "seat", "jurisdiction", "governing law", "contact", "address",
                      "importer", "affiliate", "subsidiar")),
    # Where copies go.
    (PlaceRole.GOES_TO, ("backup", "back-up", "failover", "fail-over", "secondary", "replica",
                         "disaster", "dr", "destination", "target", "paired", "pair", "transfer",
                         "recovery", "copies", "copy", "standby", "to",
                         "new region")),
    # Where they come from.
    (PlaceRole.COMES_FROM, ("source", "origin", "from", "exporter", "old region")),
    # What there is to choose from.
    (PlaceRole.CHOICE, ("available", "availability", "supported", "offered", "choose", "choice",
                        "choos", "select", "option", "regions")),
    # Where data rests.
    (PlaceRole.RESTS, ("stor", "at rest", "rests", "host", "resid", "kept", "location of data",
                       "retention", "data locat")),
    # Where data is worked on.
    (PlaceRole.PROCESSED, ("process", "host", "access", "inference", "comput", "served",
                           "endpoint", "execution", "runs", "run in",
                           "operated", "operation", "personnel")),
)  # fmt: skip
"""Beginnings of words of titles and labels; the first row that fits tells the role, unless a later
one is what the statement is made of."""

NOT_OF_PROCESSING = ("sub-processor", "subprocessor", "sub processor", "processor", "third part",
                     "third-part")  # fmt: skip
"""Words of a title that name a company; they begin like those of processing."""

PLACE_TITLES = ("location", "region", "country", "countries", "place", "where", "geograph",
                "geo", "zone", "territor", "city", "site", "area", "market", "data cent",
                "datacent", "server", "cluster")  # fmt: skip
"""Beginnings of titles that tell no more than that a place follows."""

RECEIVING = frozenset("collect come gather obtain originate receive".split())
"""Verbs of data that comes from people in a place."""

DEED_ROLES: Mapping[Deed, PlaceRole] = {
    Deed.STORE: PlaceRole.RESTS,
    Deed.PROCESS: PlaceRole.PROCESSED,
    Deed.ACCESS: PlaceRole.PROCESSED,
    Deed.MOVE: PlaceRole.GOES_TO,
    Deed.ASSIGN: PlaceRole.RESTS,
}
"""The role of a place where such a thing is done."""

OWN: Mapping[StatementKind, PlaceRole] = {
    StatementKind.STORED: PlaceRole.RESTS,
    StatementKind.RETAINED: PlaceRole.RESTS,
    StatementKind.PROCESSED: PlaceRole.PROCESSED,
    StatementKind.REPLICATED: PlaceRole.GOES_TO,
    StatementKind.MOVED: PlaceRole.GOES_TO,
}
"""The role of a place of which a statement of the kind is made."""

OTHERWISE: Mapping[StatementKind, PlaceRole] = {
    **OWN,
    StatementKind.EXCLUDED: PlaceRole.LEFT_OUT,
    StatementKind.NOT_SUPPORTED: PlaceRole.LEFT_OUT,
    StatementKind.DETERMINED_BY: PlaceRole.CHOICE,
    StatementKind.MEMBER: PlaceRole.CHOICE,
    StatementKind.STEP: PlaceRole.CHOICE,
    StatementKind.COMMAND: PlaceRole.CHOICE,
    StatementKind.REQUIRED: PlaceRole.CHOICE,
    StatementKind.DATE: PlaceRole.CHOICE,
    StatementKind.CONTACT: PlaceRole.SEAT,
}
"""The role of a place where no word tells it."""

DATA_ROLES = frozenset({PlaceRole.RESTS, PlaceRole.PROCESSED, PlaceRole.GOES_TO})

MOVING = frozenset({StatementKind.MOVED, StatementKind.REPLICATED})
