"""What is said of places as tables: the matrix, the countries, and the facts behind one; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assistant.coverage.by_place import NOTHING, Coverage, Ground, Row, Standing
from assistant.coverage.placements import Effect
from corpus.facts.types import Statement, Status
from corpus.places import Place
from index.types import StoredDocument
from ui.shared.terminal_text import dated
from ui.web.html import escaped
from ui.web.places_tab.world_map import style_name
from ui.web.site import passage_link

_MOST_PLACES = 6
"""Places that a cell names; the others are counted."""
WORLDWIDE = "worldwide"
"""In place of the id of a geography."""
_MARKS = {
    Standing.STORED: "●",
    Standing.STORED_WITH_EXCEPTIONS: "◐",
    Standing.PROCESSED: "○",
    Standing.PROCESSED_WITH_EXCEPTIONS: "◌",
    Standing.EXCEPTED: "✕",
    Standing.NOT_STATED: "–",
}
"""Signs beside the words, for the eye that runs over a table."""


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
    told.sort(key=lambda one: (bool(one[1].regions), one[0].name))
    if not told:
        return '<p class="places-none">Nothing is stated of any country.</p>'
    body = "".join(_country_row(place, coverage) for place, coverage in told)
    return (
        '<details class="places-countries"><summary>The map as a table: '
        f"{len(told)} countries</summary>"
        '<div class="places-scroll" tabindex="0" role="region" aria-label="The map as a table">'
        "<table><caption>Countries that the documents speak of, by name or by their region."
        '</caption><thead><tr><th scope="col">Country</th><th scope="col">What happens there</th>'
        '<th scope="col">Said of</th><th scope="col">Facts</th></tr></thead>'
        f"<tbody>{body}</tbody></table></div></details>"
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
        f"{escaped(coverage.standing.value)}</h3>{nothing}{sections}{more}</section>"
    )


def _matrix_row(row: Row, geographies: Iterable[Place]) -> str:
    cells = "".join(
        _cell(row.service, place.id, place.name, row.cells.get(place.id, NOTHING))
        for place in geographies
    )
    everywhere = _cell(row.service, WORLDWIDE, "worldwide or no place named", row.worldwide)
    return f'<tr><th scope="row">{escaped(row.service)}</th>{cells}{everywhere}</tr>'


def _cell(service: str, geography: str, place: str, coverage: Coverage) -> str:
    if not coverage.grounds:
        return f'<td class="places-empty">{_standing(coverage)}</td>'
    named = coverage.places
    more = len(named) - _MOST_PLACES
    places = ", ".join(named[:_MOST_PLACES]) + (f" and {more} more" if more > 0 else "")
    label = f"{service}, {place}: {coverage.standing.value}, {coverage.facts} facts"
    return (
        f'<td class="{style_name(coverage.standing)}"><button type="button" '
        f'class="places-choose" data-service="{escaped(service)}" '
        f'data-geography="{escaped(geography)}" aria-label="{escaped(label)}">'
        f"{_standing(coverage)}</button>"
        f'<span class="places-named">{escaped(places)}</span></td>'
    )


def _standing(coverage: Coverage) -> str:
    mark = _MARKS[coverage.standing]
    return f'<span aria-hidden="true">{mark}</span> {escaped(coverage.standing.value)}'


def _country_row(place: Place, coverage: Coverage) -> str:
    code = place.id.removeprefix("country:")
    by = f"its region: {', '.join(coverage.regions)}" if coverage.regions else "the country by name"
    return (
        f'<tr><th scope="row"><button type="button" class="places-choose" '
        f'data-country="{escaped(code)}">{escaped(place.name)}</button></th>'
        f"<td>{_standing(coverage)}</td><td>{escaped(by)}</td>"
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


def _of(grounds: Iterable[Ground]) -> str:
    """Return what places a fact is said of: "Europe (its region)"."""
    told = (
        f"{ground.place.name} (its region)" if ground.by_region else ground.place.name
        for ground in grounds
        if ground.place
    )  # fmt: skip
    return ", ".join(dict.fromkeys(told)) or "the whole world, or no place by name"


def _item(fact: Statement, of: str, documents: Mapping[str, StoredDocument]) -> str:
    document = documents[fact.document]
    limits = [f"Under: {one}" for one in fact.conditions_said if one not in fact.value]
    limits += [f"Except: {one}" for one in fact.exceptions_said if one not in fact.value]
    said = [f"Said of {of}"] if of else [f"About {fact.kind.value.replace('_', ' ')}"]
    if fact.status is not Status.CURRENT:
        said.append(fact.status.value)
    link = escaped(passage_link(fact.document, fact.span.start, fact.span.end))
    return (
        f'<li class="places-fact"><blockquote>{escaped(fact.span.of(document.text))}</blockquote>'
        f'<p class="places-said">{escaped("; ".join(said))}</p>'
        + "".join(f'<p class="places-limit">{escaped(one)}</p>' for one in limits)
        + f'<a class="cite" href="{link}">{escaped(document.about.title)}</a>'
        f'<span class="places-date">, {escaped(dated(document.about.date))}</span></li>'
    )
