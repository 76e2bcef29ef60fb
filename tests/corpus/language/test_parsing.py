"""The parser: verbs of the field, what it is loaded from, and what it leaves alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest

from corpus.errors import ParserUnusable
from corpus.language import parsing, quick_pipeline
from corpus.language.parsing import parse, parse_one
from corpus.language.propositions import Link, propositions
from tests.paths import ROOT


@pytest.fixture
def packaged() -> Iterator[None]:
    yield
    parsing.use("")


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("Tern stores invoices in Norway.", "store", "Tern"),
        ("Tern hosts mail in Oslo.", "host", "Tern"),
        ("Tern processes orders in Peru.", "process", "Tern"),
        ("Tern Vault and Tern Board store mail in Finland.", "store", "Tern Vault and Tern Board"),
        ("Logs are kept for nine days.", "keep", "Logs"),
    ],
)
def test_verbs_of_the_field_are_verbs(text: str, verb: str, subject: str) -> None:
    (first, *_) = propositions(parse_one(text))
    assert (first.lemma, first.subject and first.subject.text) == (verb, subject)
    assert "".join(token.text for token in parse_one(text).tokens) == text.replace(" ", "")


def test_words_stand_where_the_text_has_them() -> None:
    text = "Tern stores  mail\nin Oslo (Norway)."
    for token in parse_one(text).tokens:
        assert text[token.start : token.end] == token.text


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Mail is never stored in Peru.", [True]),
        ("No mail is stored in Peru.", [True]),
        ("You can't move or store mail.", [True, True]),
        ("Mail is not moved but stored in Peru.", [True, False]),
        ("Nothing leaves Peru.", [True]),
    ],
)
def test_denials_reach_as_far_as_they_do(text: str, denied: list[bool]) -> None:
    assert [one.negated for one in propositions(parse_one(text))] == denied


def test_conditions_hang_on_what_they_limit() -> None:
    said = propositions(parse_one("Mail rests in Oslo unless you choose another region."))
    assert [(one.lemma, one.link, one.mark) for one in said] == [
        ("rest", Link.MAIN, ""), ("choose", Link.ADVERBIAL, "unless"),
    ]  # fmt: skip


def test_verbs_share_what_follows_the_last() -> None:
    stored, processed = propositions(parse_one("Mail is stored and processed in Oslo."))
    for one in (stored, processed):
        assert [(o.preposition, o.phrase.text) for o in one.obliques] == [("in", "Oslo")]
        assert one.subject is not None
        assert one.subject.text == "Mail"


def test_equal_sentences_are_parsed_once() -> None:
    first, second = parse(("Mail rests in Oslo.", "Mail rests in Oslo."))
    assert first is second


@pytest.mark.usefixtures("packaged")
def test_a_parser_that_is_not_there_is_named() -> None:
    parsing.use("no_such_model")
    with pytest.raises(ParserUnusable, match=r"no_such_model cannot be loaded.*RESIDENCY_PARSER"):
        parse_one("Nobody has parsed this one before.")


def test_another_model_of_the_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "SHA256", "0" * 64)
    with pytest.raises(ParserUnusable, match="is not the one that the product was measured with"):
        parsing._check(parsing.PACKAGE)


def test_pytorch_is_not_loaded_and_can_be_afterwards() -> None:
    code = (
        "import sys\nfrom corpus.language.parsing import parse_one\nparse_one('Mail rests.')\n"
        "assert 'torch' not in sys.modules\nimport torch\nassert torch.zeros(1).item() == 0\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


def test_the_quick_pipeline_finds_what_the_components_find() -> None:
    texts = [
        "Tern stores invoices in Norway, and doesn't move them elsewhere.",
        "Mail", "", "Is  there a copy?", "There's nothing y'all gotta do; let's move on.",
        "What is kept for 30 days (e.g. logs, drafts & replies) may be erased — or not.",
    ]  # fmt: skip
    loaded = parsing._loaded()
    assert loaded.quick is not None
    slow = replace(loaded, quick=None)
    for some in (texts, *([text] for text in texts)):
        found, wanted = (
            [
                [(t.tag_, t.dep_, t.head.i, lemma) for t, lemma in zip(doc, lemmas, strict=True)]
                for doc, lemmas in way.annotated([way.language.make_doc(text) for text in some])
            ]
            for way in (loaded, slow)
        )
        assert found == wanted


def test_words_beyond_those_remembered_are_read_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick_pipeline, "_MOST_WORDS", 3)
    monkeypatch.setattr(quick_pipeline, "_MOST_LEMMAS", 2)
    small = quick_pipeline.QuickPipeline(parsing._loaded().language)
    large = parsing._loaded().quick
    assert large is not None
    make = parsing._loaded().language.make_doc
    for text in ("Mail rests.", "Mail rests in Oslo, not in Peru.", "Drafts rest."):
        first, second = make(text), make(text)
        assert small.annotate([first]) == large.annotate([second])
        assert [token.dep_ for token in first] == [token.dep_ for token in second]


def test_what_spacy_needs_to_download_models_is_not_loaded() -> None:
    code = (
        "import sys; from corpus.language.parsing import parse_one; parse_one('Tern is here.'); "
        "print([m for m in ('spacy.cli', 'weasel', 'requests') if m in sys.modules]); "
        "from spacy.cli import download; print(download.__name__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[:2] == ["[]", "download"]


def test_the_packaged_tokenizer_is_spacys_own() -> None:
    import spacy

    own = parsing._loaded().language.tokenizer
    packaged = spacy.load(parsing.PACKAGE, exclude=["ner", "senter"]).tokenizer
    # The vocabulary grows with every text that was parsed.
    assert own.to_bytes(exclude=["vocab"]) == packaged.to_bytes(exclude=["vocab"])
