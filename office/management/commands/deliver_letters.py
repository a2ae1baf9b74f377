"""Sends the letters that are due. Run it every minute: it does nothing when nothing waits."""

from typing import Any

from django.core.management.base import BaseCommand

from office.models import Letter
from office.services.delivery import deliver_letters


class Command(BaseCommand):
    help = "Sends the letters that wait, and those that the mail server refused for now. May run twice at a time."

    def handle(self, *args: Any, **options: Any) -> None:
        became = deliver_letters()
        if options["verbosity"] > 1 or any(became.values()):
            counts = [f"{became[state]} {state.label.lower()}" for state in Letter.State if became[state]]
            self.stdout.write(", ".join(counts) or "Nothing waits.")
