"""Systems that deserve a known score get it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.types import Span
from evals.runs.run import Plan, run
from evals.scoring import answer_metrics
from evals.scoring.citation_metrics import citation_quality, claims, verbatim
from evals.scoring.metrics import figures, score
from evals.scoring.registry import Answered
from evals.suites.evidence_places import FoldedText, Texts
from evals.suites.suite import Suite
from evals.types import Case, Cited, Estimate, Kind, Place, Reply, Response
from tests.evals.conftest import Scripted, cite, gold, whole


def right(case: Case, response: Response, texts: Texts) -> bool:
    return answer_metrics.right(Answered(case, response, texts)) == 1.0


def direct(case: Case, response: Response, texts: Texts) -> bool:
    return answer_metrics.direct(Answered(case, response, texts)) == 1.0


def verbatim_rate(response: Response, texts: Texts) -> float | None:
    nothing_asked = Case("", Kind.LOOKUP, ("?",), True, (), (), (), (), "")
    return verbatim(Answered(nothing_asked, response, texts))


def _figures(reply_with: object, suite: Suite, tmp_path: Path) -> dict[str, Estimate]:
    log = run(Scripted(reply_with), Plan(suite), tmp_path / "home", tmp_path / "log.jsonl")
    scores = {name: entry.score for name, entry in log.entries.items()}
    return figures(suite.cases, scores, suite.clusters)


def _value(found: dict[str, Estimate], name: str) -> float | None:
    return found[name].value


def test_gold_gets_everything(suite: Suite, tmp_path: Path) -> None:
    found = _figures(gold, suite, tmp_path)
    for name in ("right", "direct", "strict", "focus", "complete", "correct", "cited",
                 "citation_recall", "citation_precision", "verbatim", "recall_1", "mrr", "ndcg_10",
                 "abstained_true"):  # fmt: skip
        assert _value(found, name) == 1.0, name
    for name in ("subject_error", "abstained_false", "false_answer", "failed"):
        assert _value(found, name) == 0.0, name


def test_always_abstaining_is_right_only_where_nothing_is_said(
    suite: Suite, tmp_path: Path
) -> None:
    found = _figures(lambda case, s: Response("The documents do not say.", True), suite, tmp_path)
    assert _value(found, "right") == 0.25
    assert _value(found, "abstained_true") == 1.0
    assert _value(found, "abstained_false") == 1.0
    assert _value(found, "citation_recall") is None
    assert _value(found, "verbatim") is None


def test_three_chunks_are_correct_but_never_abstain(suite: Suite, tmp_path: Path) -> None:
    def dump(case: Case, s: Suite) -> Response:
        passages = [c.evidence[0] for c in suite.cases if c.evidence]
        cited = tuple(cite(s, p, n) for n, p in enumerate(passages, 1))
        text = " ".join(f"{p} [{n}]" for n, p in enumerate(passages, 1))
        return Response(text, False, cited)

    found = _figures(dump, suite, tmp_path)
    # "Oslo" is forbidden in the first case: the dump says too much there.
    assert _value(found, "right") == 0.5
    assert _value(found, "cited") == 1.0
    assert _value(found, "abstained_true") == 0.0


def test_citing_the_whole_document_is_not_right(suite: Suite, tmp_path: Path) -> None:
    filler = "x" * 700

    def cite_all(case: Case, s: Suite) -> Response:
        return replace(gold(case, s), citations=(whole(s),)) if case.answerable else gold(case, s)

    long = replace(suite, texts=suite.texts)
    assert len(whole(long).quote) < 600 < len(filler)
    found = _figures(cite_all, suite, tmp_path)
    # The small document is shorter than the limit; the same quotation made longer is refused.
    assert _value(found, "cited") == 1.0
    case = suite.cases[0]
    folded = suite.texts["harbour"]
    grown = replace(suite, texts={"harbour": type(folded).of(folded.text + filler)})
    response = Response("In Bergen. [1]", False, (whole(grown),))
    assert not right(case, response, grown.texts)
    assert right(case, Response("In Bergen. [1]", False, (cite(grown, case.evidence[0]),)),
                 grown.texts)  # fmt: skip


def test_citing_another_span_is_not_right(suite: Suite, tmp_path: Path) -> None:
    def elsewhere(case: Case, s: Suite) -> Response:
        if not case.answerable:
            return gold(case, s)
        other = "They are not copied to any other country."
        return replace(gold(case, s), citations=(cite(s, other),))

    found = _figures(elsewhere, suite, tmp_path)
    assert _value(found, "correct") == 1.0
    assert _value(found, "cited") == 0.0
    assert _value(found, "right") == 0.25
    assert _value(found, "citation_precision") == 0.0
    assert _value(found, "citation_recall") == 0.0


def test_a_quotation_that_is_not_its_span_is_not_verbatim(suite: Suite) -> None:
    case = suite.cases[0]
    cited = cite(suite, case.evidence[0])
    forged = replace(cited, quote=cited.quote.replace("Bergen", "Bodø"))
    response = Response("In Bergen. [1]", False, (forged,))
    assert verbatim_rate(response, suite.texts) == 0.0
    assert not right(case, response, suite.texts)
    half = Response("In Bergen. [1] [2]", False, (forged, replace(cited, marker=2)))
    assert verbatim_rate(half, suite.texts) == 0.5
    missing = replace(cited, place=Place("nowhere", Span(0, 3)))
    assert verbatim_rate(Response("", False, (missing,)), suite.texts) == 0.0
    blank = Cited(1, Place("harbour", Span(3, 4)), "\n")
    assert verbatim_rate(Response("", False, (blank,)), suite.texts) == 0.0


@pytest.mark.parametrize(("words", "is_right"), [(199, True), (200, True), (201, False)])
def test_more_than_200_words_are_not_right(suite: Suite, words: int, is_right: bool) -> None:
    case = suite.cases[0]
    text = "Bergen " + "so " * (words - 1)
    response = Response(text, False, (cite(suite, case.evidence[0]),))
    assert right(case, response, suite.texts) is is_right


@pytest.mark.parametrize(
    ("kind", "before", "is_direct"),
    [("lookup", 59, True), ("lookup", 60, False), ("list", 119, True), ("list", 120, False),
     ("procedure", 119, True), ("compare", 119, True), ("yesno", 60, False)],
)  # fmt: skip
def test_direct_answers_come_first(suite: Suite, kind: str, before: int, is_direct: bool) -> None:
    case = replace(suite.cases[0], kind=Kind(kind))
    response = Response("so " * before + "Bergen", False, (cite(suite, case.evidence[0]),))
    assert right(case, response, suite.texts)
    assert direct(case, response, suite.texts) is is_direct


def test_an_abstention_may_not_invent(suite: Suite) -> None:
    case = suite.cases[3]
    assert right(case, Response("Not in here.", True), suite.texts)
    assert right(case, Response("That is not stated.", False), suite.texts)
    assert not right(case, Response("It is not stated, but 3 euro.", True), suite.texts)
    assert not right(case, Response("It is cheap.", False), suite.texts)
    assert not right(suite.cases[0], Response("Bergen", True,
                     (cite(suite, suite.cases[0].evidence[0]),)), suite.texts)  # fmt: skip
    assert direct(case, Response("Not in here.", True), suite.texts)


def test_a_failed_case_is_not_right_and_otherwise_unscored(suite: Suite) -> None:
    found = score(suite.cases[0], Reply("h-1", None, "boom"), suite.texts)
    assert (found.failed, found.right) == (True, 0.0)
    assert found.values == {
        "right": 0.0, "direct": 0.0, "correct": 0.0, "strict": 0.0, "failed": 1.0,
    }  # fmt: skip


def test_markers_speak_for_the_sentences_before_them() -> None:
    response = Response("One here. Two there. [1] [2] Three. [3]\n\nA notice.", False,
                        notices=("A notice.",))  # fmt: skip
    assert [(claim.text.strip(), claim.markers) for claim in claims(response)] == [
        ("One here.", (1, 2)), ("Two there.", (1, 2)), ("Three.", (3,)),
    ]  # fmt: skip


def test_citation_quality_follows_alce(suite: Suite) -> None:
    stored, kept = suite.cases[0].evidence[0], suite.cases[1].evidence[0]
    both = (cite(suite, stored, 1), cite(suite, kept, 2))
    # Both sentences supported; the second citation of the first sentence is needless.
    text = "Files are stored in Bergen. [1] [2] Backups are kept for 35 days. [2]"
    assert citation_quality(Response(text, False, both), suite.texts) == (1.0, 2 / 3)
    # A number that stands in no cited span.
    text = "Files are stored in Bergen. [1] Backups are kept for 36 days. [2]"
    assert citation_quality(Response(text, False, both), suite.texts) == (0.5, 0.5)
    # No citation at all, and one that does not exist.
    assert citation_quality(Response("Stored in Bergen.", False), suite.texts) == (0.0, None)
    assert citation_quality(Response("Stored in Bergen. [7]", False, both), suite.texts) == (
        0.0, 0.0,
    )  # fmt: skip
    assert citation_quality(Response("", False), suite.texts) == (None, None)
    assert citation_quality(Response("Stored in Bergen.", True), suite.texts) == (None, None)


def test_both_citations_count_where_the_sentence_needs_both(suite: Suite) -> None:
    stored, kept = suite.cases[0].evidence[0], suite.cases[1].evidence[0]
    both = (cite(suite, stored, 1), cite(suite, kept, 2))
    text = "Files are stored in Bergen and backups are kept in Oslo for 35 days. [1] [2]"
    assert citation_quality(Response(text, False, both), suite.texts) == (1.0, 1.0)


def test_what_can_be_scored_is_scored_and_the_rest_is_absent(suite: Suite) -> None:
    case = suite.cases[0]
    cited = cite(suite, case.evidence[0])
    response = Response("In Bergen, it says. [1]", False, (cited,), ranking=(cited.place,))
    found = score(case, Reply(case.id, response, latency_ms=7.5), suite.texts)
    assert found.values["words"] == 5.0
    assert found.values["recall_20"] == 1.0
    assert not {"abstained_true", "unheard_of"} & set(found.values)


def test_what_is_not_right_is_not_direct(suite: Suite) -> None:
    assert not direct(suite.cases[0], Response("Bergen", False), suite.texts)


@pytest.mark.parametrize(("length", "counts"), [(599, True), (600, True), (601, False)])
def test_a_citation_of_600_code_points_counts(suite: Suite, length: int, counts: bool) -> None:
    text = "Bergen " + "x" * 700
    texts = {"harbour": FoldedText.of(text)}
    case = replace(suite.cases[0], evidence=("Bergen",))
    cited = Cited(1, Place("harbour", Span(0, length)), text[:length])
    assert right(case, Response("Bergen [1]", False, (cited,)), texts) is counts


def test_the_title_of_the_cited_document_may_be_named(suite: Suite) -> None:
    cited = replace(cite(suite, suite.cases[0].evidence[0]), title="The Quay Handbook")
    text = "As the Quay Handbook says, files are stored in Bergen. [1]"
    assert citation_quality(Response(text, False, (cited,)), suite.texts) == (1.0, 1.0)
    assert citation_quality(Response(text, False, (replace(cited, title=""),)), suite.texts) == (
        0.0, 0.0,
    )  # fmt: skip
