"""Test-only: the flush after a transactional test may empty the audit table. Nothing else may, ever."""

from django.db import transaction
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite


def let_the_flush_through() -> None:
    """Patch the flush of both databases: triggers stand aside for it and are back afterwards."""
    pg_flush, lite_flush = PostgreSQL.ops_class.execute_sql_flush, SQLite.ops_class.execute_sql_flush

    def flush_postgresql(self, sql_list):
        with transaction.atomic(using=self.connection.alias):
            with self.connection.cursor() as cursor:
                cursor.execute("SET LOCAL session_replication_role = replica")
            pg_flush(self, sql_list)

    def flush_sqlite(self, sql_list):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            lite_flush(self, sql_list)
            for _, sql in triggers:
                cursor.execute(sql)

    PostgreSQL.ops_class.execute_sql_flush = flush_postgresql
    SQLite.ops_class.execute_sql_flush = flush_sqlite
