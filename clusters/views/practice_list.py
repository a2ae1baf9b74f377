"""Practice lists: upload, preview, apply or lay aside, and what became of earlier ones."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import PortalRequest
from clusters import rules, selectors, services
from clusters.forms.practice_list import PracticeListForm
from clusters.models import PracticeList
from clusters.selectors import practice_lists
from clusters.tables import PracticeListTable
from practices.parsing import Refused
from shared.dates import in_words
from shared.tables import listed

PROBLEMS_SHOWN = 100


@require_safe
def import_list(request: PortalRequest) -> HttpResponse:
    """Every list that was brought, and what became of it."""
    selectors.registry_door(request.reach)
    context = {
        "table": listed(request, PracticeListTable(practice_lists.practice_lists())),
        "can_keep": rules.can_keep_registry(request.reach),
    }
    return render(request, "clusters/import_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def import_upload(request: PortalRequest) -> HttpResponse:
    """Take a file, or say everything that is wrong with it."""
    selectors.registry_door(request.reach, keep=True)
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
    newest = practice_lists.newest_applied()
    said = f" {_decided(newest)}" if newest and newest.as_of == as_of else ""
    messages.info(request, f"This list changes nothing: the registry says the same already.{said}")
    return redirect("clusters:import_list")


@require_safe
def import_preview(request: PortalRequest, pk: int) -> HttpResponse:
    """What a waiting list would change, or what an applied one did."""
    selectors.registry_door(request.reach)
    practice_list = practice_lists.practice_list_for(pk)
    context = {
        "list": practice_list,
        "shown": practice_lists.shown(practice_list),
        "is_waiting": practice_list.state == PracticeList.State.PREVIEWED,
        "can_keep": rules.can_keep_registry(request.reach),
    }
    return render(request, "clusters/import_preview.html", context)


@require_POST
def import_apply(request: PortalRequest, pk: int) -> HttpResponse:
    """Apply the plan that was shown, or show the new one."""
    selectors.registry_door(request.reach, keep=True)
    practice_list = practice_lists.practice_list_for(pk)
    fingerprint = request.POST.get("fingerprint", "")
    try:
        services.apply_practice_list(practice_list=practice_list, fingerprint=fingerprint, by=request.user)
    except services.AlreadyDecided as decided:
        messages.info(request, _decided(decided.practice_list))
    except services.PreviewOutdated:
        messages.warning(
            request, "The registry has changed since this preview was made. Nothing was applied: look at it again."
        )
    except Refused as refused:
        messages.error(request, " ".join(wrong.reason for wrong in refused.refusals))
    else:
        messages.success(request, f"The {_named(practice_list)} is applied.")
    return redirect("clusters:import_preview", pk)


@require_POST
def import_lay_aside(request: PortalRequest, pk: int) -> HttpResponse:
    """Decide not to apply a list."""
    selectors.registry_door(request.reach, keep=True)
    practice_list = practice_lists.practice_list_for(pk)
    try:
        services.lay_aside_practice_list(practice_list=practice_list, by=request.user)
    except services.AlreadyDecided as decided:
        messages.info(request, _decided(decided.practice_list))
        return redirect("clusters:import_preview", pk)
    messages.success(request, f"The {_named(practice_list)} is laid aside. Nothing was applied.")
    return redirect("clusters:import_list")


def _named(practice_list: PracticeList) -> str:
    name = str(practice_list)
    return name[0].lower() + name[1:]


def _decided(practice_list: PracticeList) -> str:
    """Who decided what and when: "The practice list of … was applied by Priya Nair on Mon 7 Oct 2024." """
    what = "applied" if practice_list.state == PracticeList.State.APPLIED else "laid aside"
    who = practice_list.decided_by.full_name if practice_list.decided_by else "the command line"
    when = f" on {in_words(localdate(practice_list.decided_at))}" if practice_list.decided_at else ""
    return f"The {_named(practice_list)} was {what} by {who}{when}."
