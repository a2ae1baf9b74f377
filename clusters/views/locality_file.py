"""Localities from a file of data zones: upload, preview, confirm."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.middleware import PortalRequest
from clusters import selectors
from clusters.analysis.localities import LocalityPlan
from clusters.forms.locality_file import ConfirmZonesForm, ZoneFileForm
from clusters.selectors.locality_plans import locality_plan
from clusters.selectors.scopes import hscp_in
from clusters.services.locality_file import ZoneFile, apply_zone_file, read_zone_file, sealed
from clusters.services.practice_list import PreviewOutdated
from practices.models import HSCP
from practices.parsing import Refusal, Refused

PROBLEMS_SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
def locality_upload(request: PortalRequest) -> HttpResponse:
    """Take a file and show what it would change, or say everything that is wrong with it."""
    scope = selectors.registry_door(request.reach, keep=True)
    form = ZoneFileForm(request.POST or None, request.FILES or None, scope=scope)
    problems: list[Refusal] = []
    if request.method == "POST" and form.is_valid():
        hscp, file = form.cleaned_data["hscp"], form.cleaned_data["file"]
        try:
            return _shown(request, hscp, read_zone_file(data=file.read(), file_name=file.name, hscp=hscp))
        except Refused as refused:
            form.add_refusals(refused)
            problems = [wrong for wrong in refused.refusals if wrong.line]
    context = {"form": form, "problems": problems[:PROBLEMS_SHOWN], "more": len(problems) - PROBLEMS_SHOWN}
    return render(request, "clusters/locality_upload.html", context)


def _shown(request: PortalRequest, hscp: HSCP, file: ZoneFile) -> HttpResponse:
    """The preview; on to the localities when there is nothing to show."""
    plan = locality_plan(hscp, file.zones, on=request.reach.day)
    if plan.is_empty:
        messages.info(request, f"This file changes nothing: the localities of {hscp} are as it says already.")
        return redirect("clusters:locality_list")
    said = {"said": sealed(file, hscp=hscp, by=request.user), "fingerprint": plan.fingerprint}
    form = ConfirmZonesForm(by=request.user, initial=said)
    form.offer(plan)
    context = {"form": form, "plan": plan, "hscp": hscp, "file": file}
    return render(request, "clusters/locality_preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def locality_confirm(request: PortalRequest) -> HttpResponse:
    """Carry out the plan that was shown, or show the new one."""
    scope = selectors.registry_door(request.reach, keep=True)
    if request.method != "POST":  # the address of a preview, opened again
        return redirect("clusters:locality_upload")
    form = ConfirmZonesForm(request.POST, by=request.user)
    if not form.is_valid():
        messages.error(request, " ".join(str(said) for errors in form.errors.values() for said in errors))
        return redirect("clusters:locality_upload")
    code, file = form.cleaned_data["said"]
    hscp = hscp_in(scope, code)
    seen = form.cleaned_data["fingerprint"]
    try:
        plan = apply_zone_file(hscp=hscp, file=file, fingerprint=seen, clusters=form.chosen(), by=request.user)
    except PreviewOutdated:
        messages.warning(request, "The registry has changed since this was shown. Nothing was done: look at it again.")
        return _shown(request, hscp, file)
    messages.success(request, _told(hscp, plan))
    return redirect("clusters:locality_list")


def _told(hscp: HSCP, plan: LocalityPlan) -> str:
    many = len(plan.placings)
    practices = f"{many} practice{'' if many == 1 else 's'} of {hscp} lie{'s' if many == 1 else ''}"
    return f"{practices} in the locality of their data zone now."
