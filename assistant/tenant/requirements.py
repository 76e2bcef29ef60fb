"""Conditions, exceptions and items of lists of conditions, read as requirements.

What cannot be read stays a requirement with its words alone, which no profile decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.tenant.tenant_names import add_on_words, name_words, wants_something
from assistant.tenant.types import Fact, Requirement
from corpus.facts.types import Condition, Term
from corpus.places import Gazetteer
from corpus.types import Span

_USERS = re.compile(r"\b(?:end[- ])?users?\b", re.I)
_TENANT = re.compile(
    r"\b(?:customers?|tenants?|organi[sz]ations?|compan(?:y|ies)|subscribers?|billing|billed|"
    r"sign(?:ed|ing)?[- ]?up|provision(?:s|ed)?)\b",
    re.I,
)
_OWN_COUNTRY = re.compile(
    r"\b(?:sign(?:ed|ing)?[- ]?up|billing|billed|registered|countr(?:y|ies)|provision(?:s|ed) its|"
    r"(?:customers?|tenants?|organi[sz]ations?) (?:\w+ ){0,4}?(?:in|from|of|location))\b",
    re.I,
)
_HOSTED = re.compile(
    r"\b(?:region|geograph\w+|geo|hosted|deploy\w*|select\w*|chos\w+|choose|environment|"
    r"workspace|instance|resource|project|account|creat\w+ (?:\w+ ){0,4}in)\b",
    re.I,
)
_HAVING = re.compile(
    r"\b(?:ha(?:s|ve|ving)|with|hold|holds|bought|purchas\w+|own|owns|subscri\w+|licen[cs]\w+|"
    r"without)\b",
    re.I,
)
_BOUGHT = re.compile(
    r"(?P<name>(?:[A-Z0-9][\w-]*)(?: [A-Z0-9][\w-]*)*) (?:add-?ons?|subscriptions?|licen[cs]es?|"
    r"plans?|units?)\b(?! (?:customer )?data)"
)
_PURCHASE = re.compile(
    r"\b(?:add-?ons?|subscriptions?|licen[cs]es?|plans?|editions?|tiers?|skus?)\b", re.I
)
_AGREEMENT = re.compile(r"\b(?P<name>(?:[A-Z]\w+ )+Agreement)\b")
_WHOLE_PAGE = re.compile(
    r"\bThis (?:list|page|document|policy|article|notice|statement|table) "
    r"(?:applies|is applicable|covers|is for)\b[^.\n]{0,200}?\b(?:governed by|under|subject to)\b"
    r"[^.\n]{0,120}"
)
_SHARE = re.compile(
    r"(?P<more>(?:greater|more|higher|larger) than|over|above|exceed\w*)?\s*"
    r"(?P<least>at least|no less than|minimum of)?\s*(?P<number>\d+(?:\.\d+)?) ?(?:%|percent)",
    re.I,
)
_EVERYBODY = re.compile(
    r"\b(?:all|every|each)(?: \w+)? users?\b(?! (?:assign|who|that|with|in (?:a|an)\b))", re.I
)
_THOSE = re.compile(r"\b(?:all|every|each)(?: \w+)? users?\b", re.I)
"""Those users that something else says of: a share of all need not be theirs, all are."""
_ELSEWHERE = re.compile(
    r"\b(?:noted|specified|described|listed|stated|mentioned|set out|defined)\b.{0,20}\b(?:below|"
    r"above|later|earlier|here|in this (?:article|section|page|document))\b",
    re.I,
)
_SURROUNDED = re.compile(r"\b(?:environments?|organi[sz]ations?|tenants?|customers?)\b", re.I)
_LATER_OF_DATA = re.compile(
    r"\b(?:delet\w+|creation|created|collect\w+|upload\w*|ingest\w+|record\w*|receipt|receiv\w+)\b",
    re.I,
)
_DATA = re.compile(r"\b(?:data|metadata|content|logs?|messages|telemetry)\b", re.I)
_CAPITAL = re.compile(r"(?<=\s)[A-Z][\w-]+")
_AGREED = re.compile(r"\b[A-Z]\w* (?:\w+ )*(?:Agreement|Addendum|Contract|Terms)\b")
_EXAMPLE = re.compile(r"\b(?:example|e\.g|such as)\b", re.I)
_OWN = re.compile(r"\b(?:you|your|yours|customers?|tenants?)\b", re.I)
_ACT = re.compile(
    r"\b(?:request\w*|asks?|instruct\w*|authori[sz]\w+|do so|does so)\b",
    re.I,
)
_PLAIN = frozenset({"region", "geography", "location", "datacenter", "data", "center"})
_ANY_TERMS = frozenset({"agreement", "addendum", "contract", "term"})
_AND = re.compile(r",? (?:and|or) ")


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of a document where a condition stands in it."""

    document: str
    about: str
    """Title, service and publisher: whose regions are meant."""
    add_ons: tuple[str, ...]
    """That its headings and lists of conditions name."""
    gazetteer: Gazetteer


def of_condition(condition: Condition, page: Page, *, excepting: bool) -> Iterator[Requirement]:
    """Yield what a condition asks of a tenant; an exception asks for the opposite.

    Nothing is yielded where the words ask nothing of a tenant: "except as noted below".
    """
    base = Requirement(
        Fact.NONE, condition.text, page.document, condition.span,
        negated=condition.negated is not excepting,
    )  # fmt: skip
    if _ELSEWHERE.search(condition.text) or _is_of_place(condition) or is_timing(condition):
        return
    if excepting and _DATA.search(condition.text) and not _TENANT.search(condition.text):
        # It says which data is left out, whoever the tenant is.
        return
    asked = _read(condition, base, page)
    if asked.fact is Fact.FEATURES and _is_service(condition, page):
        return
    excepts = excepting or (condition.negated and condition.lead == "unless")
    told = asked.fact is not Fact.NONE or asked.day is not None
    yield replace(asked, is_aside=excepts and not told and not is_of_tenant(condition.text))


def is_of_tenant(text: str) -> bool:
    """Tell whether words are of something that a tenant is, has or sets; what it may ask for or do
    once ("unless you do so") is no fact of a profile.
    """
    return _OWN.search(text) is not None and not _ACT.search(text)


def _is_service(condition: Condition, page: Page) -> bool:
    """Tell whether what is to be used is what the document is about: "you first enable Huddle"."""
    named = name_words(" ".join(_CAPITAL.findall(condition.text)))
    service = name_words(page.about)
    return bool(named) and named <= service and not wants_something(condition.text, service)


def _is_of_place(condition: Condition) -> bool:
    """Tell whether words say which place is meant, not when: "where you configured it"."""
    return (
        condition.term is Term.ENABLED
        and condition.lead == "where"
        and not wants_something(condition.text)
    )


def _read(condition: Condition, base: Requirement, page: Page) -> Requirement:
    if condition.date is not None:
        return _dated(condition, base)
    if condition.places:
        return _placed(condition, base, page)
    return _named(condition, base, page) or _of_organizations(condition, base, page)


def _named(condition: Condition, base: Requirement, page: Page) -> Requirement | None:
    """Return what is to be had, agreed or on; None where no name of it is read."""
    text, names = condition.text, condition.names
    if condition.term is Term.HAS and names and _HAVING.search(text) and _is_bought(text, page):
        return replace(base, fact=Fact.ADD_ONS, names=names)
    agreed = tuple(one for one in names if _AGREED.search(one) and add_on_words(one) - _ANY_TERMS)
    if condition.term is Term.AGREED and agreed:
        return replace(base, fact=Fact.AGREEMENT, names=agreed)
    if condition.term in (Term.ENABLED, Term.HAS) and wants_something(text):
        return replace(base, fact=Fact.FEATURES, names=tuple(_AND.split(text)))
    return None


def _is_bought(text: str, page: Page) -> bool:
    """Tell whether words are of something that is bought: what is not named is then not had."""
    if add_ons_in(text, page.add_ons):
        return True
    return bool(_PURCHASE.search(text) and (_TENANT.search(text) or _OWN.search(text)))


def _of_organizations(condition: Condition, base: Requirement, page: Page) -> Requirement:
    """Return that an add-on is had, for "in Multi-Geo environments"; else words alone."""
    named = add_ons_in(condition.text, page.add_ons)
    if named and _SURROUNDED.search(condition.text):
        return replace(base, fact=Fact.ADD_ONS, names=named)
    return base


def add_ons_in(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return those of the add-ons that a text names by all their words."""
    words = name_words(text)
    return tuple(one for one in known if add_on_words(one) <= words)


def _dated(condition: Condition, base: Requirement) -> Requirement:
    return replace(
        base,
        fact=Fact.PROVISIONED if _TENANT.search(condition.text) else Fact.NONE,
        day=condition.date,
        is_before=condition.term is Term.BEFORE,
    )


def _placed(condition: Condition, base: Requirement, page: Page) -> Requirement:
    """Return what is asked of a country or of a region; words that tell neither stay words."""
    text, places, term = condition.text, condition.places, condition.term
    if _USERS.search(text):
        return base
    if _EXAMPLE.search(text):
        return base
    if all(one.startswith("region:") for one in places):
        is_own = _is_bare(text, page) or _OWN.search(text) is not None
        return replace(base, fact=Fact.REGION, places=places) if is_own else base
    if term is Term.SIGNED_UP or _OWN_COUNTRY.search(text) or _TENANT.search(text):
        return replace(base, fact=Fact.COUNTRY, places=places, is_open=_is_open(text, page))
    if term is Term.CHOSE or _HOSTED.search(text):
        return replace(base, fact=Fact.REGION, places=places)
    return base


def is_timing(condition: Condition) -> bool:
    """Tell whether words say when something is done with data, not for whom: "after deletion"."""
    return (
        condition.term in (Term.AFTER, Term.BEFORE)
        and condition.date is None
        and len(condition.text.split()) <= 3
        and _LATER_OF_DATA.search(condition.text) is not None
    )


def of_list_item(text: str, span: Span, page: Page) -> Iterator[Requirement]:
    """Yield what an item of a list of conditions asks of a tenant."""
    base = Requirement(Fact.NONE, text, page.document, span)
    share = _SHARE.search(text)
    agreement = _AGREEMENT.search(text)
    bought = _BOUGHT.search(text)
    if share:
        names = add_ons_in(text, page.add_ons) or ((bought["name"],) if bought else ())
        if names:
            yield replace(
                base, fact=Fact.LICENCES, names=names, percent=float(share["number"]),
                is_more=share["more"] is not None,
            )  # fmt: skip
            return
    elif agreement:
        yield replace(base, fact=Fact.AGREEMENT, names=(agreement["name"],))
        return
    elif bought:
        names = add_ons_in(bought["name"], page.add_ons) or (bought["name"],)
        yield replace(base, fact=Fact.ADD_ONS, names=names)
        if _EVERYBODY.search(text):
            yield replace(base, fact=Fact.LICENCES, names=names, percent=100.0)
        elif _THOSE.search(text):
            yield replace(base, fact=Fact.LICENCES, names=names, percent=100.0, is_open=True)
        return
    elif _OWN_COUNTRY.search(text):
        yield _of_country(text, base, page)
        return
    yield base


def of_whole_page(text: str, page: Page) -> Iterator[Requirement]:
    """Yield the agreements under which all that a page says stands: "this list applies to services
    governed by the Data Protection Agreement".
    """
    for said in _WHOLE_PAGE.finditer(text):
        span = Span(said.start(), said.end())
        if agreement := _AGREEMENT.search(said.group()):
            base = Requirement(Fact.AGREEMENT, said.group(), page.document, span)
            yield replace(base, names=(agreement["name"],))


def _of_country(text: str, base: Requirement, page: Page) -> Requirement:
    mentions = page.gazetteer.mentions(text, page.about)
    is_open = _is_open(text, page)
    places = tuple(dict.fromkeys(one.place.id for one in mentions))
    if not places and not is_open:
        return base
    return replace(base, fact=Fact.COUNTRY, places=places, is_open=is_open)


def _is_bare(text: str, page: Page) -> bool:
    """Tell whether a text is hardly more than names of places: "Brazil South and East US"."""
    rest = text
    for mention in page.gazetteer.mentions(text, page.about):
        rest = rest.replace(mention.words, "")
    return len(name_words(rest) - _PLAIN) == 0


def _is_open(text: str, page: Page) -> bool:
    """Tell whether names stand in a text that are no places: "Local Region Geography"."""
    inside = [range(m.start, m.end) for m in page.gazetteer.mentions(text, page.about)]
    named = (match.start() for match in _CAPITAL.finditer(text))
    return any(not any(at in one for one in inside) for at in named)
