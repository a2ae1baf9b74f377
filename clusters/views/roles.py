"""Roles are listed, given and ended."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import PortalRequest
from accounts.models import User
from accounts.roles import Role
from clusters import rules, selectors, services
from clusters.filters import RoleFilter
from clusters.forms.roles import AssignRoleForm, ChooseRoleForm, ConfirmForm, EndRoleForm, SignInForm
from clusters.models import RoleAssignment
from clusters.tables import RoleTable
from shared.dates import in_words
from shared.tables import listed


@require_safe
def role_list(request: PortalRequest) -> HttpResponse:
    """Who holds, held or will hold which role; today's unless asked otherwise."""
    selectors.registry_door(request.reach)
    asked = request.GET.copy()
    asked.setdefault("when", "current")
    found = RoleFilter(asked, queryset=selectors.assignments_when("all", on=request.reach.day), request=request)
    can_keep = rules.can_keep_registry(request.reach)
    table = RoleTable(found.qs, day=request.reach.day, exclude=() if can_keep else ("change",))
    context = {
        "filter": found,
        "narrowed": any(request.GET.get(name) for name in found.filters),
        "table": listed(request, table),
        "can_keep": can_keep,
    }
    return render(request, "clusters/role_list.html", context)


@require_http_methods(["GET", "POST"])
def role_assign(request: PortalRequest) -> HttpResponse:
    """First which role (`?role=`), then who, where and from when."""
    selectors.registry_door(request.reach, keep=True)
    first = ChooseRoleForm(request.GET if "role" in request.GET else None)
    if not first.is_valid():
        return render(request, "clusters/role_choose.html", {"form": first})
    role: Role = first.cleaned_data["role"]
    form = AssignRoleForm(request.POST or None, role=role)
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
    if not held.person.has_usable_password():
        told += (
            f" They have no password yet: ask them to open the sign-in page, choose “Forgotten your password?” "
            f"and type {held.person.email}."
        )
    return told


@require_http_methods(["GET", "POST"])
def role_end(request: PortalRequest, pk: int) -> HttpResponse:
    """Asks for the last day and ends the role after it."""
    selectors.registry_door(request.reach, keep=True)
    held = selectors.assignment_for(pk)
    form = EndRoleForm(request.POST or None, initial={"last_day": held.last_day or request.reach.day})
    if form.is_valid():
        last_day = form.cleaned_data["last_day"]
        try:
            services.end_role(held=held, last_day=last_day, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"{held.person} holds this role up to and including {in_words(last_day)}.")
            return redirect("clusters:role_list")
    return render(request, "clusters/role_end.html", {"form": form, "held": held, "role": Role(held.role)})


@require_http_methods(["GET", "POST"])
def role_withdraw(request: PortalRequest, pk: int) -> HttpResponse:
    """Asks once more, and takes back a role that is planned or was given by mistake today."""
    selectors.registry_door(request.reach, keep=True)
    held = selectors.assignment_for(pk)
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
    selectors.registry_door(request.reach, keep=True)
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
