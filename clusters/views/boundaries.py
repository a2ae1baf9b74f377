"""The boundary list of an HSCP: what lies across, what was noted, what was decided."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import PortalRequest
from clusters import rules
from clusters.filters.boundaries import BoundaryFilter
from clusters.forms.boundaries import DecideBoundaryForm, NoteBoundaryForm
from clusters.selectors.boundaries import across_boundaries, boundary_door, issue_in, issues_of
from clusters.services.boundaries import decide_boundary_issue, note_boundary_issue
from clusters.tables.boundaries import BoundaryTable
from office.forms import Asking
from shared.tables import listed


@require_safe
def boundary_list(request: PortalRequest, code: str) -> HttpResponse:
    """What the registry shows by itself, and what people noted, as far as it fits the filter."""
    hscp = boundary_door(request.reach, code)
    can_keep = rules.can_keep_boundaries(request.reach, hscp)
    found = BoundaryFilter(request.GET, queryset=issues_of(hscp), request=request)
    context = {
        "hscp": hscp,
        "across": across_boundaries(hscp, on=request.reach.day),
        "filter": found,
        "narrowed": found.is_narrowed,
        "table": listed(request, BoundaryTable(found.qs, hscp=hscp, can_keep=can_keep)),
        "can_keep": can_keep,
    }
    return render(request, "clusters/boundary_list.html", context)


@require_http_methods(["GET", "POST"])
def boundary_note(request: PortalRequest, code: str) -> HttpResponse:
    """Asks which practice lies across which boundary (`?practice=` chooses it)."""
    hscp = boundary_door(request.reach, code, keep=True)
    asking = Asking(request, "clusters/boundary_note.html", f"clusters:boundary_note:{hscp.pk}", {"hscp": hscp})
    if request.method != "POST":
        return asking.first(NoteBoundaryForm, hscp=hscp, initial={"practice": request.GET.get("practice", "")})
    form = NoteBoundaryForm(request.POST, hscp=hscp)
    if not form.is_valid():
        return asking.again(form)
    try:
        issue = note_boundary_issue(by=request.user, **form.values("practice", "straddles", "proposal"))
    except ValidationError as refused:
        form.add_error(None, refused)
        return asking.again(form)
    asking.done()
    messages.success(request, f"What lies across a boundary at {issue.practice} is noted.")
    return redirect("clusters:boundary_list", code=hscp.code)


@require_http_methods(["GET", "POST"])
def boundary_decide(request: PortalRequest, code: str, pk: int) -> HttpResponse:
    """Asks what was decided, when and by whom."""
    hscp = boundary_door(request.reach, code, keep=True)
    issue = issue_in(hscp, pk)
    context = {"hscp": hscp, "issue": issue}
    asking = Asking(request, "clusters/boundary_decide.html", f"clusters:boundary_decide:{issue.pk}", context)
    if request.method != "POST":
        return asking.first(DecideBoundaryForm, initial={"decided_on": request.reach.day})
    form = DecideBoundaryForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    try:
        decide_boundary_issue(issue=issue, by=request.user, **form.values("decision", "decided_on", "deciders"))
    except ValidationError as refused:
        form.add_error(None, refused)
        return asking.again(form)
    asking.done()
    messages.success(request, f"The decision about {issue.practice} is put down.")
    return redirect("clusters:boundary_list", code=hscp.code)
