"""Templates of projects: the list, one, starting from it, and those of an HSCP."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import PortalRequest
from office.forms import Asking
from qiplans.forms.templates import OWN_FIELDS, OwnTemplateForm, StartForm, TemplateSearchForm
from qiplans.models import Priority
from qiplans.rules.templates import can_retire, can_write_templates
from qiplans.selectors.templates import priorities_to_start_under, priority_named, template_for, templates_for
from qiplans.services.templates import retire_template, start_from_template, write_template
from qiplans.tables import TemplateTable
from shared.tables import listed

ONLY_PLAN_WRITERS = "Projects are started by those who write a cluster’s plan."
ONLY_HSCP = "Templates are written by an HSCP lead or the analyst of an HSCP."


@require_safe
def template_list(request: PortalRequest) -> HttpResponse:
    """All that can be started from, narrowed by words and topic."""
    under = _under(request)
    form = TemplateSearchForm(request.GET, every=templates_for(request.reach))
    asked = {name: form.cleaned_data.get(name, "") for name in ("q", "topic")} if form.is_valid() else {}
    context = {
        "form": form,
        "narrowed": any(asked.values()),
        "table": listed(request, TemplateTable(templates_for(request.reach, **asked), under=under)),
        "under": under,
        "can_write": can_write_templates(request.reach),
    }
    return render(request, "qiplans/template_list.html", context)


@require_safe
def template(request: PortalRequest, key: str) -> HttpResponse:
    """One template, and the way to start from it."""
    ready = template_for(request.reach, key)
    context = {
        "ready": ready,
        "under": _under(request),
        "may_start": priorities_to_start_under(request.reach).exists(),
        "may_retire": ready.own is not None and can_retire(request.reach, ready.own),
    }
    return render(request, "qiplans/template.html", context)


@require_http_methods(["GET", "POST"])
def template_start(request: PortalRequest, key: str) -> HttpResponse:
    """Start a project from it, under a priority of a plan that the reader writes."""
    ready = template_for(request.reach, key)
    if not priorities_to_start_under(request.reach).exists():
        raise PermissionDenied(ONLY_PLAN_WRITERS)
    if ready.own is not None and ready.own.retired_at is not None:
        messages.error(request, f"“{ready.title}” is offered no more. Choose another template.")
        return redirect("qiplans:template_list")
    under = _under(request)
    context = {"ready": ready, "under": under}
    asking = Asking(request, "qiplans/template_start.html", f"qiplans:template_start:{key}", context)
    if request.method != "POST":
        return asking.first(StartForm, reach=request.reach, initial={"priority": under})
    form = StartForm(request.POST, reach=request.reach)
    if not form.is_valid():
        return asking.again(form)
    begun = start_from_template(by=request.user, template=ready.template, **form.values("priority", "nonce"))
    asking.done()
    messages.success(request, "The project is in the plan. Adapt the aim first: its numbers are only examples.")
    return redirect("qiplans:project", begun.pk)


def _under(request: PortalRequest) -> Priority | None:
    """The priority from which the reader came (`?priority=`): it goes along to the project."""
    return priority_named(request.reach, request.GET.get("priority", ""))


@require_http_methods(["GET", "POST"])
def template_add(request: PortalRequest) -> HttpResponse:
    """Write a template for the clusters of one's HSCP."""
    if not can_write_templates(request.reach):
        raise PermissionDenied(ONLY_HSCP)
    asking = Asking(request, "qiplans/template_add.html", "qiplans:template_add", {})
    if request.method != "POST":
        return asking.first(OwnTemplateForm, reach=request.reach)
    form = OwnTemplateForm(request.POST, reach=request.reach)
    if not form.is_valid():
        return asking.again(form)
    written = write_template(by=request.user, **form.values(*OWN_FIELDS, "nonce"))
    asking.done()
    messages.success(request, f"The clusters of {written.hscp} can start from it now.")
    return redirect("qiplans:template", f"own-{written.pk}")


@require_POST
def template_retire(request: PortalRequest, key: str) -> HttpResponse:
    """Offer a template of the HSCP's own no more."""
    ready = template_for(request.reach, key)
    if ready.own is None:
        raise Http404
    if ready.own.retired_at is None and not can_retire(request.reach, ready.own):
        raise PermissionDenied(ONLY_HSCP)
    retire_template(by=request.user, template=ready.own)
    messages.success(request, f"“{ready.title}” is offered no more. Projects begun from it go on.")
    return redirect("qiplans:template_list")
