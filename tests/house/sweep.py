"""What the sweeps share: every page that somebody may open, and the person who may."""

from collections.abc import Iterator

from django.test import Client

from tests.cast import World
from tests.house.matrix import CAST, Row, all_rows

# How the paths end that a browser does not show as a page.
NOT_PAGES = (".csv", ".xlsx", ".vcf", ".ics", ".txt", ".pdf", ".docx", "/health/")


def first_with(row: Row, method: str, *statuses: int) -> str | None:
    """The first of the cast who gets one of `statuses`; None where nobody does."""
    return next((who for who in CAST if row.expected(method, who) in statuses), None)


def readable() -> list[tuple[Row, str]]:
    """Each row that answers GET with a page, and somebody who may read it."""
    return [(row, who) for row in all_rows() if row.get and (who := first_with(row, "get", 200))]


def writable() -> list[tuple[Row, str]]:
    """Each row that takes a POST, and somebody who may send it."""
    return [(row, who) for row in all_rows() if row.post and (who := first_with(row, "post", 200, 302, 422))]


def signed_in(world: World, who: str, **options: object) -> Client:
    """A client signed in as `who`."""
    client = Client(**options)
    client.force_login(getattr(world, who), backend="portal.backends.PersonWithRoles")
    return client


def named(rows: list[tuple[Row, str]]) -> Iterator[str]:
    """Test ids: the URL name and who opens it."""
    return (f"{row.name}-{who}" for row, who in rows)
