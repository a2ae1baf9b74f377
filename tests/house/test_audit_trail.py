"""The audit trail only grows (S24): seen to refuse on both databases."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from accounts import audit
from accounts.models import AuditEvent
from tests.house.sweep import named, signed_in, writable

# Kept while typing and thrown away again: no change of anything that anybody else sees.
NOT_TRACKED = {"accounts_auditevent", "office_draft"}
WRITTEN = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)


@pytest.fixture
def event(world):
    return audit.record("practice.seen", world.alder, by=world.priya)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE accounts_auditevent SET actor = 'nobody'",
        "DELETE FROM accounts_auditevent",
        pytest.param("TRUNCATE accounts_auditevent", marks=pytest.mark.pg),
    ],
)
def test_the_database_refuses(event, sql):
    connection.check_constraints()  # PostgreSQL will not truncate while foreign keys wait to be checked
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert AuditEvent.objects.get(pk=event.pk).actor == "Priya Nair"


def test_without_the_triggers_it_would_have_gone(event):
    """Negative control: the triggers, and nothing else, refuse."""
    names = {"audit_no_update", "audit_no_delete"} if connection.vendor == "sqlite" else {"audit_no_change"}
    with connection.cursor() as cursor:
        for name in names:
            on = " ON accounts_auditevent" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on}")
        cursor.execute("DELETE FROM accounts_auditevent")
    assert AuditEvent.objects.count() == 0


def test_a_change_keeps_structure_and_only_the_name_of_words(world):
    before = audit.snapshot(world.rowan)
    world.rowan.mission = "Better care for Mrs Smith"
    world.rowan.closed_on = world.today
    event = audit.record("cluster.changed", world.rowan, by=world.priya, before=before)
    assert event.changes == {"closed_on": [None, str(world.today)], "words": ["mission"]}
    assert "Smith" not in str(event.changes) + event.subject


def test_an_undone_change_leaves_no_event(world):
    with transaction.atomic():
        audit.record("practice.seen", world.alder, by=None)
        transaction.set_rollback(True)
    assert not AuditEvent.objects.filter(verb="practice.seen").exists()


def test_nobody_signed_in_is_the_command_line(world):
    assert audit.record("practice.seen", world.alder, by=None).actor == "command line"


class TablesWritten:
    """Notes which of the project's tracked tables a request writes to, however it does it (bulk writes too)."""

    def __init__(self) -> None:
        models = [m for m in apps.get_models(include_auto_created=True) if m._meta.app_label in settings.OWN_APPS]
        self.tracked = {m._meta.db_table for m in models} - NOT_TRACKED
        self.seen: set[str] = set()

    def __call__(self, execute, sql, params, many, context):
        if (match := WRITTEN.match(sql)) and match[1] in self.tracked:
            self.seen.add(match[1])
        return execute(sql, params, many, context)


# Signing in writes the time on the person; it has events of its own.
WRITES = [(row, who) for row, who in writable() if row.expected("post", who) == 302]


@pytest.mark.parametrize(("row", "who"), WRITES, ids=named(WRITES))
def test_every_change_leaves_an_event_with_its_actor(world, row, who):
    path, data, client = row.path(world), row.data(world), signed_in(world, who)
    last = AuditEvent.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    written = TablesWritten()
    with connection.execute_wrapper(written):
        assert client.post(path, data).status_code == 302
    if written.seen:
        by = set(AuditEvent.objects.filter(pk__gt=last).values_list("by__email", flat=True))
        assert by == {getattr(world, who).email}, f"{written.seen} changed without an event of {who}"


def test_most_of_the_writing_rows_do_change_something(world):
    """The sweep above means something only while its rows really write."""
    changed = 0
    for row, who in WRITES:
        written = TablesWritten()
        with transaction.atomic():
            path, data, client = row.path(world), row.data(world), signed_in(world, who)
            with connection.execute_wrapper(written):
                client.post(path, data)
            transaction.set_rollback(True)
        changed += bool(written.seen)
    assert changed >= 30


def test_the_sweep_sees_a_bulk_change_without_an_event(world):
    """Negative control."""
    written = TablesWritten()
    with connection.execute_wrapper(written):
        type(world.rowan).objects.filter(pk=world.rowan.pk).update(mission="Better recall")
    assert written.seen == {"clusters_cluster"}
    assert not AuditEvent.objects.exists()
