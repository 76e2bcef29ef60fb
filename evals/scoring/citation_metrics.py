"""How well an answer is cited.

Citation recall and precision follow ALCE (Gao et al., "Enabling Large Language Models to Generate
Text with Citations", EMNLP 2023, section 4.3), with the check of `evals.scoring.support` in the
place of their entailment model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from evals.scoring.registry import Answered, metric
from evals.scoring.support import sentences, supported
from evals.suites.evidence_places import Texts, all_evidence_places
from evals.types import Cited, Response

LONGEST_CITATION = 600
"""Code points of a citation that counts at most."""
_MARKER = re.compile(r"\[(\d+)\]")
_MARKED = re.compile(r"(?P<said>.*?)(?P<markers>(?:\s*\[\d+\])+)|(?P<bare>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of a text and the markers of what it cites."""

    text: str
    markers: tuple[int, ...]


class Quality(NamedTuple):
    """ALCE's measures of one text; None is unscored."""

    recall: float | None
    precision: float | None


@metric(title="citation recall", column=30)
def citation_recall(answered: Answered) -> float | None:
    """The share of sentences that their cited spans, taken together, support."""
    return answered.once(_quality).recall


@metric(title="citation precision", column=40, gated=True)
def citation_precision(answered: Answered) -> float | None:
    """The share of citations that are relevant; one is irrelevant when its sentence is unsupported,
    or when it alone does not support the sentence and the others without it do.
    """
    return answered.once(_quality).precision


@metric(title="citations verbatim", column=50)
def verbatim(answered: Answered) -> float | None:
    """The share of citations that are verbatim; unscored without citations."""
    citations = answered.response.citations
    if not citations:
        return None
    return sum(is_verbatim(cited, answered.texts) for cited in citations) / len(citations)


def cites_evidence(answered: Answered) -> bool:
    """Tell whether a verbatim citation of countable length overlaps an evidence passage."""
    texts = answered.texts
    places = list(all_evidence_places(answered.case, texts))
    return any(
        is_verbatim(cited, texts)
        and len(cited.quote) <= LONGEST_CITATION
        and any(cited.place.overlaps(place) for place in places)
        for cited in answered.response.citations
    )


def is_verbatim(cited: Cited, texts: Texts) -> bool:
    """Tell whether the quotation is exactly what its span covers."""
    document = texts.get(cited.place.document)
    return (
        document is not None
        and bool(cited.quote.strip())
        and cited.place.span.of(document.text) == cited.quote
    )


def citation_quality(response: Response, texts: Texts) -> Quality:
    """Return ALCE's citation recall and precision of a text.

    The notices of the system are no claims. Both are None when nothing is claimed, precision when
    nothing is cited.
    """
    if response.abstained:
        return Quality(None, None)
    quotes = {cited.marker: cited for cited in response.citations if is_verbatim(cited, texts)}
    said = claims(response)
    if not said:
        return Quality(None, None)
    relevant = [verdict for claim in said for verdict in _relevance(claim, quotes)]
    recall = sum(_supported(claim, quotes) for claim in said) / len(said)
    return Quality(recall, sum(relevant) / len(relevant) if relevant else None)


def claims(response: Response) -> tuple[Claim, ...]:
    """Return the sentences of a text with the markers that follow them.

    Markers speak for all sentences since the markers before them, so that a list with one marker
    at its end counts as cited.
    """
    text = response.text
    for notice in response.notices:
        text = text.replace(notice, "")
    found: list[Claim] = []
    for match in _MARKED.finditer(text):
        markers = tuple(int(number) for number in _MARKER.findall(match["markers"] or ""))
        said = match["said"] if match["markers"] else match["bare"]
        found.extend(Claim(sentence, markers) for sentence in sentences(said or ""))
    return tuple(found)


def _quality(answered: Answered) -> Quality:
    return citation_quality(answered.response, answered.texts)


def _supported(claim: Claim, quotes: dict[int, Cited]) -> bool:
    """ALCE: at least one citation, all of them existing, and together they support."""
    return all(marker in quotes for marker in claim.markers) and _support(
        claim, [quotes[marker] for marker in claim.markers]
    )


def _support(claim: Claim, cited: list[Cited]) -> bool:
    return supported(claim.text, (c.quote for c in cited), (c.title for c in cited))


def _relevance(claim: Claim, quotes: dict[int, Cited]) -> list[bool]:
    if not _supported(claim, quotes):
        return [False] * len(claim.markers)
    verdicts = []
    for marker in claim.markers:
        others = [quotes[other] for other in claim.markers if other != marker]
        needless = not _support(claim, [quotes[marker]]) and _support(claim, others)
        verdicts.append(not needless)
    return verdicts
