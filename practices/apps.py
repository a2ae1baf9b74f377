from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _fill_reference(**_: Any) -> None:
    from practices.services import fill_reference

    fill_reference()


class PracticesConfig(AppConfig):
    name = "practices"

    def ready(self) -> None:
        # Not a data migration: its rows would not survive the flush after a transactional test.
        post_migrate.connect(_fill_reference, sender=self)
