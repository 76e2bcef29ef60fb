"""Split cases into dev and test so that no passage is asked about in both."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from evals.suites.evidence_places import Texts, all_evidence_places
from evals.types import Case, Place, Split

_TEST_SHARE = 0.4
_SALT = "33"
"""Chosen once, before any score was seen, so that the one large cluster that cases across
documents tie together lies in dev and every document has cases in both splits."""


def clusters(cases: Iterable[Case], texts: Texts) -> dict[str, str]:
    """Return for every case id the cluster of cases whose evidence overlaps, directly or through
    others; a case without evidence is a cluster of its own.

    The name of a cluster is stable as long as its evidence is.
    """
    owners: list[tuple[Place, str]] = []
    parents: dict[str, str] = {}
    for case in cases:
        parents[case.id] = case.id
        for place in all_evidence_places(case, texts):
            for other, owner in owners:
                if place.overlaps(other):
                    parents[_root(parents, owner)] = _root(parents, case.id)
            owners.append((place, case.id))
    names: dict[str, str] = {}
    for place, owner in owners:
        root = _root(parents, owner)
        name = _digest(f"{place.document} {place.span.of(texts[place.document].text)}")
        names[root] = min(names.get(root, name), name)
    return {case: names.get(root := _root(parents, case), _digest(root)) for case in parents}


def split_of(cluster: str) -> Split:
    """Return the split of a cluster: two of five are test, decided by its name alone."""
    share = int(_digest(_SALT + cluster)[:8], 16) / 0xFFFFFFFF
    return Split.TEST if share < _TEST_SHARE else Split.DEV


def _root(parents: dict[str, str], case: str) -> str:
    while parents[case] != case:
        parents[case] = parents[parents[case]]
        case = parents[case]
    return case


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
