"""A practice list that waits is checked and applied; the last one applied is undone."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from clusters import selectors, services
from clusters.forms.practice_list_review import ReviewForm
from clusters.models import PracticeList
from clusters.selectors import practice_list_undo, practice_lists
from clusters.selectors.practice_lists import ListShown
from clusters.services.practice_list_undo import undo_practice_list
from clusters.views.practice_list import reviewed
from practices.parsing import Refused

OUTDATED = (
    "The registry has changed since this preview was made. Nothing was applied: look at it again. "
    "Your answers are kept."
)


@require_http_methods(["GET", "HEAD", "POST"])
def import_apply(request: PortalRequest, pk: int) -> HttpResponse:
    """Takes the answers, shows what they add up to where that is more than the page said, and applies the list."""
    selectors.registry_door(request.reach, keep=True, whole=True)
    practice_list = practice_lists.practice_list_for(pk)
    if request.method != "POST":  # the address of an answer, opened again
        return redirect("clusters:import_preview", pk)
    shown = practice_lists.shown(practice_list)
    if shown is None or practice_list.state != PracticeList.State.PREVIEWED:
        return _told(request, practice_list)
    form = ReviewForm(request.POST, shown=shown)
    if request.POST.get("fingerprint") != shown.fingerprint:
        return _outdated(request, practice_list)
    if not form.is_valid() or "change" in request.POST:
        return reviewed(request, practice_list, shown, form)
    if "confirmed" not in request.POST and (decided := practice_lists.shown_decided(practice_list, form.decisions())):
        context = {"list": practice_list, "shown": decided, "fingerprint": shown.fingerprint, "form": form}
        return render(request, "clusters/import_confirm.html", context)
    return _applied(request, practice_list, shown, form)


def _applied(request: PortalRequest, practice_list: PracticeList, shown: ListShown, form: ReviewForm) -> HttpResponse:
    try:
        services.apply_practice_list(
            practice_list=practice_list, fingerprint=shown.fingerprint, decisions=form.decisions(), by=request.user
        )
    except services.AlreadyDecided as decided:
        return _told(request, decided.practice_list)
    except services.PreviewOutdated:
        return _outdated(request, practice_list)
    except Refused as refused:
        messages.error(request, " ".join(wrong.reason for wrong in refused.refusals))
    except ValidationError as refused:
        form.refuse(refused)
        return reviewed(request, practice_list, shown, form)
    else:
        messages.success(request, f"The {practice_list.in_sentence} is applied.")
    return redirect("clusters:import_preview", practice_list.pk)


def _told(request: PortalRequest, practice_list: PracticeList) -> HttpResponse:
    messages.info(request, practice_lists.decided_in_words(practice_list))
    return redirect("clusters:import_preview", practice_list.pk)


def _outdated(request: PortalRequest, practice_list: PracticeList) -> HttpResponse:
    """The preview of this moment, with the answers that still have a question."""
    shown = practice_lists.shown(practice_list)
    messages.warning(request, OUTDATED)
    return reviewed(request, practice_list, shown, ReviewForm.resumed(request.POST, shown=shown) if shown else None)


@require_http_methods(["GET", "POST"])
def import_undo(request: PortalRequest, pk: int) -> HttpResponse:
    """Shows what undoing the last list takes back and what stands in the way, then undoes it."""
    selectors.registry_door(request.reach, keep=True, whole=True)
    practice_list = practice_lists.practice_list_for(pk)
    if request.method == "POST":
        try:
            undo_practice_list(practice_list=practice_list, by=request.user)
        except services.AlreadyDecided as decided:
            return _told(request, decided.practice_list)
        except ValidationError as refused:
            messages.error(request, f"Nothing was undone. {refused.messages[0]}")
        else:
            messages.success(request, f"The {practice_list.in_sentence} is undone: the registry is as it was before.")
            return redirect("clusters:import_preview", pk)
    context = {"list": practice_list, "undoing": practice_list_undo.undoing(practice_list)}
    return render(request, "clusters/import_undo.html", context)
