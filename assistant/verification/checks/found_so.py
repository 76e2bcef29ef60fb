"""Whether an assertion says what reasoning over the same documents found."""

from __future__ import annotations

from assistant.reasoning.findings import Answered, Finding, Members, NotNamed, Whether
from assistant.verification.checks.alignment import Aligned, align
from assistant.verification.checks.denial import NOTHING, not_so
from assistant.verification.checks.exchanged import other_way
from assistant.verification.passages.grounds import Ground, Passage
from assistant.verification.reading.spoken import Assertion, meaning, names, read
from assistant.verification.reading.values import values
from corpus.places import Gazetteer, fold_name

_ASKED = 0.5
"""Share of an assertion that its question has to say."""
_LISTED = frozenset("list listed name include total altogether follow".split())
_CLOSED = frozenset("only all no other none every each entire both".split())
"""Words that speak of a whole set."""


def found_so(claim: Assertion, finding: Finding, question: str, gazetteer: Gazetteer) -> bool:
    """Tell whether an assertion restates the question with what was found."""
    if isinstance(finding, Members):
        return _of_members(claim, finding, question, gazetteer)
    if isinstance(finding, Whether):
        return _of_whether(claim, finding, question, gazetteer)
    return isinstance(finding, NotNamed) and _of_lack(claim, finding, question)


def _of_members(claim: Assertion, finding: Members, question: str, gazetteer: Gazetteer) -> bool:
    """The members that an assertion names are found ones, and its numbers count them."""
    if not finding.asked_number:
        # What is said of which member is for the passages to tell.
        return False
    known = [one.name for one in finding.members]
    near = " ".join((question, finding.title, *known))
    named = [one for one in known if _names(claim, one, question)]
    if not _counts(claim, finding, near) or not _within(claim, near, gazetteer):
        return False
    if claim.lemmas & _CLOSED and named and len(named) < finding.total:
        return False
    if not named and not any(not v.unit for v in claim.said.values):
        return False
    said = meaning(" ".join((finding.title, *named)))
    return _restates(claim, question, said, denied=False)


def _names(claim: Assertion, member: str, question: str) -> bool:
    own = meaning(member) - meaning(question)
    return bool(own & claim.meant)


def _counts(claim: Assertion, finding: Members, near: str) -> bool:
    """Tell whether each number is how many were found, or stands in a name."""
    raws = {value.raw for value in values(near)} | set(near.split())
    counts = {finding.total, finding.of}
    for value in claim.said.values:
        at = claim.said.parse.at(value.start, value.end)
        if not set(at) & set(claim.words):
            continue
        if value.unit and not any(value.same(other) for other in values(near)):
            return False
        if not value.unit and value.raw not in raws and not (
            value.raw.isdigit() and int(value.raw) in counts
        ):  # fmt: skip
            return False
    return not claim.said.dates


def _within(claim: Assertion, near: str, gazetteer: Gazetteer) -> bool:
    """Tell whether every place and name stands in the question or what was found."""
    folded = f" {fold_name(near)} "
    places = {m.place.id for m in gazetteer.mentions(near)}
    for mention in gazetteer.mentions(claim.said.text):
        at = set(claim.said.parse.at(mention.start, mention.end))
        known = mention.place.id in places or f" {fold_name(mention.words)} " in folded
        if at & set(claim.words) and not known:
            return False
    meant = meaning(near)
    return all(claim.said.meant[i] & meant or i in claim.placed
               for i in names(claim.said, claim.words))  # fmt: skip


def _restates(claim: Assertion, question: str, also: frozenset[str], *, denied: bool) -> bool:
    """Tell whether an assertion says what is asked, as it is asked, and adds nothing."""
    asked = _asked(question)
    if asked is None:
        return False
    one = align(claim, asked)
    unsaid = [i for i in one.missing if not claim.said.meant[i] & also]
    unsaid = [i for i in unsaid if claim.said.parse.tokens[i].lemma not in _LISTED]
    telling = [i for i in claim.telling if not claim.said.meant[i] & also]
    said = [i for i in telling if one.pairs.get(i)]
    if unsaid or len(said) < _ASKED * len(telling):
        return False
    return bool(not_so(one)) is denied and not other_way(one)


def _of_whether(claim: Assertion, finding: Whether, question: str, gazetteer: Gazetteer) -> bool:
    """An assertion affirms or denies what is asked as the finding does."""
    if finding.answer is Answered.DEPENDS or claim.proposition is None:
        return False
    because = " ".join(said.text for said in finding.because)
    near = f"{question} {because}"
    if not _within(claim, near, gazetteer) or claim.said.dates or any(
        not any(value.same(other) for other in values(near)) for value in claim.said.values
    ):  # fmt: skip
        return False
    return _restates(claim, question, meaning(because), denied=finding.answer is Answered.NO)


def _of_lack(claim: Assertion, finding: NotNamed, question: str) -> bool:
    """An assertion says that a set lacks what it was found to lack."""
    if not (claim.negated or claim.lemmas & NOTHING):
        return False
    known = meaning(f"{question} {finding.what} {finding.set_title}")
    unsaid = [i for i in claim.telling if not claim.said.meant[i] & known]
    return all(claim.said.parse.tokens[i].lemma in _LISTED for i in unsaid) and bool(
        claim.meant & meaning(finding.what)
    )


def _asked(question: str) -> Ground | None:
    text = question.rstrip("? ") + "."
    return Ground(read(text), Passage(text))
