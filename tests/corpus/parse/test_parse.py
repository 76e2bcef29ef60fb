"""What a reader sees must come out, and every span must slice back to its text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.chunk import LONGEST_CITATION, chunk_document
from corpus.intake.sources import BUNDLED, find_files, load
from corpus.language.sentences import readable
from corpus.parse import parse
from corpus.parse.structure import Structure
from corpus.types import Block, BlockKind, Description, Document

BUNDLED_IDS = [
    "azure-ad-europe",
    "azure-ad-japan",
    "customer-service-insights",
    "exchange-online",
    "intune",
]
MARKDOWN_PIECES = st.sampled_from(
    [
        "# A", "## B c", "- item", "* **L** - v", "  - nested", "1. step", "3) step", "> note",
        "> [!NOTE]", "> text", "| a | b |", "|---|---|", "| x | |", "|  | y \\| z |", "```", "`c`",
        "    code", "text here. More text!", "---", "title: x", "\t- tab", "é漢😀", "[a](b)", "",
        "\r", "\x0b", "<b>", "-**x**: y", "***", "+", "1.", "|", "Setext\n===", "> - q\n>   r",
    ]
)  # fmt: skip
PLAIN_PIECES = st.sampled_from(
    [
        "Heading", "Required:", "Note", "Tip", "Note: do it.", "  • item", "  1. step", "  2. go:",
        "Get-Thing -Flag x", "$a = 1", "}", "Sentence one. Two!", "Q: Where?", "A: There.", "",
        "", "a\tb\tc", "Name Value", "row name", "Sentence.", "key   : value", "x:", "😀 é", "\r",
    ]
)  # fmt: skip


def _document(text: str, *, markdown: bool) -> Document:
    structure: Structure = parse(text, markdown=markdown)
    about = Description("d", "D", "Service")
    return Document(about, structure.text, "", structure.sections, structure.blocks)


def _check(document: Document) -> None:
    text = document.text
    for block in document.blocks:
        assert 0 <= block.span.start < block.span.end <= len(text)
        assert block.span.of(text) == block.span.of(text).strip()
        assert document.sections[block.section].span.start <= block.span.start
        for sentence in block.sentences:
            assert block.span.contains(sentence)
            assert sentence.of(text)
        for cell in block.cells:
            assert 0 <= cell.span.start <= cell.span.end <= len(text)
    for chunk in chunk_document(document):
        assert chunk.text == chunk.span.of(text)
        assert chunk.text
        assert len(chunk.text) <= LONGEST_CITATION


@settings(max_examples=300, deadline=None)
@given(st.lists(MARKDOWN_PIECES, max_size=14).map("\n".join))
def test_every_span_of_arbitrary_markdown_slices_back(text: str) -> None:
    _check(_document(text, markdown=True))


@settings(max_examples=300, deadline=None)
@given(st.lists(PLAIN_PIECES, max_size=14).map("\n".join))
def test_every_span_of_arbitrary_plain_text_slices_back(text: str) -> None:
    _check(_document(text, markdown=False))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.booleans())
def test_any_text_is_parsed(text: str, markdown: bool) -> None:
    _check(_document(text.replace("\x00", ""), markdown=markdown))


def test_the_bundled_documents_are_whole() -> None:
    loaded = load(find_files((BUNDLED,)))
    assert loaded.failures == ()
    assert [document.id for document in loaded.documents] == BUNDLED_IDS
    for document in loaded.documents:
        _check(document)
        assert len({chunk.id for chunk in chunk_document(document)}) == len(
            chunk_document(document)
        )


def _blocks(document: str) -> tuple[Document, tuple[Block, ...]]:
    found = next(d for d in load(find_files((BUNDLED,))).documents if d.id == document)
    return found, found.blocks


def test_restarted_numbering_comes_out_as_a_reader_counts() -> None:
    document, blocks = _blocks("exchange-online")
    section = next(
        number
        for number, section in enumerate(document.sections)
        if section.title.startswith("Onboard existing on-premises")
    )
    steps = [
        (block.ordinal, block.span.of(document.text)[:28])
        for block in blocks
        if block.section == section and block.kind is BlockKind.STEP
    ]
    assert steps == [
        (1, "Verify the user object exist"),
        (2, "Connect directly to the spec"),
        (3, "In Exchange Online PowerShel"),
        (4, "In Exchange Online PowerShel"),
        (5, "Repeat step #4 for every mai"),
        (6, "If you need to migrate other"),
    ]


def test_headings_of_plain_text_nest() -> None:
    document, _ = _blocks("exchange-online")
    paths = {section.path for section in document.sections}
    assert (
        "Data Residency for Exchange Online",
        "Advanced Data Residency add-on",
        "Required Conditions",
    ) in paths
    assert not any(" -" in section.title for section in document.sections)


def test_commands_of_plain_text_are_code_with_their_lead_in() -> None:
    document, blocks = _blocks("exchange-online")
    codes = {
        block.span.of(document.text): block for block in blocks if block.kind is BlockKind.CODE
    }
    command = codes["Get-OrganizationConfig | Select DefaultMailboxRegion"]
    assert command.lead_in is not None
    assert command.lead_in.of(document.text).startswith("To view your tenant's Primary")
    assert sum(code.startswith("$params") for code in codes) == 2
    assert "Connect-ExchangeOnline" in " ".join(codes)


def test_a_flattened_table_has_rows_with_their_header() -> None:
    document, blocks = _blocks("exchange-online")
    rows = [block for block in blocks if block.kind is BlockKind.ROW]
    assert [row.cells[0].span.of(document.text) for row in rows] == [
        "User has mailbox folder permission to another mailbox",
        "User with full mailbox permission to another mailbox",
    ]
    assert [cell.header for cell in rows[0].cells] == ["Configuration", "Description"]


def test_a_blank_first_cell_continues_the_row_above() -> None:
    document, blocks = _blocks("customer-service-insights")
    rows = [block for block in blocks if block.kind is BlockKind.ROW]
    values = [[readable(cell.span.of(document.text)) for cell in row.cells] for row in rows]
    assert len(values) == 18
    assert ["United Kingdom", "UK West (Cardiff, Durham)"] in values
    assert rows[1].cells[0].continued


def test_nested_bullets_keep_the_sentence_that_introduces_them() -> None:
    document, blocks = _blocks("customer-service-insights")
    nested = next(b for b in blocks if b.span.of(document.text).startswith("Email marketing"))
    assert nested.level == 1
    assert nested.lead_in is not None
    assert nested.lead_in.of(document.text).startswith("Customers use services that are designed")


def test_questions_and_answers_become_sections() -> None:
    document = _document("FAQ\n\nQ: Where is it kept?\nA: In Oslo. Always.\n", markdown=False)
    assert document.sections[-1].title == "Where is it kept?"
    assert [s.of(document.text) for s in document.blocks[-1].sentences] == ["In Oslo.", "Always."]


def test_rows_of_a_padded_table_are_cited_with_their_titles() -> None:
    """Tables are padded to their longest cell, so that the line of titles is too long to cite."""
    wide = 420
    rows = (
        ("Kind", "Host location", "Data handled"), ("-" * wide,) * 3,
        ("Mail", "Mail is kept in Oslo. " + "Copies are kept where mail is. " * 9, "Names. " * 50),
        ("Logs", "Logs are kept in Bergen.", "Addresses."),
    )  # fmt: skip
    lines = (f"| {' | '.join(cell.ljust(wide) for cell in row)} |" for row in rows)
    document = _document(
        "# Where Pellwick Mail keeps data\n\n" + "\n".join(lines) + "\n", markdown=True
    )
    chunks = [one for one in chunk_document(document) if one.pairs]
    assert {one.pairs[0].value for one in chunks} == {"Mail", "Logs"}
    assert all(len(one.pairs) > 1 for one in chunks)
    assert {pair.title for one in chunks for pair in one.pairs} == set(rows[0])
    for chunk in chunks:
        spans = (chunk.span, *chunk.support)
        cited = " ".join(readable(span.of(document.text)) for span in spans)
        assert all(part in cited for pair in chunk.pairs for part in pair)
        assert all(span.end - span.start <= LONGEST_CITATION for span in spans)
