"""The plan of a cluster and its priorities."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import PortalRequest
from clusters.selectors import cluster_for
from office.forms import Asking
from qiplans import rules, selectors, services
from qiplans.forms import AgreeForm, PriorityForm
from qiplans.models import Plan
from qiplans.rules.strategy import can_declare, can_end
from qiplans.selectors.strategy import emergencies_of, sight_of_plan
from qiplans.selectors.versions import signing_of
from shared.dates import in_words

ONLY_WRITERS = "The plan is written by the Cluster Quality Lead and the cluster’s administrator."
SENT_BEFORE = "You sent this form before, with other words"
ONLY_LEADS = "Only the Cluster Quality Lead puts down that the plan is agreed."


@require_safe
def plan(request: PortalRequest, slug: str) -> HttpResponse:
    """The plan of one year, as far as the reader may see it."""
    cluster = cluster_for(
        request.reach, slug, may=rules.can_read_plan, sentence="Plans are read by the cluster and those above it."
    )
    current = rules.plan_year_of(request.reach.day)
    page = selectors.plan_for_reader(request.reach, cluster, year_asked(request.GET.get("year", ""), current))
    ready = page.plan is not None and rules.is_ready_to_agree(page.plan, priorities=len(page.blocks))
    served, without_work = sight_of_plan(page.plan) if page.plan else ({}, [])
    emergencies = emergencies_of(cluster, on=request.reach.day)
    context = {
        "page": page,
        "emergencies": emergencies,
        "ends": [one.pk for one in emergencies if can_end(request.reach, one)],
        "can_declare": can_declare(request.reach, cluster),
        "served": served,
        "without_work": without_work if page.is_inside else [],
        "versions": page.plan.versions.select_related("meeting") if page.plan else [],
        "signing": signing_of(page.plan, request.reach) if page.plan else None,
        "can_write": rules.can_write_plan(request.reach, cluster),
        "can_propose": rules.can_propose(request.reach, cluster),
        "can_start": rules.can_write_plan(request.reach, cluster) and rules.may_start(page.year, current),
        "can_agree": page.plan is not None and ready and rules.can_agree_plan(request.reach, page.plan),
    }
    return render(request, "qiplans/plan.html", context)


@require_POST
def plan_start(request: PortalRequest, slug: str) -> HttpResponse:
    """Start the plan of a year that is near enough."""
    cluster = cluster_for(request.reach, slug, may=rules.can_write_plan, sentence=ONLY_WRITERS)
    current = rules.plan_year_of(request.reach.day)
    year = year_asked(request.POST.get("year", ""), current)
    if not rules.may_start(year, current):
        messages.error(request, "A plan can be started for last year, this year or next year.")
        return redirect("qiplans:plan", slug)
    started = services.start_plan(by=request.user, cluster=cluster, year=year)
    messages.success(request, f"The plan for {started.years} is started. Add the first priority.")
    return redirect(path_of(started))


@require_http_methods(["GET", "POST"])
def plan_agree(request: PortalRequest, pk: int) -> HttpResponse:
    """Put down which meeting agreed the plan."""
    agreed = selectors.plan_within(request.reach, pk, may=rules.can_agree_plan, sentence=ONLY_LEADS)
    meetings = selectors.meetings_to_agree_at(agreed.cluster, on=request.reach.day)
    posted = request.POST if request.method == "POST" else None
    newest = selectors.newest_priority(agreed)
    form = AgreeForm(posted, meetings=meetings, newest=newest, initial={"version": agreed.version})
    if request.method == "POST" and form.is_valid():
        return _agree(request, agreed, form)
    context = {
        "form": form,
        "plan": agreed,
        "has_meetings": meetings.exists(),
        "drafts": selectors.meetings_to_circulate(agreed.cluster, on=request.reach.day),
    }
    return render(request, "qiplans/plan_agree.html", context)


def _agree(request: PortalRequest, agreed: Plan, form: AgreeForm) -> HttpResponse:
    meeting = form.cleaned_data["meeting"]
    try:
        services.agree_plan(by=request.user, plan=agreed, **form.values("meeting", "version"))
        messages.success(request, f"The plan is agreed at the meeting of {in_words(meeting.held_on)}.")
    except services.NothingToAgree:
        messages.error(request, "There is nothing to agree: the plan has no priority yet, or nothing changed since.")
    except services.ChangedMeanwhile:
        messages.error(
            request, "The plan changed while you were looking. Read it again before you put it down as agreed."
        )
    return redirect(path_of(agreed))


@require_http_methods(["GET", "POST"])
def priority_add(request: PortalRequest, pk: int) -> HttpResponse:
    """Add a priority to a plan."""
    of = selectors.plan_within(request.reach, pk, may=rules.can_fill_plan, sentence=ONLY_WRITERS)
    context = {"plan": of, "clash_title": SENT_BEFORE}
    asking = Asking(request, "qiplans/priority_add.html", f"qiplans:priority_add:{of.pk}", context)
    if request.method != "POST":
        return asking.first(PriorityForm)
    form = PriorityForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    words = form.values("title", "purpose", "orientation", "chosen_by", "nonce")
    try:
        services.add_priority(by=request.user, plan=of, version=form.typed_over(), **words)
    except services.ChangedMeanwhile as clash:
        return asking.clashed(form, clash.theirs)
    asking.done()
    messages.success(request, "The priority is in the plan.")
    return redirect(path_of(of))


@require_http_methods(["GET", "POST"])
def priority_change(request: PortalRequest, pk: int) -> HttpResponse:
    """Change a priority."""
    priority = selectors.priority_for(request.reach, pk, may=rules.can_write_priority, sentence=ONLY_WRITERS)
    context = {"plan": priority.plan}
    asking = Asking(request, "qiplans/priority_change.html", f"qiplans:priority_change:{pk}", context)
    if request.method != "POST":
        return asking.first(PriorityForm, instance=priority)
    form = PriorityForm(request.POST)
    if not form.is_valid():
        return asking.again(form)
    changes = form.values("title", "purpose", "orientation", "chosen_by")
    try:
        services.change_priority(by=request.user, priority=priority, version=form.typed_over(), **changes)
    except services.ChangedMeanwhile as clash:
        return asking.clashed(form, clash.theirs)
    asking.done()
    messages.success(request, "The priority is saved.")
    return redirect(path_of(priority.plan))


def path_of(plan: Plan) -> str:
    """Where a plan is read."""
    return f"{reverse('qiplans:plan', args=[plan.cluster.forum.slug])}?year={plan.year}"


def year_asked(text: str, current: int) -> int:
    """A year from the address or a form; anything else means the current plan year."""
    return int(text) if len(text) == 4 and text.isascii() and text.isdigit() and text[:2] == "20" else current
