"""Forms need their token (S06), reading changes nothing (S07), junk never breaks a page (S37)."""

import itertools
import re
from importlib import import_module

import pytest
from django.conf import settings
from django.db import connection
from django.http import QueryDict
from django.test import Client, RequestFactory
from django.urls import get_resolver
from django_filters import FilterSet

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


@pytest.mark.once
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


@pytest.mark.once
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
    "' OR 1=1 -- <script> % _ \\",
]
# What a database may choke on though Python did not: all that is sent again where PostgreSQL is below.
FOR_THE_DATABASE = ["\x00", str(2**63), "NaN", "0001-01-01"]
ALONE = ("\x00", str(2**63), "²", "")
PARAMETERS = (
    "q page per_page sort year state theme role hscp locality board cluster contract vacancy missing waiting on"
    " kind actor day from to view show ask done person next place practice serves when lacks fits only before"
    " forum whose due action stage topic list chart after idea meeting part under unit priority".split()
)
READ = re.compile(r'request\.GET(?:\.get|\.getlist)?[\[(]"(\w+)"|"(\w+)" in request\.GET')
BOUND = re.compile(r"(\w+)\(\s*request\.GET\b")


def families(base):
    for child in base.__subclasses__():
        yield child
        yield from families(child)


def names_asked():
    """What pages look for in an address: filters, forms that are filled from it, and single names."""
    list(_patterns(get_resolver().url_patterns))  # loads every view
    for found in families(FilterSet):
        yield from found.base_filters
    for path in (path for app in settings.OWN_APPS for path in (settings.ROOT / app).rglob("*.py")):
        source = path.read_text()
        yield from ("".join(names) for names in READ.findall(source))
        module = ".".join(path.relative_to(settings.ROOT).with_suffix("").parts)
        for name in BOUND.findall(source):
            yield from getattr(getattr(import_module(module), name, None), "base_fields", ())


def test_junk_is_tried_on_every_name_that_a_page_looks_for():
    assert set(names_asked()) - set(PARAMETERS) == set()


def test_names_that_pages_look_for_are_found():
    """Negative control: a filter, a form filled from the address, one name."""
    assert {"lacks", "only", "fits"} <= set(names_asked())
    assert "".join(READ.search('"role" in request.GET').groups("")) == "role"


def junk():
    return FOR_THE_DATABASE if connection.vendor == "postgresql" else JUNK


def junk_queries():
    """Queries in which each parameter has each of the values once, and its neighbours have others."""
    values = junk()
    for shift in range(len(values)):
        yield {name: values[(n + shift) % len(values)] for n, name in enumerate(PARAMETERS)}


@pytest.fixture
def looked_for(monkeypatch):
    """The names of parameters that pages look for while a test runs."""
    names: set[str] = set()

    def noting(method):
        def look(self, key, *args, **kwargs):
            names.add(key)
            return method(self, key, *args, **kwargs)

        return look

    for name in ("get", "getlist", "__getitem__", "__contains__"):
        monkeypatch.setattr(QueryDict, name, noting(getattr(QueryDict, name)))
    return names


@pytest.mark.parametrize(("row", "who"), readable(), ids=named(readable()))
def test_junk_in_the_address_never_breaks_a_page(world, row, who, looked_for):
    """Every value in every parameter; one query is enough for a page that looks for none of them."""
    client, path = signed_in(world, who), row.path(world)
    looked_for.clear()
    for sent, query in enumerate(junk_queries()):
        if sent and not looked_for & set(PARAMETERS):
            break
        encoded = {k: v.encode("utf-8", "surrogatepass") for k, v in query.items()}
        assert client.get(path, encoded).status_code in (200, 302, 400, 404), query


def test_what_a_page_looks_for_is_seen(world, looked_for):
    """Negative control: a list looks for its filters, a page of one thing for none."""
    client = signed_in(world, "callum")
    client.get("/actions/")
    assert {"q", "due"} <= looked_for
    looked_for.clear()
    client.get(f"/practices/{world.alder.code}/")
    assert not looked_for & set(PARAMETERS)


@pytest.mark.parametrize(("row", "who"), writable(), ids=named(writable()))
def test_junk_in_a_form_never_breaks_a_page(world, row, who):
    client, path, valid = signed_in(world, who), row.path(world), row.data(world)
    client.raise_request_exception = True
    names = [n for n in valid if n != "csrfmiddlewaretoken"]
    for value in junk():
        sent = {name: value.encode("utf-8", "surrogatepass") for name in names}
        assert client.post(path, sent).status_code < 500
    # Each name alone as well, by turns, so that what looks at all of them together is reached.
    for name, value in zip(names, itertools.cycle(ALONE)):
        assert client.post(path, {**valid, name: value}).status_code < 500, (name, value)


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
