"""Whether something else was sent in a page's place: told by the page's form, never by one wording.

A server that wants a login or has a fault often says so with status 200.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_PASSWORD = re.compile(rb"<input\b[^>]*\btype\s*=\s*[\"']?password\b", re.IGNORECASE)
_SIGN_IN = re.compile(
    r"(?:^|[/._-])(?:log-?in|sign-?in|log-?on|sso|saml2?|oauth2?|authorize)(?=$|[/._-])"
)


def other_page(before: bytes, before_url: str, content: bytes, url: str) -> str:
    """Return why a page that was fetched is none of its document; empty where nothing tells.

    `before` are the bytes of the edition before, the urls are those behind all redirects.
    """
    if _PASSWORD.search(content) and not _PASSWORD.search(before):
        return "a page that asks for a password came in its place"
    path = urlsplit(url).path.lower()
    if url != before_url and _SIGN_IN.search(path) and not _is_sign_in(before_url):
        return f"it leads to a page to sign in ({url})"
    return ""


def _is_sign_in(url: str) -> bool:
    return _SIGN_IN.search(urlsplit(url).path.lower()) is not None
