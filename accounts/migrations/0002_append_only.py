"""The audit table refuses UPDATE, DELETE and (PostgreSQL) TRUNCATE: a row trigger does not fire for TRUNCATE."""

from django.db import migrations

FORWARDS = {
    "postgresql": [
        """CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the audit trail only grows'; END $$""",
        """CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON accounts_auditevent
        FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
        """CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON accounts_auditevent
        FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
    ],
    "sqlite": [
        """CREATE TRIGGER audit_no_update BEFORE UPDATE ON accounts_auditevent
        BEGIN SELECT RAISE(ABORT, 'the audit trail only grows'); END""",
        """CREATE TRIGGER audit_no_delete BEFORE DELETE ON accounts_auditevent
        BEGIN SELECT RAISE(ABORT, 'the audit trail only grows'); END""",
    ],
}
BACKWARDS = {
    "postgresql": [
        "DROP TRIGGER audit_no_change ON accounts_auditevent",
        "DROP TRIGGER audit_no_truncate ON accounts_auditevent",
        "DROP FUNCTION audit_refuse()",
    ],
    "sqlite": ["DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"],
}


def forwards(apps, schema_editor):
    for statement in FORWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def backwards(apps, schema_editor):
    for statement in BACKWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
