"""Diagrams of a cluster, a project or a meeting, and their lines."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import PortalRequest
from clusters.selectors import cluster_for
from office.forms import Asking, asked_within
from qiplans import selectors
from qiplans.forms.diagrams import DiagramForm, DiagramTitleForm, LineForm, PlaceForm
from qiplans.models import Diagram, DiagramLine
from qiplans.rules import can_see_inside
from qiplans.rules import tools as rules
from qiplans.selectors import diagrams as drawn
from qiplans.selectors.charters import charter_of, ideas_written
from qiplans.services import ChangedMeanwhile
from qiplans.services import diagrams as services
from shared.forms import ConfirmForm

INSIDE_ONLY = "The tools of a cluster are for its members."
NO_AIM_HERE = "A driver diagram takes the aim of its project. Change the aim there."


@require_safe
def diagram_list(request: PortalRequest, slug: str) -> HttpResponse:
    """What the cluster has drawn, and where to begin; with `?meeting=` what was drawn at one meeting."""
    cluster = cluster_for(request.reach, slug, may=can_see_inside, sentence=INSIDE_ONLY)
    meeting = drawn.meeting_named(cluster, request.GET.get("meeting", ""))
    found = drawn.diagrams_of_cluster(cluster)
    page = Paginator(found.filter(meeting=meeting) if meeting else found, 25).get_page(request.GET.get("page"))
    may_start = rules.can_start_diagram(request.reach, cluster)
    context = {"cluster": cluster, "page": page, "may_start": may_start, "meeting": meeting}
    return render(request, "qiplans/diagram_list.html", {**context, "who": rules.WHO_KEEPS_DIAGRAMS})


@require_http_methods(["GET", "POST"])
def diagram_add(request: PortalRequest, slug: str) -> HttpResponse:
    """Start a diagram of the cluster, or of one of its meetings."""
    may, sentence = rules.can_start_diagram, rules.WHO_KEEPS_DIAGRAMS
    cluster = cluster_for(request.reach, slug, may=may, sentence=sentence)
    asking = Asking(request, "qiplans/diagram_add.html", f"qiplans:diagram_add:{cluster.pk}", {"cluster": cluster})
    options = {"meetings": drawn.meetings_to_draw_at(cluster)}
    if request.method != "POST":
        started = {name: request.GET.get(name, "") for name in ("kind", "meeting")}
        return asking.first(DiagramForm, initial=started, **options)
    form = DiagramForm(request.POST, **options)
    if not form.is_valid():
        return asking.again(form)
    told = form.values("kind", "title", "meeting", "nonce")
    started_one = services.start_diagram(by=request.user, cluster=cluster, **told)
    asking.done()
    return redirect("qiplans:diagram", started_one.pk)


@require_http_methods(["GET", "POST"])
def project_diagram_add(request: PortalRequest, pk: int) -> HttpResponse:
    """Start a diagram of a project."""
    may, sentence = rules.can_use_tools, rules.WHO_USES_TOOLS
    project = selectors.project_for(request.reach, pk, may=may, sentence=sentence)
    cluster = project.priority.plan.cluster
    context = {"cluster": cluster, "project": project}
    asking = Asking(request, "qiplans/diagram_add.html", f"qiplans:project_diagram_add:{pk}", context)
    if request.method != "POST":
        return asking.first(DiagramForm, initial={"kind": request.GET.get("kind", "")})
    form = DiagramForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    told = form.values("kind", "title", "nonce")
    started = services.start_diagram(by=request.user, cluster=cluster, project=project, **told)
    asking.done()
    return redirect("qiplans:diagram", started.pk)


@require_POST
def drivers_start(request: PortalRequest, pk: int) -> HttpResponse:
    """Start the driver diagram of a project, or open the one that is there."""
    may, sentence = rules.can_use_tools, rules.WHO_USES_TOOLS
    project = selectors.project_for(request.reach, pk, may=may, sentence=sentence)
    return redirect("qiplans:diagram", services.start_driver_diagram(by=request.user, project=project).pk)


@require_POST
def drivers_fill(request: PortalRequest, pk: int) -> HttpResponse:
    """Put the change ideas of the charter into the driver diagram."""
    may, sentence = rules.can_use_tools, rules.WHO_USES_TOOLS
    project = selectors.project_for(request.reach, pk, may=may, sentence=sentence)
    try:
        of, added = services.put_ideas(by=request.user, project=project, ideas=ideas_written(charter_of(project)))
    except services.LineNotAllowed as refused:
        messages.error(request, refused.sentence)
        return redirect(f"{reverse('qiplans:project', args=[pk])}#charter")
    said = f"{added} change idea{'' if added == 1 else 's'} added." if added else "They stand in it already."
    messages.success(request, f"{said} Give the drivers above them their names.")
    return redirect(_path_of(of))


@require_safe
def diagram(request: PortalRequest, pk: int) -> HttpResponse:
    """A diagram as a picture and as a list; with the boxes to go on for who keeps it."""
    of = drawn.diagram_for(request.reach, pk)
    seen, can_keep = drawn.diagram_seen(of), rules.can_keep_diagram(request.reach, of)
    parts: list[str] = [part for part, _ in seen.lists] if of.kind == Diagram.Kind.SWOT else [""]
    context = {
        "seen": seen,
        "diagram": of,
        "can_keep": can_keep,
        "is_inside": rules.can_see_inside_diagram(request.reach, of),
        "adding": {part: _add_within(request, seen, part) for part in parts} if can_keep else {},
        "who": rules.who_keeps(of),
    }
    return render(request, "qiplans/diagram.html", context)


@require_http_methods(["GET", "POST"])
def diagram_change(request: PortalRequest, pk: int) -> HttpResponse:
    """Say otherwise what a diagram is about."""
    of = _kept_diagram(request, pk)
    if of.kind == Diagram.Kind.DRIVER:
        messages.info(request, NO_AIM_HERE)
        return redirect("qiplans:diagram", pk)
    asking = Asking(request, "qiplans/diagram_change.html", f"qiplans:diagram_change:{pk}", {"diagram": of})
    if request.method != "POST":
        return asking.first(DiagramTitleForm, instance=of)
    form = DiagramTitleForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    try:
        services.change_diagram(by=request.user, diagram=of, version=form.typed_over(), **form.values("title"))
    except ChangedMeanwhile as clash:
        return asking.clashed(form, clash.theirs)
    asking.done()
    messages.success(request, "It is saved.")
    return redirect("qiplans:diagram", pk)


@require_http_methods(["GET", "POST"])
def line_add(request: PortalRequest, pk: int) -> HttpResponse:
    """Add a line: at the top, under another (`?under=`), or in one list of a SWOT (`?part=`)."""
    of = _kept_diagram(request, pk)
    place = drawn.place_for(of, under=request.GET.get("under", ""), part=request.GET.get("part", ""))
    key = _line_key(of, place.part, place.parent.pk if place.parent else None)
    asking = Asking(request, "qiplans/line_add.html", key, {"diagram": of, "place": place})
    options: dict[str, Any] = {"diagram": of, "called": place.called}
    if request.method != "POST":
        return asking.first(LineForm, **options)
    form = LineForm(request.POST, **options)
    if not form.is_valid():
        return asking.again(form)
    told = {**form.asked(), "parent": place.parent, "part": place.part, "nonce": form.cleaned_data["nonce"]}
    try:
        services.add_line(by=request.user, diagram=of, **told)
    except services.LineNotAllowed as refused:
        form.add_error(None, refused.sentence)
        return asking.again(form)
    asking.done()
    messages.success(request, f"“{form.cleaned_data['text']}” is added.")
    return redirect(request.get_full_path() if "another" in request.POST else _path_of(of))


@require_http_methods(["GET", "POST"])
def line_change(request: PortalRequest, pk: int) -> HttpResponse:
    """Change what a line says, counts, or is measured by."""
    line = _kept_line(request, pk)
    asking = Asking(request, "qiplans/line_change.html", f"qiplans:line_change:{pk}", {"line": line})
    options: dict[str, Any] = {"diagram": line.diagram, "called": drawn.called(line)}
    if request.method != "POST":
        return asking.first(LineForm, instance=line, **options)
    form = LineForm(request.POST, **options)
    if not form.is_valid():
        return asking.again(form)
    try:
        services.change_line(by=request.user, line=line, version=form.typed_over(), **form.asked())
    except ChangedMeanwhile as clash:
        return asking.clashed(form, clash.theirs)
    asking.done()
    messages.success(request, "The line is saved.")
    return redirect(_path_of(line.diagram))


@require_POST
def line_move(request: PortalRequest, pk: int) -> HttpResponse:
    """Let a line change places with the one before or after it."""
    line, form = _kept_line(request, pk), PlaceForm(request.POST)
    if form.is_valid():
        services.move_line(by=request.user, line=line, is_up=form.cleaned_data["way"] == "up")
    return redirect(f"{_path_of(line.diagram)}#line-{pk}")


@require_http_methods(["GET", "POST"])
def line_remove(request: PortalRequest, pk: int) -> HttpResponse:
    """Remove a line with all under it; asks first."""
    line = _kept_line(request, pk)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.remove_line(by=request.user, line=line)
        except services.LineNotAllowed as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "It is removed.")
            return redirect(_path_of(line.diagram))
    context = {"line": line, "under": services.branch_of(line)[1:], "form": form}
    return render(request, "qiplans/line_remove.html", context)


def _add_within(request: PortalRequest, seen: drawn.DiagramSeen, part: str) -> dict[str, Any]:
    """The boxes for one more line at the top, within the page."""
    of = seen.diagram
    path = reverse("qiplans:line_add", args=[of.pk]) + (f"?part={part}" if part else "")
    called = drawn.place_for(of, part=part).called
    options: dict[str, Any] = {"diagram": of, "called": f"{called}: one more", "auto_id": f"id_{part or 'top'}_%s"}
    return {**asked_within(request.user, _line_key(of, part, None), LineForm, **options), "path": path}


def _line_key(of: Diagram, part: str, under: int | None) -> str:
    return f"qiplans:line_add:{of.pk}:{under or part or 'top'}"


def _kept_diagram(request: PortalRequest, pk: int) -> Diagram:
    return drawn.diagram_for(request.reach, pk, may=rules.can_keep_diagram)


def _kept_line(request: PortalRequest, pk: int) -> DiagramLine:
    return drawn.line_for(request.reach, pk, may=rules.can_keep_line)


def _path_of(of: Diagram) -> str:
    return reverse("qiplans:diagram", args=[of.pk])
