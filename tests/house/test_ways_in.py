"""The ways in are few and written down (S15): which views open without sign-in, and which code makes a session."""

import re
from pathlib import Path

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

DOCUMENT = settings.ROOT / "docs" / "ways-in.md"
LOGS_IN = re.compile(r"(?<!def )\b(?:auth_)?(?:perform_)?(?:force_)?login\(")


def open_views(entries, prefix=""):
    for entry in entries:
        if isinstance(entry, URLResolver):
            yield from open_views(entry.url_patterns, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        elif isinstance(entry, URLPattern) and not getattr(entry.callback, "login_required", True):
            yield f"{prefix}{entry.name}"


def written(heading):
    """The names in backticks under a heading of the document."""
    part = DOCUMENT.read_text().partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return set(re.findall(r"^- `([^`]+)`", part, re.M))


def test_the_views_that_open_without_sign_in_are_those_of_the_document():
    assert set(open_views(get_resolver().url_patterns)) == written("Pages that open without sign-in")


def test_sessions_are_made_where_the_document_says():
    found = set()
    for app in settings.OWN_APPS:
        for path in Path(settings.ROOT / app).rglob("*.py"):
            if any(LOGS_IN.search(line) for line in path.read_text().splitlines()):
                found.add(str(path.relative_to(settings.ROOT)))
    assert found == written("Code of ours that signs somebody in")


def test_there_is_no_admin_site():
    assert "django.contrib.admin" not in settings.INSTALLED_APPS


def test_the_search_sees_a_login():
    """Negative control."""
    assert LOGS_IN.search("    login(request, person)")
    assert LOGS_IN.search("auth.login(request)")
    assert not LOGS_IN.search("def login(self, request):")
