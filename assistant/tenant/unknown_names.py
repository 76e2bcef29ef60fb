"""Countries, regions, add-ons, features and services of a profile that nobody knows: named, not
ignored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.tenant.tenant_names import is_add_on, is_feature, is_service
from assistant.types import EVERY_ADD_ON, Profile
from corpus.places import Gazetteer, PlaceKind


def unknown_of(
    profile: Profile,
    add_ons: Sequence[str],
    services: Sequence[str],
    features: Sequence[str],
    gazetteer: Gazetteer,
) -> tuple[str, ...]:
    """Return a sentence for each name that no document or no list of places has.

    `add_ons`, `services` and `features` are what the documents name.
    """
    return (
        *_places(profile, gazetteer),
        *_add_ons(profile, add_ons, features),
        *_features(profile, features, (*add_ons, *services)),
        *_services(profile, services),
    )


def _places(profile: Profile, gazetteer: Gazetteer) -> Iterator[str]:
    if profile.country:
        place = gazetteer.named(profile.country)
        if place is None or place.kind is not PlaceKind.COUNTRY:
            near = ", ".join(one.name for one in gazetteer.similar(profile.country))
            hint = f" Spelt nearly so: {near}." if near else ""
            yield (
                f"{profile.country}: no country of that name is known, so nothing is decided by "
                f"it.{hint}"
            )
    if profile.region and gazetteer.named(profile.region) is None:
        yield (f"{profile.region}: no region of that name is known, so nothing is decided by it.")


def _add_ons(profile: Profile, add_ons: Sequence[str], features: Sequence[str]) -> Iterator[str]:
    named = (*profile.add_ons, *(one.name for one in profile.licences))
    for name in dict.fromkeys((*named, *profile.without)):
        if name == EVERY_ADD_ON or any(is_add_on(name, one) for one in add_ons):
            continue
        if any(is_feature(name, one) for one in features):
            continue
        yield f"{name}: no document names an add-on, a licence or a feature of that name."


def _features(profile: Profile, features: Sequence[str], others: Sequence[str]) -> Iterator[str]:
    for name in dict.fromkeys(profile.features):
        if any(is_feature(name, one) for one in (*features, *others)):
            continue
        if not any(is_add_on(name, one) for one in others):
            yield f"{name}: nothing in the documents depends on a feature of that name."


def _services(profile: Profile, services: Sequence[str]) -> Iterator[str]:
    for name in profile.services:
        if not any(is_service(name, (one,)) for one in services):
            yield f"{name}: no document is about a service of that name."
