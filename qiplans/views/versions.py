"""Versions of a plan, signatures, the day to look at it again, and the plan as a file."""

import logging

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import PortalRequest
from clusters.selectors import cluster_for
from office.forms import Asking
from qiplans import rules
from qiplans.documents.plan import plan_document
from qiplans.forms.versions import ReviewForm
from qiplans.rules.versions import review_seen
from qiplans.selectors import plan_for_reader, plan_within
from qiplans.selectors import versions as selectors
from qiplans.selectors.strategy import emergencies_of
from qiplans.services import ChangedMeanwhile
from qiplans.services import versions as services
from qiplans.views.plans import ONLY_WRITERS, path_of, year_asked
from shared.documents import NotMade, file_answer

ONLY_SIGNERS = "The Cluster Quality Lead and the Practice Quality Leads sign the plan."
FORMS = ("pdf", "docx")


@require_safe
def plan_version(request: PortalRequest, pk: int, number: int) -> HttpResponse:
    """A version as it was agreed, and what it changed."""
    version = selectors.version_for(request.reach, pk, number)
    inside = rules.can_see_inside(request.reach, version.plan.cluster)
    is_latest = not version.plan.versions.filter(number__gt=number).exists()
    context = {
        "version": version,
        "plan": version.plan,
        "lines": version.lines.all(),
        "others": version.plan.versions.all(),
        "changes": selectors.changes_before(version) if number > 1 else [],
        "since": selectors.changes_since(version) if inside and is_latest else [],
        "signed": version.sign_offs.select_related("practice", "signed_by") if inside else [],
    }
    return render(request, "qiplans/plan_version.html", context)


@require_POST
def plan_sign(request: PortalRequest, pk: int) -> HttpResponse:
    """Sign the latest version, if it is the one that was shown, for whatever the reader may sign for."""
    plan = plan_within(request.reach, pk, may=lambda r, p: rules.can_see_inside(r, p.cluster))
    signing = selectors.signing_of(plan, request.reach)
    if signing is None:
        messages.error(request, "No meeting has agreed the plan yet: there is nothing to sign.")
        return redirect(path_of(plan))
    if not selectors.may_ever_sign(plan, request.reach):
        raise PermissionDenied(ONLY_SIGNERS)
    if signing.can_sign and request.POST.get("version") != str(signing.version.number):
        messages.error(request, f"A newer version was agreed, version {signing.version.number}. Read it, then sign.")
        return redirect(path_of(plan))
    if signing.can_sign:
        services.sign_plan(
            by=request.user,
            version=signing.version,
            practices=signing.mine,
            for_cluster=signing.may_for_cluster,
            at=timezone.now(),
        )
    messages.success(request, "You have signed the plan.")
    return redirect(path_of(plan))


@require_http_methods(["GET", "POST"])
def plan_review(request: PortalRequest, pk: int) -> HttpResponse:
    """Say when the plan is looked at again."""
    plan = plan_within(request.reach, pk, may=rules.can_fill_plan, sentence=ONLY_WRITERS)
    asking = Asking(request, "qiplans/plan_review.html", f"qiplans:plan_review:{pk}", {"plan": plan})
    if request.method != "POST":
        return asking.first(ReviewForm, initial={"review_on": plan.review_on, "version": review_seen(plan).version})
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    try:
        services.set_review(by=request.user, plan=plan, seen=form.typed_over(), **form.values("review_on"))
    except ChangedMeanwhile as clash:
        return asking.clashed(form, clash.theirs)
    asking.done()
    messages.success(request, "The day is set." if form.cleaned_data["review_on"] else "No day is set.")
    return redirect(path_of(plan))


@require_safe
def plan_file(request: PortalRequest, slug: str, form: str) -> HttpResponse:
    """The plan of one year as PDF or Word, as far as the reader may read it."""
    if form not in FORMS:
        raise Http404
    cluster = cluster_for(request.reach, slug, may=rules.can_read_plan)
    year = year_asked(request.GET.get("year", ""), rules.plan_year_of(request.reach.day))
    page = plan_for_reader(request.reach, cluster, year)
    if page.plan is None:
        raise Http404
    emergencies = emergencies_of(cluster, on=request.reach.day)
    document = plan_document(page, emergencies, reader=request.user, on=request.reach.day)
    try:
        return file_answer(document, name=f"{cluster.forum} plan {page.years_label}", form=form)
    except NotMade as failure:
        logging.getLogger(__name__).error("No %s of a plan: %s", form, failure)
        context = {"what": document.title, "page": path_of(page.plan)}
        return render(request, "meetings/file_failed.html", context, status=503)
