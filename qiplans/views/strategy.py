"""The line of sight to an HSCP's strategic plan, and emergencies."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import PortalRequest
from clusters.selectors import cluster_for
from clusters.selectors.forums import hscp_for
from office.forms import Asking
from qiplans.forms.strategy import EmergencyForm, LineForm, ServesForm
from qiplans.rules import can_write_priority, plan_year_of
from qiplans.rules import strategy as rules
from qiplans.selectors import priority_for
from qiplans.selectors import strategy as selectors
from qiplans.services import ChangedMeanwhile
from qiplans.services import strategy as services
from qiplans.views.plans import ONLY_WRITERS, path_of
from shared.forms import ConfirmForm

ONLY_LEADS = "The HSCP lead keeps the lines of the strategic plan."
ONLY_INSIDE = "The lines are read by clusters and those above them."
WHO_DECLARES = "The Cluster Quality Lead declares an emergency of the cluster, the HSCP lead one of the HSCP."
FIELDS = ("kind", "reason", "starts_on", "ends_on", "nonce")


@require_safe
def strategic_plan(request: PortalRequest, code: str) -> HttpResponse:
    """The lines with what serves them, priorities that serve none, and lines without work."""
    hscp = hscp_for(request.reach, code, may=rules.can_read_lines, sentence=ONLY_INSIDE)
    year = plan_year_of(request.reach.day)
    emergencies = selectors.emergencies_of_hscp(hscp, on=request.reach.day)
    context = {
        "hscp": hscp,
        "emergencies": emergencies,
        "ends": [one.pk for one in emergencies if rules.can_end(request.reach, one)],
        "page": selectors.sight_page(hscp, request.reach, year),
        "years": f"{year}/{(year + 1) % 100:02}",
        "can_keep": rules.can_keep_lines(request.reach, hscp),
    }
    return render(request, "qiplans/strategic_plan.html", context)


@require_http_methods(["GET", "POST"])
def strategic_line_add(request: PortalRequest, code: str) -> HttpResponse:
    """Add a line."""
    hscp = hscp_for(request.reach, code, may=rules.can_keep_lines, sentence=ONLY_LEADS)
    asking = Asking(request, "qiplans/strategic_line.html", f"qiplans:strategic_line_add:{hscp.pk}", {"hscp": hscp})
    if request.method != "POST":
        return asking.first(LineForm)
    form = LineForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    nonce = form.cleaned_data["nonce"] or form.fields["nonce"].initial()
    services.add_line(by=request.user, hscp=hscp, nonce=nonce, at=timezone.now(), **form.values("title", "source"))
    asking.done()
    messages.success(request, "The line is added. Clusters can link their priorities to it.")
    return redirect("qiplans:strategic_plan", code)


@require_http_methods(["GET", "POST"])
def strategic_line(request: PortalRequest, pk: int) -> HttpResponse:
    """Say a line in other words."""
    line = selectors.line_for(request.reach, pk, sentence=ONLY_LEADS)
    context = {"hscp": line.hscp, "line": line}
    asking = Asking(request, "qiplans/strategic_line.html", f"qiplans:strategic_line:{pk}", context)
    if request.method != "POST":
        return asking.first(LineForm, instance=line)
    form = LineForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    try:
        services.rename_line(by=request.user, line=line, version=form.typed_over(), **form.values("title", "source"))
    except ChangedMeanwhile as clash:
        return asking.clashed(form, clash.theirs)
    asking.done()
    messages.success(request, "The line is saved.")
    return redirect("qiplans:strategic_plan", line.hscp.code)


@require_http_methods(["GET", "POST"])
def strategic_line_retire(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask once more, and retire a line."""
    line = selectors.line_for(request.reach, pk, sentence=ONLY_LEADS)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.retire_line(by=request.user, line=line, at=timezone.now())
        messages.success(request, "The line is retired. What was linked to it stays to be read.")
        return redirect("qiplans:strategic_plan", line.hscp.code)
    return render(request, "qiplans/strategic_line_retire.html", {"form": form, "line": line})


@require_http_methods(["GET", "POST"])
def priority_serves(request: PortalRequest, pk: int) -> HttpResponse:
    """Say which lines a priority serves."""
    priority = priority_for(request.reach, pk, may=can_write_priority, sentence=ONLY_WRITERS)
    options: dict[str, Any] = {"offered": list(selectors.lines_to_serve(priority))}
    asking = Asking(request, "qiplans/priority_serves.html", f"qiplans:priority_serves:{pk}", {"priority": priority})
    if request.method != "POST":
        offered = {line.pk for line in options["offered"]}
        linked = [str(pk) for pk in priority.strategic_lines.values_list("pk", flat=True) if pk in offered]
        return asking.first(ServesForm, initial={"lines": linked, "shown": " ".join(linked)}, **options)
    form = ServesForm(request.POST, **options)
    if not form.is_valid():
        return asking.again(form)
    services.link_priority(by=request.user, priority=priority, lines=form.chosen, shown=form.ticked_before)
    asking.done()
    messages.success(request, "The line of sight is saved.")
    return redirect(path_of(priority.plan))


@require_http_methods(["GET", "POST"])
def emergency_declare(request: PortalRequest, slug: str) -> HttpResponse:
    """Declare an emergency of a cluster."""
    cluster = cluster_for(request.reach, slug, may=rules.can_declare, sentence=WHO_DECLARES)
    return _declare(request, f"cluster:{cluster.pk}", cluster=cluster)


@require_http_methods(["GET", "POST"])
def emergency_declare_hscp(request: PortalRequest, code: str) -> HttpResponse:
    """Declare an emergency of every cluster that an HSCP leads."""
    hscp = hscp_for(request.reach, code, may=rules.can_declare_for, sentence=WHO_DECLARES)
    return _declare(request, f"hscp:{hscp.pk}", hscp=hscp)


def _declare(request: PortalRequest, key: str, **where: Any) -> HttpResponse:
    asking = Asking(request, "qiplans/emergency_declare.html", f"qiplans:emergency_declare:{key}", where)
    if request.method != "POST":
        return asking.first(EmergencyForm, initial={"starts_on": request.reach.day})
    form = EmergencyForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    services.declare_emergency(by=request.user, at=timezone.now(), **where, **form.values(*FIELDS))
    asking.done()
    messages.success(request, "It stands on plans and projects, and reminders of updates pause.")
    if cluster := where.get("cluster"):
        return redirect("qiplans:plan", cluster.forum.slug)
    return redirect("qiplans:strategic_plan", where["hscp"].code)


@require_POST
def emergency_end(request: PortalRequest, pk: int) -> HttpResponse:
    """End it today."""
    of = selectors.emergency_for(request.reach, pk, sentence=WHO_DECLARES)
    services.end_emergency(by=request.user, emergency=of, on=request.reach.day)
    messages.success(request, "It is ended. Reminders of updates begin again.")
    if of.cluster:
        return redirect("qiplans:plan", of.cluster.forum.slug)
    return redirect("qiplans:strategic_plan", of.hscp.code if of.hscp else "")
