"""What a reader of plain text sees is what comes out: each case is a text and its structure."""

from __future__ import annotations

import hashlib
import re
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.intake.sources import BUNDLED
from corpus.language.sentences import readable
from corpus.parse import parse
from corpus.types import Block, BlockKind

_LONG = 2**16
_SECONDS = 10.0
"""Of computing; what takes a square of its size takes minutes."""
_BUNDLED_STRUCTURE = "40e0383a6ba9a3524a9f8f15d9df45f9cad627dfa34c733bf2ac02c953d787c2"


def _shown(text: str) -> str:
    """Return the structure of a text in a short notation, a heading or block a line."""
    structure = parse(text, markdown=False)
    lines = []
    for number, section in enumerate(structure.sections):
        if section.title:
            lines.append(f"{'#' * len(section.path)} {section.title}")
        blocks = [block for block in structure.blocks if block.section == number]
        lines.extend(_block(text, block) for block in blocks)
    return "\n".join(lines)


def _block(text: str, block: Block) -> str:
    said = " / ".join(_folded(span.of(text)) for span in block.sentences or (block.span,))
    box = {None: "", True: "[x] ", False: "[ ] "}[block.checked]
    depth = "  " * block.level
    match block.kind:
        case BlockKind.ITEM:
            return f"{depth}- {box}{said}"
        case BlockKind.STEP:
            return f"{depth}{block.ordinal}. {box}{said}"
        case BlockKind.ROW:
            cells = (
                f"{cell.header}{':' * bool(cell.header)} {_folded(cell.span.of(text))}".strip()
                for cell in block.cells
            )
            return f"| {' | '.join(cells)} |"
        case BlockKind.NOTE:
            return f"! {said}"
        case BlockKind.CODE:
            return f"$ {said}"
    return said


def _folded(text: str) -> str:
    return readable(text)


CASES = {
    "a wrapped paragraph is one, with the line that denies": (
        "Tern Mail\n\nTern Mail does not at present hold\nInvoices of members outside of\n"
        "Norway or Iceland.\n",
        "# Tern Mail\nTern Mail does not at present hold Invoices of members outside of Norway or "
        "Iceland.",
    ),
    "prose that is cut by hand, with names at the starts of lines": (
        "Tern keeps the letters that members\nwrite to it in the halls of\nOslo and Bergen,\n"
        "Norway. Photos aren't kept.\n",
        "Tern keeps the letters that members write to it in the halls of Oslo and Bergen, Norway. "
        "/ Photos aren't kept.",
    ),
    "a title with a line below it, then prose": (
        "TERN MAIL\nStatement on places\n\nLetters are kept in\nOslo.\n",
        "# TERN MAIL\nStatement on places\nLetters are kept in Oslo.",
    ),
    "items with hanging lines": (
        "The following leaves Norway:\n\n  * samples of traffic, which are read\n"
        "    in Halifax, Canada\n  * pictures, which are blurred in\n    Pune, India\n",
        "The following leaves Norway:\n- samples of traffic, which are read in Halifax, Canada\n"
        "- pictures, which are blurred in Pune, India",
    ),
    "items without a hanging indent": (
        "Kept in Norway:\n\n- letters, drafts and everything that members\nattach to them\n"
        "- photos\n\nAll else is kept in Chile.\n",
        "# Kept in Norway\n- letters, drafts and everything that members attach to them\n- photos\n"
        "All else is kept in Chile.",
    ),
    "items within items": (
        "Tern stores:\n- letters\n    o  drafts, until they\n       are sent\n    o  sent ones\n"
        "- photos\n",
        "Tern stores:\n- letters\n  - drafts, until they are sent\n  - sent ones\n- photos",
    ),
    "items within items by another sign": (
        "Tern stores:\n\n* letters\n- drafts\n- sent ones\n* photos\n",
        "Tern stores:\n- letters\n  - drafts\n  - sent ones\n- photos",
    ),
    "a second paragraph of an item": (
        "Tern stores:\n\n  * letters in Oslo.\n\n    They stay a year.\n\n  * photos in Rome.\n",
        "Tern stores:\n- letters in Oslo.\n- They stay a year.\n- photos in Rome.",
    ),
    "a heading over two lines": (
        "Tern\n\nHow we choose the country in which\nthe records of members are kept\n\n"
        "The contract names it.\n",
        "# Tern\n## How we choose the country in which the records of members are kept\n"
        "The contract names it.",
    ),
    "a heading in capitals over two lines": (
        "TERN\n\nWHERE RECORDS OF MEMBERS ARE KEPT AND\nFOR HOW LONG\n\nIn Oslo, for a year.\n",
        "# TERN\n## WHERE RECORDS OF MEMBERS ARE KEPT AND FOR HOW LONG\nIn Oslo, for a year.",
    ),
    "what looks like a heading but says something stays text": (
        "Tern\n\nLetters are stored in Oslo\n\nPhotos may be kept in Rome\n\nThat is all.\n",
        "# Tern\nLetters are stored in Oslo\nPhotos may be kept in Rome\nThat is all.",
    ),
    "headings that are underlined": (
        "Tern Mail\n=========\n\nStorage\n-------\nLetters are kept in Oslo.\n\nPhotos\n~~~~~~\n"
        "Photos are kept in Rome.\n\nDeletion\n--------\nAfter a year.\n",
        "# Tern Mail\n## Storage\nLetters are kept in Oslo.\n### Photos\nPhotos are kept in Rome.\n"
        "## Deletion\nAfter a year.",
    ),
    "a heading between two rules": (
        "*********\nTERN MAIL\n*********\n\nLetters are kept in Oslo.\n\n-----\n\nThe end.\n",
        "# TERN MAIL\nLetters are kept in Oslo.\nThe end.",
    ),
    "numbered headings with their levels": (
        "Tern Terms\n\n1. Scope\n\nThese terms bind members.\n\n2. Data\n\n2.1 Storage\n\n"
        "Letters are kept in Oslo.\n\n2.2 Deletion\n\nAfter a year.\n\n3. Law\n\nThat of Norway.\n",
        "# Tern Terms\n## 1. Scope\nThese terms bind members.\n## 2. Data\n### 2.1 Storage\n"
        "Letters are kept in Oslo.\n### 2.2 Deletion\nAfter a year.\n## 3. Law\nThat of Norway.",
    ),
    "numbered headings with their text at once": (
        "TERN TERMS\n\n1. Scope\nThese terms bind members.\n\n2. Storage\nLetters are kept in\n"
        "Oslo.\n",
        "# TERN TERMS\n## 1. Scope\nThese terms bind members.\n## 2. Storage\n"
        "Letters are kept in Oslo.",
    ),
    "numbered lines one after the other are a list": (
        "Tern copies letters to these sites:\n\n1. Oslo\n2. Bergen\n3. Tromsø\n\nNothing else is "
        "copied.\n",
        "Tern copies letters to these sites:\n1. Oslo\n2. Bergen\n3. Tromsø\n"
        "Nothing else is copied.",
    ),
    "clauses that are numbered in parts": (
        "1. STORAGE\n1.1 Letters are kept in Oslo and are\n    never copied.\n"
        "1.2 Photos are kept in Rome:\n    (a) for a year; and\n    (b) then in Chile.\n",
        "# 1. STORAGE\n1. Letters are kept in Oslo and are never copied.\n"
        "2. Photos are kept in Rome:\n  1. for a year; and\n  2. then in Chile.",
    ),
    "articles and sections of a law": (
        "Tern Statute\n\nChapter II\nPlaces\n\nArticle 5\n\nLetters are kept in Oslo.\n\n"
        "§ 6 Copies\n\nCopies are kept in Rome.\n",
        "# Tern Statute\n## Chapter II Places\n### Article 5\nLetters are kept in Oslo.\n"
        "### § 6 Copies\nCopies are kept in Rome.",
    ),
    "labels and values are a record": (
        "Tern Hosting\n\nProvider: Lowmoor Data\nPurpose: Racks and power in the\n  northern halls"
        "\nLocation: Bergen, Norway\n",
        "# Tern Hosting\n- Provider: Lowmoor Data\n- Purpose: Racks and power in the northern halls"
        "\n- Location: Bergen, Norway",
    ),
    "records under names": (
        "Tern Partners\n\nBirchcall\nPurpose: Text messages\nLocation: Malmö\n\nOstrander\n"
        "Purpose: Tapes\nLocation: Oslo\n",
        "# Tern Partners\n## Birchcall\n- Purpose: Text messages\n- Location: Malmö\n"
        "## Ostrander\n- Purpose: Tapes\n- Location: Oslo",
    ),
    "columns": (
        "Tern Zones\n\nZone       City          Kept for\nnorth      Oslo          30 days\n"
        "south      Rome, Italy   1 year\n",
        "# Tern Zones\n| Zone: north | City: Oslo | Kept for: 30 days |\n"
        "| Zone: south | City: Rome, Italy | Kept for: 1 year |",
    ),
    "columns over a rule, with a cell of two lines and a blank one": (
        "Zones are these.\n\n  Zone    Data       City\n  ------  ---------  -----------\n"
        "  north   Letters    Oslo, and\n                     Bergen\n          Photos     Rome\n",
        "Zones are these.\n| Zone: north | Data: Letters | City: Oslo, and Bergen |\n"
        "| Zone: north | Data: Photos | City: Rome |",
    ),
    "double spaces between sentences are no columns": (
        "Tern keeps letters.  They stay in Oslo.\nPhotos are kept too.  They go to Rome.\n"
        "Nothing is copied.  Nothing is sold.\n",
        "Tern keeps letters. / They stay in Oslo. / Photos are kept too. / They go to Rome. / "
        "Nothing is copied. / Nothing is sold.",
    ),
    "cells between tabs": (
        "Subprocessors\n\nName\tPurpose\tLocation\nBirchcall AB\tText messages\tSweden\n"
        "\tVoice mail\tNorway\n\nThat is all.\n",
        "# Subprocessors\n| Name: Birchcall AB | Purpose: Text messages | Location: Sweden |\n"
        "| Name: Birchcall AB | Purpose: Voice mail | Location: Norway |\nThat is all.",
    ),
    "cells between tabs without titles": (
        "Tern uses these firms:\n\nBirchcall AB\tMalmö\nOstrander Ltd\tOslo\n",
        "Tern uses these firms:\n| Birchcall AB | Malmö |\n| Ostrander Ltd | Oslo |",
    ),
    "a grid": (
        "Zones:\n\n+-------+--------+\n| Zone  | City   |\n+=======+========+\n| north | Oslo   |\n"
        "+-------+--------+\n| south | Rome   |\n+-------+--------+\n",
        "# Zones\n| Zone: north | City: Oslo |\n| Zone: south | City: Rome |",
    ),
    "cells between pipes": (
        "Zones of Tern\n\n zone  | city\n-------+------\n north | Oslo\n south | Rome\n",
        "# Zones of Tern\n| zone: north | city: Oslo |\n| zone: south | city: Rome |",
    ),
    "a line a cell, rows between blank lines": (
        "Tern\n\nZone\nCity\n\nNorth\nOslo\n\nSouth\nRome\n",
        "# Tern\n| Zone: North | City: Oslo |\n| Zone: South | City: Rome |",
    ),
    "a line a cell, without blank lines": (
        "Tern\n\nThe zones are listed below.\nZone\nCity\nOpened\nn-1\nOslo\n2017\ns-1\nRome\n"
        "2019\nw-1\nCork\n2020\n",
        "# Tern\nThe zones are listed below.\n| Zone: n-1 | City: Oslo | Opened: 2017 |\n"
        "| Zone: s-1 | City: Rome | Opened: 2019 |\n| Zone: w-1 | City: Cork | Opened: 2020 |",
    ),
    "a line a cell, all of one kind, below titles": (
        "Tern\n\nThese firms help.\n\nEntity name\nPurpose\nCountry\nBirchcall AB\nText messages\n"
        "Sweden\nOstrander GmbH\nTapes\nGermany\n",
        "# Tern\nThese firms help.\n"
        "| Entity name: Birchcall AB | Purpose: Text messages | Country: Sweden |\n"
        "| Entity name: Ostrander GmbH | Purpose: Tapes | Country: Germany |",
    ),
    "headings between the items of a run": (
        "Tern Partners\n\nUpdated on 3 May 2026\n\nHosting\n- Birchcall, whose halls are\n"
        "  in Oslo\nSupport\n- Deskwell\n",
        "# Tern Partners\nUpdated on 3 May 2026\n## Hosting\n- Birchcall, whose halls are in Oslo\n"
        "## Support\n- Deskwell",
    ),
    "numbers of clauses and of headings do not count on one another": (
        "TERN\n\n2. PLACES\n\n2.1 Letters are kept in Oslo.\n2.2 Photos are kept in Rome.\n\n"
        "3. Sight\n\n   Our staff only.\n\n4. Changes\n\nWe tell members.\n",
        "# TERN\n## 2. PLACES\n1. Letters are kept in Oslo.\n2. Photos are kept in Rome.\n"
        "## 3. Sight\nOur staff only.\n## 4. Changes\nWe tell members.",
    ),
    "questions and answers in one run": (
        "Tern FAQ\nWhere are letters kept?\nIn Oslo. Photos are in Rome.\nIs anything sold?\nNo.\n",
        "# Tern FAQ\n## Where are letters kept?\nIn Oslo. / Photos are in Rome.\n"
        "## Is anything sold?\nNo.",
    ),
    "names that alternate with sentences": (
        "The table tells who sees a letter.\n\nRole Sight\nOwner of the letter\nSees all of it.\n"
        "Support of Tern\nSees its size.\nIt's kept in a log.\n",
        "The table tells who sees a letter.\n"
        "| Role: Owner of the letter | Sight: Sees all of it. |\n"
        "| Role: Support of Tern | Sight: Sees its size. It's kept in a log. |",
    ),
    "a quotation in a letter": (
        "Dear Ms Holm,\n\n> Where are letters of members\n> kept?\n>\n> And photos?\n\n"
        "Letters are kept in Oslo.\n",
        "Dear Ms Holm,\n! Where are letters of members kept?\n! And photos?\n"
        "Letters are kept in Oslo.",
    ),
    "boxes": (
        "Chosen zone of Tern:\n\n[x] Norway\n[ ] Chile\n(X) Backups, which\n    stay in Oslo\n"
        "☐ Mirror\n☑ Tape\n",
        "Chosen zone of Tern:\n- [x] Norway\n- [ ] Chile\n- [x] Backups, which stay in Oslo\n"
        "- [ ] Mirror\n- [x] Tape",
    ),
    "boxes within a line stay text": (
        "Tern\n\nLetters leave Norway: ☐ yes ☒ no\n\nThat is all.\n",
        "# Tern\n- Letters leave Norway: ☐ yes ☒ no\nThat is all.",
    ),
    "notes at the foot": (
        "Letters are kept in Oslo [1] and in\nRome.* Photos aren't.\n\n[1] Since 2020.\n"
        "* Until May, and\n  in Chile then.\n",
        "Letters are kept in Oslo [1] and in Rome.* / Photos aren't.\n! Since 2020.\n"
        "! Until May, and in Chile then.",
    ),
    "pages with running lines": (
        "Tern Guide\n\nLetters are kept in\nOslo.\n\nHolm          Tern Guide        [Page 1]\n\f\n"
        "Tern 12             Places             May\n\nPhotos are not\n\n"
        "Holm          Tern Guide        [Page 2]\n\f\n"
        "Tern 12             Places             May\n\nkept in Rome.\n",
        "# Tern Guide\nLetters are kept in Oslo.\nPhotos are not Holm Tern Guide [Page 2] Tern 12 "
        "Places May kept in Rome.",
    ),
    "line ends of every kind": (
        "Tern Mail\r\n\r\nLetters are kept\r\nin Oslo.\r\rPhotos are kept\u2028in Rome.\x0b\x0bThe "
        "end.\x85",
        "# Tern Mail\nLetters are kept in Oslo.\nPhotos are kept in Rome.\nThe end.",
    ),
    "a word that is divided at the end of a line": (
        "Tern keeps the let-\nters of all mem-\nbers in Oslo.\n",
        "Tern keeps the let-ters of all mem-bers in Oslo.",
    ),
    "questions and answers that are wrapped": (
        "Tern FAQ\n\nQ: Where are the letters\n   of members kept?\nA: In Oslo, and in no\n"
        "   other place.\n\nQ2. And photos?\nA2. In Rome.\n",
        "# Tern FAQ\n## Where are the letters of members kept?\nIn Oslo, and in no other place.\n"
        "## And photos?\nIn Rome.",
    ),
    "questions without a mark": (
        "Tern FAQ\n\nWhere are letters kept?\nIn Oslo.\n\nDo photos leave Norway?\n\nNever.\n",
        "# Tern FAQ\n## Where are letters kept?\nIn Oslo.\n## Do photos leave Norway?\nNever.",
    ),
    "call-outs": (
        "Tern\n\nNote: letters of guests aren't kept in\nOslo but in Rome.\n\nWarning\n"
        "Photos are kept\nin Chile.\n\nThe end.\n",
        "# Tern\n! Note: letters of guests aren't kept in Oslo but in Rome.\n"
        "! Photos are kept in Chile.\nThe end.",
    ),
    "a line that ends in an abbreviation": (
        "Letters are kept in two towns, e.g.\nOslo, and not by the firm of Dr.\nHolm in Rome.\n",
        "Letters are kept in two towns, e.g. Oslo, and not by the firm of Dr. Holm in Rome.",
    ),
    "a sentence a line": (
        "Tern Mail\n\nLetters are kept in Oslo.\nPhotos are kept in Rome.\nNothing is sold.\n",
        "# Tern Mail\nLetters are kept in Oslo. / Photos are kept in Rome. / Nothing is sold.",
    ),
    "no blank lines at all": (
        "Tern Mail\nStorage\nLetters are kept in Oslo.\nThey stay for a year.\nSites\n- Oslo\n"
        "- Rome\n2. Deletion\nPhotos go after a day.\nThey aren't kept.\nLAW\nThat of Norway.\n"
        "Nothing else binds members.\n",
        "# Tern Mail\n## Storage\nLetters are kept in Oslo. / They stay for a year.\n## Sites\n"
        "- Oslo\n- Rome\n## 2. Deletion\nPhotos go after a day. / They aren't kept.\n## LAW\n"
        "That of Norway. / Nothing else binds members.",
    ),
    "an address, a line each": (
        "Tern\n\nWrite to us here.\n\nTern Post Ltd\n12 Dock Street\nPO Box 5\n0150 Oslo\n",
        "# Tern\nWrite to us here.\nTern Post Ltd / 12 Dock Street / PO Box 5 / 0150 Oslo",
    ),
    "commands": (
        "To see the zone, run:\n\n    tern show --zone\n\nIt prints it.\n\n"
        "1. Open the shell:\ntern shell <name>\n2. Leave it.\n",
        "To see the zone, run:\n$ tern show --zone\nIt prints it.\n1. Open the shell:\n"
        "$ tern shell <name>\n2. Leave it.",
    ),
    "code between fences": (
        "The file looks so.\n\n```\nzone = oslo\n\nsite = 1\n```\n\nThe end.\n",
        "The file looks so.\n$ zone = oslo site = 1\nThe end.",
    ),
    "a quotation between fences": ("```\n> quoted\n```\n", "$ quoted"),
    "a line after a colon that is no command": (
        "These stay in Norway:\n\nletters of members and\nphotos of guests\n",
        "These stay in Norway:\nletters of members and photos of guests",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_structure(name: str) -> None:
    text, expected = CASES[name]
    assert _shown(text) == expected


def test_a_bundled_page_keeps_its_structure() -> None:
    """Block for block: its questions and its facts are keyed to what the parser makes of it."""
    text = (BUNDLED / "exchange-online.txt").read_text(encoding="utf-8")
    structure = parse(text, markdown=False)
    kinds = Counter(block.kind.value for block in structure.blocks)
    assert len(structure.sections) == 30
    assert kinds == {
        "paragraph": 51, "item": 26, "step": 25, "code": 18, "note": 10, "row": 2,
    }  # fmt: skip
    shown = "\n".join(
        repr((section.title, section.path, *section.span)) for section in structure.sections
    ) + "\n".join(repr(_fields(block)) for block in structure.blocks)
    assert hashlib.sha256(shown.encode()).hexdigest() == _BUNDLED_STRUCTURE


def _fields(block: Block) -> tuple[object, ...]:
    cells = [(cell.header, *cell.span, cell.continued) for cell in block.cells]
    spans = [tuple(span) for span in block.sentences]
    others = [span and tuple(span) for span in (block.lead_in, block.label, block.titles)]
    return (
        block.kind.value, *block.span, block.section, spans, others, cells, block.level,
        block.ordinal, block.group,
    )  # fmt: skip


def test_marks_of_notes_are_tied_to_them() -> None:
    text = "Kept in Oslo [1] and in Rome.*\n\nPhotos [1] too.\n\n[1] Since May.\n* Until June.\n"
    structure = parse(text, markdown=False)
    tied = [
        [(text[mark.at :][:1], mark.note.of(text)) for mark in block.marks]
        for block in structure.blocks
    ]
    assert tied == [
        [("[", "Since May."), ("*", "Until June.")], [("[", "Since May.")], [], [],
    ]  # fmt: skip


def test_a_mark_on_a_heading_concerns_what_stands_below_it() -> None:
    text = "Sites [1]\n=========\n\nKept in Oslo.\n\nKept in Lund.\n\n[1] Since May.\n"
    blocks = parse(text, markdown=False).blocks
    assert [[mark.note.of(text) for mark in block.marks] for block in blocks[:2]] == [
        ["Since May."], ["Since May."],
    ]  # fmt: skip


def test_members_of_one_list_share_a_group_and_what_introduces_it() -> None:
    text = "It keeps:\n- letters\n  - drafts\n- photos\n\nIt loses:\n- nothing\n"
    blocks = parse(text, markdown=False).blocks
    leads = [block.lead_in.of(text) if block.lead_in else "" for block in blocks]
    assert leads == ["", "It keeps:", "letters", "It keeps:", "", "It loses:"]
    groups = [block.group for block in blocks]
    assert groups[1] == groups[3]
    assert len({groups[1], groups[2], groups[5]}) == 3


def test_values_have_labels_and_rows_have_titles() -> None:
    text = "Zones\n\nCity : Oslo\nUse  : Mail\n\nName  Site\nn     Oslo\ns     Rome\n"
    *items, first, _ = parse(text, markdown=False).blocks
    assert [item.label and item.label.of(text) for item in items] == ["City", "Use"]
    assert first.titles is not None
    assert first.titles.of(text) == "Name  Site"


_PIECES = st.sampled_from(
    ["TERN MAIL", "Storage", "Where it's kept", "Letters are kept in Oslo.", "not in Rome,",
     "Letters of members who live in", "- bullet one", "  - bullet two", "    hanging text",
     "1. Scope", "2. Storage", "2.1 Sites", "(a) first", "Article 5", "§ 6 Copies", "=====",
     "-----", "Zone  City  Year", "north  Oslo  2017", "south  Rome  2019", "a\tb", "c\td",
     "| x | y |", "+---+---+", "one; two; three", "Label: value", "Site : Oslo", "It stores:",
     "> quoted", ">> deeper", "[x] ticked", "[ ] open", "☐ box", "Note", "Note: mind it.",
     "Q: Where?", "A: There.", "[1] A note.", "Kept [1] here", "word* and", "* A star.", "\f",
     "Tern    [Page 3]", "let-", "ters", "$ run --now", "tern show <name>", "```", "Role Sight",
     "Owner of it", "Sees it.", "", "", ""]
)  # fmt: skip
_LEFT = {"Note", "Page", "Tern"}
"""Words that announce a note or stand beside the number of a page: in no block."""
_WORD = re.compile(r"[^\W_]{2,}")


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES, max_size=16), st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_word_stands_in_a_heading_or_a_block(pieces: list[str], end: str) -> None:
    text = end.join(pieces)
    on_pages = "\f" in pieces or "Tern    [Page 3]" in pieces
    repeated = {piece for piece in pieces if on_pages and pieces.count(piece) > 1}
    left = set(_WORD.findall(" ".join(repeated)))
    structure = parse(text, markdown=False)
    held = Counter(word for section in structure.sections for word in _WORD.findall(section.title))
    covered = bytearray(len(text))
    for block in structure.blocks:
        for span in filter(None, (block.span, block.titles)):
            covered[span.start : span.end] = b"x" * (span.end - span.start)
    for match in _WORD.finditer(text):
        if not covered[match.start()] and match[0] not in left | _LEFT:
            held[match[0]] -= 1
            assert held[match[0]] >= 0, match[0]


@pytest.mark.parametrize(
    "unit",
    ["A\n", "A\n\n", "a|\n", "|\n", "a  b\n", "a\tb\n", "A; b; c\n", "- a\n", "1. a\n", "> a\n",
     "A: b\n", "AB CD\n", "=\n===\n", "A [1]\n[1] b\n", "\f", " ", "A.", "[", "*", "(a) ", "1.1",
     "A  ", "a:\nb\n", "Q: a\n", "```\n", "```\n\n", "+-", "A\nb.\n", "- a\n" + " " * 40 + "b\n"],
)  # fmt: skip
def test_a_long_text_of_one_kind_is_read_in_time(unit: str) -> None:
    started = time.process_time()
    parse(unit * (_LONG // len(unit)) + "\nThe end.", markdown=False)
    assert time.process_time() - started < _SECONDS
