"""Answers on what quality means lose their names, and counts are shown in steps."""

import uuid
from collections import Counter
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from shared.sealing import marks_of

SHOWN_FROM = 4
ASKED = ("methods", "leading", "facilitating")


def take_the_names_away(apps: Any, _: Any) -> None:
    """One row for each meaning with how many gave it, and a mark for each who answered. What was shown stays shown."""
    reading, given = apps.get_model("qiplans", "QualityReading"), apps.get_model("qiplans", "ReadingGiven")
    for priority in set(reading.objects.order_by().values_list("priority", flat=True)):
        rows = list(reading.objects.filter(priority=priority))
        marks = (marks_of(f"quality:{priority}:{row.person_id}")[0] for row in rows)
        given.objects.bulk_create(given(priority_id=priority, mark=mark) for mark in sorted(marks))
        reading.objects.filter(priority=priority).delete()
        counts = Counter(row.meaning for row in rows)
        reading.objects.bulk_create(
            reading(
                priority_id=priority,
                meaning=meaning,
                given=count,
                shown=count if len(rows) >= SHOWN_FROM else 0,
            )
            for meaning, count in sorted(counts.items())
        )
    apps.get_model("office", "Draft").objects.filter(key__startswith="qiplans:priority_quality:").delete()


def show_what_was_shown(apps: Any, _: Any) -> None:
    needs = apps.get_model("qiplans", "LearningNeeds")
    for asked in needs.objects.all():
        answers = list(asked.answers.all())
        if len(answers) >= SHOWN_FROM:
            for answer in answers:
                answer.shown = [getattr(answer, name) for name in ASKED]
                answer.save(update_fields=["shown"])


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0003_after_every_meeting"),
        ("qiplans", "0015_learning_needs"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReadingGiven",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("mark", models.CharField(max_length=64)),
                (
                    "priority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings_given",
                        to="qiplans.priority",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [models.UniqueConstraint(fields=("priority", "mark"), name="one_reading_each")],
            },
        ),
        migrations.AddField("learninganswer", "shown", models.JSONField(blank=True, editable=False, null=True)),
        migrations.AddField("qualityreading", "given", models.PositiveIntegerField(default=0)),
        migrations.AddField("qualityreading", "shown", models.PositiveIntegerField(default=0)),
        migrations.RemoveConstraint("qualityreading", "one_reading_a_person"),
        migrations.AlterField(
            "qualityreading",
            "person",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.user"
            ),
        ),
        migrations.RunPython(show_what_was_shown, migrations.RunPython.noop),
        migrations.RunPython(take_the_names_away, migrations.RunPython.noop),
    ]
