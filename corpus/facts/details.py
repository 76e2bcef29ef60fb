"""The details of a fact: its places, data categories, subject and value."""

from __future__ import annotations

import re

from corpus.places import Gazetteer

_DATA = re.compile(
    r"\b(?:(?:[A-Za-z][\w'’-]*) ){0,3}?(?:data|metadata|content|logs?|records?|files?|messages?|"
    r"mailbox(?:es)?|e-?mails?|attachments?|backups?|snapshots?|recordings?|transcripts?|"
    r"telemetry|credentials|passwords?|keys?|prompts?|documents?|images?|pictures?|invoices?|"
    r"addresses|profiles?|templates?|reports?|definitions|assignments|settings|indexes|events|"
    r"audio|captions|attachments)\b",
    re.I,
)
_FUNCTION = frozenset(
    "a an the and or of in on to for by with from at is are be will may can your our its their his "
    "her this that these those all any each every no not some most store stores stored process "
    "processes processed provide provides keep keeps kept hold holds held which where when if as "
    "other".split()
)
_SUBJECT = re.compile(
    r"(?P<subject>.{2,100}?)\s+(?:is|are|was|were|has|have|can|cannot|may|might|must|will|shall|"
    r"should|does|do|did|won['’]t|\w+n['’]t|stores?|process(?:es)?|includes?|determines?|keeps?|"
    r"sits?|lives?|goes|go|stays?|runs?|shows?|displays?|connects?|synchroni[sz]es|replicates|"
    r"transfers?|sends?|uses?|offers?|holds?|specifies|prompts|sees?|reads?|views?|opens?|"
    r"requires?|needs?|supports?|provides?|moves?)\b"
)


def places_in(text: str, gazetteer: Gazetteer, about: str) -> tuple[str, ...]:
    """Return the ids of the places that a text names without doubt, each once, in order.

    `about` is what is known of its document, by which names of a vendor's regions are read.
    """
    found = gazetteer.mentions(text, about)
    return tuple(dict.fromkeys(mention.place.id for mention in found if mention.is_sure))


def places_quoted(text: str, gazetteer: Gazetteer, about: str) -> tuple[str, ...]:
    """Return the ids of the places that fill a quotation of the text."""
    return tuple(
        dict.fromkeys(
            m.place.id
            for m in gazetteer.mentions(text, about)
            if text[m.start - 1 : m.start] == text[m.end : m.end + 1] == '"'
        )
    )


def data_in(text: str) -> tuple[str, ...]:
    """Return the categories of data that a text names, as written."""
    found = []
    for match in _DATA.finditer(text):
        words = match.group().split()
        while len(words) > 1 and words[0].lower() in _FUNCTION:
            words.pop(0)
        last = max((n for n, word in enumerate(words) if word.lower() in _FUNCTION), default=-1)
        found.append(" ".join(words[last + 1 :]))
    return tuple(dict.fromkeys(found))


def subject_of(main: str) -> str:
    """Return what a main clause speaks of: the words before its verb, empty for an order."""
    match = _SUBJECT.match(main)
    return match["subject"].strip(" ,") if match and " and " not in match["subject"][40:] else ""
