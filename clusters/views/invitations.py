"""Who is invited; inviting somebody again, taking an invitation back, and changing a name or an address."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import PortalRequest
from clusters import rules, selectors
from clusters.filters.invitations import InvitationFilter
from clusters.forms.people import PersonForm
from clusters.selectors.invitations import invitations_in, invited_person_in
from clusters.services import invitations as services
from clusters.services.people import change_person
from clusters.tables.invitations import InvitationTable
from office.rules import can_keep_letters
from office.selectors import letters_by_reason
from shared.dates import in_words
from shared.forms import ConfirmForm
from shared.tables import listed


@require_safe
def invitation_list(request: PortalRequest) -> HttpResponse:
    """Who was invited, by whom and when, and what became of it."""
    scope = selectors.registry_door(request.reach)
    found = InvitationFilter(request.GET, queryset=invitations_in(scope), request=request)
    can_keep = rules.can_keep_registry(request.reach)
    table = InvitationTable(found.qs, now=timezone.now(), exclude=() if can_keep else ("change",))
    table = listed(request, table)
    table.letters = letters_by_reason(row.record.reason for row in table.page.object_list)
    context = {
        "filter": found,
        "narrowed": found.is_narrowed,
        "table": table,
        "can_keep": can_keep,
        "can_keep_letters": can_keep_letters(request.reach),
    }
    return render(request, "clusters/invitation_list.html", context)


@require_http_methods(["GET", "POST"])
def person_invite(request: PortalRequest, pk: int) -> HttpResponse:
    """Asks once more, and sends an invitation, or the invitation again."""
    person = invited_person_in(selectors.registry_door(request.reach, keep=True), pk)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            sent = services.invite(person=person, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            until = in_words(localdate(sent.valid_until))
            messages.success(request, f"An invitation is on its way to {sent.email}. It works once, until {until}.")
            return redirect("clusters:invitation_list")
    return render(request, "clusters/person_invite.html", {"form": form, "person": person})


@require_http_methods(["GET", "POST"])
def invitation_take_back(request: PortalRequest, pk: int) -> HttpResponse:
    """Asks once more, and takes back the invitation of a person that still waits."""
    person = invited_person_in(selectors.registry_door(request.reach, keep=True), pk)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if services.take_back(person=person, by=request.user):
            messages.success(request, f"The invitation of {person} is taken back. Its link opens nothing any more.")
        else:
            messages.info(request, f"No invitation of {person} waits: it was used or taken back before.")
        return redirect("clusters:invitation_list")
    return render(request, "clusters/invitation_take_back.html", {"form": form, "person": person})


@require_http_methods(["GET", "POST"])
def person_change(request: PortalRequest, pk: int) -> HttpResponse:
    """Asks for another name or address. Whole keepers alone: an address opens every role of a person."""
    selectors.registry_door(request.reach, keep=True, whole=True)
    person = selectors.person_for(pk)
    form = PersonForm(request.POST or None, initial={"full_name": person.full_name, "email": person.email})
    if form.is_valid():
        try:
            changed = change_person(person=person, by=request.user, **form.values("full_name", "email"))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"{changed} signs in with {changed.email}.")
            return redirect("clusters:role_list")
    return render(request, "clusters/person_change.html", {"form": form, "person": person})
