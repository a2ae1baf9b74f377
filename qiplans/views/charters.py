"""A project's charter and what belongs to it: partners, milestones, practices opting in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.middleware import PortalRequest
from office.forms import Asking
from practices.models import Practice
from qiplans import selectors
from qiplans.forms.charters import CHARTER_FIELDS, CharterForm, MilestoneForm, OptForm, PartnerForm
from qiplans.models import Project
from qiplans.rules.aims import SMALL
from qiplans.rules.charters import purpose_of
from qiplans.selectors.charters import charter_of, latest_word, practice_to_opt
from qiplans.services import ChangedMeanwhile
from qiplans.services.charters import add_milestone, add_partner, engage_partner, opt, reach_milestone, write_charter
from qiplans.views.projects import kept_project


@require_http_methods(["GET", "POST"])
def charter_write(request: PortalRequest, pk: int) -> HttpResponse:
    """The aim in its parts, and what else the team writes down."""
    of = kept_project(request, pk)
    context = {"project": of, "purpose": purpose_of(of), "small": " ".join(SMALL)}
    asking = Asking(request, "qiplans/charter_write.html", f"qiplans:charter_write:{pk}", context)
    if request.method != "POST":
        return asking.first(CharterForm, instance=charter_of(of))
    form = CharterForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    try:
        write_charter(by=request.user, project=of, version=form.typed_over(), **form.values(*CHARTER_FIELDS))
    except ChangedMeanwhile as clash:
        return asking.clashed(form, clash.theirs)
    asking.done()
    messages.success(request, "The charter is saved.")
    return _back(pk, "charter")


@require_http_methods(["GET", "POST"])
def partner_add(request: PortalRequest, pk: int) -> HttpResponse:
    """Name somebody whom the work needs."""
    of = kept_project(request, pk)
    asking = Asking(request, "qiplans/partner_add.html", f"qiplans:partner_add:{pk}", {"project": of})
    if request.method != "POST":
        return asking.first(PartnerForm)
    form = PartnerForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    add_partner(by=request.user, project=of, **form.values("name", "kind", "nonce"))
    asking.done()
    messages.success(request, "They are listed as still to be engaged.")
    return _back(pk, "partners")


@require_POST
def partner_engage(request: PortalRequest, pk: int, partner: int) -> HttpResponse:
    """Mark them as engaged, or as still to be."""
    of = kept_project(request, pk)
    one = get_object_or_404(of.partners, pk=partner)
    now = engage_partner(by=request.user, partner=one, is_engaged=request.POST.get("engaged") == "yes")
    messages.success(request, f"{now.name}: {'engaged' if now.engaged_at else 'to be engaged'}.")
    return _back(pk, "partners")


@require_http_methods(["GET", "POST"])
def milestone_add(request: PortalRequest, pk: int) -> HttpResponse:
    """A day by which something is there."""
    of = kept_project(request, pk)
    asking = Asking(request, "qiplans/milestone_add.html", f"qiplans:milestone_add:{pk}", {"project": of})
    if request.method != "POST":
        return asking.first(MilestoneForm)
    form = MilestoneForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    add_milestone(by=request.user, project=of, **form.values("what", "due_on", "nonce"))
    asking.done()
    messages.success(request, "The milestone is added. Once its day has passed it offers itself to the agenda.")
    return _back(pk, "milestones")


@require_POST
def milestone_reach(request: PortalRequest, pk: int, milestone: int) -> HttpResponse:
    """Say that it is there, or not after all."""
    of = kept_project(request, pk)
    one = get_object_or_404(of.milestones, pk=milestone)
    now = reach_milestone(by=request.user, milestone=one, is_done=request.POST.get("done") == "yes")
    messages.success(request, f"{now.what}: {'reached' if now.done_at else 'not reached yet'}.")
    return _back(pk, "milestones")


@require_http_methods(["GET", "POST"])
def practice_opt(request: PortalRequest, pk: int, code: str) -> HttpResponse:
    """A practice says whether it takes part, and how its way differs."""
    of = selectors.project_for(request.reach, pk)
    practice = practice_to_opt(request.reach, of, code)
    context = {"project": of, "practice": practice}
    asking = Asking(request, "qiplans/practice_opt.html", f"qiplans:practice_opt:{pk}:{practice.pk}", context)
    if request.method != "POST":
        return asking.first(OptForm, initial=_said_last(of, practice))
    form = OptForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    opt(by=request.user, project=of, practice=practice, **form.values("is_in", "variation", "nonce"))
    asking.done()
    messages.success(request, f"What {practice} says is on the project’s page.")
    return _back(pk, "practices")


def _said_last(project: Project, practice: Practice) -> dict[str, str]:
    said = latest_word(project, practice)
    return {"is_in": "yes" if said.is_in else "no", "variation": said.variation} if said else {}


def _back(pk: int, part: str) -> HttpResponse:
    return redirect(f"{reverse('qiplans:project', args=[pk])}#{part}")
