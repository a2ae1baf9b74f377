"""Who is who, whom to ask about what, one person, and mailing lists."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.middleware import PortalRequest
from clusters.rules import can_watch_posts
from clusters.selectors.people import hscps_around, people_of, people_within
from directory.documents.vcards import vcards
from directory.filters.people import DirectoryFilter, MailingFilter
from directory.rules import directory_kept
from directory.selectors.people import LIST_HEADINGS, Listed, held_by, mailing_list, person_page, shortcuts
from directory.selectors.support import FEW_HSCPS, Help, help_with, usual_words
from directory.tables.people import DirectoryTable, MailingTable
from practices.models import HSCP
from shared.exports import as_csv
from shared.tables import listed


@require_safe
def people(request: PortalRequest) -> HttpResponse:
    """One search box for problems, names, places and roles, and everybody within reach, a row each."""
    within = people_within(request.reach)
    found = DirectoryFilter(request.GET, queryset=within, request=request)
    table = listed(request, DirectoryTable(people_of(found.qs)))
    table.held = held_by([row.record for row in table.page.object_list], within, request.reach)
    hscps = _asked_in(request, found)
    context = {
        "filter": found,
        "narrowed": found.is_narrowed,
        "table": table,
        "help": _help(request, found, hscps),
        "too_many": len(hscps) > FEW_HSCPS,
        "watches_posts": can_watch_posts(request.reach),
        "problems": usual_words(hscps) if hscps else [],
    }
    return render(request, "directory/people.html", context)


def _asked_in(request: PortalRequest, found: DirectoryFilter) -> list[HSCP]:
    """The HSCPs whose support areas answer: the chosen one, else all around the reader."""
    hscps = list(hscps_around(request.reach))
    chosen = [hscp for hscp in hscps if found.chosen("place") == f"hscp:{hscp.code}"]
    return chosen or hscps


def _help(request: PortalRequest, found: DirectoryFilter, hscps: list[HSCP]) -> Help | None:
    """What the support areas answer; without a question only where urgent matters go."""
    if not hscps or len(hscps) > FEW_HSCPS:
        return None
    typed = found.chosen("q") or ""
    return help_with(typed, request.reach, hscps=hscps, kept=directory_kept(request.reach))


@require_safe
def person(request: PortalRequest, pk: int) -> HttpResponse:
    """Somebody's roles of today side by side, what they declared, and what they are named for."""
    page = person_page(request.reach, pk)
    is_self = page.person.pk == request.reach.person_id
    return render(request, "directory/person.html", {"page": page, "person": page.person, "is_self": is_self})


@require_safe
def mailing(request: PortalRequest) -> HttpResponse:
    """Who holds which roles at which place today, as addresses to copy."""
    found, people_found = _mailing(request)
    addresses = list(dict.fromkeys(one.email for one in people_found))
    context = {
        "filter": found,
        "narrowed": _is_narrowed(request),
        "people": people_found,
        "table": listed(request, MailingTable(people_found)),
        "semicolons": "; ".join(addresses),
        "commas": ", ".join(addresses),
        "query": request.GET.urlencode(),
        "shortcuts": shortcuts(found.places),
    }
    return render(request, "directory/mailing.html", context)


def _is_narrowed(request: PortalRequest) -> bool:
    return any(request.GET.get(name) for name in ("role", "place"))


def _mailing(request: PortalRequest) -> tuple[MailingFilter, list[Listed]]:
    """Nobody until a role or a place is chosen: a list of everybody is nobody's list."""
    found = MailingFilter(request.GET, queryset=people_within(request.reach), request=request)
    asked = _is_narrowed(request) and found.form.is_valid()
    return found, mailing_list(found.qs) if asked else []


@require_safe
def mailing_csv(request: PortalRequest) -> HttpResponseBase:
    """The same list as CSV."""
    rows: list[tuple[Any, ...]] = [one.line() for one in _mailing(request)[1]]
    return as_csv("people", LIST_HEADINGS, rows)


@require_safe
def mailing_vcards(request: PortalRequest) -> HttpResponse:
    """The same list as vCards in one file."""
    response = HttpResponse(vcards(_mailing(request)[1]), content_type="text/vcard; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="people.vcf"'
    return response
