"""Forms need their token (S06), reading changes nothing (S07), junk never breaks a page (S37)."""

import itertools

import pytest
from django.db import connection
from django.test import Client, RequestFactory

from tests.house.matrix import all_rows
from tests.house.sweep import named, readable, signed_in, writable

WRITES = ("INSERT", "UPDATE", "DELETE")
# A page may touch these on GET: the session slides, the rate limiter counts.
MAY_BE_WRITTEN = ("django_session", "cache")


class NoWrites:
    """Refuses statements that change a row outside sessions and cache."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(self, execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(WRITES) and not any(f'"{t}"' in sql for t in MAY_BE_WRITTEN):
            self.seen.append(sql)
        return execute(sql, params, many, context)


@pytest.mark.parametrize(("row", "who"), readable(), ids=named(readable()))
def test_reading_changes_nothing(world, row, who):
    client, path = signed_in(world, who), row.path(world)
    guard = NoWrites()
    with connection.execute_wrapper(guard):
        client.get(path)
        client.head(path)
        client.options(path)
    assert guard.seen == []


def test_the_guard_sees_a_write(world):
    """Negative control."""
    guard = NoWrites()
    with connection.execute_wrapper(guard):
        world.rowan.forum.save()
    assert len(guard.seen) == 1


# Autosave has a signed token of its own, which another site cannot have: the words are kept for their owner (F15).
GUARDED = [(row, who) for row, who in writable() if row.name != "office:draft_keep"]


@pytest.mark.parametrize(("row", "who"), GUARDED, ids=named(GUARDED))
def test_a_form_without_its_token_changes_nothing(world, row, who):
    path, data = row.path(world), row.data(world)
    client = signed_in(world, who, enforce_csrf_checks=True)
    guard = NoWrites()
    with connection.execute_wrapper(guard):
        response = client.post(path, data)
    assert response.status_code == 403
    assert guard.seen == []


def test_no_view_is_exempt_from_the_token():
    exempt = [row.name for row in all_rows() if getattr(_view(row), "csrf_exempt", False)]
    assert exempt == []


def _view(row):
    from django.urls import get_resolver

    return next(
        (p.callback for p in _patterns(get_resolver().url_patterns) if p.name == row.name.rpartition(":")[2]), None
    )


def _patterns(entries):
    for entry in entries:
        yield from _patterns(entry.url_patterns) if hasattr(entry, "url_patterns") else [entry]


JUNK = [
    "\x00",
    "²",
    "\ud800",
    "-1",
    "1e9",
    str(2**63),
    "NaN",
    "\u202e",
    "🙂",
    "0",
    "9" * 5000,
    "0001-01-01",
    "9999-12-31",
    "2026-02-29",
    "31/9/2026",
    "' OR 1=1 --",
    "<script>",
    "%",
    "_",
    "\\",
]
PARAMETERS = (
    "q page per_page sort year state theme role hscp locality board cluster contract vacancy missing waiting on"
    " kind actor day from to view show ask done person next".split()
)


def junk_queries():
    yield {name: JUNK[n % len(JUNK)] for n, name in enumerate(PARAMETERS)}
    for shift in range(1, len(JUNK)):
        yield {name: JUNK[(n * 7 + shift) % len(JUNK)] for n, name in enumerate(PARAMETERS)}


@pytest.mark.parametrize(("row", "who"), readable(), ids=named(readable()))
def test_junk_in_the_address_never_breaks_a_page(world, row, who):
    client, path = signed_in(world, who), row.path(world)
    for query in junk_queries():
        encoded = {k: v.encode("utf-8", "surrogatepass") for k, v in query.items()}
        assert client.get(path, encoded).status_code in (200, 302, 400, 404), query


@pytest.mark.parametrize(("row", "who"), writable(), ids=named(writable()))
def test_junk_in_a_form_never_breaks_a_page(world, row, who):
    client, path, valid = signed_in(world, who), row.path(world), row.data(world)
    client.raise_request_exception = True
    names = [n for n in valid if n != "csrfmiddlewaretoken"]
    for junk in JUNK:
        sent = {name: junk.encode("utf-8", "surrogatepass") for name in names}
        assert client.post(path, sent).status_code < 500
    for name, junk in itertools.product(names, ("\x00", str(2**63), "²", "")):
        assert client.post(path, {**valid, name: junk}).status_code < 500, (name, junk)


def test_a_junk_filter_would_have_broken_a_naive_page():
    """Negative control: what the junk is made of breaks code that does not expect it."""
    request = RequestFactory().get("/", {"hscp": "²"})
    assert request.GET["hscp"].isdigit()
    with pytest.raises(ValueError, match="invalid literal"):
        int(request.GET["hscp"])


def test_absurd_addresses_are_not_found(db):
    client = Client()
    for path in ("/.git/config", "/static/../manage.py", "/meetings/99999999999999999999/", "/clusters/%00/"):
        assert client.get(path).status_code in (302, 404)
