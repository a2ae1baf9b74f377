"""How far up a project is read becomes a level. What was shared was read by the HSCP and the health board."""

from django.db import migrations, models


def levels_from_ticks(apps, schema_editor):
    apps.get_model("qiplans", "Project").objects.filter(is_shared_with_hscp=True).update(share_level="BOARD")


def ticks_from_levels(apps, schema_editor):
    projects = apps.get_model("qiplans", "Project").objects
    projects.exclude(share_level="CLUSTER").update(is_shared_with_hscp=True)


class Migration(migrations.Migration):
    dependencies = [
        ("qiplans", "0003_several_measures"),
    ]

    operations = [
        migrations.AddField(
            model_name="project",
            name="share_level",
            field=models.CharField(
                choices=[
                    ("CLUSTER", "Cluster only"),
                    ("HSCP", "Cluster and HSCP"),
                    ("BOARD", "Cluster, HSCP and health board"),
                    ("SCOTLAND", "Cluster, HSCP, health board and, in brief, all of Scotland"),
                ],
                default="CLUSTER",
                max_length=8,
            ),
        ),
        migrations.RunPython(levels_from_ticks, ticks_from_levels),
        migrations.RemoveField(
            model_name="project",
            name="is_shared_with_hscp",
        ),
    ]
