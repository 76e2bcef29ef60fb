"""What is said of places as tables: the matrix, countries, groups, and what is behind one; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from assistant.coverage.by_place import (
    NOT_STATED,
    NOTHING,
    Coverage,
    Ground,
    Reach,
    Row,
    Standing,
)
from assistant.coverage.placements import Effect, Placement
from corpus.facts.types import Modality, Statement, Status
from corpus.language.sentences import readable
from corpus.places import Place
from index.types import StoredDocument
from ui.shared.terminal_text import dated
from ui.web.html import escaped
from ui.web.places_tab.world_map import style_name
from ui.web.site import passage_link

_MOST_PLACES = 6
"""Places that a cell names; the others are counted."""
_MOST_CUSTOMERS = 4
"""Places of customers that are named beside one; the others are counted."""
WORLDWIDE = "worldwide"
"""In place of the id of a geography."""
_MARKS = {
    Effect.STORED: "●",
    Effect.PROCESSED: "○",
    Effect.GOES_TO: "→",
    Effect.OFFERED: "◇",
    Effect.EXCEPTED: "✕",
}
"""Signs beside the words, for the eye that runs over a table."""
_EFFECTS = tuple(Effect)
_REACHED_AS = {
    Reach.NAMED: "the country by name",
    Reach.LISTED: "a group that is listed with the country",
    Reach.GROUP: "a group, without the country",
}
_REACHED = {Reach.NAMED: "", Reach.LISTED: " (which lists it)", Reach.GROUP: " (its group)"}


def matrix_table(rows: Sequence[Row], geographies: Sequence[Place]) -> str:
    """Return services by geographies; a cell's button carries both in its data."""
    heads = "".join(f'<th scope="col">{escaped(place.name)}</th>' for place in geographies)
    body = "".join(_matrix_row(row, geographies) for row in rows)
    return (
        '<div class="places-scroll" tabindex="0" role="region" aria-label="Services by geography">'
        '<table class="places-matrix"><caption>What each service does in each geography. '
        "Choose a cell for its facts.</caption>"
        f'<thead><tr><th scope="col">Service</th>{heads}<th scope="col">Worldwide, or no place '
        f"named</th></tr></thead><tbody>{body}</tbody></table></div>"
    )


def country_table(countries: Iterable[Place], covered: Mapping[str, Coverage]) -> str:
    """Return the countries that something is said of: those named themselves first."""
    told = [(place, covered[place.id]) for place in countries if place.id in covered]
    told.sort(key=lambda one: (not one[1].named.grounds, one[0].name))
    if not told:
        return '<p class="places-none">Nothing is stated of any country.</p>'
    body = "".join(_country_row(place, coverage) for place, coverage in told)
    return (
        '<details class="places-countries"><summary>The map as a table: '
        f"{len(told)} countries</summary>"
        '<div class="places-scroll" tabindex="0" role="region" aria-label="The map as a table">'
        "<table><caption>Countries that the documents speak of, by name or by their group."
        '</caption><thead><tr><th scope="col">Country</th><th scope="col">What happens there</th>'
        '<th scope="col">Said of</th><th scope="col">Facts</th></tr></thead>'
        f"<tbody>{body}</tbody></table></div></details>"
    )


def group_table(covered: Mapping[Place, Coverage]) -> str:
    """Return the groups of countries that something is said of as such; nothing for none."""
    if not covered:
        return ""
    body = "".join(_group_row(place, coverage) for place, coverage in covered.items())
    return (
        '<details class="places-groups" open><summary>Said of groups of countries: '
        f"{len(covered)}</summary>"
        '<div class="places-scroll" tabindex="0" role="region" aria-label="Groups of countries">'
        "<table><caption>What is said of a group is said of none of its members by name."
        '</caption><thead><tr><th scope="col">Group</th><th scope="col">What happens there</th>'
        f'<th scope="col">Facts</th></tr></thead><tbody>{body}</tbody></table></div></details>'
    )


def facts_of(
    title: str,
    coverage: Coverage,
    others: Sequence[Statement],
    documents: Mapping[str, StoredDocument],
) -> str:
    """Return the facts that a standing rests on with their quotes, dates and passages.

    `others` are facts that name the place and say something else of it.
    """
    sections = "".join(
        _section(effect, [one for one in coverage.grounds if one.placement.effect is effect],
                 documents)
        for effect in Effect
    )  # fmt: skip
    nothing = "" if coverage.grounds else '<p class="places-none">Not stated in the documents.</p>'
    own = {ground.placement.fact.id for ground in coverage.grounds}
    rest = [fact for fact in others if fact.id not in own]
    items = "".join(_item(fact, "", documents) for fact in rest)
    more = (
        f'<details class="places-others"><summary>{len(rest)} other statements that name it'
        f"</summary><ul>{items}</ul></details>"
        if rest
        else ""
    )
    return (
        f'<section class="places-facts"><h3 tabindex="-1">{escaped(title)}: '
        f"{escaped(coverage.words)}</h3>{_by_service(coverage)}{nothing}{sections}{more}</section>"
    )


def _by_service(coverage: Coverage) -> str:
    """Return what is said of each service, where a place has several."""
    grounds: dict[str, list[Ground]] = {}
    for ground in coverage.grounds:
        grounds.setdefault(ground.placement.service, []).append(ground)
    if len(grounds) < 2:
        return ""
    items = "".join(
        f"<li><strong>{escaped(service)}</strong>: {escaped(Coverage(tuple(own)).words)}</li>"
        for service, own in sorted(grounds.items())
    )
    return f'<ul class="places-services">{items}</ul>'


def _matrix_row(row: Row, geographies: Iterable[Place]) -> str:
    cells = "".join(
        _cell(row.service, place.id, place.name, row.cells.get(place.id, NOTHING))
        for place in geographies
    )
    everywhere = _cell(row.service, WORLDWIDE, "worldwide or no place named", row.worldwide)
    return f'<tr><th scope="row">{escaped(row.service)}</th>{cells}{everywhere}</tr>'


def _cell(service: str, geography: str, place: str, coverage: Coverage) -> str:
    if not coverage.grounds:
        return f'<td class="places-empty">{standings_html(coverage)}</td>'
    label = f"{service}, {place}: {coverage.words}, {coverage.facts} facts"
    lines = "".join(
        f'<span class="places-line {style_name(alike.coverage.effects[0])}-line">'
        f"{standings_html(alike.coverage)} "
        f'<span class="places-named">{escaped(_few(alike.places))}</span></span>'
        for alike in by_standing(coverage)
    )
    return (
        f'<td><button type="button" class="places-choose" data-service="{escaped(service)}" '
        f'data-geography="{escaped(geography)}" aria-label="{escaped(label)}">{lines}</button></td>'
    )


class Alike(NamedTuple):
    """Places of which the same is said."""

    places: tuple[str, ...]
    """As a reader sees them: "Singapore, for customers in Japan"; empty for the whole world."""
    coverage: Coverage


def by_standing(coverage: Coverage) -> tuple[Alike, ...]:
    """Return what is said of each place of a cell, those together of which the same is said."""
    grounds: dict[str, list[Ground]] = {}
    for ground in coverage.grounds:
        grounds.setdefault(_named(ground), []).append(ground)
    alike: dict[tuple[Standing, ...], dict[str, list[Ground]]] = {}
    for name, own in grounds.items():
        alike.setdefault(Coverage(tuple(own)).standings, {})[name] = own
    return tuple(
        Alike(
            tuple(filter(None, named)),
            Coverage(tuple(ground for own in named.values() for ground in own)),
        )
        for _, named in sorted(alike.items(), key=lambda one: _EFFECTS.index(one[0][0].effect))
    )


def _few(names: Sequence[str]) -> str:
    more = len(names) - _MOST_PLACES
    return "; ".join(names[:_MOST_PLACES]) + (f" and {more} more" if more > 0 else "")


def _named(ground: Ground) -> str:
    """Return a place as a cell names it: "Singapore, for customers in Japan"."""
    if not ground.place:
        return ""
    return f"{ground.place.name}{_for_customers(ground.placement, (ground.place,))}"


def _for_customers(placement: Placement, places: Sequence[Place]) -> str:
    """Return of whose customers it is said: of those in the places themselves, or elsewhere."""
    customers = placement.customers
    if not customers:
        return ""
    if set(places) <= set(customers):
        return ", for customers there"
    more = len(customers) - _MOST_CUSTOMERS
    names = " and ".join(place.name for place in customers[:_MOST_CUSTOMERS])
    return f", for customers in {names}" + (f" and {more} more places" if more > 0 else "")


def standings_html(coverage: Coverage) -> str:
    """Return all that happens in a place, each with its sign."""
    told = "".join(
        f'<span class="places-standing"><span aria-hidden="true">{_MARKS[one.effect]}</span> '
        f"{escaped(one.words)}</span>"
        for one in coverage.standings
    )
    return told or f'<span aria-hidden="true">–</span> {NOT_STATED}'


def _country_row(place: Place, coverage: Coverage) -> str:
    code = place.id.removeprefix("country:")
    by = [_REACHED_AS[reach] for reach in Reach if reach in {g.reach for g in coverage.grounds}]
    return (
        f'<tr><th scope="row"><button type="button" class="places-choose" '
        f'data-country="{escaped(code)}">{escaped(place.name)}</button></th>'
        f"<td>{_named_and_of_groups(coverage)}</td><td>{escaped('; '.join(by))}</td>"
        f'<td class="places-number">{coverage.facts}</td></tr>'
    )


def _named_and_of_groups(coverage: Coverage) -> str:
    named, groups = coverage.named, coverage.of_groups
    shown = standings_html(named) if named.grounds else ""
    if groups.grounds:
        shown += f'<span class="places-standing">{escaped(groups.words)}</span>'
    return shown


def _group_row(place: Place, coverage: Coverage) -> str:
    return (
        f'<tr><th scope="row"><button type="button" class="places-choose" '
        f'data-group="{escaped(place.id)}">{escaped(place.name)}</button></th>'
        f"<td>{standings_html(coverage)}</td>"
        f'<td class="places-number">{coverage.facts}</td></tr>'
    )


def _section(
    effect: Effect, grounds: Sequence[Ground], documents: Mapping[str, StoredDocument]
) -> str:
    if not grounds:
        return ""
    by_fact: dict[str, list[Ground]] = {}
    for ground in grounds:
        by_fact.setdefault(ground.placement.fact.id, []).append(ground)
    items = "".join(_item(own[0].placement.fact, _of(own), documents) for own in by_fact.values())
    return f"<h4>{escaped(effect.value.capitalize())} ({len(by_fact)})</h4><ul>{items}</ul>"


def _of(grounds: Sequence[Ground]) -> str:
    """Return what places a statement is made of: "Europe (its group), for customers in Japan"."""
    told = (f"{ground.place.name}{_REACHED[ground.reach]}" for ground in grounds if ground.place)
    places = ", ".join(dict.fromkeys(told)) or "the whole world, or no place by name"
    named = tuple(ground.place for ground in grounds if ground.place)
    return places + _for_customers(grounds[0].placement, named)


def _item(fact: Statement, of: str, documents: Mapping[str, StoredDocument]) -> str:
    document = documents[fact.document]
    limits = [f"Under: {one}" for one in fact.conditions_said if one not in fact.value]
    limits += [f"Except: {one}" for one in fact.exceptions_said if one not in fact.value]
    said = [f"Said of {of}"] if of else [f"About {fact.kind.value.replace('_', ' ')}"]
    if fact.modality is Modality.MAY:
        said.append("it may be so; whether it is, is not said")
    if fact.status is not Status.CURRENT:
        said.append(fact.status.value)
    link = escaped(passage_link(fact.document, fact.span.start, fact.span.end))
    quote = escaped(readable(fact.span.of(document.text)))
    return (
        f'<li class="places-fact"><blockquote>{quote}</blockquote>'
        f'<p class="places-said">{escaped("; ".join(said))}</p>'
        + "".join(f'<p class="places-limit">{escaped(one)}</p>' for one in limits)
        + f'<a class="cite" href="{link}">{escaped(document.about.title)}</a>'
        f'<span class="places-date">, {escaped(dated(document.about.date))}</span></li>'
    )
