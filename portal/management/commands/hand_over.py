"""`manage.py hand_over`: carries out the handovers whose day has come. Safe to run twice, and after missed days."""

from typing import Any

from django.core.management.base import BaseCommand

from clusters.services.handovers import carry_out_due
from shared.dates import today


class Command(BaseCommand):
    help = (
        "Passes on what people held through roles that have ended, where a handover was planned for it. "
        "Run it every day soon after midnight; run again it changes nothing."
    )

    def handle(self, **options: Any) -> None:
        done = carry_out_due(on=today())
        for handover in done:
            passed = ", ".join(f"{number} {kind}" for kind, number in handover.outcome.items() if number)
            self.stdout.write(f"{handover}: {passed or 'nothing was left to pass on'}")
        self.stdout.write(f"{len(done)} handover{'' if len(done) == 1 else 's'} carried out.")
