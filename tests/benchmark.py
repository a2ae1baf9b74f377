"""`make benchmark`: what the pages cost, as ratios in one run, never as seconds that another machine would contradict.

Each page is timed in turn with a hello-world view (no user, no query), with the smallest signed-in page, and with the
page's own SQL sent through a bare cursor. The median of the ratios is printed, with the number of queries.
"""

import gc
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROUNDS = 15


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="benchmark-"))
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'demo.sqlite3'}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.DEMO = True
    call_command("migrate", verbosity=0)
    call_command("demo", verbosity=0)
    report()
    return 0


def pages() -> list[tuple[str, str, str]]:
    """What is measured: a name, who opens it, the path."""
    from clusters.models import Cluster

    rowan = Cluster.objects.get(forum__slug="rowan").forum.slug
    return [
        ("home, CQL", "callum", "/"),
        ("cluster page", "callum", f"/clusters/{rowan}/"),
        ("meeting form", "callum", f"/clusters/{rowan}/meetings/log/"),
        ("my actions", "callum", "/actions/"),
        ("plan", "callum", f"/clusters/{rowan}/plan/"),
        ("tracker, one HSCP", "heather", "/tracker/"),
        ("escalations", "heather", "/escalations/"),
        ("practices", "priya", "/registry/practices/"),
    ]


def report() -> None:
    clients = {who: client_of(who) for who in {who for _, who, _ in pages()}}
    print(f"{'page':<20}{'queries':>8}{'× hello':>10}{'× smallest':>12}{'× own SQL':>11}{'KB':>7}")
    for name, who, path in pages():
        client = clients[who]
        statements = statements_of(client, path)
        ratios = measure(
            lambda c=client, p=path: c.get(p),
            lambda c=client: c.get("/health/"),
            lambda c=client: c.get("/account/"),
            lambda s=statements: replay(s),
        )
        size = len(client.get(path).content) / 1000
        print(f"{name:<20}{len(statements):>8}" + "{:>10.1f}{:>12.1f}{:>11.1f}".format(*ratios) + f"{size:>7.0f}")


def client_of(who: str):
    from django.test import Client

    from accounts.models import User

    client = Client()
    person = User.objects.get(email=f"{who}@example.org")
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def statements_of(client, path: str) -> list[tuple[str, object]]:
    from django.db import connection

    seen: list[tuple[str, object]] = []

    def keep(execute, sql, params, many, context):
        seen.append((sql, params))
        return execute(sql, params, many, context)

    client.get(path)
    with connection.execute_wrapper(keep):
        client.get(path)
    return [(sql, params) for sql, params in seen if sql.startswith("SELECT")]


def replay(statements: list[tuple[str, object]]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)
            cursor.fetchall()


def measure(page: Callable, *others: Callable) -> list[float]:
    """Median of page time over each other's time, all taken in the same round."""
    ratios: list[list[float]] = [[] for _ in others]
    gc.disable()
    for _ in range(ROUNDS):
        cost = seconds(page)
        for n, other in enumerate(others):
            ratios[n].append(cost / max(seconds(other), 1e-6))
    gc.enable()
    return [statistics.median(r) for r in ratios]


def seconds(call: Callable) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
