"""Comparisons of two things are decided by the values that passages give of them."""

from __future__ import annotations

import pytest

from assistant.verification import unsupported
from corpus.places import Gazetteer

AUDIT = "Audit logs are kept for 90 days."
ACCESS = "Access logs are kept for 30 days."
KEPT = [AUDIT, ACCESS]
BOTH = ["Audit logs are kept for three months and access logs for 30 days."]
SAID = ["Audit logs are kept longer than access logs."]
LEAVE = ["Drafts must not leave the region.", "Invoices may leave the region."]
ALIKE = [AUDIT, "Trace logs are kept for 90 days."]
PLANS = ["The limit of plan Alder is 40 GB.", "The limit of plan Birch is 25 GB."]
REGIONS = ["Alder has five regions and two plans.", "Birch has three regions and seven plans."]
COPIED = ["Drafts are not replicated.", "Invoices are not replicated."]
DATED = ["The Alder service ended on 1 May 2024.", "The Birch service ended on 3 June 2025."]
HALLS = ["Drafts are stored in Oslo.", "Invoices are stored in Oslo.", "Keys are stored in Lima."]

HALVES = ["Copies are kept for 35 days in the home region and for 7 days in the mirror region."]
TURNED = ["Keys are turned over every 90 days.", "Seals are turned over once a year."]
AFTER = ["Mail is erased 90 days after the request.", "Files are erased 30 days after the request."]
THREE = [*KEPT, "Trace logs are kept for one year."]


@pytest.mark.parametrize(
    ("sentence", "passages"),
    [
        ("Audit logs are kept longer than access logs.", KEPT),
        ("Audit logs are kept longer than access logs.", BOTH),
        ("Access logs are kept for a shorter time than audit logs are.", KEPT),
        ("Audit logs are kept for 90 days, three times as long as access logs.", KEPT),
        ("Audit logs are kept for 90 days, which is longer than access logs are kept.", KEPT),
        ("Audit logs are kept for 90 days, which is much longer than the 30 days for which access"
         " logs are kept.", KEPT),
        ("Audit logs are kept longer than access logs.", SAID),
        ("Access logs are kept for a shorter time than audit logs.", SAID),
        ("Unlike drafts, invoices may leave the region.", LEAVE),
        ("Audit logs and trace logs are kept for the same time.", ALIKE),
        ("Audit logs are kept as long as trace logs.", ALIKE),
        ("Audit logs are kept for the same period as trace logs.", ALIKE),
        ("Neither drafts nor invoices are replicated.", COPIED),
        ("The limit of plan Alder is higher than that of plan Birch.", PLANS),
        ("Alder has more regions than Birch.", REGIONS),
        ("The Birch service ended later than the Alder service.", DATED),
        ("Drafts and invoices are stored in the same city.", HALLS),
        ("Copies are kept longer in the home region than in the mirror region.", HALVES),
        ("Copies are kept five times as long in the home region as in the mirror region.", HALVES),
        ("Keys are turned over more often than seals.", TURNED),
        ("Mail is erased later than files.", AFTER),
        ("Trace logs are kept longest.", THREE),
    ],
)  # fmt: skip
def test_what_the_values_of_both_sides_say_is_let_through(
    gazetteer: Gazetteer, sentence: str, passages: list[str]
) -> None:
    assert unsupported(sentence, passages, gazetteer) == ""


@pytest.mark.parametrize(
    ("sentence", "passages", "said"),
    [
        ("Access logs are kept longer than audit logs.", KEPT, "30 days is not longer than 90"),
        ("Access logs are kept longer than audit logs.", BOTH, "is not longer than three months"),
        ("Audit logs are kept for 90 days, twice as long as access logs.", KEPT, "is not twice"),
        ("Audit logs are kept for 80 days, which is longer than access logs are kept.", KEPT, ""),
        ("Unlike invoices, drafts may leave the region.", LEAVE, ""),
        ("Unlike audit logs, trace logs are kept for 90 days.", ALIKE, "the same of audit logs"),
        ("Audit logs and access logs are kept for the same time.", KEPT, "not the same"),
        ("Neither drafts nor invoices may leave the region.", LEAVE, ""),
        ("The limit of plan Birch is higher than that of plan Alder.", PLANS, "25 GB is not"),
        ("Birch has more regions than Alder.", REGIONS, "three is not more"),
        ("The Alder service ended later than the Birch service.", DATED, "is not later"),
        ("Drafts and keys are stored in the same city.", HALLS, "Oslo is not the same as Lima"),
        ("Access logs are kept longer than audit logs.", SAID, "the other way"),
        ("Copies are kept longer in the mirror region than in the home region.", HALVES, "7 days"),
        ("Seals are turned over more often than keys.", TURNED, "not more often than"),
        ("Files are erased later than mail.", AFTER, "30 days is not later than 90 days"),
        ("Access logs are kept longest.", THREE, "30 days is shorter than"),
        ("Billing logs are kept longer than access logs.", KEPT, ""),
    ],
)  # fmt: skip
def test_the_contrary_is_withheld_with_the_values(
    gazetteer: Gazetteer, sentence: str, passages: list[str], said: str
) -> None:
    reason = unsupported(sentence, passages, gazetteer)
    assert reason
    assert said in reason
