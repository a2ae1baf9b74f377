"""A table of figures: a template, a paste or a file, a preview, and then all of it or nothing."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import PortalRequest
from measures import rules, selectors, services
from measures.forms import FigureTableForm
from measures.models import Measure
from measures.parsing import Told
from measures.selectors import UploadPlan
from practices.parsing import Refusal, Refused
from shared.exports import as_csv

PROBLEMS_SHOWN = 200
AGAIN = "The preview is more than an hour old, or not yours. Bring the table again."
OUTDATED = "Figures have changed since this preview was made. Nothing was done: look at it again."
DOUBTFUL = "Some figures are far from the others. Nothing was done: say first that they are right."
ONLY_KEEPERS = (
    "Tables are brought by the Cluster Quality Lead, the cluster’s administrator and those who speak for a practice."
)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: PortalRequest, pk: int) -> HttpResponse:
    """Take a table and show what it would do, or everything that is wrong with it."""
    of = _measure(request, pk)
    form = FigureTableForm(request.POST, request.FILES) if request.method == "POST" else FigureTableForm()
    problems: Sequence[Refusal] = ()
    if form.is_valid():
        try:
            read = selectors.table_in(form.lines(), of, request.reach)
            plan = selectors.upload_plan(read.figures, of, request.reach)
            if not (read.problems or plan.problems):
                return _preview(request, plan, read.figures)
            raise Refused(*sorted((*read.problems, *plan.problems), key=lambda wrong: wrong.line))
        except Refused as refused:
            form.add_refusals(refused)
            problems = [wrong for wrong in refused.refusals if wrong.line]
    more = len(problems) - PROBLEMS_SHOWN
    context = {"measure": of, "form": form, "problems": problems[:PROBLEMS_SHOWN], "more": more}
    return render(request, "measures/upload.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def upload_load(request: PortalRequest, pk: int) -> HttpResponse:
    """Load what the preview showed, or show the new preview."""
    of = _measure(request, pk)
    if request.method != "POST":  # the address of a preview, opened again
        return redirect("measures:upload", pk)
    figures = services.read_carried(request.POST.get("figures", ""), measure=of, by=request.user)
    if figures is None:
        messages.warning(request, AGAIN)
        return redirect("measures:upload", pk)
    fingerprint = request.POST.get("fingerprint", "")
    if request.POST.get("is_meant") != "yes":
        plan = selectors.upload_plan(figures, of, request.reach)
        if plan.doubts:
            return _preview(request, plan, figures, note=DOUBTFUL)
    try:
        done = services.load_figures(
            by=request.user,
            measure=of,
            figures=figures,
            reach=request.reach,
            fingerprint=fingerprint,
            at=timezone.now(),
        )
    except services.PlanOutdated as outdated:
        if outdated.plan.is_done:
            messages.info(request, "These figures are loaded already.")
            return redirect("measures:data", of.cluster.forum.slug)
        return _preview(request, outdated.plan, figures, note=OUTDATED, status=409)
    many = len(done.changed)
    loaded = f"{many:,} figure{'' if many == 1 else 's'} loaded." if many else "Nothing to do: all are there already."
    messages.success(request, loaded)
    return redirect("measures:data", of.cluster.forum.slug)


@require_safe
def upload_template(request: PortalRequest, pk: int) -> StreamingHttpResponse:
    """A line for each figure that is still to come, without the figure."""
    of = _measure(request, pk)
    names, rows = selectors.template_of(of, request.reach)
    return as_csv("figures", names, rows)


def _measure(request: PortalRequest, pk: int) -> Measure:
    of = selectors.measure_for(request.reach, pk, may=selectors.may_upload, sentence=ONLY_KEEPERS)
    if of.ended_on:
        raise PermissionDenied(rules.ENDED)
    return of


def _preview(
    request: PortalRequest, plan: UploadPlan, figures: Sequence[Told], *, note: str = "", status: int = 200
) -> HttpResponse:
    kept = services.carried(figures, measure=plan.measure, by=request.user)
    context = {"measure": plan.measure, "plan": plan, "figures": kept, "note": note}
    return render(request, "measures/upload_preview.html", context, status=status)
