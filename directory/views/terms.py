"""Terms of roles: listed, read, accepted, published; and who accepted them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import PortalRequest
from directory import rules
from directory.filters.terms import TermsFilter
from directory.forms.terms import AcceptTermsForm, PublishTermsForm
from directory.models import RoleTerms
from directory.selectors.terms import (
    acceptance_counts,
    acceptance_door,
    holders_under,
    in_force_ids,
    own_terms,
    publishing_door,
    terms_for,
    terms_within,
)
from directory.services.terms import accept_terms, publish_terms
from directory.tables.people import AcceptanceTable
from directory.tables.terms import TermsTable
from office.forms import Asking
from shared.dates import in_words
from shared.tables import listed


@require_safe
def terms_list(request: PortalRequest) -> HttpResponse:
    """Every version that the reader may read; for who publishes, with how many accepted it."""
    found = TermsFilter(request.GET, queryset=terms_within(request.reach), request=request)
    kept = rules.directory_kept(request.reach)
    may_publish = kept.everything or bool(kept.hscps)
    table = listed(request, TermsTable(found.qs, day=request.reach.day, exclude=() if may_publish else ("accepted",)))
    shown = [row.record for row in table.page.object_list]
    table.in_force = in_force_ids(on=request.reach.day)
    table.counts = acceptance_counts(shown, kept, on=request.reach.day) if may_publish else {}
    context = {
        "filter": found,
        "narrowed": found.is_narrowed,
        "table": table,
        "may_publish": may_publish,
    }
    return render(request, "directory/terms_list.html", context)


@require_safe
def terms_read(request: PortalRequest, pk: int) -> HttpResponse:
    """One version; with the question to accept it where it holds for the reader."""
    return _version(request, terms_for(request.reach, pk), AcceptTermsForm())


@require_http_methods(["GET", "HEAD", "POST"])
def terms_accept(request: PortalRequest, pk: int) -> HttpResponse:
    """The reader accepts a version that holds for a role of theirs."""
    terms = terms_for(request.reach, pk)
    if request.method != "POST":  # the address of an answer, opened again
        return redirect("directory:terms_read", pk)
    form = AcceptTermsForm(request.POST)
    if form.is_valid():
        try:
            accept_terms(terms=terms, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"You accepted these terms on {in_words(request.reach.day)}.")
            return redirect("directory:terms_read", terms.pk)
    return _version(request, terms, form)


def _version(request: PortalRequest, terms: RoleTerms, form: AcceptTermsForm) -> HttpResponse:
    own = next((own for own in own_terms(request.user.pk, on=request.reach.day) if own.terms.pk == terms.pk), None)
    kept = rules.directory_kept(request.reach)
    context = {
        "terms": terms,
        "form": form,
        "own": own,
        "is_in_force": terms.pk in in_force_ids(on=request.reach.day),
        "is_planned": terms.starts_on > request.reach.day,
        "sees_accepted": rules.sees_acceptance(kept, terms),
    }
    return render(request, "directory/terms_read.html", context)


@require_http_methods(["GET", "POST"])
def terms_publish(request: PortalRequest) -> HttpResponse:
    """The next version of the terms of a role."""
    scope = publishing_door(request.reach)
    asking = Asking(request, "directory/terms_publish.html", "directory:terms_publish", {})
    if request.method != "POST":
        return asking.first(PublishTermsForm, initial={"role": request.GET.get("role", "").upper()}, scope=scope)
    form = PublishTermsForm(request.POST, scope=scope)
    if not form.is_valid():
        return asking.again(form)
    facts = form.values("role", "hscp", "text", "link", "what_changed", "starts_on")
    try:
        terms = publish_terms(by=request.user, **facts)
    except ValidationError as refused:
        form.add_error(None, refused)
        return asking.again(form)
    asking.done()
    messages.success(request, f"{terms} holds from {in_words(terms.starts_on)}.")
    return redirect("directory:terms_read", terms.pk)


@require_safe
def terms_accepted(request: PortalRequest, pk: int) -> HttpResponse:
    """Who accepted a version, and who is still asked to."""
    terms = acceptance_door(request.reach, pk)
    holders = holders_under(terms, rules.directory_kept(request.reach), on=request.reach.day)
    accepted = sum(holder.accepted_at is not None for holder in holders)
    context = {"terms": terms, "table": listed(request, AcceptanceTable(holders)), "accepted": accepted}
    return render(request, "directory/terms_accepted.html", {**context, "holders": len(holders)})
