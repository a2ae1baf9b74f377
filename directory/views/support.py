"""Support areas: read by everybody around, kept by the HSCP's leads and registry administrators."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import PortalRequest
from clusters.selectors.people import hscps_around
from directory import rules
from directory.forms.support import AreaForm, LinkForm, MoveAreaForm
from directory.models import SupportArea
from directory.selectors.support import (
    FEW_HSCPS,
    hscp_lines,
    kept_area,
    kept_areas,
    kept_hscp,
    kept_link,
    support_of,
)
from directory.services import support as services
from shared.forms import ConfirmForm


@require_safe
def support(request: PortalRequest) -> HttpResponse:
    """Who helps with what in the HSCPs around the reader; who sees many chooses one (`?hscp=`)."""
    around = hscps_around(request.reach)
    asked = request.GET.get("hscp", "")
    hscps = list(around.filter(code=asked) if asked else around[: FEW_HSCPS + 1])
    kept = rules.directory_kept(request.reach)
    many = len(hscps) > FEW_HSCPS
    context = {
        "asked": asked,
        "lines": hscp_lines(around, on=request.reach.day) if many else [],
        "found": [] if many else support_of(hscps, kept=kept, on=request.reach.day),
    }
    return render(request, "directory/support.html", context)


@require_safe
def support_keep(request: PortalRequest, code: str) -> HttpResponse:
    """The areas of one HSCP in their order, with what can be done about each."""
    hscp = kept_hscp(request.reach, code)
    areas = kept_areas(hscp, on=request.reach.day)
    context = {
        "hscp": hscp,
        "areas": [kept for kept in areas if not kept.area.retired_at],
        "retired": [kept for kept in areas if kept.area.retired_at],
    }
    return render(request, "directory/support_keep.html", context)


@require_POST
def support_start(request: PortalRequest, code: str) -> HttpResponse:
    """Gives an HSCP without areas the usual ones."""
    hscp = kept_hscp(request.reach, code)
    try:
        areas = services.start_support_areas(hscp=hscp, by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, f"{hscp} has {len(areas)} support areas now. Name somebody for each.")
    return redirect("directory:support_keep", hscp.code)


@require_http_methods(["GET", "POST"])
def area_new(request: PortalRequest, code: str) -> HttpResponse:
    """Another area, at the end of the list."""
    hscp = kept_hscp(request.reach, code)
    form = AreaForm(request.POST or None)
    if form.is_valid():
        try:
            area = services.add_support_area(hscp=hscp, by=request.user, **form.values("name", "helps_with"))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"{area} is a support area of {hscp} now. Name somebody for it.")
            return redirect("directory:support_keep", hscp.code)
    return render(request, "directory/area_new.html", {"form": form, "hscp": hscp})


@require_http_methods(["GET", "POST"])
def area_change(request: PortalRequest, pk: int) -> HttpResponse:
    """Renames an area and says what it helps with."""
    area = kept_area(request.reach, pk)
    was = area.name
    form = AreaForm(request.POST or None, initial={"name": was, "helps_with": area.helps_with})
    if form.is_valid():
        try:
            services.change_support_area(area=area, by=request.user, **form.values("name", "helps_with"))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"{area} is as you set it.")
            return _to_list(area)
    return render(request, "directory/area_change.html", {"form": form, "area": area, "was": was})


@require_POST
def area_move(request: PortalRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    area = kept_area(request.reach, pk)
    form = MoveAreaForm(request.POST)
    if form.is_valid():
        services.move_support_area(area=area, up=form.cleaned_data["way"] == "up", by=request.user)
    return _to_list(area)


@require_http_methods(["GET", "POST"])
def area_retire(request: PortalRequest, pk: int) -> HttpResponse:
    """Asks once more, and takes the area off the list."""
    area = kept_area(request.reach, pk)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.retire_support_area(area=area, by=request.user)
        messages.success(request, f"{area} is retired: it is on the list no longer, and can be brought back.")
        return _to_list(area)
    return render(request, "directory/area_retire.html", {"form": form, "area": area})


@require_POST
def area_bring_back(request: PortalRequest, pk: int) -> HttpResponse:
    """Puts a retired area on the list again."""
    area = kept_area(request.reach, pk)
    try:
        services.bring_back_support_area(area=area, by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, f"{area} is on the list again, at its end.")
    return _to_list(area)


@require_http_methods(["GET", "POST"])
def link_new(request: PortalRequest, pk: int) -> HttpResponse:
    """Names somebody for an area."""
    area = kept_area(request.reach, pk)
    form = LinkForm(request.POST or None, reach=request.reach)
    if form.is_valid():
        try:
            link = services.name_link(area=area, entry=form.entry(), by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"{link.called} is named for {area}.")
            return _to_list(area)
    return render(request, "directory/link_new.html", {"form": form, "area": area})


@require_http_methods(["GET", "POST"])
def link_change(request: PortalRequest, pk: int) -> HttpResponse:
    """Corrects who is named, or sets the last day."""
    link = kept_link(request.reach, pk)
    was = link.called
    form = LinkForm(request.POST or None, reach=request.reach, initial=LinkForm.of(link))
    if form.is_valid():
        try:
            services.change_link(link=link, entry=form.entry(), by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"{link.called} is named for {link.area} as you set it.")
            return _to_list(link.area)
    return render(request, "directory/link_change.html", {"form": form, "area": link.area, "was": was})


def _to_list(area: SupportArea) -> HttpResponse:
    return redirect("directory:support_keep", area.hscp.code)
