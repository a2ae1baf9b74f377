"""Pages that gather: each opens a door, asks one selector, and answers."""

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.middleware import PortalRequest
from clusters.selectors import cluster_for, practice_for
from reporting import rules
from reporting.forms import AuditFilter, TrackerFilter
from reporting.selectors.account import roles_held_by
from reporting.selectors.audit import trail
from reporting.selectors.clusters import cluster_page
from reporting.selectors.home import home_of
from reporting.selectors.practices import practice_page
from reporting.selectors.sight import sight_of
from reporting.selectors.tracker import tracker_of
from reporting.selectors.tracker_rows import Tracker
from reporting.tables import TrackerTable
from shared.exports import as_csv, as_excel
from shared.tables import listed


@require_safe
def home(request: PortalRequest) -> HttpResponse:
    """What needs me, whatever roles I hold."""
    return render(
        request, "reporting/home.html", {"home": home_of(request.user, request.reach, now=timezone.localtime())}
    )


@require_safe
def cluster(request: PortalRequest, slug: str) -> HttpResponse:
    """One cluster: as much of it as the reader's roles show."""
    page = cluster_page(cluster_for(request.reach, slug), request.reach)
    return render(request, "reporting/cluster.html", {"page": page, "cluster": page.cluster})


@require_safe
def who_sees_what(request: PortalRequest, slug: str) -> HttpResponse:
    """Who can see what of this cluster today, worked out from roles and rules."""
    door = cluster_for(request.reach, slug)
    return render(request, "reporting/who_sees_what.html", {"sight": sight_of(door, request.reach), "cluster": door})


@require_safe
def practice(request: PortalRequest, code: str) -> HttpResponse:
    """One practice and its history."""
    page = practice_page(practice_for(request.reach, code), request.reach)
    return render(request, "reporting/practice.html", {"page": page, "practice": page.practice})


@require_safe
def tracker(request: PortalRequest) -> HttpResponse:
    """Every cluster that the reader oversees, in one table."""
    whole, shown, form, table = _tracker(request)
    return render(
        request,
        "reporting/tracker.html",
        {"tracker": shown, "summary": whole.summary(), "total": len(whole.rows), "form": form, "table": table},
    )


@require_safe
def tracker_csv(request: PortalRequest) -> HttpResponseBase:
    """The same rows, in the same order, as CSV."""
    return as_csv("tracker", *_export(request))


@require_safe
def tracker_excel(request: PortalRequest) -> HttpResponse:
    """The same rows, in the same order, for Excel."""
    return as_excel("tracker", *_export(request))


def _tracker(request: PortalRequest) -> tuple[Tracker, Tracker, TrackerFilter, TrackerTable]:
    if not rules.can_see_tracker(request.reach):
        raise Http404
    whole = tracker_of(request.reach)
    form = TrackerFilter(request.GET, whole)
    shown = whole.narrowed(**form.answers())
    table = TrackerTable(list(shown.rows))
    return whole, shown, form, listed(request, table, per_page=max(len(shown.rows), 1))


def _export(request: PortalRequest) -> tuple[list[str], list[list[Any]]]:
    *_, table = _tracker(request)
    return table.for_export()


@require_safe
def audit(request: PortalRequest) -> HttpResponse:
    """The audit trail, newest first."""
    if not rules.can_see_audit(request.reach):
        raise Http404
    form = AuditFilter(request.GET)
    asked = form.answers()
    return render(request, "reporting/audit.html", {"form": form, "trail": trail(**asked), "is_narrowed": bool(asked)})


@require_safe
def account(request: PortalRequest) -> HttpResponse:
    """My roles, what they permit, and the ways to keep my account safe."""
    roles = roles_held_by(request.user, on=request.reach.day)
    return render(request, "reporting/account.html", {"roles": roles})
