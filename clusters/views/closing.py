"""What happened to a practice: asked, shown, confirmed."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from clusters import rules, selectors, services
from clusters.forms.closing import CLOSED, KEPT, MERGED, RECODED, SPLIT, DecideForm
from clusters.selectors.scopes import practice_in
from clusters.selectors.successions import candidates_for
from clusters.services.succession import merge_practices, recode_practice, split_practice
from clusters.services.succession_preview import effect_of
from practices.models import Practice
from shared.dates import in_words


@require_http_methods(["GET", "POST"])
def practice_decide(request: PortalRequest, code: str) -> HttpResponse:
    """Keeps a practice, closes it, or says what came after it; a list alone never does. First what it would do."""
    scope = selectors.registry_door(request.reach, keep=True)
    practice = practice_in(scope, code)
    if not rules.can_say_what_happened(request.reach, practice):
        raise PermissionDenied(f"What became of {practice} is written down already.")
    fits = candidates_for(practice, on=request.reach.day)
    chosen = request.GET.get("fits", "")
    form = DecideForm(request.POST or None, practice=practice, scope=scope, candidates=fits, chosen=chosen)
    if not form.is_valid() or "change" in request.POST:
        return _asked(request, practice, form)
    try:
        if "confirmed" in request.POST or form.cleaned_data["decision"] == KEPT:
            return _done(request, practice, form)
        return _shown(request, practice, form)
    except ValidationError as refused:
        form.refuse(refused)
        return _asked(request, practice, form)


def _asked(request: PortalRequest, practice: Practice, form: DecideForm) -> HttpResponse:
    now = selectors.membership_on(practice, on=request.reach.day)
    return render(request, "clusters/practice_decide.html", {"practice": practice, "form": form, "now": now})


def _shown(request: PortalRequest, practice: Practice, form: DecideForm) -> HttpResponse:
    practices = [practice, *practice.answers_for.all(), *form.practices()]
    effect = effect_of(_deciding(request, practice, form), practices=practices, on=request.reach.day)
    context = {"practice": practice, "form": form, "effect": effect, "said": _said(practice, form), **form.facts()}
    return render(request, "clusters/practice_decide_preview.html", context)


def _done(request: PortalRequest, practice: Practice, form: DecideForm) -> HttpResponse:
    _deciding(request, practice, form)()
    messages.success(request, _told(practice, form))
    return redirect("reporting:practice", code=practice.code)


def _deciding(request: PortalRequest, practice: Practice, form: DecideForm) -> Callable[[], object]:
    """The one call that the decision stands for."""
    decision, after = form.cleaned_data["decision"], form.practices()
    facts: dict[str, Any] = {"by": request.user, **form.facts()}
    if decision == KEPT:
        return partial(services.keep_practice, practice=practice, by=request.user)
    if decision == CLOSED:
        facts["closed_on"] = facts.pop("on")
        return partial(services.close_practice, practice=practice, **facts)
    if decision == RECODED:
        return partial(recode_practice, before=practice, after=after[0], **facts)
    if decision == MERGED:
        return partial(merge_practices, gone=[practice], into=after[0], **facts)
    return partial(split_practice, before=practice, into=after, closes=not form.cleaned_data["stays"], **facts)


def _told(practice: Practice, form: DecideForm) -> str:
    said = _said(practice, form)
    return said if form.cleaned_data["decision"] == KEPT else f"{said} Its history stays."


def _said(practice: Practice, form: DecideForm) -> str:
    """What was decided, in a sentence."""
    decision, after = form.cleaned_data["decision"], " and ".join(map(str, form.practices()))
    if decision == KEPT:
        return f"{practice} stays as it is."
    day = in_words(form.cleaned_data["on"])
    if decision == CLOSED:
        return f"{practice} is closed from {day}."
    said = {RECODED: "goes on as", MERGED: "is merged into"}.get(decision, "is split into")
    if form.cleaned_data["stays"] and decision == SPLIT:
        said = "stays, and split off from it is"
    return f"{practice} {said} {after} from {day}."
