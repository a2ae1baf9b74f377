"""Pages that gather: each opens a door, asks one selector, and answers."""

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.middleware import PortalRequest
from clusters.selectors import cluster_for, practice_for, registry_door
from clusters.selectors.forums import forum_for, hscp_for
from clusters.selectors.handovers import which_open
from directory.selectors.interests import interests_of
from directory.selectors.terms import own_terms
from office.selectors import choice_of
from reporting import rules
from reporting.forms import AuditFilter, TrackerFilter
from reporting.selectors import cluster_history as cluster_histories
from reporting.selectors import system_map
from reporting.selectors.account import roles_held_by
from reporting.selectors.audit import trail
from reporting.selectors.changes import record_changes as record_changes_of
from reporting.selectors.clusters import cluster_page
from reporting.selectors.forums import forum_page
from reporting.selectors.home import home_of
from reporting.selectors.hscp_actions import actions_page
from reporting.selectors.hscps import hscp_page
from reporting.selectors.ownerless import left_in
from reporting.selectors.places import places_page
from reporting.selectors.practices import practice_page
from reporting.selectors.sight import sight_of
from reporting.selectors.tracker import tracker_of
from reporting.selectors.tracker_rows import Tracker
from reporting.selectors.waiting import owed_to_cluster
from reporting.tables import TrackerTable
from shared.exports import as_csv, as_excel
from shared.forms import OnDayForm
from shared.tables import listed


@require_safe
def home(request: PortalRequest) -> HttpResponse:
    """What needs me, whatever roles I hold."""
    return render(
        request, "reporting/home.html", {"home": home_of(request.user, request.reach, now=timezone.localtime())}
    )


@require_safe
def cluster(request: PortalRequest, slug: str) -> HttpResponse:
    """One cluster: as much of it as the reader's roles show; with `?on=` as it was on that day."""
    door = cluster_for(request.reach, slug)
    if day := OnDayForm(request.GET).day():
        return redirect(f"{reverse('reporting:cluster_history', args=[door.forum.slug])}?on={day}")
    page = cluster_page(door, request.reach)
    return render(request, "reporting/cluster.html", {"page": page, "cluster": page.cluster})


@require_safe
def cluster_history(request: PortalRequest, slug: str) -> HttpResponse:
    """One cluster as it was on a day (`?on=`; without, today or its last day), and what was changed of it."""
    door, form = cluster_for(request.reach, slug), OnDayForm(request.GET)
    page = cluster_histories.cluster_history(door, request.reach, form.day())
    return render(request, "reporting/cluster_history.html", {"page": page, "cluster": door, "form": form})


@require_safe
def record_changes(request: PortalRequest, kind: str, pk: int) -> HttpResponse:
    """What was changed of one record of the registry."""
    changes = record_changes_of(registry_door(request.reach), kind, pk)
    return render(request, "reporting/record_changes.html", {"changes": changes})


@require_safe
def who_sees_what(request: PortalRequest, slug: str) -> HttpResponse:
    """Who can see what of this cluster today, worked out from roles and rules."""
    door = cluster_for(request.reach, slug)
    return render(request, "reporting/who_sees_what.html", {"sight": sight_of(door, request.reach), "cluster": door})


@require_safe
def cluster_map(request: PortalRequest, slug: str) -> HttpResponse:
    """The forums around one cluster: who, decides what, what flows up and how answers come back."""
    around = cluster_for(request.reach, slug)
    context = {"map": system_map.cluster_map(around, request.reach), "cluster": around}
    return render(request, "reporting/cluster_map.html", context)


@require_safe
def hscp_map(request: PortalRequest, code: str) -> HttpResponse:
    """The same for a whole HSCP."""
    hscp = hscp_for(request.reach, code)
    context = {"map": system_map.hscp_map(hscp, request.reach), "hscp": hscp}
    return render(request, "reporting/hscp_map.html", context)


@require_safe
def forum(request: PortalRequest, slug: str) -> HttpResponse:
    """One forum above or beside clusters: its record, who sits there, and what it decides."""
    page = forum_page(forum_for(request.reach, slug), request.reach)
    return render(request, "reporting/forum.html", {"page": page, "forum": page.forum})


@require_safe
def ownerless(request: PortalRequest, slug: str) -> HttpResponse:
    """What has no owner in a cluster since somebody left, and where to hand it over."""
    sentence = "The Cluster Quality Leads and the HSCP lead see what has no owner, and hand it over."
    door = cluster_for(request.reach, slug, may=rules.can_see_ownerless, sentence=sentence)
    left = left_in(door, request.reach)
    in_hand = which_open(request.reach, [one.role_id for one in left if one.role_id])
    return render(request, "reporting/ownerless.html", {"left": left, "cluster": door, "in_hand": in_hand})


@require_safe
def cluster_waiting(request: PortalRequest, slug: str) -> HttpResponse:
    """What the HSCP owes a cluster, the oldest first."""
    sentence = "Members of the cluster, and those above it who answer, see what waits for the HSCP."
    door = cluster_for(request.reach, slug, may=rules.can_see_owed, sentence=sentence)
    page = owed_to_cluster(door, request.reach)
    return render(request, "reporting/cluster_waiting.html", {"page": page, "cluster": door})


@require_safe
def hscp_actions(request: PortalRequest, code: str) -> HttpResponse:
    """How many actions of each cluster of an HSCP are done, in the order of names: numbers, never words."""
    sentence = "The leads of the HSCP see these numbers."
    hscp = hscp_for(request.reach, code, may=rules.can_see_completion, sentence=sentence)
    return render(request, "reporting/hscp_actions.html", {"page": actions_page(hscp, request.reach), "hscp": hscp})


@require_safe
def practice(request: PortalRequest, code: str) -> HttpResponse:
    """One practice and its history."""
    page = practice_page(practice_for(request.reach, code), request.reach)
    return render(request, "reporting/practice.html", {"page": page, "practice": page.practice})


@require_safe
def places(request: PortalRequest) -> HttpResponse:
    """Scotland as a tree down to the HSCPs, as far as the reader reaches."""
    return render(request, "reporting/places.html", {"page": places_page(request.reach)})


@require_safe
def hscp(request: PortalRequest, code: str) -> HttpResponse:
    """One HSCP: its localities, clusters and practices."""
    page = hscp_page(hscp_for(request.reach, code), request.reach)
    return render(request, "reporting/hscp.html", {"page": page, "hscp": page.hscp})


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
    roles = roles_held_by(request.user, request.reach)
    terms = own_terms(request.user.pk, on=request.reach.day)
    declared = interests_of(request.user)
    context = {"roles": roles, "terms": terms, "declared": declared, "reminded": choice_of(request.user)}
    return render(request, "reporting/account.html", context)
