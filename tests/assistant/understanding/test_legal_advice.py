"""What the law demands of the asker is for a lawyer; what documents say of laws is not."""

from __future__ import annotations

import pytest

from assistant.understanding.legal_advice import asks_legal_advice


@pytest.mark.parametrize(
    "question",
    ["Is this GDPR compliant?", "Are we allowed by law to store it abroad?",
     "Should we sign the DPA?", "Is it legal to keep customer data in the US?",
     "Does that comply with the GDPR?", "Would this violate German law?",
     "Can we be fined for that?", "Do we legally have to keep the data in Germany?",
     "What does the GDPR require of us here?", "Are we liable if they move the data?",
     "Is it safe to accept these terms?", "May we export patient data under HIPAA?"],
)  # fmt: skip
def test_legal_advice_is_told(question: str) -> None:
    assert asks_legal_advice(question)


@pytest.mark.parametrize(
    "question",
    ["Is the service ISO 27001 certified?", "Which court would be competent?",
     "Which law governs the agreement?", "Is a mailbox on Litigation Hold moved?",
     "Are we allowed to move the tenant?", "Do we have to sign up again?",
     "Should we sign in with the admin account?", "Do they have a legal entity in the EU?",
     "When will the services become compliant with the EU Data Boundary?",
     "Can law enforcement agencies access the data?", "Do we need an Enterprise Agreement?",
     "Our lawyer asks where the data sits"],
)  # fmt: skip
def test_what_documents_say_is_no_advice(question: str) -> None:
    assert not asks_legal_advice(question)
