"""One project: read, add, change, move, report on, share."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import PortalRequest
from measures.selectors import may_upload
from office.forms import Asking, asked_within
from office.services import drop_draft
from qiplans import rules, selectors, services
from qiplans.forms import ActionForm, IdeaForm, MoveForm, ProjectForm, ShareForm, UpdateForm
from qiplans.models import Project
from qiplans.selectors.charters import charter_page
from qiplans.selectors.guidance import project_tools, tools_from_above
from qiplans.selectors.strategy import emergencies_of
from qiplans.views.plans import ONLY_WRITERS, SENT_BEFORE

ONLY_KEEPERS = "A project is kept by the Cluster Quality Lead, the cluster’s administrator and the project’s own lead."
ONLY_INSIDE = "Ideas are proposed by members of the cluster while it is open."
ONLY_SHARERS = "Only the Cluster Quality Lead decides what is shown above the cluster."
PROJECT_FIELDS = ("title", "aim", "lead", "practices", "next_review_on", "why_now", "could_use_help_with")
ACTION_FIELDS = ("what", "owner", "due_on", "nonce")


@require_safe
def project(request: PortalRequest, pk: int) -> HttpResponse:
    """The project page."""
    return _project_page(request, selectors.project_for(request.reach, pk))


@require_POST
def update_write(request: PortalRequest, pk: int) -> HttpResponse:
    """One line on how it is going."""
    of = kept_project(request, pk)
    form = UpdateForm(request.POST)
    if not form.is_valid():
        return _project_page(request, of, update=form)
    services.write_update(by=request.user, project=of, **form.values("text", "nonce"))
    drop_draft(owner=request.user, key=f"qiplans:update:{pk}")
    messages.success(request, "Your line is on the project page.")
    return redirect("qiplans:project", pk)


@require_POST
def project_move(request: PortalRequest, pk: int) -> HttpResponse:
    """Move it to another state."""
    of = kept_project(request, pk)
    form = MoveForm(request.POST, project=of)
    if not form.is_valid():
        return _project_page(request, of, move=form)
    try:
        services.move_project(by=request.user, project=of, **form.values("to_state", "reason"))
    except services.MoveNotAllowed as refused:
        messages.error(request, refused.sentence)
    else:
        drop_draft(owner=request.user, key=f"qiplans:move:{pk}")
        messages.success(request, f"The project is now “{of.get_state_display()}”.")
    return redirect("qiplans:project", pk)


@require_http_methods(["GET", "POST"])
def project_add(request: PortalRequest, pk: int) -> HttpResponse:
    """Add a project under a priority."""
    priority = selectors.priority_for(request.reach, pk, may=rules.can_write_priority, sentence=ONLY_WRITERS)
    options: dict[str, Any] = {"cluster": priority.plan.cluster, "on": request.reach.day}
    context = {"priority": priority, "clash_title": SENT_BEFORE}
    asking = Asking(request, "qiplans/project_add.html", f"qiplans:project_add:{pk}", context)
    if request.method != "POST":
        return asking.first(ProjectForm, **options)
    form = ProjectForm(request.POST, **options)
    if not form.is_valid():
        return asking.again(form)
    words = form.values(*PROJECT_FIELDS, "nonce")
    try:
        added = services.add_project(by=request.user, priority=priority, version=form.typed_over(), **words)
    except services.ChangedMeanwhile as clash:
        return asking.clashed(form, clash.theirs)
    asking.done()
    messages.success(request, "The project is in the plan. Next: say how you will measure it.")
    return redirect("qiplans:project", added.pk)


@require_http_methods(["GET", "POST"])
def project_propose(request: PortalRequest, pk: int) -> HttpResponse:
    """Propose a project as an idea, for everybody inside the cluster."""
    priority = selectors.priority_for(request.reach, pk, may=rules.can_propose_under, sentence=ONLY_INSIDE)
    options: dict[str, Any] = {"cluster": priority.plan.cluster, "on": request.reach.day}
    context = {"priority": priority}
    asking = Asking(request, "qiplans/project_propose.html", f"qiplans:project_propose:{pk}", context)
    if request.method != "POST":
        return asking.first(IdeaForm, **options)
    form = IdeaForm(request.POST, **options)
    if not form.is_valid():
        return asking.again(form)
    words = form.values("title", "aim", "why_now", "practices", "nonce")
    proposed = services.propose_idea(by=request.user, priority=priority, **words)
    asking.done()
    messages.success(request, "Your idea is in the plan. The Cluster Quality Lead takes it on with the cluster.")
    return redirect("qiplans:project", proposed.pk)


@require_http_methods(["GET", "POST"])
def project_change(request: PortalRequest, pk: int) -> HttpResponse:
    """Change what a project says."""
    of = kept_project(request, pk)
    options: dict[str, Any] = {"cluster": of.priority.plan.cluster, "on": request.reach.day, "project": of}
    asking = Asking(request, "qiplans/project_change.html", f"qiplans:project_change:{pk}", {"project": of})
    if request.method != "POST":
        return asking.first(ProjectForm, instance=of, **options)
    form = ProjectForm(request.POST, **options)
    if not form.is_valid():
        return asking.again(form)
    try:
        services.change_project(by=request.user, project=of, version=form.typed_over(), **form.values(*PROJECT_FIELDS))
    except services.ChangedMeanwhile as clash:
        return asking.clashed(form, clash.theirs)
    asking.done()
    messages.success(request, "The project is saved.")
    return redirect("qiplans:project", pk)


@require_http_methods(["GET", "POST"])
def project_share(request: PortalRequest, pk: int) -> HttpResponse:
    """Say how far up a project is read; the page shows first what each of them will see."""
    of = selectors.project_for(request.reach, pk, may=rules.can_share_project, sentence=ONLY_SHARERS)
    posted = request.POST if request.method == "POST" else None
    form = ShareForm(posted, initial={"share_level": of.share_level})
    if posted is not None and form.is_valid():
        shared = services.share_project(by=request.user, project=of, level=form.cleaned_data["share_level"])
        messages.success(request, f"Who reads the project now: {shared.get_share_level_display().lower()}.")
        return redirect("qiplans:project", pk)
    context = {
        "form": form,
        "project": of,
        "page": selectors.project_from_above(request.reach, of),
        "tools": tools_from_above(of),
        "brief": selectors.in_brief(of, on=request.reach.day),
    }
    return render(request, "qiplans/project_share.html", context)


@require_http_methods(["GET", "POST"])
def action_add(request: PortalRequest, pk: int) -> HttpResponse:
    """Add an action to a project."""
    of = kept_project(request, pk)
    options: dict[str, Any] = {"cluster": of.priority.plan.cluster, "on": request.reach.day}
    asking = Asking(request, "qiplans/action_add.html", f"qiplans:action_add:{pk}", {"project": of})
    if request.method != "POST":
        return asking.first(ActionForm, **options)
    form = ActionForm(request.POST, **options)
    if not form.is_valid():
        return asking.again(form)
    origin = reverse("qiplans:project", args=[pk])
    services.plan_action(
        by=request.user, project=of, at=timezone.now(), origin_path=origin, **form.values(*ACTION_FIELDS)
    )
    asking.done()
    messages.success(request, "The action is added and is on its owner’s list.")
    return redirect("qiplans:project", pk)


def kept_project(request: PortalRequest, pk: int) -> Project:
    """The project `pk`, for those who keep it."""
    return selectors.project_for(request.reach, pk, may=rules.can_update_project, sentence=ONLY_KEEPERS)


def _project_page(request: PortalRequest, of: Project, **refused: Any) -> HttpResponse:
    """The page, with a form that was refused in the place of its empty one."""
    can_update = rules.can_update_project(request.reach, of)
    page = selectors.project_page(request.reach, of)
    tools = project_tools(request.reach, of)
    by_practice = [chart.measure for chart in page.charts if chart.measure.is_by_practice]
    context: dict[str, Any] = {
        "page": page,
        "can_bring": bool(by_practice) and may_upload(request.reach, by_practice[0]),
        "more": charter_page(request.reach, of, page.charts) if page.is_inside else None,
        "tools": tools,
        "lags": can_update and rules.lags_behind(of.state, has_tests=bool(tools.ramps)),
        "project": of,
        "is_over": of.state in rules.OVER,
        "emergencies": emergencies_of(of.priority.plan.cluster, on=request.reach.day),
        "can_update": can_update,
        "can_share": rules.can_share_project(request.reach, of),
        "has_errors": bool(refused),
    }
    if can_update:
        context["update"] = asked_within(
            request.user, f"qiplans:update:{of.pk}", UpdateForm, refused=refused.get("update")
        )
        context["move"] = asked_within(
            request.user, f"qiplans:move:{of.pk}", MoveForm, refused=refused.get("move"), project=of
        )
    return render(request, "qiplans/project.html", context)
