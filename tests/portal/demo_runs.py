"""What the tests of the demo share: running it, and counting what it leaves."""

from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

REAL = "practice_contactdetails_apr2024-open-data.csv"


def run(capsys, **options) -> str:
    """What the command prints."""
    call_command("demo", is_allowed=True, skip_checks=True, **options)
    return capsys.readouterr().out


def counts() -> dict[str, int]:
    """How many rows every table has."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models() if model._meta.managed}


def events_to_come() -> list[str]:
    """Columns that hold a moment later than now."""
    now = timezone.now()
    return [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.name.endswith("_at") and field.get_internal_type() == "DateTimeField"
        if model._base_manager.filter(**{f"{field.name}__gt": now}).exists()
    ]
