"""Practice lists: upload, preview, apply or lay aside, and what became of earlier ones."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import PortalRequest
from clusters import rules, selectors, services
from clusters.forms.practice_list import PracticeListForm
from clusters.forms.practice_list_review import ReviewForm
from clusters.models import PracticeList
from clusters.selectors import practice_lists
from clusters.selectors.practice_list_undo import can_be_undone
from clusters.selectors.practice_lists import ListShown
from clusters.tables import PracticeListTable
from practices.parsing import Refused
from shared.tables import listed

PROBLEMS_SHOWN = 100


@require_safe
def import_list(request: PortalRequest) -> HttpResponse:
    """Every list that was brought, and what became of it."""
    selectors.registry_door(request.reach)
    context = {
        "table": listed(request, PracticeListTable(practice_lists.practice_lists())),
        "can_keep": rules.can_keep_whole_registry(request.reach),
    }
    return render(request, "clusters/import_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def import_upload(request: PortalRequest) -> HttpResponse:
    """Take a file, or say everything that is wrong with it."""
    selectors.registry_door(request.reach, keep=True, whole=True)
    form = PracticeListForm(request.POST or None, request.FILES or None)
    problems = []
    if request.method == "POST" and form.is_valid():
        try:
            return _uploaded(request, form)
        except Refused as refused:
            form.add_refusals(refused)
            problems = [wrong for wrong in refused.refusals if wrong.line]
    context = {"form": form, "problems": problems[:PROBLEMS_SHOWN], "more": len(problems) - PROBLEMS_SHOWN}
    return render(request, "clusters/import_upload.html", context)


def _uploaded(request: PortalRequest, form: PracticeListForm) -> HttpResponse:
    file, as_of = form.cleaned_data["file"], form.cleaned_data["as_of"]
    brought = services.upload_practice_list(data=file.read(), file_name=file.name, as_of=as_of, by=request.user)
    if brought:
        return redirect("clusters:import_preview", brought.pk)
    said = practice_lists.said_already(as_of)
    messages.info(request, f"This list changes nothing (0 changes): the registry says the same already. {said}")
    return redirect("clusters:import_list")


@require_safe
def import_preview(request: PortalRequest, pk: int) -> HttpResponse:
    """What a waiting list would change and asks, or what an applied one did."""
    selectors.registry_door(request.reach)
    practice_list = practice_lists.practice_list_for(pk)
    return reviewed(request, practice_list, practice_lists.shown(practice_list))


def reviewed(
    request: PortalRequest, practice_list: PracticeList, shown: ListShown | None, form: ReviewForm | None = None
) -> HttpResponse:
    """The page of one list, with a form where the reader may decide on it."""
    can_keep = rules.can_keep_whole_registry(request.reach)
    is_waiting = practice_list.state == PracticeList.State.PREVIEWED
    if form is None and shown and can_keep and is_waiting:
        form = ReviewForm(shown=shown)
    context = {
        "list": practice_list,
        "shown": shown,
        "form": form,
        "is_waiting": is_waiting,
        "can_keep": can_keep,
        "can_undo": can_keep and can_be_undone(practice_list),
    }
    return render(request, "clusters/import_preview.html", context)


@require_POST
def import_lay_aside(request: PortalRequest, pk: int) -> HttpResponse:
    """Decide not to apply a list."""
    selectors.registry_door(request.reach, keep=True, whole=True)
    practice_list = practice_lists.practice_list_for(pk)
    try:
        services.lay_aside_practice_list(practice_list=practice_list, by=request.user)
    except services.AlreadyDecided as decided:
        messages.info(request, practice_lists.decided_in_words(decided.practice_list))
        return redirect("clusters:import_preview", pk)
    messages.success(request, f"The {practice_list.in_sentence} is laid aside. Nothing was applied.")
    return redirect("clusters:import_list")
