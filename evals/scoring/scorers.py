"""Scores of one reply: pure functions of case, reply and document texts.

Sources: *right* and *direct* are the rules by which the product is judged (evals/cases/README.md).
Citation recall and precision follow ALCE (Gao et al., "Enabling Large Language Models to Generate
Text with Citations", EMNLP 2023, section 4.3), with the check of `evals.scoring.support` in the
place of their entailment model. Ranks follow their usual definitions in information retrieval; the
sums come from ir-measures (`evals.scoring.ranking`).
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass

from evals.scoring.ranking import Ranks, ranks
from evals.scoring.support import sentences, supported
from evals.suites.case_files import accepts, says_all
from evals.suites.evidence_places import Texts, evidence_places
from evals.types import Case, Cited, Kind, Reply, Response, Score

LONGEST_TEXT = 200
"""Words of a right answer at most."""
LONGEST_CITATION = 600
"""Code points of a citation that counts at most."""
_DIRECT_WORDS = 60
_DIRECT_WORDS_LONG = 120
_LONG_KINDS = (Kind.LIST, Kind.PROCEDURE)
_MARKER = re.compile(r"\[(\d+)\]")
_MARKED = re.compile(r"(?P<said>.*?)(?P<markers>(?:\s*\[\d+\])+)|(?P<bare>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of a text and the markers of what it cites."""

    text: str
    markers: tuple[int, ...]


def score(case: Case, reply: Reply, texts: Texts) -> Score:
    """Return all scores of a reply; a case that failed is not right, the rest is unscored."""
    response = reply.response
    if response is None:
        return Score(case.id, True, 0.0, 0.0, 0.0, None)
    recall, precision = citation_quality(response, texts)
    found = _ranks(case, response, texts)
    return Score(
        case=case.id,
        failed=False,
        right=float(right(case, response, texts)),
        direct=float(direct(case, response, texts)),
        correct=float(accepts(case, response.text)),
        abstained=float(response.abstained),
        cited=float(cites_evidence(case, response, texts)) if case.answerable else None,
        citation_recall=recall,
        citation_precision=precision,
        verbatim=verbatim_rate(response, texts),
        **(asdict(found) if found else {}),
        words=float(len(response.text.split())),
        latency_ms=reply.latency_ms,
    )


def right(case: Case, response: Response, texts: Texts) -> bool:
    """Every `must` group matches, no `must_not` does, at most 200 words, not abstained, and a
    verbatim citation of at most 600 characters overlaps the evidence. An unanswerable case is
    right when the system abstains or its text says so, and no `must_not` matches.
    """
    if not case.answerable:
        harmless = accepts(case, response.text) or accepts(_unasked(case), response.text)
        return harmless if response.abstained else accepts(case, response.text)
    return (
        accepts(case, response.text)
        and len(response.text.split()) <= LONGEST_TEXT
        and not response.abstained
        and cites_evidence(case, response, texts)
    )


def direct(case: Case, response: Response, texts: Texts) -> bool:
    """Right, and the `must` groups match in the first 60 words already (120 for lists and
    procedures).
    """
    if not right(case, response, texts):
        return False
    limit = _DIRECT_WORDS_LONG if case.kind in _LONG_KINDS else _DIRECT_WORDS
    opening = " ".join(response.text.split()[:limit])
    return not case.answerable or says_all(case, opening)


def cites_evidence(case: Case, response: Response, texts: Texts) -> bool:
    """Tell whether a verbatim citation of countable length overlaps an evidence passage."""
    places = [place for passage in evidence_places(case, texts) for place in passage]
    return any(
        is_verbatim(cited, texts)
        and len(cited.quote) <= LONGEST_CITATION
        and any(cited.place.overlaps(place) for place in places)
        for cited in response.citations
    )


def is_verbatim(cited: Cited, texts: Texts) -> bool:
    """Tell whether the quotation is exactly what its span covers."""
    document = texts.get(cited.place.document)
    return (
        document is not None
        and bool(cited.quote.strip())
        and cited.place.span.of(document.text) == cited.quote
    )


def verbatim_rate(response: Response, texts: Texts) -> float | None:
    """Return the share of citations that are verbatim; None without citations."""
    if not response.citations:
        return None
    return sum(is_verbatim(cited, texts) for cited in response.citations) / len(response.citations)


def citation_quality(response: Response, texts: Texts) -> tuple[float | None, float | None]:
    """Return ALCE's citation recall and precision of a text.

    Recall: the share of sentences that their cited spans, taken together, support. Precision: the
    share of citations that are relevant; one is irrelevant when its sentence is unsupported, or
    when it alone does not support the sentence and the others without it do. The notices of the
    system are no claims. Both are None when nothing is claimed, precision when nothing is cited.
    """
    if response.abstained:
        return None, None
    quotes = {cited.marker: cited for cited in response.citations if is_verbatim(cited, texts)}
    said = claims(response)
    if not said:
        return None, None
    relevant = [verdict for claim in said for verdict in _relevance(claim, quotes)]
    recall = sum(_supported(claim, quotes) for claim in said) / len(said)
    return recall, (sum(relevant) / len(relevant) if relevant else None)


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


def _unasked(case: Case) -> Case:
    """Return the case without its `must`: an abstention need not word it in any way."""
    return Case(
        case.id, case.kind, case.turns, case.answerable, case.docs, (), case.must_not, (), ""
    )


def _ranks(case: Case, response: Response, texts: Texts) -> Ranks | None:
    if not case.answerable or response.ranking is None:
        return None
    return ranks(response.ranking, evidence_places(case, texts))
