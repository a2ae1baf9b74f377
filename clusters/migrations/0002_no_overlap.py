"""PostgreSQL: a practice belongs to one in-hours cluster at a time, even when a service is bypassed.

No btree_gist needed: ids go in as int8range(id, id, '[]'), and range types have a built-in GiST operator class.
On SQLite the service alone refuses, in its IMMEDIATE transaction.
"""

from django.db import migrations

CONSTRAINT = """ALTER TABLE clusters_membership ADD CONSTRAINT membership_no_overlap EXCLUDE USING gist (
  int8range(practice_id, practice_id, '[]') WITH &&, daterange(starts_on, ends_on) WITH &&) WHERE (kind = 'IN')"""


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CONSTRAINT, params=None)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE clusters_membership DROP CONSTRAINT membership_no_overlap", params=None)


class Migration(migrations.Migration):
    dependencies = [("clusters", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
