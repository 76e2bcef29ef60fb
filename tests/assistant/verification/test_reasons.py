"""What the referee says of sentences that differ from their passage in one thing."""

from __future__ import annotations

import pytest

from assistant.verification import unsupported
from corpus.places import Gazetteer

MAIL = "Tern Mail keeps messages in Oslo, and Tern Chat keeps files in Cork."
MAY = "Some logs may be processed in Chile."
SELL = "The seller will contact the buyer when the order is complete."
COPIED = "Tern may copy files to other sites within the same area, except as specified below."
STAYS = "Tern will not move files out of the chosen area except when:"
NAMES = "Names, logos, and descriptions are stored globally."
ADDRESS = "It goes by an address that the user gave."
ABROAD = "Role names and role grants are stored globally, whichever site you chose."
LATER = "Before 1 May 2024 the archive was kept in Lima."


@pytest.mark.parametrize(
    ("sentence", "passage", "said"),
    [
        ("Logs are processed in Chile.", MAY, "may"),
        ("All logs may be processed in Chile.", MAY, "all"),
        ("The buyer will contact the seller when the order is complete.", SELL, "sentence says"),
        ("The seller will not contact the buyer when the order is complete.", SELL, "it is so"),
        ("After 1 May 2024 the archive was kept in Lima.", LATER, "otherwise"),
        ("The drafts rest in the mirror city.", "The drafts rest in the home city.", "mirror"),
        ("Keys can be exported.", "Keys can be exported if the owner agrees.", "add"),
        ("Tern used to offer a trial.", "Tern offers a trial.", "ended"),
        (
            "Tern may copy files to other sites in any area, except as specified below.",
            COPIED,
            "same",
        ),
        ("Names, logos, and invoices are stored globally.", NAMES, "invoices"),
        ("It goes by the address of the user who signs in first.", ADDRESS, "signs"),
        ("No, Tern will not move files out of the chosen area in any case.", STAYS, "exceptions"),
    ],
)
def test_a_reason_names_what_differs(
    gazetteer: Gazetteer, sentence: str, passage: str, said: str
) -> None:
    assert said in unsupported(sentence, [passage], gazetteer)


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        ("In short, messages of Tern Mail are kept in Oslo.", MAIL),
        ("The page says that some logs may be processed in Chile.", MAY),
        ("Oslo is in Norway.", MAIL),
        ("Copies are kept for two years.", "Copies are kept for 24 months."),
        ("Copies leave no later than the tenth day.", "Copies leave no later than the tenth day."),
        ("Copies are kept for two years.", "Copies are kept for 730 days."),
        ("The archive was kept in Lima in 2024.", "The archive was kept in Lima on 1 May 2024."),
        (
            "It has two halls: Alder (north, old) and Birch.",
            "The halls are Alder (north, old) and Birch.",
        ),
        ("Yes, Tern may copy files within the same area, except as specified.", COPIED),
        ("Tern will not move files out of the chosen area, apart from exceptions.", STAYS),
        ("Role grants are stored globally.", ABROAD),
        ("It keeps Peru, Chile and Cuba apart.", "It keeps apart Chile, Cuba and Peru."),
    ],
)
def test_other_words_for_the_same_are_let_through(
    gazetteer: Gazetteer, sentence: str, passage: str
) -> None:
    assert unsupported(sentence, [passage], gazetteer) == ""


@pytest.mark.xfail(strict=True, reason="The words of the two clauses stand too close together")
def test_places_of_two_clauses_are_not_exchanged(gazetteer: Gazetteer) -> None:
    sentence = "Tern Mail keeps messages in Cork and Tern Chat keeps files in Oslo."
    assert unsupported(sentence, [MAIL], gazetteer)


def test_what_hangs_on_two_verbs_is_not_exchanged(gazetteer: Gazetteer) -> None:
    passage = "Drafts are received in Peru and stored in Cuba."
    assert unsupported(passage, [passage], gazetteer) == ""
    assert unsupported("Drafts are received in Cuba and stored in Peru.", [passage], gazetteer)


def test_two_sentences_in_one_stand_on_two_passages(gazetteer: Gazetteer) -> None:
    passages = ["Drafts are kept for nine days.", "Keys are stored in Peru."]
    said = "Drafts are kept for nine days, whereas keys are stored in Peru."
    assert unsupported(said, passages, gazetteer) == ""
    exchanged = "Drafts are stored in Peru, whereas keys are kept for nine days."
    assert unsupported(exchanged, passages, gazetteer)


def test_a_lead_in_stands_over_what_is_cited_with_it(gazetteer: Gazetteer) -> None:
    passages = ["Spread over all halls:", "A mark of every login name"]
    said = "A mark of every login name is spread over all halls."
    assert unsupported(said, passages, gazetteer) == ""


def test_three_sentences_in_one_stand_on_their_passages(gazetteer: Gazetteer) -> None:
    passages = [
        "To open a new basin, you must first drain the old basin.",
        "Opening a basin changes the code of the gate, and all valves must be set again.",
    ]
    said = "You must first drain the old basin, and all valves must be set again."
    assert unsupported(said, passages, gazetteer) == ""
    assert unsupported(
        said.replace("valves must be set", "lamps must be replaced"), passages, gazetteer
    )


def test_what_a_condition_denies_is_not_denied_of_the_sentence(gazetteer: Gazetteer) -> None:
    passage = "If the tenant will no longer use Kestrel, all letters are deleted."
    said = "If the tenant no longer uses Kestrel, all letters are deleted."
    assert unsupported(said, [passage], gazetteer) == ""
    assert unsupported(said.replace("are deleted", "are not deleted"), [passage], gazetteer)


def test_a_remark_is_held_with_the_clause_it_hangs_on(gazetteer: Gazetteer) -> None:
    passage = "The archive is kept in Cork (from 2014)."
    said = "The archive, which dates from 2014, is kept in Cork."
    assert unsupported(said, [passage], gazetteer) == ""
    assert unsupported(said.replace("2014", "2015"), [passage], gazetteer)
    assert unsupported(said.replace("dates from 2014", "is encrypted"), [passage], gazetteer)


def test_what_is_global_is_not_of_one_place(gazetteer: Gazetteer) -> None:
    passages = ["Mail of Japan", ABROAD]
    assert unsupported("Role grants are stored in Japan.", passages, gazetteer)
