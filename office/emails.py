"""What reminders say. Text only; the outbox sends it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from office.plugs import Line, Section
from office.rules import one_line
from shared.fields import PatientNumber, refuse_patient_numbers, without_patient_numbers

SHOWN = 25  # lines of a part; the home page has them all
COUNTED = {Section.LATE: "late", Section.DUE: "due soon", Section.NEW: "new", Section.COMING: "coming up"}


def absolute(link: str) -> str:
    """The link with the address of this site before it, whatever site it named."""
    parts = urlsplit(link)
    query = f"?{parts.query}" if parts.query else ""
    return f"{settings.SITE_ROOT}{parts.path}{query}"


@dataclass(frozen=True)
class Part:
    """One part of a reminder: its lines as (text, address), and how many more there are."""

    title: str
    lines: list[tuple[str, str]]
    others: int


def reminder_letter(person: User, lines: Iterable[Line]) -> tuple[str, str]:
    """Subject and body of one reminder: part by part, each line with the address of its page.

    The subject counts and names nothing: it is read over shoulders.
    """
    by_part = {section: [line for line in lines if line.section == section] for section in Section}
    counts = [f"{len(found)} {COUNTED[section]}" for section, found in by_part.items() if found]
    context = {
        "person": one_line(person.get_short_name()),
        "parts": [_part(section, found) for section, found in by_part.items() if found],
        "portal": settings.PORTAL_NAME,
        "home": absolute(reverse("reporting:home")),
        "choose": absolute(reverse("office:reminders")),
    }
    body = render_to_string("office/email/reminder.txt", context).strip()
    return f"{settings.PORTAL_NAME}: {', '.join(counts)}", guarded(body)


def _part(section: Section, lines: list[Line]) -> Part:
    ordered = sorted(lines, key=lambda line: (line.day or date.max, line.key))
    shown = [(one_line(line.text), absolute(line.path)) for line in ordered[:SHOWN]]
    return Part(section.value, shown, len(lines[SHOWN:]))


def guarded(body: str) -> str:
    """The body; what words that meet by chance make of a patient's number is blacked out and stops no letter."""
    try:
        refuse_patient_numbers(body)
    except PatientNumber:
        return without_patient_numbers(body)
    return body
