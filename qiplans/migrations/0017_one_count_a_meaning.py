from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("qiplans", "0016_readings_without_names"),
    ]

    operations = [
        migrations.RemoveField("qualityreading", "person"),
        migrations.AddConstraint(
            "qualityreading",
            models.UniqueConstraint(fields=("priority", "meaning"), name="one_count_a_meaning"),
        ),
    ]
