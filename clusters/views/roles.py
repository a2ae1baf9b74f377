"""Roles are listed, given and ended."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import PortalRequest
from accounts.models import User
from accounts.roles import Role
from accounts.selectors import waiting_invitation
from clusters import rules, selectors, services
from clusters.filters import RoleFilter
from clusters.forms.role_facts import RoleFactsForm, initial_facts
from clusters.forms.roles import AssignRoleForm, ChooseRoleForm, SignInForm
from clusters.models import RoleAssignment
from clusters.selectors.scopes import assignment_to_change, assignments_in
from clusters.services.role_facts import change_role
from clusters.tables.roles import RoleTable
from shared.dates import in_words
from shared.forms import ConfirmForm, day_asked
from shared.tables import listed


@require_safe
def role_list(request: PortalRequest) -> HttpResponse:
    """Who holds, held or will hold which role; today's unless asked otherwise, such as for another day (`?on=`)."""
    scope = selectors.registry_door(request.reach)
    asked, day = request.GET.copy(), day_asked(request.GET.get("on", ""))
    asked.setdefault("when", "" if day else "current")
    every = assignments_in(scope, selectors.assignments_when("all", on=request.reach.day))
    found = RoleFilter(asked, queryset=every, request=request)
    can_keep = rules.can_keep_registry(request.reach)
    table = RoleTable(
        found.qs,
        day=request.reach.day,
        kept=rules.registry_kept(request.reach),
        exclude=() if can_keep else ("change",),
    )
    context = {
        "filter": found,
        "narrowed": found.is_narrowed,
        "table": listed(request, table),
        "can_keep": can_keep,
        "day": day,
    }
    return render(request, "clusters/role_list.html", context)


@require_http_methods(["GET", "POST"])
def role_assign(request: PortalRequest) -> HttpResponse:
    """First which role (`?role=`), then who, where and from when."""
    scope = selectors.registry_door(request.reach, keep=True)
    first = ChooseRoleForm(request.GET if "role" in request.GET else None, scope=scope)
    if not first.is_valid():
        return render(request, "clusters/role_choose.html", {"form": first})
    role: Role = first.cleaned_data["role"]
    form = AssignRoleForm(request.POST or None, role=role, scope=scope)
    if form.is_valid():
        try:
            held = services.appoint(role=role, by=request.user, **form.facts())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _told(held))
            return redirect("clusters:role_list")
    return render(request, "clusters/role_assign.html", {"form": form, "role": role})


def _told(held: RoleAssignment) -> str:
    where = f" at {held.where}" if held.where else ""
    told = f"{held.person} holds the role {Role(held.role).label}{where} from {in_words(held.starts_on)}."
    if invitation := waiting_invitation(held.person):
        until = in_words(localdate(invitation.valid_until))
        told += f" An invitation is on its way to {invitation.email}; it works until {until}."
    return told


@require_http_methods(["GET", "POST"])
def role_change(request: PortalRequest, pk: int) -> HttpResponse:
    """What is known about a role beside its dates: sessions, who pays, portfolio, review, seat and profession."""
    selectors.registry_door(request.reach, keep=True)
    held = assignment_to_change(request.reach, pk)
    role = Role(held.role)
    form = RoleFactsForm(request.POST or None, role=role, initial=initial_facts(held))
    if form.is_valid():
        try:
            change_role(
                held=held,
                sessions_a_month=form.cleaned_data["sessions_a_month"],
                facts=form.role_facts,
                by=request.user,
            )
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"Saved for {held}.")
            return redirect("clusters:role_list")
    return render(request, "clusters/role_change.html", {"form": form, "held": held, "role": role})


@require_http_methods(["GET", "POST"])
def role_withdraw(request: PortalRequest, pk: int) -> HttpResponse:
    """Asks once more, and takes back a role that is planned or was given by mistake today."""
    selectors.registry_door(request.reach, keep=True)
    held = assignment_to_change(request.reach, pk)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.withdraw_role(held=held, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"{held} is withdrawn: it opens nothing from this moment on.")
            return redirect("clusters:role_list")
    return render(request, "clusters/role_withdraw.html", {"form": form, "held": held, "role": Role(held.role)})


@require_http_methods(["GET", "POST"])
def person_sign_in(request: PortalRequest, pk: int) -> HttpResponse:
    """Asks once more, and stops or allows a person's sign-in."""
    selectors.registry_door(request.reach, keep=True, whole=True)
    person = selectors.person_for(pk)
    form = SignInForm(request.POST or None, initial={"allowed": not person.is_active})
    if form.is_valid():
        try:
            messages.success(request, _set_sign_in(request, person, allowed=form.cleaned_data["allowed"]))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return redirect("clusters:role_list")
    roles = selectors.roles_of(person, on=request.reach.day)
    return render(request, "clusters/person_sign_in.html", {"form": form, "person": person, "roles": roles})


def _set_sign_in(request: PortalRequest, person: User, *, allowed: bool) -> str:
    if allowed:
        services.allow_sign_in(person=person, by=request.user)
        return f"{person} can sign in again."
    services.stop_sign_in(person=person, by=request.user)
    return f"{person} can no longer sign in, and is signed out where they were."
