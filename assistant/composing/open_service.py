"""Questions that are open in a way that matters: which service is meant?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.query import Query, QuestionType
from corpus.language.terms import query_terms
from index.searching.reader import IndexReader
from index.types import Hit

_LOOKED_AT = 20
_MOST = 5
_TYPES = (QuestionType.WHERE, QuestionType.WHAT, QuestionType.YESNO,
          QuestionType.HOW_LONG)  # fmt: skip
_GENERAL = re.compile(
    r"(?:data|customers?|tenants?|information|content|records?|files?|stor(?:e|ed|es|ing|age)|kept|"
    r"keep|live|lives|located|location|reside|resides|residency|hosted|held|hold|sit|sits|rest|"
    r"stay|stays|saved|place|places|country|countries|region|regions|geo|geography|geographies|"
    r"datacenters?|data-?cent(?:er|re)s?|cloud|microsoft|service|services|company|firm|business|"
    r"organi[sz]ation|users?|people|everything|stuff|things?|get|go|goes|end|up|exactly|please|"
    r"tell|show|know|need|want|deleted?|long|retain(?:ed)?|leaves?|inside|within|outside|all|"
    r"based|physically|actually)(?:['’]s)?"
)
"""Words that every residency document could be asked about."""


def open_services(query: Query, hits: Sequence[Hit], index: IndexReader) -> tuple[str, ...]:
    """Return the services that a question may mean, likeliest first; none where it says which.

    A question is open when it names no service and, places aside, nothing that tells one from
    another.
    """
    if query.services or query.follows or query.type not in _TYPES:
        return ()
    text = query.standalone
    for mention in reversed(index.gazetteer.mentions(text)):
        text = text[: mention.start] + text[mention.end :]
    if not query_terms(text) or not all(_GENERAL.fullmatch(term) for term in query_terms(text)):
        return ()
    documents = (index.documents[hit.chunk.document].about for hit in hits[:_LOOKED_AT])
    found = tuple(dict.fromkeys(about.service or about.title for about in documents))
    return found[:_MOST] if len(found) > 1 else ()


def first_of_each(services: Sequence[str], hits: Sequence[Hit], index: IndexReader) -> list[Hit]:
    """Return the best hit of each service."""
    firsts: dict[str, Hit] = {}
    for hit in hits:
        about = index.documents[hit.chunk.document].about
        firsts.setdefault(about.service or about.title, hit)
    return [firsts[name] for name in services if name in firsts]
