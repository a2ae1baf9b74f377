"""`manage.py demo`: a year of meetings, plans and escalations to look at and try out."""

from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.demo.build import InTheWay, SignIns, Unsuitable, build_invented, build_on_file, sign_ins_of_demo
from portal.demo.people import PASSWORD
from practices.parsing import Refused, day_in_name

ADDRESS = "http://127.0.0.1:8000"
FLAG = "--everybody-may-know-the-password"


class Command(BaseCommand):
    help = (
        "Fills an empty database with a year of invented meetings, plans and escalations, and prints who can sign in. "
        "Run again it changes nothing. Only for development, or with an explicit flag: the password is public."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--practices", type=Path, metavar="FILE", help="build on the clusters of this practice file"
        )
        parser.add_argument(
            "--as-of", type=date.fromisoformat, help="the day of that file, where its name does not say"
        )
        parser.add_argument("--if-empty", action="store_true", help="leave a database in use alone, without an error")
        parser.add_argument(FLAG, action="store_true", dest="is_allowed", help="allow it on a server without DEBUG")

    def handle(
        self, *, practices: Path | None, as_of: date | None, if_empty: bool, is_allowed: bool, **options: Any
    ) -> None:
        if not (settings.DEBUG or settings.DEMO or is_allowed):
            raise CommandError(
                f"The password of the demo is public: it is for development only. If you mean it: {FLAG}"
            )
        there = sign_ins_of_demo()
        if there:
            self.stdout.write("The demo is here already; nothing was changed.")
        try:
            self._print(there or self._build(practices, as_of))
        except InTheWay as reason:
            if not if_empty:
                raise CommandError(str(reason)) from None
            self.stdout.write(f"{reason}\n{ADDRESS}")

    def _build(self, file: Path | None, as_of: date | None) -> SignIns:
        try:
            return self._build_on(file, as_of) if file else build_invented()
        except Unsuitable:
            raise CommandError("The demo needs a practice file with clusters in two HSCPs at least.") from None
        except Refused as refused:
            lines = [f"line {r.line}, {r.field}: {r.reason}" for r in refused.refusals[:20]]
            raise CommandError("\n".join(["The practice file cannot be taken:", *lines])) from None

    def _build_on(self, file: Path, as_of: date | None) -> SignIns:
        day = as_of or day_in_name(file.name)
        if day is None:
            raise CommandError("The name of the file does not say of which day it is. Add --as-of YYYY-MM-DD.")
        try:
            data = file.read_bytes()
        except OSError as wrong:
            raise CommandError(f"{file} cannot be read: {wrong.strerror}.") from None
        return build_on_file(data=data, file_name=file.name, as_of=day)

    def _print(self, sign_ins: SignIns) -> None:
        roles = max(len(role) for role, _, _ in sign_ins)
        self.stdout.write(f"\nThe demo: {ADDRESS}\n")
        for role, _, address in sign_ins:
            self.stdout.write(f"  {role:<{roles}}  {address}")
        self.stdout.write("\nPeople, meetings, figures and escalations are invented, on real practices too.")
        self.stdout.write(f"Password of everybody above: {PASSWORD}")
        self.stdout.write("It is public and for demos only. Never load the demo where real people work.")
