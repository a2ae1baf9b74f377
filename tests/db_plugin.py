"""`pytest` = SQLite; `pytest --db=pg` = real PostgreSQL started for this run (pip-only).

`--clock=2027-03-28T00:59:59Z` lets the whole run begin at that moment; the clock goes on from there.

Loaded by `addopts = "-p tests.db_plugin"`, so the option exists before pytest-django reads settings.
A hook *wrapper* is needed: pytest-django's own hook is tryfirst and would otherwise win.
"""

import os
import signal
from datetime import datetime

import pytest
import time_machine


def pytest_addoption(parser):
    parser.addoption("--db", choices=["sqlite", "pg", "env"], default=os.environ.get("TEST_DB", "sqlite"))
    parser.addoption("--clock", default=os.environ.get("TEST_CLOCK", ""), help="when the run begins, as ISO 8601")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config, parser, args):
    db = early_config.known_args_namespace.db
    if "PYTEST_XDIST_WORKER" not in os.environ:  # workers inherit DATABASE_URL from the controller
        if db == "pg":
            from tests.ephemeral_pg import EphemeralPostgres

            signal.signal(signal.SIGTERM, signal.default_int_handler)  # who ends the run ends its server too
            pg = EphemeralPostgres().start()
            early_config.add_cleanup(pg.stop)
            os.environ["DATABASE_URL"] = pg.url
        elif db == "sqlite":
            os.environ["DATABASE_URL"] = "sqlite:///unused.sqlite3"  # the test settings name the real file
    if clock := early_config.known_args_namespace.clock:
        os.environ["TEST_CLOCK"] = clock  # for the workers
        moved = time_machine.travel(datetime.fromisoformat(clock), tick=True)
        moved.start()
        early_config.add_cleanup(moved.stop)
    return (yield)


def pytest_report_header(config):
    from django.db import connection

    if connection.vendor != "postgresql":
        import sqlite3

        return f"database: SQLite {sqlite3.sqlite_version}"
    from django.db.backends.postgresql.psycopg_any import is_psycopg3

    return f"database: PostgreSQL via psycopg{3 if is_psycopg3 else 2} {connection.settings_dict['HOST']}"


def pytest_collection_modifyitems(config, items):
    """What needs PostgreSQL is skipped on SQLite. On PostgreSQL is skipped what asks no database, is marked `once`, or
    drives a browser and is not marked `both`.
    """
    from django.db import connection

    is_postgres = connection.vendor == "postgresql"
    for it in items:
        asks = {"db", "transactional_db"} & set(it.fixturenames) or it.get_closest_marker("django_db")
        drives = {"page", "browser"} & set(it.fixturenames) and "both" not in it.keywords
        if is_postgres and ("once" in it.keywords or drives or not asks):
            it.add_marker(pytest.mark.skip(reason="the same on SQLite"))
        elif not is_postgres and "pg" in it.keywords:
            it.add_marker(pytest.mark.skip(reason="PostgreSQL only"))
