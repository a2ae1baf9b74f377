"""`manage.py daily`: what has to happen every day. Safe to run twice, on two machines at once, after missed days."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from office.services.daily import Came, ClockDoubted, run_daily


class Command(BaseCommand):
    help = (
        "Does planned handovers, plans the next meetings of every series, writes reminders and sends what waits. "
        "Run it every morning; run again on the same day it does only what failed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="Run although the clock was refused: it is right now.")

    def handle(self, **options: Any) -> None:
        try:
            done = run_daily(at=timezone.now(), is_forced=options["force"])
        except ClockDoubted as doubt:
            raise CommandError(str(doubt)) from doubt
        for ran in done:
            said = f"{ran.came} ({ran.said})" if ran.came is Came.FAILED else str(ran.came)
            self.stdout.write(f"{ran.job}: {ran.said if ran.came is Came.DONE else said}")
        if failed := [ran.job for ran in done if ran.came is Came.FAILED]:
            raise CommandError(
                f"Failed: {', '.join(failed)}. The log says why; running it again does only what failed."
            )
