"""`manage.py import_practices FILE --as-of YYYY-MM-DD`: what the registry's import page does, for a terminal."""

import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from clusters.analysis.practice_list import (
    Decisions,
    details_of,
    refusal_report,
    report_of,
    report_text,
    text_of_refusals,
)
from clusters.services import import_practice_file
from practices.parsing import Refusal, Refused
from practices.parsing.text import SIZE_LIMIT


class Command(BaseCommand):
    help = (
        "Read Public Health Scotland's “GP Practice Contact Details and List Sizes” (a CSV file) into the registry. "
        "A file with any fault is refused whole; exit status 1. Renames and moves apply unless they are refused; "
        "new codes, mergers and closures only where they are confirmed, by the key that a dry run prints beside each."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the CSV file")
        parser.add_argument("--as-of", required=True, metavar="YYYY-MM-DD", help="the day that the list speaks of")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")
        parser.add_argument("--confirm", action="append", default=[], metavar="KEY", help="say yes to a suggestion")
        parser.add_argument("--refuse", action="append", default=[], metavar="KEY", help="say no to a suggestion")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        as_json, is_dry_run = options["format"] == "json", options["dry_run"]
        try:
            plan = import_practice_file(
                data=_content(options["file"]),
                file_name=Path(options["file"]).name,
                as_of=_day(options["as_of"]),
                decisions=Decisions.said(confirmed=options["confirm"], refused=options["refuse"]),
                is_dry_run=is_dry_run,
            )
        except Refused as refused:
            report = refusal_report(refused.refusals, as_of=options["as_of"], is_dry_run=is_dry_run)
            self.stdout.write(json.dumps(report, indent=2) if as_json else text_of_refusals(refused.refusals))
            sys.exit(1)
        report = report_of(plan, is_dry_run=is_dry_run)
        self.stdout.write(json.dumps(report, indent=2) if as_json else report_text(report, details_of(plan)))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(Refusal(0, "as_of", text, "Write the day as YYYY-MM-DD, like 2024-04-01.")) from None


def _content(name: str) -> bytes:
    """The bytes of the file, or one more than a list may have."""
    try:
        with Path(name).open("rb") as file:
            return file.read(SIZE_LIMIT + 1)
    except (OSError, ValueError) as wrong:
        said = wrong.strerror if isinstance(wrong, OSError) and wrong.strerror else "not a file name"
        raise Refused(Refusal(0, "file", name, f"The file cannot be read: {said.lower()}.")) from None
