"""The review queue on the page: why, what is said today, what differs; for who may approve."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from lxml import html as lxml_html

from assistant import Assistant
from assistant.library.approving import Approving, of_text, to_keep
from assistant.library.review import Kind, Words
from assistant.library.types import Approver, Right
from assistant.settings import Settings
from tests.paths import ROOT
from ui.errors import MayNotApprove
from ui.web.access.callers import access_of
from ui.web.access.users_file import Users
from ui.web.questionnaire_tab import review_view as view
from ui.web.questionnaire_tab.review_events import decided_on, queue_page
from ui.web.questionnaire_tab.tab import approver_of
from ui.web.site import Site

_ANN = Approver("ann", Right.APPROVER)


def test_what_differs_is_told_by_marks_and_nothing_is_mark_up() -> None:
    told = view.difference([Words(Kind.GONE, "<b>"), Words(Kind.NEW, "new"), Words(Kind.SAME, "x")])
    tree = lxml_html.fromstring(f"<div>{told}</div>")
    assert [(one.tag, one.text) for one in tree] == [("del", "<b>"), ("ins", "new"), ("span", "x")]


def test_an_answer_that_is_due_is_shown_beside_todays(assistant: Assistant) -> None:
    site = Site(assistant)
    nothing = queue_page(site, "web:ann", 1).told
    assert "Nothing to decide on" in lxml_html.fromstring(nothing).text_content()
    long_ago = dt.date(2020, 1, 1)
    question = "How long are Intune audit logs kept?"
    with assistant.reading() as index:
        approval = of_text(question, "For ten years.", Approving(_ANN, long_ago), index)
        kept = to_keep(approval, assistant.library, index)
    assistant.library.keep((kept,), _ANN)
    try:
        page = lxml_html.fromstring(f"<div>{queue_page(site, 'web:ann', 7).told}</div>")
        with pytest.raises(MayNotApprove):
            decided_on(_nobody_may(assistant), "web:ann", (), approval.id, "drop")
        assert "show the queue anew" in decided_on(site, "web:ann", (), approval.id, "drop")
        assert assistant.library.entry(approval.id).withdrawn == ""
    finally:
        assistant.library.withdraw(assistant.library.entry(approval.id), _ANN, "tried")
    told = page.text_content()
    assert [
        (one.get("data-entry"), one.get("data-decision"), one.get("aria-label"))
        for one in page.iter("button")
    ] == [
        (approval.id, "today", f"Approve today's answer in its place: {question}"),
        (approval.id, "keep", f"Keep the approved answer: {question}"),
        (approval.id, "drop", f"Drop it: {question}"),
    ]
    assert "1 to 1 of 1 to decide on." in told
    assert question in told
    assert "void" in told
    assert "Approved by ann on 2020-01-01For ten years." in told
    assert "Today: answered" in told


def _nobody_may(assistant: Assistant) -> Site:
    return Site(assistant, may_approve=lambda owner: False)


def test_one_whom_a_proxy_names_approves_under_that_name(assistant: Assistant) -> None:
    settings = Settings(
        home=ROOT, proxy_user_header="X-User", proxy_addresses="10.0.0.7", approvers="ann",
    )  # fmt: skip
    access = access_of(settings, "127.0.0.1")
    site = Site(assistant, access.may_manage, access.may_approve, access.people, has_names=True)
    assert approver_of(site, "web:ann") == _ANN
    with pytest.raises(MayNotApprove, match="behind a proxy with RESIDENCY_APPROVERS"):
        approver_of(site, "web:ben")


def test_who_may_approve_is_told_by_the_file_of_users(tmp_path: Path, assistant: Assistant) -> None:
    users = Users(tmp_path / "users.json")
    users.add("ann", "a long pass phrase", approver=True)
    users.add("ben", "another pass phrase", manager=True)
    access = access_of(Settings(home=ROOT, users_file=tmp_path / "users.json"), "0.0.0.0")
    site = Site(assistant, access.may_manage, access.may_approve, access.people, has_names=True)
    assert site.people() == ("ann", "ben")
    assert approver_of(site, "web:ann") == _ANN
    with pytest.raises(MayNotApprove, match="ben: may not approve"):
        approver_of(site, "web:ben")


@pytest.mark.parametrize(("host", "may"), [("127.0.0.1", True), ("0.0.0.0", False)])
def test_without_users_whoever_sits_at_the_machine_approves(
    host: str, may: bool, assistant: Assistant
) -> None:
    access = access_of(Settings(home=ROOT), host)
    site = Site(assistant, access.may_manage, access.may_approve, access.people)
    assert access.people() == ()
    if may:
        assert approver_of(site, "web:guest:1").right is Right.OPERATOR
        return
    with pytest.raises(MayNotApprove):
        approver_of(site, "web:guest:1")
