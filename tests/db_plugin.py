"""`pytest` = SQLite; `pytest --db=pg` = real PostgreSQL started for this run (pip-only).

Loaded by `addopts = "-p tests.db_plugin"`, so the option exists before pytest-django reads settings.
A hook *wrapper* is needed: pytest-django's own hook is tryfirst and would otherwise win.
"""

import os

import pytest


def pytest_addoption(parser):
    parser.addoption("--db", choices=["sqlite", "pg", "env"], default=os.environ.get("TEST_DB", "sqlite"))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config, parser, args):
    db = early_config.known_args_namespace.db
    if "PYTEST_XDIST_WORKER" not in os.environ:  # workers inherit DATABASE_URL from the controller
        if db == "pg":
            from tests.ephemeral_pg import EphemeralPostgres

            pg = EphemeralPostgres().start()
            early_config.add_cleanup(pg.stop)
            os.environ["DATABASE_URL"] = pg.url
        elif db == "sqlite":
            os.environ["DATABASE_URL"] = "sqlite:///unused.sqlite3"  # the test settings name the real file
    return (yield)


def pytest_report_header(config):
    from django.db import connection

    if connection.vendor != "postgresql":
        import sqlite3

        return f"database: SQLite {sqlite3.sqlite_version}"
    from django.db.backends.postgresql.psycopg_any import is_psycopg3

    return f"database: PostgreSQL via psycopg{3 if is_psycopg3 else 2} {connection.settings_dict['HOST']}"


def pytest_collection_modifyitems(config, items):
    from django.db import connection

    if connection.vendor != "postgresql":
        for it in items:
            if "pg" in it.keywords:
                it.add_marker(pytest.mark.skip(reason="PostgreSQL only"))
