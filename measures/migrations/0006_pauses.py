"""When measures were not asked for is kept as rows; so far the audit trail alone knew."""

from datetime import date
from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


def pauses_from_the_trail(apps: Any, _: Any) -> None:
    """Each time that a measure was begun again tells the day of its end, and its own."""
    pause, measure = apps.get_model("measures", "MeasurePause"), apps.get_model("measures", "Measure")
    events = apps.get_model("accounts", "AuditEvent").objects.filter(verb="measure begun again").order_by("pk")
    there = set(measure.objects.values_list("pk", flat=True))
    kept: dict[int, date] = {}
    for event in events:
        ended = event.changes.get("ended_on", [None])[0]
        began = event.changes.get("begun_again_on", [None, None])[1]
        if not ended or event.subject_id not in there:
            continue
        start = date.fromisoformat(ended)
        end = date.fromisoformat(began) if began else kept.get(event.subject_id, start)
        kept[event.subject_id] = max(start, end)
        pause.objects.create(measure_id=event.subject_id, starts_on=start, ends_on=kept[event.subject_id])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_invitations"),
        ("measures", "0005_ending"),
    ]

    operations = [
        migrations.CreateModel(
            name="MeasurePause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField()),
                (
                    "ends_on",
                    models.DateField(
                        help_text="The first day after it: nothing from before this day's period is asked for."
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pauses", to="measures.measure"
                    ),
                ),
            ],
            options={
                "ordering": ("starts_on", "pk"),
                "constraints": [
                    models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="pause_in_order")
                ],
            },
        ),
        migrations.RunPython(pauses_from_the_trail, migrations.RunPython.noop),
        migrations.RemoveField("measure", "begun_again_on"),
    ]
