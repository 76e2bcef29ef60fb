"""Classes of verbs and nouns of this field: what is done to data, and who or what does it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

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


def word_table(rows: Mapping[_K, str]) -> dict[str, _K]:
    """Return what each word stands for; words are parted by blanks, their own by underscores."""
    return {word.replace("_", " "): key for key, words in rows.items() for word in words.split()}


DEEDS = word_table(
    {
        # To hold data at rest.
        Deed.STORE: "store keep host hold reside live rest stay remain save retain house maintain "
        "place put archive master cache persist store_up sit contain record collect "
        "restrict confine delete purge erase remove destroy wipe discard expire age "
        "land write preserve warehouse",
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
        "hand_over mail e-mail relay route import geo-replicate duplicate bring submit "
        "deliver push share redirect transport",
        # To get out of a place.
        Deed.LEAVE: "leave exit cross",
        # To decide for one of several.
        Deed.CHOOSE: "choose select pick opt opt_in prefer decide specify pin switch_on "
        "switch_off turn_on turn_off",
        # To have something to choose from.
        Deed.OFFER: "offer support launch introduce release plan announce",
        # To say that something is not meant.
        Deed.LEAVE_OUT: "exclude except exempt omit",
        # To have the legal home somewhere.
        Deed.SEAT: "headquarter incorporate domicile seat found constitute",
        # To be somewhere.
        Deed.LIE: "be locate base establish register centre center create",
        # To become a customer, to pay, to get an account.
        Deed.JOIN: "sign sign_up bill provision purchase buy subscribe enroll enrol onboard "
        "contract register_in order",
        # To be given a place without a choice.
        Deed.ASSIGN: "default assign allocate get use map set",
    }
)
"""Verbs in their base form, with the particle."""

THINGS = word_table(
    {
        # Who uses a service.
        Thing.PARTY: "customer tenant user organization organisation subscriber client resident "
        "citizen consumer account you those who anyone people person individual visitor "
        "school everyone everybody participant student "
        "buyer merchant reseller guest household",
        # Who runs or sells one, and where it can be met.
        Thing.COMPANY: "company office headquarters headquarter entity subsidiary affiliate "
        "corporation representative charity establishment provider vendor partner supplier "
        "subprocessor sub-processor subcontractor sub-contractor processor seller "
        "university bank we startup foundation",
        # What binds a company, and who rules by it.
        Thing.LAW: "law court authority regulator legislation jurisdiction commission "
        "statute commissioner government decision parliament "
        "agency police act regulation directive convention gdpr ccpa cpra hipaa "
        "dpa code shield clause",
        # Who works for one.
        Thing.STAFF: "team engineer employee staff agent personnel worker contractor developer "
        "administrator operator colleague desk",
        # Moving data, as a noun.
        Thing.TRANSFER: "transfer transmission export replication failover migration move moving "
        "copying transferring switching relocation flow disclosure movement import",
        # What holds the same data once more.
        Thing.COPY: "copy backup replica snapshot standby duplicate mirror failover replication "
        "fallback secondary",
        # Where data can be.
        Thing.SITE: "region zone cluster datacenter center centre site geo "
        "geography location cloud territory instance edition pod cell shard stack",
    }
)
"""Nouns and pronouns in their base form."""


def things(*classes: Thing) -> frozenset[str]:
    """Return the nouns of some classes."""
    return frozenset(word for word, thing in THINGS.items() if thing in classes)


def deeds(*classes: Deed) -> frozenset[str]:
    """Return the verbs of some classes."""
    return frozenset(word for word, deed in DEEDS.items() if deed in classes)


def with_plurals(words: Iterable[str]) -> frozenset[str]:
    """Return nouns with their plurals."""
    return frozenset(form for word in words for form in (word, _plural(word)))


def _plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2:-1] not in "aeo" else f"{word}s"
