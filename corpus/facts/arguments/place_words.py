"""Words that tell what a place has to do with what is said: data for `place_roles`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from corpus.facts.types import PlaceRole

_K = TypeVar("_K")


class Deed(StrEnum):
    """What a verb does, as far as it matters for the places around it."""

    STORE = "store"
    PROCESS = "process"
    ACCESS = "access"
    """Works on data from afar: the data can be in one place and who works on it in another."""
    MOVE = "move"
    LEAVE = "leave"
    CHOOSE = "choose"
    OFFER = "offer"
    LEAVE_OUT = "leave out"
    SEAT = "seat"
    """Says where a company sits, of whatever it is said."""
    LIE = "lie"
    """Says where something is; what that is decides."""
    JOIN = "join"
    """Signs a customer up, bills it, sets it up."""
    ASSIGN = "assign"
    """Tells which place applies where nobody chose one."""


class Thing(StrEnum):
    """What a noun stands for, as far as it matters for the places around it."""

    PARTY = "party"
    """A customer or a user."""
    COMPANY = "company"
    LAW = "law"
    """Laws, and who speaks by them."""
    STAFF = "staff"
    TRANSFER = "transfer"
    COPY = "copy"
    SITE = "site"
    """A place where data can be, by a provider's own name."""


def _table(rows: Mapping[_K, str]) -> dict[str, _K]:
    return {word.replace("_", " "): key for key, words in rows.items() for word in words.split()}


DEEDS = _table(
    {
        # To hold data at rest.
        Deed.STORE: "store keep host hold reside live rest stay remain save retain house maintain "
        "place put archive master cache persist store_up locate_at sit contain record collect "
        "restrict confine delete purge erase age land write preserve warehouse",
        # To work on data.
        Deed.PROCESS: "process manage run serve handle compute evaluate execute operate perform "
        "work render occur happen scan analyze analyse terminate answer inspect decrypt deploy "
        "carry_out train generate transcribe translate take_place",
        # To look at data, or to work on it from afar.
        Deed.ACCESS: "access view read administer open see reach log_in monitor debug grant "
        "troubleshoot retrieve query",
        # To bring data from one place to another.
        Deed.MOVE: "move send transfer ship copy replicate mirror back backup back_up fail "
        "fail_over failover export forward migrate relocate pass pass_on disclose go return "
        "distribute transmit synchronize synchronise sync switch upload stream flow hand "
        "hand_over mail e-mail relay route import geo-replicate duplicate bring divert submit "
        "deliver push share redirect switch_over fall_back transport",
        # To get out of a place.
        Deed.LEAVE: "leave exit cross",
        # To decide for one of several.
        Deed.CHOOSE: "choose select pick opt opt_in prefer decide specify pin switch_on "
        "switch_off turn_on turn_off",
        # To have something to choose from.
        Deed.OFFER: "offer support launch introduce release plan announce hand_out",
        # To say that something is not meant.
        Deed.LEAVE_OUT: "exclude except exempt omit",
        # To have the legal home somewhere.
        Deed.SEAT: "headquarter incorporate domicile seat found constitute",
        # To be somewhere.
        Deed.LIE: "be locate base situate establish register centre center create",
        # To become a customer, to pay, to get an account.
        Deed.JOIN: "sign sign_up bill provision purchase buy subscribe enroll enrol onboard "
        "contract register_in order",
        # To be given a place without a choice.
        Deed.ASSIGN: "default assign allocate get use map set",
    }
)
"""Verbs in their base form, with the particle."""

THINGS = _table(
    {
        # Who uses a service.
        Thing.PARTY: "customer tenant user organization organisation subscriber client resident "
        "citizen consumer account you those who anyone people person individual visitor "
        "laboratory school everyone everybody participant patient student learner "
        "buyer licensee hospital shopper merchant reseller guest household",
        # Who runs or sells one, and where it can be met.
        Thing.COMPANY: "company office headquarters headquarter entity subsidiary affiliate "
        "corporation representative charity establishment provider vendor partner supplier "
        "subprocessor processor seller university bank ministry we startup foundation",
        # What binds a company, and who rules by it.
        Thing.LAW: "law court authority regulator legislation jurisdiction commission "
        "statute tribunal ombudsman commissioner government decision parliament "
        "legislator agency police",
        # Who works for one.
        Thing.STAFF: "team engineer employee staff agent personnel worker contractor developer "
        "administrator operator technician specialist colleague desk",
        # Moving data, as a noun.
        Thing.TRANSFER: "transfer transmission export replication failover migration move moving "
        "copying transferring switching relocation flow disclosure movement import failback",
        # What holds the same data once more.
        Thing.COPY: "copy backup replica snapshot standby duplicate mirror failover replication "
        "fallback secondary",
        # Where data can be.
        Thing.SITE: "region zone cluster datacenter datacentre center centre realm site geo "
        "geography location cloud territory instance edition pod cell shard stack",
    }
)
"""Nouns and pronouns in their base form."""

LEGAL_FORMS = frozenset(
    "inc inc. incorporated ltd ltd. limited llc l.l.c. plc gmbh ag ab as a/s aps oy oyj bv b.v. "
    "nv n.v. sa s.a. sas s.a.s. sarl s.r.l. srl spa s.p.a. kk k.k. pty corp corp. corporation "
    "co. kg se sl s.l. lda ltda ulc lp llp z.o.o. fz-llc pte bhd eood oü uab pvt pvt.".split()
)
"""What ends the name of a company."""

DWELLING = frozenset("reside live sit be work operate dwell travel".split())
"""Verbs that tell where somebody is as well as where something is."""

AREAS = frozenset(
    "country state city area part territory jurisdiction union province member market place town "
    "nation location county continent".split()
)
"""Nouns that stand between a preposition and a place, and tell no more than it does."""

FIRST = frozenset("primary main active original source production home current".split())
"""Adjectives of the place whose data is copied elsewhere."""

SECOND = frozenset("paired second secondary partner recovery passive standby backup".split())
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

LEAVING_OUT = frozenset("outside except excluding beyond besides than apart aside but barring "
                        "excepting save".split())  # fmt: skip
"""Prepositions that take a place out; one that begins with such a word as well."""

INTO = frozenset({"to", "into", "onto", "toward", "towards"})
"""Prepositions of where something goes."""

OUT_OF = frozenset({"from", "out of"})
"""Prepositions of where something comes from."""

OFFERED = frozenset({"available", "supported", "offered", "selectable", "possible", "accessible"})
"""Adjectives of what can be had."""

NOT_OFFERED = frozenset({"unavailable", "unsupported", "excluded", "ineligible"})
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
                          "not supported", "out of scope", "not covered", "restricted")),
    # Where the customer is.
    (PlaceRole.CUSTOMER, ("customer countr", "customer locat", "customer region", "customers in",
                          "customers from", "user countr", "user locat", "users in", "users from",
                          "tenant countr", "tenant locat", "tenants in", "billing", "sign-up",
                          "signup", "your countr", "your locat", "client countr", "client locat",
                          "for customers", "country of residence", "country of customer",
                          "customer's countr", "customer's locat", "tenant's countr",
                          "tenant's locat", "user's countr", "user's locat", "account countr",
                          "organisation countr", "organization countr", "organisation's countr",
                          "organization's countr", "sold to", "ship to", "purchas")),
    # Where a company sits.
    (PlaceRole.SEAT, ("headquart", "registered", "establish", "incorporat", "entity", "entities",
                      "company", "companies", "corporate", "legal", "offices", "office locat",
                      "head office", "main office", "domicil", "seat", "jurisdiction",
                      "governing law", "contact", "address", "principal place", "vendor countr",
                      "vendor locat", "provider countr", "provider locat", "importer",
                      "affiliate", "subsidiar", "contracting part", "hq")),
    # Where copies go.
    (PlaceRole.GOES_TO, ("backup", "back-up", "failover", "fail-over", "secondary", "replica",
                         "disaster", "dr", "destination", "target", "paired", "pair", "transfer",
                         "recovery", "copies", "copy", "standby", "to", "new region",
                         "new locat")),
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
                           "support locat", "endpoint", "execution", "runs", "run in",
                           "operated", "operation", "personnel")),
)  # fmt: skip
"""Beginnings of words of titles and labels; the first row that fits tells the role, unless a later
one is what the statement is made of."""

NOT_OF_PROCESSING = ("sub-processor", "subprocessor", "sub processor", "processor", "third part",
                     "third-part")  # fmt: skip
"""Words of a title that name a company; they begin like those of processing."""

PLACE_TITLES = ("location", "region", "country", "countries", "place", "where", "geograph",
                "geo", "zone", "territor", "city", "site", "area", "market", "data cent",
                "datacent", "server", "cluster", "realm")  # fmt: skip
"""Beginnings of titles that tell no more than that a place follows."""

DEED_ROLES: Mapping[Deed, PlaceRole] = {
    Deed.STORE: PlaceRole.RESTS,
    Deed.PROCESS: PlaceRole.PROCESSED,
    Deed.ACCESS: PlaceRole.PROCESSED,
    Deed.MOVE: PlaceRole.GOES_TO,
    Deed.ASSIGN: PlaceRole.RESTS,
}
"""The role of a place where such a thing is done."""
