"""Adds a person with one role: how the first registry administrator of a fresh site comes in."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils.timezone import localdate

from accounts.roles import Role
from accounts.selectors import waiting_invitation
from clusters import selectors, services
from shared.dates import in_words, today


class Command(BaseCommand):
    help = "Adds a person with a role, or gives the role to somebody who is here already. They are invited by e-mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="their e-mail address, which is their sign-in")
        parser.add_argument("full_name", help='their name in quotes, as in "Priya Nair"')
        parser.add_argument("--role", required=True, choices=[role.name for role in Role], help="which role they hold")
        parser.add_argument(
            "--at",
            help="where: practice:90000, cluster:rowan, locality:3, hscp:S37000005 or board:S08000019; "
            "nothing for roles that are held everywhere",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at = selectors.place_named(options["at"]) if options["at"] else None
        if options["at"] and at is None:
            raise CommandError(f"There is no place “{options['at']}”. Write it as in practice:90000 or cluster:rowan.")
        role = Role[options["role"]]
        try:
            validate_email(options["email"])
            held = services.appoint(
                email=options["email"], full_name=options["full_name"], role=role, at=at, starts_on=today(), by=None
            )
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from None
        where = f" at {held.where}" if held.where else ""
        self.stdout.write(f"{held.person} holds the role {role.label}{where} from {in_words(held.starts_on)}.")
        if invitation := waiting_invitation(held.person):
            self.stdout.write(
                f"An invitation is on its way to {invitation.email}; it works once, until "
                f"{in_words(localdate(invitation.valid_until))}. Its letter waits until the mail server takes it: "
                "manage.py deliver_letters tries again."
            )
