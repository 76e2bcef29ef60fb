"""Words by which names are told from other words with capitals, and kinds of things from data."""

from __future__ import annotations

from corpus.facts.arguments.data_categories import DATA
from corpus.language import quantities
from corpus.language.terms import LEGAL_FORMS
from corpus.language.word_classes import Thing, things, with_plurals

KINDS = frozenset(
    "service product feature component module workload application app add-on addon offering tool "
    "capability solution platform integration plugin plug-in extension connector suite "
    "agent software program edition".split()
)
"""What calls a thing that a vendor offers: titles of columns, labels, "the add-on"."""
WHOLES = frozenset("service platform product application software solution suite site".split())
"""Of these, what "the …" calls the thing that a page or a section is about."""
_MORE_PARTIES = frozenset(
    "contractor exporter importer organisation organization recipient".split()
)
PARTIES = things(Thing.COMPANY) | _MORE_PARTIES
"""What titles a column of companies."""
PLACED = frozenset(
    "region location country place city zone geography geo datacenter center centre site "
    "jurisdiction territory endpoint code".split()
)
"""What titles a column of places."""
PARTS = frozenset(
    "app page portal forum console sandbox marketplace website site blog bot assistant "
    "helper extension plugin plug-in widget gateway api sdk cli store desk helpdesk newsletter "
    "community search engine editor playground feature".split()
)
"""What a part of a service is called that has no name: "the status page"."""
_MORE_PEOPLE = frozenset("admin controller i member nobody owner partner we".split())
PEOPLE = things(Thing.PARTY, Thing.STAFF) | _MORE_PEOPLE
"""Who does something to a service, where the service is what is spoken of."""
LEADING = frozenset(
    "the a an this that these those our your their its his her all each every any some no not if "
    "when where how what which who why while whether does do did is are was can could will would "
    "may might must should in on at for from to of by with within without under and or but as so "
    "than then there here it we you they i please see note use using about also only both either "
    "neither once until unless although because however before after during since through via per "
    "between across outside inside into like such other another new yes many most more has have "
    "had let go open select choose click contact moving choosing changing".split()
)
"""Words before a name that are no part of it, whatever their capitals."""
TRAILING = frozenset(
    "data residency storage stored location locations region regions retention hosting hosted "
    "faq faqs overview policy policies notice privacy security subprocessors sub-processors "
    "subprocessor backups availability compliance question questions documentation is are "
    "processing transfer transfers and or of for in the service services app".split()
)
"""Words behind a name in a title that are no part of it."""
_PLAIN = frozenset(
    "access account activity addendum additional administration advanced africa agreement "
    "ai america annex api appendix applicable area article asia audit authority "
    "availability available average basic billing business calendar category cdn central "
    "certification changes chat clause cli cloud commission commitment company compliance "
    "condition configuration contact contract controller copy core council country csv "
    "customer date default definition deletion description detail development device "
    "directive disaster dns dpa e-mail east eea encryption end enterprise eu europe "
    "european event example exception exclusions export faq feature first free gdpr "
    "general geography global governance guide handling high hipaa home host hosting html "
    "http id identity important incident infrastructure instance international introduction "
    "ip iso json key last law legal level limit limitations list local location mailboxes "
    "management meeting model monitoring move name network no none north northern note "
    "notice number object office officer online optional order organisation organization "
    "overview owner pacific page part party payment pdf performance period personal place "
    "plan policy premium prerequisites preview pricing primary privacy pro procedure "
    "process processing processor product production protection provider public purpose "
    "recovery redundancy region regional regulation related release replica replication "
    "report request requirements residency resource responsibility rest restore retention "
    "right role safety sales scc schedule scope seat second secondary section security "
    "sensitive server service setting setup shared sign site sla soc software source south "
    "southern ssl sso staff standard state statement status step storage sub-processor "
    "subject subprocessor subscription summary supervisory support supported system table "
    "technical tenant term test third time tip title tls transfer transit type uk "
    "union update url us usa usage user value version view vpn warning web website west "
    "western work workspace world xml yes zone".split()
)
_ALONE_PLAIN = frozenset({"team", "sdk"})
"""Their plurals are names as often."""
COMMON = (
    with_plurals(_PLAIN | DATA)
    | _ALONE_PLAIN
    | frozenset(name.lower() for name in (*quantities.MONTHS, *quantities.WEEKDAYS))
    | frozenset(quantities.NUMBERS)
)
"""Words that name nothing by themselves, whatever their capitals."""
_NO_SERVICE = frozenset(
    "act addendum agreement annex area arns article authority clause commission content "
    "controller council court customer data day directive docs effects error faq framework "
    "guide information kingdom law matrix month names note officer pairs parliament party "
    "policy practice principles processor records reference region regulation request "
    "rights shield states terms union user week year".split()
)
NO_SERVICE = with_plurals(_NO_SERVICE)
"""Last words of phrases with capitals that contracts and laws define; none is a service."""
_NO_DATE = "May"
"""As often the verb."""
MONTHS = frozenset(name.lower() for name in quantities.MONTHS if name != _NO_DATE)
"""A phrase with one of them is a date."""
_SHORT_FORMS = frozenset({"co", "pbc"})
FORMS = frozenset(form.rstrip(".") for form in LEGAL_FORMS) | _SHORT_FORMS
"""Last words of companies' names."""
TAILS = frozenset("cloud platform network online service services suite saas app".split())
"""Last words of a name that are left out as often: "Ostwick Cloud" is "Ostwick"."""
ACTING = frozenset(
    "is are was were has have had can cannot may might must will shall should does do stores "
    "store keeps keep processes process holds hold runs run uses use offers offer provides "
    "provide hosts handles sends send collects supports replicates transfers encrypts "
    "deletes helps lets allows determines caches moves move operates requires receives writes "
    "reads copies retains rests lives stays never always also only isn't doesn't won't can't "
    "mirrors scans charges archives".split()
)
"""Words behind what a sentence speaks of."""
PLACING = frozenset("in from to within outside near into at between throughout across".split())
"""Words before places."""
_SINCE = ("formerly", "previously", "now", "hereinafter", "also")
_KNOWN = ("known as", "called", "referred to as")
_ALONE = (
    "formerly",
    "previously",
    "now",
    "hereinafter",
    "referred to as",
    "a.k.a.",
    "aka",
    "alias",
)


def _renamings() -> tuple[str, ...]:
    both = (f"{since} {known}" for since in _SINCE for known in _KNOWN)
    return tuple(sorted((*both, *_ALONE), key=len, reverse=True))


RENAMING = _renamings()
"""Words between a name and another of the same thing, the longest first."""
