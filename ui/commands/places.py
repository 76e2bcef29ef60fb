"""`residency places`: how a name, or a sentence, is understood."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.settings import Settings
from corpus.places import Gazetteer, Place, PlaceKind, compile_gazetteer
from corpus.places.sets import countries_of
from corpus.places.unclear import in_country
from index.errors import IndexingError
from index.home.paths import PLACES, Home
from ui.errors import PlaceError
from ui.shared.opened import say
from ui.shared.terminal_text import inert

_MOST_COUNTRIES = 12


def places(
    name: Annotated[str, typer.Argument(help="A name, or a sentence with names.")],
    vendor: Annotated[
        str, typer.Option(help="Cloud vendor whose regions are meant, such as Azure.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON array.")] = False,
) -> None:
    """Show which places a name or a sentence names, where they lie, and who says so."""
    if not name.strip():
        raise PlaceError('places: no name. Give one such as "residency places Norway"')
    with _gazetteer() as gazetteer:
        rows = [*_rows(name, vendor, gazetteer)]
        near = () if rows else gazetteer.similar(name)
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        print("\n".join(inert(_line(row)) for row in rows) or f"{inert(name)}: no place is known")
    if near:
        proposed = ", ".join(one.name for one in near)
        say(inert(f"{name}: no place of that name. Spelt nearly so: {proposed}"))
    if not rows:
        raise typer.Exit(1)


def _rows(name: str, vendor: str, gazetteer: Gazetteer) -> Iterator[dict[str, Any]]:
    mentions = gazetteer.mentions(name, vendor)
    if not mentions and (place := gazetteer.named(name)) is not None:
        yield _row(name.strip(), place, (), gazetteer)
    for one in mentions:
        yield _row(one.words, one.place, one.others, gazetteer)


def _row(text: str, place: Place, others: Sequence[Place], gazetteer: Gazetteer) -> dict[str, Any]:
    if place.kind is PlaceKind.GROUP:
        codes = [one.country for one in countries_of(place, gazetteer)]
    else:
        codes = [place.country] if place.country else []
    codes += [one.country for one in others]
    within = [gazetteer.place(id_).name for id_ in place.within]
    record = gazetteer.record(place.id)
    return {
        "text": text,
        "name": place.name,
        "kind": place.kind.value,
        "countries": codes,
        "within": within,
        "source": record.source,
        "sure": not others,
        "may_mean": [in_country(one, gazetteer) for one in others],
    } | {key: record.extra[key] for key in ("law", "gdpr", "note") if key in record.extra}


def _line(row: Mapping[str, Any]) -> str:
    codes = row["countries"]
    shown = ", ".join(codes[:_MOST_COUNTRIES])
    more = f" and {len(codes) - _MOST_COUNTRIES} more" if len(codes) > _MOST_COUNTRIES else ""
    doubt = f"; may mean {', '.join(row['may_mean'])} too" if row["may_mean"] else ""
    inside = f"; in {', '.join(row['within'])}" if row["within"] else ""
    return f"{row['text']}: {row['name']}, {row['kind']} ({shown}{more}){doubt}{inside}"


@contextmanager
def _gazetteer() -> Iterator[Gazetteer]:
    """Yield the gazetteer of the current build; one that is made for the moment without any."""
    try:
        path = Home(Settings.load().home).current() / PLACES
        if not path.is_file():
            raise IndexingError(f"{path}: not there")
    except IndexingError:
        with tempfile.TemporaryDirectory(prefix="residency-") as folder:
            path = Path(folder) / PLACES
            compile_gazetteer(path)
            with closing(Gazetteer(path)) as gazetteer:
                yield gazetteer
        return
    with closing(Gazetteer(path)) as gazetteer:
        yield gazetteer
