"""The page as it opens, and what Gradio lays out of it, which the page's script fetches."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Match, Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.web.ask_tab.examples import Examples
from ui.web.ask_tab.start_html import profile_html, start_html
from ui.web.opening import Opening, opening_page
from ui.web.site import Site, owner_of_caller

_NO_STORE = {"Cache-Control": "no-store"}


def opening_routes(site: Site, prefix: str) -> Sequence[Route]:
    """Return the routes of the page and of what is renewed in it."""
    examples = Examples(site.assistant)

    def opening(request: Request) -> Opening:
        known = site.assistant
        start = start_html(known.documents, known.files, examples.questions(), date.today())
        profile = known.readable_profile(owner_of_caller(request.state.caller))
        return Opening(start, profile_html(profile))

    def page(request: Request) -> Response:
        return _packed(request, opening_page(opening(request), has_login=site.has_login))

    def start(request: Request) -> Response:
        now = opening(request)
        return JSONResponse({"start": now.start, "profile": now.profile}, headers=_NO_STORE)

    return (Route(f"{prefix}/", page), Route(f"{prefix}/start", start))


@dataclass(frozen=True, slots=True)
class GradioPage:
    """Gradio's own page at an address beside ours, which stands at the one it takes for itself."""

    app: Starlette
    """What Gradio is mounted on, last of all."""
    home: str
    """Where its page would be."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with Gradio's page."""
        mounted = self.app.routes[-1]
        assert isinstance(mounted, Mount)
        there = {**scope, "path": self.home, "raw_path": self.home.encode()}
        found, child = mounted.matches(there)
        assert found is not Match.NONE
        await mounted.handle({**there, **child}, receive, send)


def gradio_route(app: Starlette, prefix: str) -> Route:
    """Return the route of Gradio's page, for an application that it will be mounted on."""
    endpoint: ASGIApp = GradioPage(app, f"{prefix}/")
    return Route(f"{prefix}/parts", endpoint)


def _packed(request: Request, page: str) -> Response:
    """Return the page, packed for who can unpack it: most of it is text of our own."""
    headers = {**_NO_STORE, "Vary": "Accept-Encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return HTMLResponse(page, headers=headers)
    content = gzip.compress(page.encode(), compresslevel=5)
    return HTMLResponse(content, headers={**headers, "Content-Encoding": "gzip"})
