"""Permissions by matrix (S09): every URL, every method, every person. A URL without a row fails."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.house.matrix import CAST, Row, all_rows


class _Undo(Exception):
    """Rolls back what one person's request changed, so that the next starts from the same world."""


def names_of(patterns, prefix=""):
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            # Sign-in pages belong to django-allauth and have tests of their own.
            if getattr(entry.urlconf_module, "__name__", "") != "allauth.urls":
                yield from names_of(entry.url_patterns, inner)
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}"


def test_every_url_has_a_row():
    named = set(names_of(get_resolver().url_patterns))
    listed = {row.name for row in all_rows()}
    assert named - listed == set(), "these URLs have no row in tests/house/rows"
    assert listed - named == set(), "these rows have no URL"


def status_of(client: Client, row: Row, method: str, path: str, world) -> int:
    try:
        with transaction.atomic():
            sent = client.get(path) if method == "get" else client.post(path, row.data(world))
            raise _Undo
    except _Undo:
        return sent.status_code


@pytest.mark.once
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("row", all_rows(), ids=lambda row: row.name)
def test_matrix(world, as_person, row, method):
    path = row.path(world)
    # A method that a page does not know is refused before anybody is looked at: two of the cast are enough.
    cast = CAST if getattr(row, method) else ("callum", "nell")
    wanted = {who: row.expected(method, who) for who in cast}
    got = {who: status_of(as_person(getattr(world, who)), row, method, path, world) for who in cast}
    assert got == wanted
    # Visitors are sent to sign in, unless the page is open or knows no such method.
    visitor = status_of(Client(), row, method, path, world)
    assert visitor in ({row.expected(method, "visitor")} if row.open else {302, 405 if method == "post" else 302})
