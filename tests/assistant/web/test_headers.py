from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.assistant.web.scripted import HANDBOOK, ROUTINE

ROUTES = (
    "/",
    "/about",
    "/accessibility",
    f"/source?file={ROUTINE}&page=2",
    f"/source/page.png?file={ROUTINE}&page=2",
    f"/source?file={HANDBOOK}",
    f"/original?file={ROUTINE}",
    f"/original?file={HANDBOOK}",
    "/static/app.js",
    "/api/status",
    "/examples",
    "/chat",
    "/no-such-page",
    "/source?file=../../etc/passwd",
    "/source?file=x&page=notanumber",
)


@pytest.mark.parametrize("route", ROUTES)
def test_every_route_carries_the_security_headers(client: TestClient, route: str) -> None:
    headers = client.get(route, follow_redirects=False).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "camera=()" in headers["permissions-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "http" not in headers["content-security-policy"]


@pytest.mark.parametrize("route", [route for route in ROUTES if route != "/chat"])
def test_no_page_of_ours_allows_inline_scripts(client: TestClient, route: str) -> None:
    assert "unsafe" not in client.get(route).headers["content-security-policy"]


def test_a_crash_still_carries_the_headers_and_tells_nothing(client: TestClient) -> None:
    reply = client.post("/api/ask", json={"question": "break"})

    assert reply.status_code == 503
    assert "as the script says" not in reply.text
    assert "content-security-policy" in reply.headers


def test_another_site_cannot_post(client: TestClient) -> None:
    reply = client.post("/api/ask", json={"question": "x"}, headers={"origin": "https://evil.example"})

    assert reply.status_code == 403
    assert "access-control-allow-origin" not in reply.headers


@pytest.mark.parametrize(("site", "status"), [("same-origin", 204), ("cross-site", 403), (None, 403)])
def test_a_form_without_referrer_is_taken_only_where_the_browser_vouches_for_it(
    client: TestClient, site: str | None, status: int
) -> None:
    """Browsers give a form of a page with `no-referrer` the origin "null"."""
    headers = {"origin": "null"} | ({"sec-fetch-site": site} if site else {})

    assert client.post("/api/feedback", json={"verdict": "up"}, headers=headers).status_code == status


def test_a_request_marked_cross_site_is_refused(client: TestClient) -> None:
    reply = client.post("/api/feedback", json={"verdict": "up"}, headers={"sec-fetch-site": "cross-site"})

    assert reply.status_code == 403


def test_a_body_over_the_limit_is_refused(client: TestClient) -> None:
    assert client.post("/api/ask", json={"question": "x" * 300_000}).status_code == 413


def test_a_body_that_hides_its_length_is_cut_off(client: TestClient, scripted: object) -> None:
    def endless() -> object:
        yield from (b"x" * 10_000 for _ in range(60))

    reply = client.post("/api/ask", content=endless(), headers={"content-type": "application/json"})  # type: ignore[arg-type]

    assert reply.status_code >= 400


def test_pages_of_the_framework_are_not_served(client: TestClient) -> None:
    assert [client.get(path).status_code for path in ("/docs", "/redoc", "/openapi.json")] == [404, 404, 404]


def test_only_a_pdf_opens_in_the_browser(client: TestClient) -> None:
    pdf, page = client.get(f"/original?file={ROUTINE}"), client.get(f"/original?file={HANDBOOK}")

    assert pdf.headers["content-disposition"].startswith("inline")
    assert page.headers["content-disposition"].startswith("attachment")
    assert page.headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize(
    "file", ["../../etc/passwd", "/etc/passwd", "documents/../plans.yaml", "a\0b", "x" * 500, ""]
)
def test_a_file_that_was_never_read_is_not_found(client: TestClient, file: str) -> None:
    for route in ("/source", "/source/page.png", "/original"):
        assert client.get(route, params={"file": file}).status_code == 404
