"""The login page: a form, without scripts and without anything from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from index.errors import StoreUnusable
from ui.web.access.callers import COOKIE, Members, Refused, unable
from ui.web.access.gate import cookie
from ui.web.access.refusal import refusal
from ui.web.html import escaped

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_LONGEST = 4096
"""Characters of a name or a password that are looked at."""
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Residency Assistant</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 22rem;
  margin: 10vh auto; padding: 0 1rem }}
label {{ display: block; margin-top: 1rem; font-weight: 600 }}
input {{ box-sizing: border-box; width: 100%; padding: .6rem; font: inherit }}
button {{ margin-top: 1.5rem; padding: .6rem 1.2rem; font: inherit }}
:focus-visible {{ outline: 3px solid Highlight; outline-offset: 2px }}
[role=alert] {{ border-left: 4px solid #b91c1c; padding-left: .75rem }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{content}
</main>
</body>
</html>
"""
_LOGIN = """{alert}<form method="post" action="{action}">
<label for="username">Name</label>
<input id="username" name="username" autocomplete="username" autocapitalize="none"
  required autofocus>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button type="submit">Log in</button>
</form>"""
_LOGOUT = '<form method="post" action="{action}"><button type="submit">Log out</button></form>'


def login_routes(access: Members, prefix: str) -> Sequence[Route]:
    """Return the routes of login and logout, for pages and for clients that send a form."""
    home = f"{prefix}/"

    async def show(request: Request) -> Response:
        return _page("Log in", _login(f"{prefix}/login"))

    async def log_in(request: Request) -> Response:
        form = await request.form(max_files=0, max_fields=8)
        name, password = (str(form.get(key, ""))[:_LONGEST] for key in ("username", "password"))
        address = request.client.host if request.client else ""
        try:
            found = await run_in_threadpool(access.log_in, name.strip(), password, address)
        except StoreUnusable as error:
            found = unable(error)
        is_page = "text/html" in request.headers.get("accept", "")
        if isinstance(found, Refused):
            if is_page:
                return _page("Log in", _login(f"{prefix}/login", found.message), found.status)
            return refusal(found.status, found.message, wait_s=found.wait_s)
        response = RedirectResponse(home, 303) if is_page else JSONResponse({"success": True})
        is_secure = request.url.scheme == "https"
        response.headers["Set-Cookie"] = cookie(found, access.cookie_s, prefix, is_secure)
        return response

    async def offer(request: Request) -> Response:
        return _page("Log out", _LOGOUT.format(action=escaped(f"{prefix}/logout")))

    async def log_out(request: Request) -> Response:
        try:
            await run_in_threadpool(access.log_out, request.cookies.get(COOKIE, ""))
        except StoreUnusable as error:
            said = unable(error)
            return refusal(said.status, said.message, wait_s=said.wait_s)
        response = RedirectResponse(f"{prefix}/login", 303)
        response.headers["Set-Cookie"] = cookie("", 0, prefix, request.url.scheme == "https")
        return response

    return (
        Route(f"{prefix}/login", show, methods=["GET"]),
        Route(f"{prefix}/login", log_in, methods=["POST"]),
        Route(f"{prefix}/logout", offer, methods=["GET"]),
        Route(f"{prefix}/logout", log_out, methods=["POST"]),
    )


def _login(action: str, trouble: str = "") -> str:
    alert = f'<p role="alert">{escaped(trouble)}.</p>\n' if trouble else ""
    return _LOGIN.format(alert=alert, action=escaped(action))


def _page(title: str, content: str, status: int = 200) -> HTMLResponse:
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}
    return HTMLResponse(_PAGE.format(title=title, content=content), status, headers)
