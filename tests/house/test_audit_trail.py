"""The audit trail only grows (S24): seen to refuse on both databases."""

import pytest
from django.db import DatabaseError, connection, transaction

from accounts import audit
from accounts.models import AuditEvent


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
