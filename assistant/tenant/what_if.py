"""What a change would change: "buy X", "move to Y" as another profile, and two checks compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from assistant.errors import ProfileError
from assistant.tenant.tenant_names import is_add_on, is_agreement
from assistant.tenant.types import Changed, TenantCheck
from assistant.types import EVERY_ADD_ON, Licence, Profile
from corpus.places import Gazetteer, PlaceKind

_SHARE = re.compile(r"^(?P<name>.+?) (?:for|on|at) (?P<share>\d+(?:\.\d+)?) ?(?:%|percent)$", re.I)
FORMS = (
    '"buy X", "buy X for 10%", "drop X", "move to PLACE", "choose REGION", "sign AGREEMENT", '
    '"enable X", "disable X", "use SERVICE", "provisioned on 2024-05-01"'
)
"""What can be put as a change, for messages and help."""


def changed_profile(profile: Profile, changes: Iterable[str], gazetteer: Gazetteer) -> Profile:
    """Return a profile after changes in words, one after the other.

    Raises ProfileError for a change that is not understood.
    """
    for said in changes:
        profile = _changed(profile, " ".join(said.split()), gazetteer)
    return profile


def differences(before: TenantCheck, after: TenantCheck) -> tuple[Changed, ...]:
    """Return the statements that two checks of the same documents decide differently."""
    first = {one.statement.id: one for one in before.decided}
    pairs = (Changed(first.get(one.statement.id), one) for one in after.decided)
    return tuple(
        one for one in pairs if one.before is None or one.before.outcome is not one.after.outcome
    )


def _changed(profile: Profile, said: str, gazetteer: Gazetteer) -> Profile:
    for form, change in _CHANGES:
        match = form.match(said)
        if match and match["what"].strip():
            return change(profile, match["what"].strip(), gazetteer)
    raise ProfileError(f"{said or 'if'}: not understood as a change. Write one of {FORMS}")


def _buy(profile: Profile, what: str, _: Gazetteer) -> Profile:
    match = _SHARE.match(what)
    name, share = (match["name"], float(match["share"])) if match else (what, None)
    kept = _others(profile.add_ons, name)
    licences = tuple(one for one in profile.licences if not is_add_on(one.name, name))
    same = tuple(one for one in profile.licences if is_add_on(one.name, name))
    more = (Licence(name, share),) if share is not None else same
    return replace(
        profile, add_ons=(*kept, name), licences=(*licences, *more),
        without=tuple(one for one in _others(profile.without, name) if one != EVERY_ADD_ON),
    )  # fmt: skip


def _drop(profile: Profile, what: str, _: Gazetteer) -> Profile:
    return replace(
        profile,
        add_ons=_others(profile.add_ons, what),
        licences=tuple(one for one in profile.licences if not is_add_on(one.name, what)),
        features=_others(profile.features, what),
        without=(*_others(profile.without, what), what),
    )


def _move(profile: Profile, what: str, gazetteer: Gazetteer) -> Profile:
    """Move the tenant to a country, or its data to what is no country but a place."""
    place = gazetteer.named(what)
    if place is None:
        near = ", ".join(one.name for one in gazetteer.similar(what))
        hint = f" Spelt nearly so: {near}." if near else ""
        raise ProfileError(f"{what}: no place of that name is known.{hint} Give its English name")
    if place.kind is PlaceKind.COUNTRY:
        return replace(profile, country=place.name)
    return replace(profile, region=what)


def _choose(profile: Profile, what: str, _: Gazetteer) -> Profile:
    return replace(profile, region=what)


def _sign(profile: Profile, what: str, _: Gazetteer) -> Profile:
    name = what if is_agreement(what, what) is not None else ""
    if not name:
        raise ProfileError(
            f"{what}: no type of agreement. Write it like: sign Enterprise Agreement"
        )
    return replace(profile, agreement=name)


def _enable(profile: Profile, what: str, _: Gazetteer) -> Profile:
    features = (*_others(profile.features, what), what)
    return replace(profile, features=features, without=_others(profile.without, what))


def _use(profile: Profile, what: str, _: Gazetteer) -> Profile:
    if not profile.services:
        # Where none is named, statements of all of them are checked already.
        return profile
    return replace(profile, services=(*_others(profile.services, what), what))


def _provision(profile: Profile, what: str, _: Gazetteer) -> Profile:
    try:
        return replace(profile, provisioned=date.fromisoformat(what))
    except ValueError:
        raise ProfileError(f"{what}: no date. Write it like 2024-05-01") from None


def _others(names: Iterable[str], name: str) -> tuple[str, ...]:
    return tuple(one for one in names if one != name and not is_add_on(one, name))


_Change = Callable[[Profile, str, Gazetteer], Profile]


def _form(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:we )?(?:{words})\s+(?:the |an? )?(?P<what>.+)$", re.I)


_CHANGES: tuple[tuple[re.Pattern[str], _Change], ...] = (
    (_form("buy|bought|add|purchase|have|had|get"), _buy),
    (_form("drop|dropped|cancel|lose|without|do not have"), _drop),
    (_form("(?:move|moved|sign up|signed up)(?: to| in)|country"), _move),
    (_form("choose|chose|region|select"), _choose),
    (_form("sign|signed|agreement"), _sign),
    (_form("enable|enabled|turn on|turned on|configure"), _enable),
    (_form("disable|disabled|turn off|turned off"), _drop),
    (_form("use|used|start using"), _use),
    (_form("(?:are |were )?provision(?:ed)?(?: on)?"), _provision),
)
