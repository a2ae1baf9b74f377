"""One project: read, add, change, move, report on, share."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import PortalRequest
from office.forms import Asking, asked_within
from office.services import drop_draft, keep_token
from qiplans import rules, selectors, services
from qiplans.forms import ActionForm, MoveForm, ProjectForm, UpdateForm
from qiplans.models import Project
from qiplans.views.plans import ONLY_WRITERS, SENT_BEFORE

ONLY_KEEPERS = "A project is kept by the Cluster Quality Lead, the cluster’s administrator and the project’s own lead."
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
    of = _kept_project(request, pk)
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
    of = _kept_project(request, pk)
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
def project_change(request: PortalRequest, pk: int) -> HttpResponse:
    """Change what a project says."""
    of = _kept_project(request, pk)
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
    """Show a project above the cluster, or stop; the page says first what they will see."""
    of = selectors.project_for(request.reach, pk, may=rules.can_share_project, sentence=ONLY_SHARERS)
    if request.method == "POST":
        shared = services.share_project(by=request.user, project=of, with_hscp=request.POST.get("share") == "yes")
        words = "is shared above the cluster" if shared.is_shared_with_hscp else "stays in the cluster"
        messages.success(request, f"The project {words}.")
        return redirect("qiplans:project", pk)
    page = selectors.project_from_above(of)
    return render(request, "qiplans/project_share.html", {"project": of, "page": page})


@require_http_methods(["GET", "POST"])
def action_add(request: PortalRequest, pk: int) -> HttpResponse:
    """Add an action to a project."""
    of = _kept_project(request, pk)
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


def _kept_project(request: PortalRequest, pk: int) -> Project:
    return selectors.project_for(request.reach, pk, may=rules.can_update_project, sentence=ONLY_KEEPERS)


def _project_page(request: PortalRequest, of: Project, **refused: Any) -> HttpResponse:
    """The page, with a form that was refused in the place of its empty one."""
    can_update = rules.can_update_project(request.reach, of)
    context = {
        "page": selectors.project_page(request.reach, of),
        "project": of,
        "can_update": can_update,
        "can_share": rules.can_share_project(request.reach, of),
        "has_errors": bool(refused),
    }
    if can_update:
        context["update"] = _within(request, f"qiplans:update:{of.pk}", UpdateForm, refused.get("update"))
        context["move"] = _within(request, f"qiplans:move:{of.pk}", MoveForm, refused.get("move"), project=of)
    return render(request, "qiplans/project.html", context)


def _within(request: PortalRequest, key: str, form_class: Any, refused: Any, **options: Any) -> dict[str, Any]:
    if refused is not None:
        return {"form": refused, "keep": keep_token(request.user, key), "draft": None}
    return asked_within(request.user, key, form_class, **options)
