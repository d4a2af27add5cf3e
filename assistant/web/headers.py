"""What every response carries and every request must keep to, whichever route it is for.

Stands outside the application's own error handling, so that error pages carry the headers too.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_LIMIT = 256 * 1024
"""Bytes; a question, its history and the answers to draw again are far below it."""
CHAT = "/chat"

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_CHAT_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; manifest-src 'self'; "
    "worker-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'"
)
"""Gradio starts itself from an inline script and styles itself inline; nothing remote even there."""
_ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "microphone=(), payment=(), usb=(), interest-cohort=()"
    ),
}
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITES = frozenset({"same-origin", "none"})


class SecurityHeaders:
    """Wraps the whole application."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        send = _with_headers(scope, send)
        headers = Headers(scope=scope)
        if scope["method"] not in _SAFE and not _from_here(headers):
            await PlainTextResponse("cross-origin request refused", 403)(scope, receive, send)
        elif int(headers.get("content-length", "0") or 0) > BODY_LIMIT:
            await PlainTextResponse("request body too large", 413)(scope, receive, send)
        else:
            await self.app(scope, _counted(receive), send)


def _with_headers(scope: Scope, send: Send) -> Send:
    chat = scope["path"] == CHAT or scope["path"].startswith(CHAT + "/")

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(_ALWAYS)
            headers.setdefault("content-security-policy", _CHAT_POLICY if chat else _POLICY)
            headers.setdefault(
                "cache-control", "no-cache" if scope["path"].startswith("/static/") else "no-store"
            )
        await send(message)

    return sending


def _from_here(headers: Headers) -> bool:
    """Browsers say where a request comes from; programs that do not are no cross-site risk.

    A form sent from a page that gives no referrer has the origin "null", though it comes from here; that it
    does is then told by the browser alone.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in _OWN_SITES:
        return False
    if origin == "null":
        return site == "same-origin"
    return origin is None or urlsplit(origin).netloc == headers.get("host")


def _counted(receive: Receive) -> Receive:
    """Ends a body that grows past the limit without having said so."""
    seen = 0

    async def receiving() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > BODY_LIMIT:
                return {"type": "http.disconnect"}
        return message

    return receiving
