"""Messages: what is said, who said it when, and what is not read."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import date
from email.message import EmailMessage

import pytest

from corpus.errors import DocumentError
from corpus.formats import extract
from corpus.formats.mail import from_eml
from corpus.formats.types import LeftOut, Unusable
from corpus.parse import parse
from corpus.types import BlockKind


def _message(**headers: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in {"From": "Ann <ann@marlowe.example>", **headers}.items():
        message[name] = value
    return message


def _raw(body: str, content_type: str = "text/plain; charset=utf-8") -> bytes:
    return f"From: ann@marlowe.example\nContent-Type: {content_type}\n\n{body}".encode()


def _said(content: bytes) -> str:
    """Return what follows subject and record."""
    return extract("a.eml", content).text.split("\n\n", 2)[2]


def test_a_message_has_its_subject_date_and_record() -> None:
    message = _message(
        Subject="Where data of Köln moves", To="Bo <bo@x.example>",
        Date="Tue, 03 Mar 2026 23:30:00 -0500",
    )  # fmt: skip
    message.set_content("From May on we keep data in Oslo.\n")
    extracted = extract("a.eml", message.as_bytes())
    assert extracted.text == (
        "# Where data of Köln moves\n\n- **From**: Ann \\<ann@marlowe.example>\n"
        "- **To**: Bo \\<bo@x.example>\n- **Date**: Tue, 03 Mar 2026 23:30:00 -0500\n\n"
        "From May on we keep data in Oslo.\n"
    )
    assert (extracted.title, extracted.date) == ("Where data of Köln moves", date(2026, 3, 3))


def test_lines_that_a_program_divided_are_joined_and_others_are_not() -> None:
    body = (
        "Hello,\n\nfrom 1 May on we keep all of the backups of our customers in a place\n"
        "in Oslo.\n- Mail: Oslo\n- Logs: *Lund*\n\n=====\n-- \nAnn\nMarlowe\n"
    )
    assert _said(_raw(body)) == (
        "Hello,\n\nfrom 1 May on we keep all of the backups of our customers in a place in Oslo.\n"
        "- Mail: Oslo\n- Logs: \\*Lund\\*\n\nAnn\nMarlowe\n"
    )


def test_typed_bullets_are_a_list_and_a_subject_keeps_its_signs() -> None:
    content = b"Subject: Where is C #\n" + _raw("Kept in:\n• Oslo\n• Lund #2\n")
    extracted = extract("a.eml", content)
    assert extracted.text.startswith("# Where is C \\#\n")
    structure = parse(extracted.text, markdown=True)
    items = [block for block in structure.blocks if block.kind is BlockKind.ITEM]
    assert [item.span.of(structure.text) for item in items][-2:] == ["Oslo", "Lund #2"]
    assert structure.sections[-1].title == "Where is C #"


def test_flowed_text_is_joined_and_quotations_keep_their_depth() -> None:
    body = "Kept in \nOslo.\nNext line.\n> Where \n> is it?\n>> Since when?\n-- \nAnn\n"
    flowed = "text/plain; charset=utf-8; format=flowed"
    assert _said(_raw(body, flowed)) == (
        "Kept in Oslo.\nNext line.\n\n> Where is it?\n\n> > Since when?\n\nAnn\n"
    )
    delsp = "text/plain; charset=utf-8; format=flowed; delsp=yes"
    assert _said(_raw("Kept in Os \nlo.\n", delsp)) == "Kept in Oslo.\n"


def test_of_two_forms_the_page_is_read() -> None:
    message = _message(Subject="A")
    message.set_content("Plain words.")
    message.add_alternative("<h2>Where</h2><ul><li>In <b>Oslo</b></ul>", subtype="html")
    text = extract("a.eml", message.as_bytes()).text
    assert text.endswith("\n\n## Where\n\n- In **Oslo**\n")
    assert "Plain" not in text
    blank = _message(Subject="A")
    blank.set_content("Plain words.")
    blank.add_alternative("<img src='x'>", subtype="html")
    assert extract("a.eml", blank.as_bytes()).text.endswith("\n\nPlain words.\n")


def test_what_is_attached_is_counted_and_a_message_within_is_read_once() -> None:
    deepest, inner, outer = _message(Subject="Deep"), _message(Subject="Inner"), _message()
    deepest.set_content("Deep words.")
    inner.set_content("Inner words.")
    inner.add_attachment(deepest)
    outer.set_content("Outer words.")
    outer.add_attachment(inner)
    outer.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="list.pdf")
    outer.add_attachment("a,b", subtype="csv", filename="b.csv")
    extracted = extract("a.eml", outer.as_bytes())
    assert "Outer words.\n\n## Inner\n\n" in extracted.text
    assert extracted.text.endswith("\n\nInner words.\n")
    assert extracted.left_out == (
        LeftOut("message within a message", 1, ("Deep",)),
        LeftOut("attachment", 2, ("list.pdf", "b.csv")),
    )


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "x-unknown"])
def test_words_are_read_in_the_encoding_that_fits(charset: str) -> None:
    used = "utf-8" if charset in ("utf-8", "x-unknown") else "cp1252"
    head = f"From: a@b.example\nContent-Type: text/plain; charset={charset}\n\n".encode()
    assert _said(head + "Data à Genève.".encode(used)) == "Data à Genève.\n"


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"\x00\x01\x02 no such thing", "it has no headers"),
        (_raw("x", "application/pkcs7-mime; smime-type=enveloped-data"), "is encrypted"),
        (_raw("x", "application/pkcs7-mime; smime-type=signed-data"), "is signed as a whole"),
        (_raw("--b\n\nx\n--b--\n", "multipart/encrypted; boundary=b"), "is encrypted"),
        (_raw("\n \n"), "has no text"),
        (
            _raw("--b\n\nx\n" * 1100 + "--b--\n", "multipart/mixed; boundary=b"),
            "has more than 1,000 parts",
        ),
    ],
)
def test_a_message_that_cannot_be_read_is_refused(content: bytes, cause: str) -> None:
    with pytest.raises(DocumentError) as caught:
        extract("a.eml", content)
    assert cause in str(caught.value)


def test_a_signed_message_is_read() -> None:
    body = (
        "--b\nContent-Type: text/plain\n\nKept in Oslo.\n--b\n"
        "Content-Type: application/pgp-signature; name=s.asc\n\nxyz\n--b--\n"
    )
    extracted = extract("a.eml", _raw(body, "multipart/signed; boundary=b"))
    assert extracted.text.endswith("\n\nKept in Oslo.\n")
    assert extracted.left_out == (LeftOut("signature of the message", 1),)


def test_a_mutated_message_is_read_or_refused() -> None:
    message = _message(Subject="Köln", Date="Tue, 03 Mar 2026 10:00:00 +0100")
    message.set_content("Kept in Oslo.\n")
    message.add_alternative("<p>Kept in <b>Oslo</b>.</p>", subtype="html")
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="ä.pdf")
    whole, chance = message.as_bytes(), random.Random(3)
    read = 0
    for _ in range(150):
        at = chance.randrange(len(whole))
        put = chance.choice([b"", b"\x00", b"\xff", b"\n\n", b"=?utf-8?b?x?=", b";;", b'"', b"--"])
        with suppress(Unusable):
            read += bool(from_eml(whole[:at] + put + whole[at + chance.randrange(9) :]).text)
    assert read > 100


def test_what_a_page_within_leaves_out_is_told() -> None:
    page = '<p>Kept in Oslo <img alt="map"><span class="line-through">for ten days</span>.</p>'
    content = f"Subject: Sites\nContent-Type: text/html; charset=utf-8\n\n{page}\n"
    found = from_eml(content.encode())
    assert found.text.endswith("Kept in Oslo ~~for ten days~~.\n")
    assert found.left_out == (LeftOut("image", 1, ("map",)),)
