"""Security headers (S04), content security policy (S05) and forms without inline script, on every page."""

import re

import pytest
from django.test import Client, override_settings

from tests.house.matrix import all_rows
from tests.house.sweep import named, readable, signed_in

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store, private",
}
INLINE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=", re.IGNORECASE)


def policy(text: str) -> dict[str, list[str]]:
    return {part.split()[0]: sorted(part.split()[1:]) for part in text.split(";") if part.strip()}


def check(response) -> None:
    assert {name: response.headers.get(name) for name in ALWAYS} == ALWAYS
    assert policy(response.headers["Content-Security-Policy"]) == policy(CSP)
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert not {"Server", "X-Powered-By"} & set(response.headers)
    content_type = response.headers.get("Content-Type", "")
    assert not content_type.startswith("text/") or "charset=utf-8" in content_type.lower()


@pytest.mark.once
@pytest.mark.parametrize(("row", "who"), readable(), ids=named(readable()))
def test_every_page(world, row, who):
    response = signed_in(world, who).get(row.path(world))
    assert response.status_code == 200
    check(response)
    if response.headers["Content-Type"].startswith("text/html"):
        assert INLINE.findall(response.content.decode()) == []


@pytest.mark.once
@pytest.mark.parametrize("row", all_rows(), ids=lambda row: row.name)
def test_refusals_and_redirects(world, row):
    """302, 403, 404 and 405 carry the same headers as a page."""
    path = row.path(world)
    visitor, stranger = Client(), signed_in(world, "nell")
    for response in (visitor.get(path), stranger.get(path), stranger.post(path), stranger.put(path)):
        assert response.status_code < 500
        check(response)


def test_the_server_error_page_has_them_too(world, monkeypatch):
    monkeypatch.setattr("portal.navigation.entries", lambda reach: 1 / 0)
    client = signed_in(world, "callum")
    client.raise_request_exception = False
    response = client.get("/accessibility/")
    assert response.status_code == 500
    check(response)


@override_settings(SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True, SECURE_SSL_REDIRECT=True)
def test_transport_security_as_in_live(db):
    response = Client().get("/health/", secure=True)
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_the_check_sees_a_missing_header(world, settings):
    """Negative control."""
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if m != "portal.middleware.ResponseHeaders"]
    with pytest.raises(AssertionError):
        check(signed_in(world, "callum").get("/accessibility/"))


def test_the_check_sees_inline_script():
    """Negative control."""
    for planted in ("<p onclick='x'>", "<script>1</script>", '<p style="">', "<style>"):
        assert INLINE.findall(planted), planted
    assert not INLINE.findall('<script src="/static/portal/portal.js" defer></script>')
